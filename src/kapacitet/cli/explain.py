"""``kapacitet explain``: why a result's plan is as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.cli.planned import refuse_foreign, region_of
from kapacitet.cli.speech import say, tell_faults
from kapacitet.cli.writing import write_json, write_table
from kapacitet.faults import FaultyInput
from kapacitet.insight.many import Answer, Job, Outcome
from kapacitet.insight.reasons.asked import MOST_FUTURES, NEAR, has_futures
from kapacitet.insight.reasons.asked import Wishes as Asked
from kapacitet.insight.reasons.run import Reasons
from kapacitet.insight.reasons.run import reasons as explained
from kapacitet.insight.result import Result
from kapacitet.insight.store import read_result
from kapacitet.insight.stress.asked import changed
from kapacitet.region.writing.folder import replace_file
from kapacitet.report import numbers
from kapacitet.report.document import Paragraph
from kapacitet.report.markdown import to_markdown
from kapacitet.report.reasons import reasons_blocks
from kapacitet.report.terminal import console, show
from kapacitet.scenario.files import load_scenario
from kapacitet.scenario.models import Scenario

SUMMARY, REPORT = "reasons.json", "reasons.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the command line asks beside the result.

    Attributes:
        limits, projects, levers, delay, futures: which explanations; all that can be given if none is named.
        every: all that can be given.
        near: plans that cost so much more at most, as a share.
        names: projects or candidates to ask about.
        base: the scenario levers are counted from, else the one the plan's scenario names.
        shapley: levers over all orders too.
        most_futures: of more, so many are chosen.
        time_limit, gap: of each search.
        workers: processes.
        out: the folder the tables are written in, if anywhere.
        region: the region's data, if they aren't where the scenario says.
    """

    limits: bool = False
    projects: bool = False
    levers: bool = False
    delay: bool = False
    futures: bool = False
    every: bool = False
    near: float | None = None
    names: tuple[str, ...] = ()
    base: str | None = None
    shapley: bool = False
    most_futures: int = MOST_FUTURES
    time_limit: float | None = None
    gap: float | None = None
    workers: int = 1
    out: Path | None = None
    region: str | None = None


def explain(folder: Path, wishes: Wishes, stop: Callable[[], bool]) -> int:
    """Explain the plan in ``folder``, print it, and write what is asked.

    Args:
        folder: a result folder with a plan.
        wishes: the rest of the command line.
        stop: true once what is done so far shall do.

    Returns:
        the exit status.

    Raises:
        FaultyInput: no result, no plan, a region that doesn't fit, a question without an answer, or a folder that
            can't be written in.
    """
    if wishes.out is not None:
        refuse_foreign(wishes.out, SUMMARY, "explain")
    result = read_result(folder)
    region = region_of(result, wishes.region, folder)
    asked = _asked(result, wishes, folder)
    found = explained(
        result,
        region,
        asked,
        stop=stop,
        phase=lambda text: _tell(f"{text} …"),
        on_job=lambda done, count, job, outcome: _tell(_line(done, count, job, outcome)),
        lost=lambda: say(Paragraph("En hjælpeproces døde; dens søgning begyndes forfra.", "warning")),
    )
    tell_faults(changed(result, region))
    show(reasons_blocks(found), console())
    if wishes.out is not None:
        _write(found, wishes.out)
        say(Paragraph(f"Tabellerne ligger i {wishes.out}."))
    return statuses.PLAN


def _asked(result: Result, wishes: Wishes, folder: Path) -> Asked:
    """What can be given of what is asked; without any wish all that can."""
    named = (wishes.limits, wishes.projects, wishes.levers, wishes.delay, wishes.futures, wishes.names)
    every = wishes.every or not (any(named) or wishes.near is not None)
    base = _base(result, wishes, folder, needed=wishes.levers)
    return Asked(
        limits=wishes.limits or every,
        projects=wishes.projects or every,
        names=wishes.names,
        near=NEAR if wishes.near is None and every else wishes.near,
        levers=wishes.levers or (every and base is not None),
        base=base,
        shapley=wishes.shapley,
        delay=wishes.delay or every,
        futures=wishes.futures or (every and has_futures(result.scenario)),
        most_futures=wishes.most_futures,
        time_limit=wishes.time_limit,
        gap=wishes.gap,
        workers=wishes.workers,
    )


def _base(result: Result, wishes: Wishes, folder: Path, *, needed: bool) -> Scenario | None:
    """The scenario that levers are counted from: as asked, else the one the plan's own names.

    A base that is a file is seen from the scenario's own file, which the result doesn't know: it is looked for here
    and beside the result.
    """
    stated = wishes.base or result.scenario.base
    if stated is None:
        return None
    homes = (Path(), *(() if wishes.base else (folder.resolve().parent,)))
    path = next((home / stated for home in homes if (home / stated).is_file()), None)
    try:
        return load_scenario(stated if path is None else path, result.scenario.region)
    except FaultyInput:
        if wishes.base or needed:
            raise
        return None


def _line(done: int, count: int, job: Job, outcome: Outcome) -> str:
    if not isinstance(outcome, Answer):
        told = "kunne ikke beregnes"
    elif outcome.objective is None:
        told = outcome.ending.value
    else:
        told = f"{numbers.millions(outcome.objective)} · afstand {numbers.gap(outcome.gap)}"
    seconds = f" · {numbers.seconds(outcome.seconds)}" if isinstance(outcome, Answer) else ""
    return f"{done}/{count} {job.label}: {told}{seconds}"


def _tell(text: str) -> None:
    say(Paragraph(text, "quiet"))


def _write(found: Reasons, folder: Path) -> None:
    """Tables and report; ``reasons.json`` goes first and comes last, and tables not asked for now go too."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SUMMARY).unlink(missing_ok=True)
    for stale in folder.glob("reasons_*.csv"):
        stale.unlink()
    for name, table in found.tables.items():
        write_table(folder / f"{name}.csv", table)
    replace_file(folder / REPORT, to_markdown(reasons_blocks(found)).encode())
    write_json(folder / SUMMARY, found.summary)
