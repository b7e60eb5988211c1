"""What a plan meets in its futures: quantiles of need, service, belægning, cost and accounts, as result tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.parties import party_name
from kapacitet.ledger.standing import offer_burden, standing_burden
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import guests, open_share
from kapacitet.planning.problem import Problem
from kapacitet.planning.risk import Risk

QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
SPREAD = ["mean", *QUANTILES]
REGION = ["year", "measure", *SPREAD]
OFFERS = ["year", "offer", "name", "existing", "measure", *SPREAD, "half_empty"]
PARTIES = ["party", "party_name", "population", *SPREAD]
HALF = 0.5
"""A house stands half empty where fewer than this share of its places are used."""


def spread(values: Array, chances: Array) -> dict[str, float]:
    """Mean and quantiles of ``values`` with probabilities ``chances``, shapes (S,).

    A quantile is the least value that futures with at least that probability don't exceed.
    """
    order = np.argsort(values, kind="stable")
    sums = np.cumsum(chances[order])
    at = {name: order[min(int(np.searchsorted(sums, q - 1e-12)), len(order) - 1)] for name, q in QUANTILES.items()}
    return {"mean": float(chances @ values), **{name: float(values[i]) for name, i in at.items()}}


def future_tables(world: World, agreements: Mapping[str, HouseAgreement]) -> dict[str, pd.DataFrame]:
    """Tables ``futures_region``, ``futures_offers`` and ``futures_accounts`` of a plan in its futures.

    Measures of the region: ``behov``, ``offentlig`` (shared offers), ``privat``, ``koeb`` and ``udaekket`` in
    place-years, ``omkostning`` in kr. (recourse, undiscounted). Of an offer: ``borgere`` (guests included) and
    ``belaegning``; ``half_empty`` is the probability that fewer than half of a new house's places are used. Accounts
    are discounted kr. over all years, the waiting list included, under the plan's agreements.
    """
    present = _present(world)
    return {
        "futures_region": _region(world),
        "futures_offers": _offers(world, present),
        "futures_accounts": _accounts(world, agreements),
    }


def _region(world: World) -> pd.DataFrame:
    problem, chances = world.problem, world.probability
    shared = problem.shared[problem.arcs.u]
    rows: list[dict[str, object]] = []
    for t, year in enumerate(problem.years):
        placed = [future[t] for future in world.outcome.years]
        measures = {
            "behov": [f.demand[:, :, t].sum() for f in problem.futures],
            "offentlig": [one.used.values[shared[one.used.index]].sum() for one in placed],
            "privat": [one.used.values[~shared[one.used.index]].sum() for one in placed],
            "koeb": [one.buy.sum() for one in placed],
            "udaekket": [one.unmet.sum() for one in placed],
            "omkostning": [one.cost for one in placed],
        }
        rows += [{"year": year, "measure": name, **spread(np.array(v), chances)} for name, v in measures.items()]
    return pd.DataFrame(rows, columns=REGION)


def _present(world: World) -> Array:
    """Everybody in each unit, guests included, shape (S, U, T)."""
    problem = world.problem
    found = np.array([guests(problem, world.plan, f).sum(axis=1) for f in range(len(problem.futures))])
    for f, future in enumerate(world.outcome.years):
        for t, year in enumerate(future):
            np.add.at(found[f, :, t], problem.arcs.u[year.used.index], year.used.values)
    return found


def _offers(world: World, present: Array) -> pd.DataFrame:
    problem, chances, is_open = world.problem, world.probability, open_share(world.problem, world.plan)
    rows: list[dict[str, object]] = []
    for u, t in zip(*np.nonzero(is_open), strict=True):
        unit, n = problem.units[u], present[:, u, t]
        if not unit.shared:
            continue
        named = {"year": problem.years[t], "offer": unit.id, "name": unit.name, "existing": unit.existing}
        empty = None if unit.existing else float(chances @ (n < HALF * unit.places))
        rows.append({**named, "measure": "borgere", **spread(n, chances), "half_empty": empty})
        rows.append({**named, "measure": "belaegning", **spread(n / unit.places, chances), "half_empty": empty})
    return pd.DataFrame(rows, columns=OFFERS).sort_values(["year", "offer", "measure"], ignore_index=True)


def _accounts(world: World, agreements: Mapping[str, HouseAgreement]) -> pd.DataFrame:
    problem = world.problem
    burden = standing_burden(world).concerned
    for i in world.houses:
        burden = burden + offer_burden(world, i, world.settled(i, agreements[world.rates[i].offer])).concerned
    total = np.einsum("wtk,t->wk", burden, problem.discount)
    rows = [
        {
            "party": m.code,
            "party_name": party_name(problem, m.code),
            "population": m.population,
            **spread(total[:, k], world.probability),
        }
        for k, m in enumerate(problem.municipalities)
    ]
    return pd.DataFrame(rows, columns=PARTIES)


def cost_spread(problem: Problem, first: float, totals: Array) -> dict[str, Any]:
    """Key figures of cost over all futures: ``first`` is the first stage, ``totals`` each future's placements, kr."""
    risk = Risk.of(problem)
    tail = Risk(risk.chances, risk.level, 1.0)
    return {
        "count": len(totals),
        "cvar_level": risk.level,
        "cvar_weight": risk.weight,
        "expected": first + float(risk.chances @ totals),
        "cvar": first + tail.value(totals),
        **{name: value + first for name, value in spread(totals, risk.chances).items() if name != "mean"},
    }
