"""Small regions for the tests of placement, and random ones with a plan each."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.region import Region, region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.tiny_regions import PRICE_YEAR, random_case

Rows = Sequence[Mapping[str, Any]]
YEARS = (2026, 2027)
PRICE_OF_PURCHASE = 1_200_000.0


def group(**changes: Any) -> dict[str, Any]:
    row = {"id": "autisme", "name": "Autisme", "support_step": 0.5, "attrition": 0.0, "temporary_share": 0.0}
    return row | {"complex": True} | changes


def offer(name: str, places: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "municipality": "561",
        "owner_type": "kommune",
        "owner": "561",
        "legal_basis": "sel108",
        "target_groups": "autisme",
        "places": places,
        "fixed_cost": 1_000_000,
        "variable_cost": 100_000,
        "budgeted_occupancy": 0.95,
        "in_rammeaftale": True,
        "as_of": "2026-01-01",
    } | changes


def private_offer(name: str, places: int, price: float = 1_000_000, **changes: Any) -> dict[str, Any]:
    paid = {"owner_type": "privat", "owner": "privat", "price": price, "fixed_cost": 0, "variable_cost": 0}
    return offer(name, places, **(paid | {"in_rammeaftale": False} | changes))


def candidate(name: str, places: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "project": name,
        "name": name,
        "municipality": "561",
        "owner_type": "kommune",
        "owner": "561",
        "legal_basis": "sel108",
        "target_groups": "autisme",
        "places": places,
        "construction_cost": 0,
        "spend_profile": "1",
        "lead_time": 1,
        "earliest": 2026,
        "latest": 2026,
        "fixed_cost": 500_000,
        "variable_cost": 200_000,
        "budgeted_occupancy": 0.95,
    } | changes


def living(offer_id: str, count: int, code: str = "561", name: str = "autisme") -> dict[str, Any]:
    return {
        "municipality": code,
        "target_group": name,
        "offer": offer_id,
        "count": count,
        "as_of": "2026-01-01",
    }


def need(*by_year: float, code: str = "561", name: str = "autisme") -> list[dict[str, Any]]:
    return [
        {"municipality": code, "target_group": name, "year": 2026 + t, "low": d, "central": d, "high": d}
        for t, d in enumerate(by_year)
    ]


def world(
    offers: Rows,
    demand: Rows,
    residents: Rows = (),
    candidates: Rows = (),
    groups: Rows | None = None,
    codes: Sequence[str] = ("561",),
    **tables: Rows,
) -> Region:
    """A region of the rows given, with purchase at one price."""
    groups = groups or [group()]
    return region_from_tables(
        "lille",
        2026,
        {
            "municipalities": [
                {"code": c, "name": f"By{c}", "population": 1000, "seat": "By", "latitude": 55, "longitude": 9}
                for c in codes
            ],
            "target_groups": groups,
            "offers": offers,
            "candidates": candidates,
            "demand": demand,
            "residents": residents,
            "purchase_prices": [
                {"target_group": row["id"], "year": 2026, "price": PRICE_OF_PURCHASE} for row in groups
            ],
            "travel_links": [{"from": codes[0], "to": c, "kind": "road", "minutes": 30} for c in codes[1:]],
            **tables,
        },
        source="prøve",
        evidence="illustrativ",
    )


def scenario(last: int = 2027, **sections: Any) -> Scenario:
    """No discounting, no growth of prices, no frames; every other lever as given."""
    plain: dict[str, Any] = {
        "name": "Prøve",
        "region": "lille",
        "horizon": {"first": 2026, "last": last},
        "costs": {"discount_rate": 0.0},
        "limits": {"anlaegsramme": "off"},
        "levers": {"private_price_growth": 0.0},
    }
    for name, section in sections.items():
        plain[name] = plain.get(name, {}) | section
    return Scenario.model_validate(plain)


@lru_cache(maxsize=64)
def random_planned(seed: int, *, held: bool = False) -> tuple[Problem, Plan]:
    """A random tiny region, scenario and plan: starts, closures and conversions drawn freely.

    With ``held`` residents stay whatever the scenario says.
    """
    tables, levers = random_case(seed, families="some" if seed % 4 else "all")
    if held:
        levers["limits"]["residents_stay"] = True
    question = Scenario.model_validate(levers)
    over = question.limits.over_occupancy
    problem = build_problem(region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=over), question)
    rng = random.Random(seed)
    starts = _one_each(rng, [problem.units[s.unit].project for s in problem.starts], 0.7)
    ends = [*problem.closures, *problem.conversions]
    chosen = _one_each(rng, [end.unit for end in ends], 0.5)
    count = len(problem.closures)
    return problem, Plan(
        starts, tuple(i for i in chosen if i < count), tuple(i - count for i in chosen if i >= count)
    )


def _one_each(rng: random.Random, keys: Sequence[object], chance: float) -> tuple[int, ...]:
    """Indices, at most one of each key, each key with the chance."""
    by_key: dict[object, list[int]] = {}
    for i, key in enumerate(keys):
        by_key.setdefault(key, []).append(i)
    return tuple(sorted(rng.choice(indices) for indices in by_key.values() if rng.random() < chance))
