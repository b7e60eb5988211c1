"""``kapacitet gains``: who wins by joining."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.interruption import Interruption
from kapacitet.cli.options import Force, ScenarioName, TablesFolder, seconds


def gains(
    scenario: ScenarioName,
    groups: Annotated[
        Path | None,
        typer.Option(metavar="FIL", help="Navngivne grupper af kommuner (.toml).", show_default=False),
    ] = None,
    time_limit: Annotated[float | None, seconds("Længste tid i alt i stedet for scenariets.")] = None,
    out: TablesFolder = None,
    force: Force = False,
) -> None:
    """Vis, hvem der vinder ved at gå sammen, hvem der ville klare sig bedre alene, og en nøgle, der holder.

    Ctrl-C standser og beholder det, der er fundet.
    """
    with Interruption("det, der er fundet") as interruption:
        from kapacitet.cli.gains import Wishes
        from kapacitet.cli.gains import gains as work

        status = work(scenario, Wishes(groups, time_limit, out, force), interruption.asked)
    raise typer.Exit(status)
