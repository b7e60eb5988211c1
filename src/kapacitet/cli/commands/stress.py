"""``kapacitet stress``: a plan in many futures."""

from __future__ import annotations

from typing import Annotated

import typer

from kapacitet.cli.interruption import Interruption
from kapacitet.cli.options import PlanFolder, RegionData, TablesFolder, Workers


def stress(
    result: PlanFolder,
    futures: Annotated[
        int | None,
        typer.Option(
            metavar="ANTAL",
            help="Antal fremtider; ellers 1000, eller regionens egne, hvor scenariet bruger dem.",
            min=1,
            max=1_000_000,
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(
            metavar="TAL",
            help="Startværdi; ellers én over scenariets, så planen prøves på andre fremtider end sine egne.",
            min=0,
            max=2**63 - 1,
            show_default=False,
        ),
    ] = None,
    out: TablesFolder = None,
    batch: Annotated[
        int, typer.Option(metavar="ANTAL", help="Fremtider ad gangen; svaret er det samme.", min=1, max=10_000)
    ] = 100,
    workers: Workers = 1,
    region: RegionData = None,
) -> None:
    """Prøv en plan på tusinder af fremtider: tomme huse, udækket behov, og hvad ejere og betalere risikerer.

    Ctrl-C standser og beholder de fremtider, der er regnet.
    """
    with Interruption("de fremtider, der er regnet") as interruption:
        from kapacitet.cli.stress import Wishes
        from kapacitet.cli.stress import stress as work

        status = work(result, Wishes(futures, seed, out, batch, workers, region), interruption.asked)
    raise typer.Exit(status)
