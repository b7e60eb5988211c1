"""``kapacitet solve``: from a scenario to a plan, its result folder and what a planner reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.cli.folder import FILES, MARKER, Stage, contents, refuse_unfit, staging
from kapacitet.cli.model_file import staged_file
from kapacitet.cli.progress import reporting
from kapacitet.cli.speech import say, tell_error
from kapacitet.cli.workers import solving
from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.result import Conflict, NoPlan, Result
from kapacitet.insight.run import run
from kapacitet.insight.store import SCENARIO, write_tables
from kapacitet.planning.solver import SolverFault
from kapacitet.region import Region, load_region
from kapacitet.report import numbers
from kapacitet.report.contradiction import contradiction_blocks
from kapacitet.report.document import Block, Bullets, Paragraph
from kapacitet.report.map import MAP_PAGE, write_charts, write_map
from kapacitet.report.markdown import to_markdown
from kapacitet.report.summary import summary
from kapacitet.report.terminal import console, show
from kapacitet.report.words import Names
from kapacitet.scenario.files import load_scenario, resolve_region, scenario_file
from kapacitet.scenario.models import Scenario

SUMMARY = "plan.md"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks beside the scenario.

    Attributes:
        out: the result folder.
        model_file: where the mixed-integer program is written, if anywhere.
        time_limit: seconds, instead of the scenario's.
        gap: tolerated distance to the optimum as a share, instead of the scenario's.
        force: put the result into a folder that holds other things.
        keep: tell, too, what it costs to keep the previous plan and choose all else anew.
        workers: processes that solve futures; None for this one alone.
        dask: address of a cluster's scheduler that solves them instead.
    """

    out: Path
    model_file: Path | None = None
    time_limit: float | None = None
    gap: float | None = None
    force: bool = False
    keep: bool = False
    workers: int | None = None
    dask: str | None = None


def solve(scenario_name: str, wishes: Wishes, stop: Callable[[], bool]) -> int:
    """Solve, write the result folder, print the plan.

    Args:
        scenario_name: a scenario file, or the id of a preset.
        wishes: the rest of the command line.
        stop: true once the best plan so far shall do.

    Returns:
        the exit status.

    Raises:
        FaultyInput: with every fault, or a solver that isn't installed; nothing is written.
    """
    refuse_unfit(wishes.out, wishes.force)
    with staging(wishes.out) as stage, staged_file(wishes.model_file) as model_file:
        with reporting() as reporter, solving(wishes.workers, wishes.dask) as executor:
            scenario, region = read(scenario_name, time_limit=wishes.time_limit, gap=wishes.gap)
            try:
                answer = run(
                    region,
                    scenario,
                    stop=stop,
                    progress=reporter.progress,
                    phase=reporter.phase,
                    model_file=model_file,
                    keep=wishes.keep,
                    executor=executor,
                )
            except SolverFault as error:
                raise FaultyInput([Fault(str(error), table="scenarie", column="solver.name")]) from None
            if isinstance(answer, Result):
                reporter.phase("Skriver resultatet")
                blocks = _written(answer, region, stage)
        if isinstance(answer, Conflict):
            return tell_conflict(answer)
        if isinstance(answer, NoPlan):
            return tell_no_plan(answer)
    show(blocks, console())
    where = wishes.out / MAP_PAGE
    say(Paragraph(f"Resultatet ligger i {wishes.out}" + (f"; se kortet i {where}." if where.is_file() else ".")))
    return statuses.PLAN


def read(scenario_name: str, **asked: float | None) -> tuple[Scenario, Region]:
    """A scenario and its region; keys of ``solver`` that the command line asks for go before the scenario's."""
    scenario = load_scenario(scenario_name)
    changed = {key: value for key, value in asked.items() if value is not None}
    scenario = scenario.model_copy(update={"solver": scenario.solver.model_copy(update=changed)})
    path = resolve_region(scenario, scenario_file(scenario_name))
    return scenario, load_region(path, over_occupancy=scenario.limits.over_occupancy)


def place_tables(result: Result, stage: Stage) -> None:
    """Write the tables beside what the stage's folder holds already, and put it all in its place."""
    files = sorted({*contents(stage.folder), *(f"{name}.csv" for name in result.tables), MARKER, SCENARIO})
    write_tables(replace(result, summary={**result.summary, FILES: files}), stage.folder)
    stage.place()


def _written(result: Result, region: Region, stage: Stage) -> tuple[Block, ...]:
    """Write the result and put it in its place; the summary as blocks.

    If that fails the plan is still printed: it may have taken long to find.
    """
    names = Names.of(region)
    try:
        pictures = (*write_map(result, region, stage.folder), *write_charts(result, region, stage.folder))
        blocks = summary(result, names, pictures)
        (stage.folder / SUMMARY).write_text(to_markdown(blocks), encoding="utf-8", newline="\n")
        place_tables(result, stage)
    except OSError:
        show(summary(result, names), console())
        raise
    return blocks


def tell_conflict(conflict: Conflict) -> int:
    say(*contradiction_blocks(conflict))
    return statuses.CONTRADICTION


def tell_no_plan(stopped: NoPlan) -> int:
    tell_error(
        f"Søgningen blev standset efter {numbers.seconds(stopped.seconds)}, før der var fundet en plan. "
        "Intet resultat er skrevet.",
        "Giv den mere tid med --time-limit.",
    )
    if stopped.refusals:
        nearest = "De planer, der blev fundet, har parterne grund til at afvise. Den, der mangler mindst:"
        say(Paragraph(nearest), Bullets(stopped.refusals))
    return statuses.NO_PLAN
