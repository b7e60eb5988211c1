"""``kapacitet gains``: who gains by planning together, which groups would leave, and a key that holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kapacitet.cli import statuses
from kapacitet.cli.folder import Stage, refuse_unfit, staging
from kapacitet.cli.progress import reporting
from kapacitet.cli.solve import place_tables, read, tell_conflict, tell_no_plan
from kapacitet.cli.speech import say
from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.gains.result import Gains, tables
from kapacitet.insight.gains.run import gains as play
from kapacitet.insight.result import Conflict, NoPlan, Result
from kapacitet.insight.run import illustrative_rows, input_hash, versions
from kapacitet.planning.solver import SolverFault
from kapacitet.region import Region
from kapacitet.report.assumptions import assumptions
from kapacitet.report.document import Block, Heading, Paragraph
from kapacitet.report.gains import gains_blocks, statement
from kapacitet.report.markdown import to_markdown
from kapacitet.report.terminal import console, show
from kapacitet.scenario.models import Scenario

REPORT = "gevinst.md"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks beside the scenario.

    Attributes:
        groups: a TOML file with named groups, if any.
        time_limit: seconds in all, instead of the scenario's.
        out: the folder the tables are written in, if anywhere.
        force: write into a folder that holds other things.
    """

    groups: Path | None = None
    time_limit: float | None = None
    out: Path | None = None
    force: bool = False


def gains(scenario_name: str, wishes: Wishes, stop: Callable[[], bool]) -> int:
    """Play the cost game of a scenario, print it, and write what is asked.

    Args:
        scenario_name: a scenario file, or the id of a preset.
        wishes: the rest of the command line.
        stop: true once what is found so far shall do.

    Returns:
        the exit status.

    Raises:
        FaultyInput: with every fault, or a solver that isn't installed; nothing is written.
        OSError: the folder can't be written; the answer is printed all the same.
    """
    if wishes.out is None:
        return _answered(scenario_name, wishes, stop, None)
    refuse_unfit(wishes.out, wishes.force)
    with staging(wishes.out) as stage:
        return _answered(scenario_name, wishes, stop, stage)


def _answered(scenario_name: str, wishes: Wishes, stop: Callable[[], bool], stage: Stage | None) -> int:
    with reporting() as reporter:
        scenario, region = read(scenario_name)
        try:
            answer = play(
                region,
                scenario,
                groups=wishes.groups,
                time_limit=wishes.time_limit,
                stop=stop,
                progress=reporter.progress,
                phase=reporter.phase,
            )
        except SolverFault as error:
            raise FaultyInput([Fault(str(error), table="scenarie", column="solver.name")]) from None
    if isinstance(answer, Conflict):
        return tell_conflict(answer)
    if isinstance(answer, NoPlan):
        return tell_no_plan(answer)
    result = Result(_summary(answer, region, scenario), scenario, tables(answer))
    rests = [Heading("Forudsætninger"), assumptions(result)]
    blocks = [*gains_blocks(answer, result.summary), *rests]
    show(blocks, console())
    if stage is not None and wishes.out is not None:
        _write(result, blocks, stage)
        say(Paragraph(f"Tabellerne ligger i {wishes.out}."))
    return statuses.PLAN


def _summary(found: Gains, region: Region, scenario: Scenario) -> dict[str, Any]:
    """The content of ``result.json``."""
    key = found.key
    return {
        "kind": "gains",
        "status": "fuldstændig" if found.complete else "standset",
        "name": scenario.name,
        "description": scenario.description,
        "region": region.id,
        "region_title": region.title,
        "price_year": region.price_year,
        "together": found.together.cost,
        "together_bound": found.together.bound,
        "external": found.together.external,
        "key": statement(key),
        "epsilon_least": _plain(None if key is None else key.least),
        "epsilon_most": _plain(None if key is None else key.most),
        "epsilon_proven": key is not None and key.proven,
        "groups_priced": found.priced,
        "seconds": found.seconds,
        "seed": scenario.futures.seed,
        "input_hash": input_hash(region, scenario),
        "versions": versions(),
        "illustrative": illustrative_rows(region),
        "warnings": [fault.text() for fault in found.problem.warnings],
    }


def _plain(kr: float | None) -> float | None:
    """An amount that JSON can hold."""
    return None if kr is None or abs(kr) == float("inf") else kr


def _write(result: Result, blocks: list[Block], stage: Stage) -> None:
    (stage.folder / REPORT).write_text(to_markdown(blocks), encoding="utf-8", newline="\n")
    place_tables(result, stage)
