"""All explanations asked for, their searches side by side."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kapacitet.insight.many import Answer, Failure, Job, Outcome, run_many
from kapacitet.insight.many.work import never
from kapacitet.insight.reasons.asked import Wishes, ground_of, refuse, sections
from kapacitet.insight.reasons.ground import SEARCH, Ground
from kapacitet.insight.reasons.section import Ask, Section, Tables
from kapacitet.insight.result import Result
from kapacitet.insight.run import illustrative_rows, input_hash, versions
from kapacitet.insight.stress.asked import changed
from kapacitet.region.model import Region

OnJob = Callable[[int, int, Job, Outcome], None]


@dataclass(frozen=True)
class Reasons:
    """Why a plan is as it is.

    Attributes:
        summary: the content of ``reasons.json``.
        tables: reasons_limits, reasons_projects, reasons_near, reasons_plans, reasons_levers, reasons_delay,
            reasons_futures: those asked for.
        complete: whether every search was begun.
    """

    summary: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    complete: bool


def reasons(
    result: Result,
    region: Region,
    wishes: Wishes,
    *,
    stop: Callable[[], bool] = never,
    phase: Callable[[str], None] = lambda text: None,
    on_job: OnJob = lambda done, count, job, outcome: None,
    lost: Callable[[], None] = lambda: None,
) -> Reasons:
    """Explain the plan of ``result``.

    Args:
        stop: true once what is done so far shall do.
        phase: told in Danish what is going on before the searches begin.
        on_job: told of each search as it ends: how many are done of how many known so far.
        lost: told when a process has died and its search is run again.

    Raises:
        FaultyInput: a result without a plan or that doesn't fit the region, or questions without an answer.
    """
    began = time.perf_counter()
    refuse(result, wishes)
    ground = ground_of(result, region, wishes, stop=stop, phase=phase)
    rounds = _Rounds(ground, wishes.workers, stop, on_job, lost)
    tables = rounds.run(sections(ground, wishes))
    warnings = [fault.text() for fault in changed(result, region)] + rounds.warnings
    summary = {
        **{key: result.summary[key] for key in ("name", "description", "status")},
        "region": region.id,
        "region_title": region.title,
        "price_year": region.price_year,
        "plan_hash": result.summary["input_hash"],
        "input_hash": input_hash(region, ground.scenario),
        "objective": ground.cost,
        "best_known": ground.best,
        "bound": ground.least if math.isfinite(ground.least) else None,
        "near": wishes.near,
        "futures": _futures(ground, wishes),
        "time_limit": ground.scenario.solver.time_limit,
        "gap": ground.scenario.solver.gap,
        "searches": rounds.done,
        "not_begun": rounds.not_begun,
        "without_time": rounds.without_time,
        "seconds": time.perf_counter() - began,
        "versions": versions(),
        "illustrative": illustrative_rows(region),
        "titles": {unit.id: unit.name for unit in ground.problem.units if not unit.existing},
        "warnings": warnings,
        "tables": {name: _plain(table) for name, table in sorted(tables.items())},
    }
    return Reasons(summary, tables, not rounds.not_begun)


def _futures(ground: Ground, wishes: Wishes) -> dict[str, Any] | None:
    """What EVPI and VSS are counted on."""
    if not wishes.futures:
        return None
    levers = ground.scenario.futures
    own = int(ground.region.tables["demand_futures"]["future"].nunique())
    return {
        "asked": levers.reduce_to or (own if levers.source == "table" else levers.count),
        "most": wishes.most_futures,
        "cvar_level": levers.cvar_level,
        "cvar_weight": levers.cvar_weight,
    }


class _Rounds:
    """Sections' searches, round by round, until each section has its tables."""

    def __init__(
        self,
        ground: Ground,
        workers: int,
        stop: Callable[[], bool],
        on_job: OnJob,
        lost: Callable[[], None],
    ) -> None:
        self._ground, self._workers, self._stop = ground, workers, stop
        self._on_job, self._lost = on_job, lost
        self.done = 0 if SEARCH not in ground.seen else 1
        self.not_begun = 0
        self.without_time = 0
        self.warnings: list[str] = []

    def run(self, every: Mapping[str, Section]) -> Tables:
        """The tables of all sections."""
        asks: dict[str, Ask] = {name: next(section) for name, section in every.items()}
        tables: Tables = {}
        while asks:
            self._answer(asks)
            following: dict[str, Ask] = {}
            for name, ask in asks.items():
                told = {key: self._ground.seen[key] for key in ask if key in self._ground.seen}
                try:
                    following[name] = every[name].send(told)
                except StopIteration as end:
                    tables |= end.value
            asks = following
        return tables

    def _answer(self, asks: Mapping[str, Ask]) -> None:
        jobs = {key: job for ask in asks.values() for key, job in ask.items() if key not in self._ground.seen}
        keys, total = list(jobs), self.done + len(jobs)

        def told(number: int, outcome: Outcome) -> None:
            self.done += 1
            self._on_job(self.done, total, jobs[keys[number]], outcome)

        found = run_many(list(jobs.values()), self._workers, told, stop=self._stop, lost=self._lost)
        for key, outcome in zip(keys, found, strict=True):
            if outcome is None:
                self.not_begun += 1
            elif isinstance(outcome, Failure):
                told_of = " ".join(fault.text() for fault in outcome.faults)
                self.warnings.append(f"«{jobs[key].label}» kunne ikke beregnes: {told_of}")
            else:
                self._ground.seen[key] = outcome
                self.without_time += _unproven(jobs[key], outcome)


def _unproven(job: Job, answer: Answer) -> bool:
    """Whether the search ended before it was as exact as asked."""
    if job.ceiling is not None and (answer.most <= job.ceiling or answer.least > job.ceiling):
        return False
    return answer.ending.value.startswith("stoppet")


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON holds them: what is missing or infinite is null."""
    text = table.astype(object).where(table.notna(), None)
    return [
        {
            str(key): None if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in row.items()
        }
        for row in text.to_dict("records")
    ]
