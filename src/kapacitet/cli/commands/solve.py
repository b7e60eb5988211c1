"""``kapacitet solve``: the best plan of a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kapacitet.cli.interruption import Interruption
from kapacitet.cli.options import Force, Gap, ScenarioName, file, folder, seconds


def solve(
    scenario: ScenarioName,
    out: Annotated[Path, folder("Mappen, resultatet skrives i.")],
    write_model: Annotated[Path | None, file("Skriv også modellen som .lp eller .mps.", ".lp", ".mps")] = None,
    time_limit: Annotated[float | None, seconds("Længste søgetid i stedet for scenariets.")] = None,
    gap: Gap = None,
    force: Force = False,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Beregn også, hvad det koster at holde sidste plan fast og vælge resten på ny."),
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            metavar="ANTAL", help="Processer, der regner på fremtiderne.", min=1, max=256, show_default=False
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADRESSE", help="Dask-klynge, der regner på fremtiderne.", show_default=False),
    ] = None,
) -> None:
    """Find den bedste plan, og skriv resultatet i en mappe.

    Ctrl-C standser søgningen og beholder den bedste plan; Ctrl-C igen afbryder helt.
    """
    with Interruption("den bedste plan, der er fundet") as interruption:
        from kapacitet.cli.solve import Wishes
        from kapacitet.cli.solve import solve as work

        wishes = Wishes(out, write_model, time_limit, gap, force, keep, workers, dask)
        status = work(scenario, wishes, interruption.asked)
    raise typer.Exit(status)
