"""A result's plan put through thousands of futures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.insight.run import illustrative_rows, input_hash, versions
from kapacitet.insight.stress.asked import Wishes, changed, task_of
from kapacitet.insight.stress.batches import batches
from kapacitet.insight.stress.spread import ACCURACY, Spread
from kapacitet.insight.stress.tables import tables
from kapacitet.insight.stress.trial import KINDS, Batch, Trial
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario


@dataclass(frozen=True)
class Stress:
    """How a plan stands in many futures.

    Attributes:
        summary: the content of ``stress.json``.
        tables: stress_offers, stress_region, stress_groups, stress_parties.
        complete: whether all futures were gone through.
    """

    summary: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    complete: bool


@dataclass
class Gathered:
    """Distributions by name of ``KINDS``, and how many futures they hold."""

    spreads: dict[str, Spread] = field(default_factory=dict)
    futures: int = 0

    def add(self, batch: Batch) -> None:
        """The next futures."""
        for name, kind in KINDS.items():
            values = batch.values[name]
            self.spreads.setdefault(name, Spread(values.shape[1], kind)).add(values, batch.weights)
        self.futures += len(batch.weights)


def stress(
    result: Result,
    region: Region,
    wishes: Wishes,
    *,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int, float], None] = lambda done, count, seconds: None,
    lost: Callable[[], None] = lambda: None,
) -> Stress | None:
    """Put the plan of ``result`` through futures of demand.

    Args:
        region: the data the plan is tried on.
        stop: true once what is done so far shall do.
        progress: told futures done, futures in all and seconds gone.
        lost: told when a process has died and its futures are run again.

    Returns:
        The distributions; None if it was stopped before the first batch was done.

    Raises:
        FaultyInput: the result is of an older version, or doesn't fit the region.
    """
    began = time.perf_counter()
    task = task_of(result, region, wishes)
    trial = Trial(task)
    gathered = Gathered()
    for batch in batches(trial, task, wishes.batch, wishes.workers, stop, lost):
        gathered.add(batch)
        progress(gathered.futures, trial.count, time.perf_counter() - began)
    if not gathered.futures:
        return None
    seconds = time.perf_counter() - began
    warnings = [fault.text() for fault in (*changed(result, region), *trial.warnings)]
    return Stress(
        {
            **_origin(result, region, task.scenario),
            "futures": gathered.futures,
            "asked": trial.count,
            "seed": None if task.scenario.futures.source == "table" else task.scenario.futures.seed,
            "source": task.scenario.futures.source,
            "seconds": seconds,
            "futures_per_second": gathered.futures / seconds,
            "accuracy_money": ACCURACY,
            "schemes": list(task.agreements),
            "warnings": list(dict.fromkeys(warnings)),
        },
        tables(trial, gathered.spreads),
        gathered.futures == trial.count,
    )


def _origin(result: Result, region: Region, scenario: Scenario) -> dict[str, Any]:
    told = {key: result.summary[key] for key in ("name", "description", "status")}
    return told | {
        "region": region.id,
        "region_title": region.title,
        "price_year": region.price_year,
        "growth_sd": scenario.futures.growth_sd,
        "dispersion": scenario.futures.dispersion,
        "plan_hash": result.summary["input_hash"],
        "input_hash": input_hash(region, scenario),
        "versions": versions(),
        "illustrative": illustrative_rows(region),
    }
