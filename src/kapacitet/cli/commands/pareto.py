"""``kapacitet pareto``: fronts between goals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.interruption import Interruption
from kapacitet.cli.options import EachSearch, Gap, ScenarioName, Workers, folder


def pareto(
    scenario: ScenarioName,
    out: Annotated[Path, folder("Mappen, fronten skrives i.")],
    goals: Annotated[
        str,
        typer.Option(
            metavar="MÅL",
            help="cost og et eller to af unmet (udækket), private (privat andel), travel (rejsetid) og burden "
            "(største merbyrde).",
        ),
    ] = "cost,private",
    points: Annotated[
        int, typer.Option(metavar="ANTAL", help="Grænser på hvert mål, enderne med.", min=2, max=50)
    ] = 7,
    workers: Workers = 1,
    time_limit: EachSearch = None,
    gap: Gap = None,
) -> None:
    """Vis, hvad det koster at nå længere med et andet mål: planer, der ikke kan blive bedre i ét uden at blive
    dårligere i et andet.

    Ctrl-C standser og beholder det, der er fundet.
    """
    with Interruption("det, der er fundet") as interruption:
        from kapacitet.cli.pareto import Wishes
        from kapacitet.cli.pareto import pareto as work

        wishes = Wishes(out, goals, points, workers, time_limit, gap)
        status = work(scenario, wishes, interruption.asked)
    raise typer.Exit(status)
