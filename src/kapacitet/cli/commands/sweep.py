"""``kapacitet sweep``: a scenario for all combinations of values."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.interruption import Interruption
from kapacitet.cli.options import Gap, ScenarioName, Workers, folder, seconds


def sweep(
    scenario: ScenarioName,
    over: Annotated[
        list[str],
        typer.Option(
            "--over",
            metavar="HÅNDTAG=V1,V2",
            help="Håndtag og værdier, fx levers.progression=0,0.1; kan gentages.",
        ),
    ],
    out: Annotated[Path, folder("Mappen; det, der er regnet færdigt i den, regnes ikke igen.")],
    workers: Workers = 1,
    time_limit: Annotated[float | None, seconds("Længste søgetid for hvert punkt i stedet for scenariets.")] = None,
    gap: Gap = None,
    anew: Annotated[bool, typer.Option("--anew", help="Regn alle punkter igen.")] = False,
) -> None:
    """Find den bedste plan for alle kombinationer af værdier af nogle håndtag.

    Ctrl-C standser; kør igen for at regne resten.
    """
    with Interruption("de punkter, der er regnet", "De punkter, der er regnet, er gemt.") as interruption:
        from kapacitet.cli.sweep import Wishes
        from kapacitet.cli.sweep import sweep as work

        status = work(scenario, Wishes(tuple(over), out, workers, time_limit, gap, anew), interruption.asked)
    raise typer.Exit(status)
