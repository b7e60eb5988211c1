"""``kapacitet explain``: why a plan is as it is."""

from __future__ import annotations

from typing import Annotated

import typer

from kapacitet.cli.interruption import Interruption
from kapacitet.cli.options import EachSearch, PlanFolder, RegionData, TablesFolder, Workers, share


def explain(
    result: PlanFolder,
    limits: Annotated[bool, typer.Option("--limits", help="Hvad hver grænse koster.")] = False,
    projects: Annotated[
        bool, typer.Option("--projects", help="Hvad hvert projekt i planen er værd, og hvad andre ville koste.")
    ] = False,
    near: Annotated[float | None, share("Planer, der højst koster så meget mere, fx 0.02.")] = None,
    levers: Annotated[bool, typer.Option("--levers", help="Hvad hvert ændret håndtag gør.")] = False,
    delay: Annotated[bool, typer.Option("--delay", help="Hvad et års udsættelse koster.")] = False,
    futures: Annotated[
        bool, typer.Option("--futures", help="Hvad det er værd at kende fremtiden (EVPI) og planlægge for den (VSS).")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Alt, der kan forklares; også uden nogen af de andre valg.")
    ] = False,
    project: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAVN", help="Et projekt eller en kandidat, der spørges til; kan gentages.", show_default=False
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIE", help="Det, håndtag regnes ud fra; ellers scenariets udgangspunkt.", show_default=False
        ),
    ] = None,
    shapley: Annotated[
        bool, typer.Option("--shapley", help="Regn også håndtag over alle rækkefølger (højst 6).")
    ] = False,
    most_futures: Annotated[
        int,
        typer.Option(metavar="ANTAL", help="Er der flere fremtider, vælges så mange til --futures.", min=2, max=1000),
    ] = 20,
    time_limit: EachSearch = None,
    gap: Annotated[
        float | None, share("Tilladt afstand til optimum i stedet for scenariets; mindre giver sikrere svar.")
    ] = None,
    workers: Workers = 1,
    out: TablesFolder = None,
    region: RegionData = None,
) -> None:
    """Forklar en plan: hvad grænser, projekter, håndtag og udsættelse koster, og hvad der er næsten lige så godt.

    Ctrl-C standser og beholder det, der er regnet.
    """
    with Interruption("det, der er regnet") as interruption:
        from kapacitet.cli.explain import Wishes
        from kapacitet.cli.explain import explain as work

        wishes = Wishes(
            limits=limits,
            projects=projects,
            levers=levers,
            delay=delay,
            futures=futures,
            every=every,
            near=near,
            names=tuple(project or ()),
            base=base,
            shapley=shapley,
            most_futures=most_futures,
            time_limit=time_limit,
            gap=gap,
            workers=workers,
            out=out,
            region=region,
        )
        status = work(result, wishes, interruption.asked)
    raise typer.Exit(status)
