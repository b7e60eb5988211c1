"""What it would be worth to know the future (EVPI), and what it is worth to plan for many (VSS)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import demand_futures
from kapacitet.insight.many import Answer
from kapacitet.insight.many.job import PROJECTION
from kapacitet.insight.reasons.ground import Ground
from kapacitet.insight.reasons.section import Section
from kapacitet.insight.reasons.variations import with_section
from kapacitet.planning.costs import Array
from kapacitet.planning.risk import Risk
from kapacitet.planning.solver import Ending

COLUMNS = ["what", "future", "probability", "value", "value_low", "value_high"]
RP, WS, MEAN, EEV, EVPI, VSS = "RP", "WS", "middelplan", "EEV", "EVPI", "VSS"


def futures(ground: Ground, most: int) -> Section:
    """Wait-and-see, the plan, and the plan for the projection, each as (1 − λ)·E + λ·CVaR_α of discounted cost (kr.).

    - RP: the plan for all futures. WS: each future's own best plan, had it been known (one row per future).
      EVPI = RP − WS ≥ 0.
    - EEV: the best plan for the projection alone (``middelplan``), put through all futures. VSS = EEV − RP ≥ 0.

    λ and α are the scenario's; with λ > 0 all three are weighed so, WS too, since the tail of lower costs is lower.
    Where there are more than ``most`` futures, all is done on so many that stand for them (fast forward selection),
    RP too, so that the three can be compared. A value lies between ``value_low`` and ``value_high`` for certain.
    (Birge and Louveaux, *Introduction to Stochastic Programming*, 2011, ch. 4.)
    """
    scenario, reduced = ground.scenario, False
    drawn = demand_futures(ground.region, scenario, cell_demand(ground.region, scenario))
    if len(drawn.probability) > most:
        scenario, reduced = with_section(scenario, "futures", reduce_to=most), True
        drawn = demand_futures(ground.region, scenario, cell_demand(ground.region, scenario))
    chances = np.asarray(drawn.probability)
    levers = scenario.futures
    risk = Risk(chances, levers.cvar_level, levers.cvar_weight)

    jobs = {
        f"fremtid:{i}": replace(ground.job(f"fremtid {i + 1} kendt på forhånd", scenario=scenario), future=i)
        for i in range(len(chances))
    }
    jobs[MEAN] = replace(ground.job("planen for fremskrivningen alene", scenario=scenario), future=PROJECTION)
    if reduced:
        jobs[RP] = ground.job(f"planen for {len(chances)} fremtider", scenario=scenario)
    told = yield jobs
    mean = told.get(MEAN)
    asked = {}
    if mean is not None and mean.objective is not None:
        asked[EEV] = ground.priced("fremskrivningens plan i alle fremtider", mean.decisions, scenario=scenario)
    tried = yield asked

    known = [told.get(f"fremtid:{i}") for i in range(len(chances))]
    rows = [
        _row("fremtid", _most(answer), _least(answer), future=i + 1, probability=float(chances[i]))
        for i, answer in enumerate(known)
    ]
    plan = told.get(RP)
    rp = (_most(plan), _least(plan)) if reduced else (ground.best, ground.least)
    ws = (_weighed(risk, known, _most), _weighed(risk, known, _least))
    through = tried.get(EEV)
    eev = _most(through)
    return {
        "reasons_futures": pd.DataFrame(
            [
                _row(RP, *rp),
                _row(WS, *ws),
                _row(EEV, eev, eev),
                _row(EVPI, rp[0] - ws[0], max(rp[1] - ws[0], 0.0), rp[0] - ws[1]),
                _row(VSS, eev - rp[0], max(eev - rp[0], 0.0), eev - rp[1]),
                *rows,
            ],
            columns=COLUMNS,
        ).astype({"future": "Int64"})
    }


def _most(answer: Answer | None) -> float:
    """Cost of the best plan known; infinite where it can't be carried out, NaN where nobody knows."""
    if answer is None or (answer.objective is None and answer.ending is not Ending.INFEASIBLE):
        return float("nan")
    return answer.most


def _least(answer: Answer | None) -> float:
    return float("nan") if answer is None or not np.isfinite(answer.least) else answer.least


def _weighed(risk: Risk, answers: list[Answer | None], of: Callable[[Answer | None], float]) -> float:
    totals: Array = np.array([of(answer) for answer in answers])
    return risk.value(totals) if np.isfinite(totals).all() else float("nan")


def _row(
    what: str,
    value: float,
    low: float,
    high: float | None = None,
    *,
    future: int | None = None,
    probability: float | None = None,
) -> dict[str, object]:
    high = value if high is None else high
    return {
        "what": what,
        "future": pd.NA if future is None else future,
        "probability": probability,
        "value": float(np.clip(value, low, high)) if np.isfinite([low, high]).all() else value,
        "value_low": low,
        "value_high": high,
    }
