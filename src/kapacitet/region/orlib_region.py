"""A published location problem as a region with its scenario.

Its known optimum then checks the whole way from a region to a plan: customers are municipalities with a demand for
places, sites candidates of the region with a fixed cost a year, and a cost for all of a customer's demand is
minutes per place-year at 1 kr. a minute.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from kapacitet.region.loading import region_from_tables
from kapacitet.region.model import Region
from kapacitet.region.orlib import LocationProblem

YEAR: Final = 2025
GROUP: Final = "kunder"
_NOWHERE: Final = {"latitude": 0.0, "longitude": 0.0}
"""The file has no map; every travel time is given."""
_OURS: Final = {"source": "Valgt, da problemet blev skrevet som region", "evidence": "forudsaetning"}
"""Of rows that the file says nothing about."""


def orlib_region(problem: LocationProblem) -> Region:
    """The problem as a region of one year: what a plan costs there is what it costs in the problem."""
    codes = [f"k{k:0{len(str(len(problem.demand)))}d}" for k in range(1, len(problem.demand) + 1)]
    sites = [f"s{j:0{len(str(len(problem.fixed)))}d}" for j in range(1, len(problem.fixed) + 1)]
    tables: dict[str, list[dict[str, object]]] = {
        "municipalities": [
            {"code": code, "name": f"Kunde {k}", "population": 0, "seat": f"Kunde {k}", **_NOWHERE, **_OURS}
            for k, code in enumerate(codes, start=1)
        ],
        "target_groups": [
            {
                "id": GROUP,
                "name": "Kunder",
                "support_step": 0.5,
                "attrition": 0.0,
                "temporary_share": 0.0,
                "complex": False,
                **_OURS,
            }
        ],
        "demand": [
            {"municipality": code, "target_group": GROUP, "year": YEAR, "low": d, "central": d, "high": d}
            for code, d in zip(codes, map(float, problem.demand), strict=True)
        ],
        "candidates": [
            _candidate(j, site, codes[0], problem.capacity[j - 1], float(problem.fixed[j - 1]))
            for j, site in enumerate(sites, start=1)
        ],
        # Nothing can be bought: whatever isn't supplied is unmet.
        "purchase_prices": [{"target_group": GROUP, "year": YEAR, "price": 0.0, "available": 0.0, **_OURS}],
        "travel_times": [
            {"municipality": code, "offer_or_candidate": site, "minutes": float(cost / need) if need else 0.0}
            for code, need, costs in zip(codes, problem.demand, problem.cost, strict=True)
            for site, cost in zip(sites, costs, strict=True)
        ],
    }
    return region_from_tables(
        _region_id(problem.name),
        YEAR,
        tables,
        title=f"OR-Library {problem.name}",
        source=f"OR-Library, {problem.name}",
        evidence="faktisk",
    )


def orlib_scenario(problem: LocationProblem, region: str) -> Mapping[str, Any]:
    """The scenario document in which the best plan costs the published optimum.

    Args:
        region: what the scenario calls its region.
    """
    return {
        "name": f"OR-Library {problem.name}",
        "region": region,
        "horizon": {"first": YEAR, "last": YEAR},
        "costs": {"discount_rate": 0.0, "travel_cost_per_minute": 1.0, "unmet_penalty": _penalty(problem)},
        "limits": {"anlaegsramme": "off", "joint_frame": "off", "region_liquidity": "off"},
        "solver": {"gap": 0.0, "time_limit": 3600.0},
    }


def _penalty(problem: LocationProblem) -> float:
    """So dear that unmet demand is in no best plan.

    Capacities are whole and demands multiples of a quantum q, so a choice of sites that is too small leaves at
    least q unmet; serving everybody never costs more than all sites and everybody's dearest: penalty·q is above it.
    Within a choice that is large enough, one more served costs at most one dearest unit cost per site on the way.
    """
    every = sum(problem.fixed) + sum((max(costs) for costs in problem.cost), Decimal(0))
    dearest = max((max(c) / d for c, d in zip(problem.cost, problem.demand, strict=True) if d), default=Decimal(0))
    whole = max(every / _quantum(problem), dearest * (len(problem.fixed) + 1))
    return float(math.floor(whole) + 1)


def _quantum(problem: LocationProblem) -> Decimal:
    """The largest power of ten, at most 1, that all demands are multiples of."""
    exponents = (int(demand.normalize().as_tuple().exponent) for demand in problem.demand)
    return Decimal(10) ** min(0, *exponents, 0)


def _candidate(number: int, site: str, code: str, places: int, fixed: float) -> dict[str, object]:
    return {
        "id": site,
        "project": site,
        "name": f"Sted {number}",
        "municipality": code,
        "owner_type": "region",
        "owner": "Regionen",
        "legal_basis": "sel108",
        "target_groups": GROUP,
        "places": places,
        "construction_cost": 0.0,
        "spend_profile": "1",
        "lead_time": 0,
        "earliest": YEAR,
        "latest": YEAR,
        "fixed_cost": fixed,
        "variable_cost": 0.0,
        "budgeted_occupancy": 1.0,
    }


def _region_id(name: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:80] or "orlib"
