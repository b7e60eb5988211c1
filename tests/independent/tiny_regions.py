"""Random tiny regions with a scenario each, made to be enumerated."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any, Literal

from .case import PRICE_YEAR, Case, Tables
from .columns import empty_tables
from .enumerate_plans import any_feasible
from .plans import count_plans, starts
from .tiny_scenarios import add_scenario
from .tiny_supply import add_candidates, add_conversions, add_offers, add_residents
from .tiny_world import FAMILIES, World

__all__ = ["FAMILIES", "PRICE_YEAR", "random_case"]

MOST_PLANS = 300
CODES = (("410", "Middelfart"), ("420", "Assens"), ("561", "Esbjerg"), ("573", "Varde"), ("492", "Ærø"))
GROUPS = (
    ("autisme", "Autisme"),
    ("dom", "Udviklingshæmning med dom"),
    ("dobbeltdiagnose", "Dobbeltdiagnose"),
)


def random_case(seed: int, *, families: Literal["some", "all"] = "some") -> tuple[Tables, dict[str, Any]]:
    """A random tiny region and a scenario.

    Args:
        seed: same seed, same case.
        families: "some" turns about a third of the rule families on, "all" turns all on.

    Returns:
        Tables (name → rows with every column of DATA.md, every table present; money in kr. of ``PRICE_YEAR``)
        and a scenario with the keys of the contract. At most ``MOST_PLANS`` plans are to be enumerated. The
        scenario's ``description`` names the families.
    """
    rng = random.Random(f"{seed}-{families}")
    on = {name for name in FAMILIES if families == "all" or rng.random() < 0.35}
    years = rng.choices((1, 2, 3), (1, 3, 5) if families == "some" else (0, 1, 5))[0]
    first = rng.choice((2025, 2026, 2027))
    world = World(rng, on, first, first + years - 1, rng.choice((1.0, 1.0, 1.0, 0.01, 1e-5)), empty_tables())
    _municipalities(world)
    _groups(world)
    _travel(world)
    add_offers(world)
    add_candidates(world)
    add_conversions(world)
    _travel_times(world)
    add_residents(world)
    _demand(world)
    _prices(world)
    scenario = add_scenario(world)
    _thin_out(world, scenario)
    _drop_unstartable(world, scenario)
    if rng.random() < 0.9:
        _relax(world, scenario)
    return world.tables, scenario


def _municipalities(world: World) -> None:
    rng = world.rng
    for code, name in rng.sample(CODES, rng.choices((1, 2, 3), (1, 3, 4))[0]):
        world.add(
            "municipalities",
            code=code,
            name=name,
            population=rng.randint(3_000, 90_000),
            seat=name,
            latitude=round(rng.uniform(55.0, 55.7), 4),
            longitude=round(rng.uniform(8.5, 10.5), 4),
            group=rng.choice(("Fyn", "Sydjylland", None)),
        )


def _groups(world: World) -> None:
    rng = world.rng
    fewest = 2 if "conversions" in world.on else 1
    for name, title in rng.sample(GROUPS, rng.randint(fewest, 2)):
        world.add(
            "target_groups",
            id=name,
            name=title,
            support_step=rng.choice((0.5, 1.0, 2.0, 3.5, 6.0)),
            attrition=round(rng.uniform(0.02, 0.3), 3) if "attrition" in world.on else 0.0,
            temporary_share=rng.choice((0.0, 0.3, 0.3, 1.0)),
            complex=rng.random() < 0.6,
        )
    for year in {PRICE_YEAR, *range(PRICE_YEAR, world.first)}:
        factor = 1.0 if year == PRICE_YEAR else 1.1
        world.add("support_step_price", year=year, price=world.kr(factor * rng.uniform(100, 700)))


def _travel(world: World) -> None:
    """A chain of links and sometimes a short cut or a detour; sometimes one municipality is cut off."""
    rng, codes = world.rng, list(world.codes)
    if "unreachable" in world.on and len(codes) > 1:
        codes.remove(rng.choice(codes))
    pairs = list(itertools.pairwise(codes))
    if len(codes) == 3 and rng.random() < 0.6:
        pairs.append((codes[0], codes[2]))
    for a, b in pairs:
        kinds = ("road", "ferry") if rng.random() < 0.2 else (rng.choice(("road", "road", "ferry")),)
        for kind in kinds:
            world.add("travel_links", from_=a, to=b, kind=kind, minutes=float(rng.randint(8, 130)))


def _travel_times(world: World) -> None:
    """Measured minutes for single pairs, also the only way in or out of a municipality cut off."""
    rng = world.rng
    for table in ("offers", "candidates"):
        for row in world.tables[table]:
            for code in world.codes:
                if rng.random() < (0.25 if "travel_times" in world.on else 0.0):
                    minutes = float(rng.choice((0, 5, 45, 90)))
                    world.add("travel_times", municipality=code, offer_or_candidate=row["id"], minutes=minutes)


def _demand(world: World) -> None:
    """Demand never below residents in the first year; later it may grow, fall or vanish."""
    rng = world.rng
    years = range(world.first - rng.randint(0, 1), world.last + 1 + rng.randint(0, 1))
    for code in world.codes:
        for group in world.groups:
            housed = sum(
                row["count"]
                for row in world.tables["residents"]
                if (row["municipality"], row["target_group"]) == (code, group)
            )
            level = housed + rng.choice((0.0, rng.uniform(0, 3), rng.uniform(0, 6), rng.uniform(3, 8)))
            for year in years:
                if year > world.first:
                    level *= rng.choice((0.6, 0.95, 1.0, 1.1, 1.4))
                central = round(level + 0.05, 1)
                world.add(
                    "demand",
                    municipality=code,
                    target_group=group,
                    year=year,
                    low=max(round(central * 0.8, 2), float(housed) if year <= world.first else 0.0),
                    central=central,
                    high=round(central * 1.25, 2),
                    tier=rng.choice((None, "retskrav", "oevrig")),
                )


def _prices(world: World) -> None:
    rng = world.rng
    around = range(world.first - 2, world.last + 2)
    for group in world.groups:
        held = sum(
            row["count"]
            for row in world.tables["residents"]
            if row["offer"] == f"udenfor:{group}" and row["target_group"] == group
        )
        every = rng.random() < 0.4
        years = list(world.years) if every else sorted(rng.sample(list(around), rng.randint(1, 2)))
        price = rng.uniform(1_700_000, 3_300_000)
        for year in years:
            limited = "available" in world.on and rng.random() < 0.7
            world.add(
                "purchase_prices",
                target_group=group,
                year=year,
                price=world.kr(price * rng.uniform(0.9, 1.1)),
                available=float(held) + rng.choice((0.0, 1.0, 2.5)) if limited else None,
            )


def _thin_out(world: World, scenario: dict[str, Any]) -> None:
    """Narrow windows, then fewer closures and conversions, until the case can be enumerated."""
    while count_plans(Case(world.tables, scenario)) > MOST_PLANS:
        wide = [row for row in world.tables["candidates"] if row["latest"] > row["earliest"]]
        late = [row for row in world.tables["offers"] if row["earliest_close"] is not None]
        if wide:
            row = world.rng.choice(wide)
            if row["earliest"] < world.first:
                row["earliest"] += 1
            else:
                row["latest"] -= 1
        elif world.tables["conversions"]:
            world.tables["conversions"].pop()
        elif late:
            world.rng.choice(late)["earliest_close"] = None
        else:
            raise RuntimeError("too many plans and nothing left to narrow")


def _drop_unstartable(world: World, scenario: dict[str, Any]) -> None:
    """A forced project that can't start at all is a fault, not a case."""
    case = Case(world.tables, scenario)
    startable = {
        name for unit, row in case.candidates.items() if starts(case, unit) for name in (unit, row["project"])
    }
    projects = scenario["projects"]
    projects["forced"] = [name for name in projects["forced"] if name in startable]


def _relax(world: World, scenario: dict[str, Any]) -> None:
    """Loosen what no plan can keep, one thing at a time, so that most cases have a plan."""
    limits, projects = scenario["limits"], scenario["projects"]
    steps: list[Callable[[], None]] = [
        lambda: limits.update(reserve_min=0.0),
        lambda: limits.update(public_share_min=limits.get("public_share_min", 0.0) / 4),
        lambda: projects.update(forced=[]),
        lambda: limits.update(reserve_max=1.0),
        lambda: _raise(world, "staff_limits", "hires"),
        lambda: _raise(world, "anlaegsramme", "amount"),
        lambda: _raise(world, "region_liquidity", "amount"),
        lambda: _raise(world, "joint_frame", "amount"),
        lambda: limits.update(public_share_min=0.0),
        lambda: projects.update(committed=[]),
    ]
    for step in steps:
        if any_feasible(world.tables, scenario):
            return
        step()


def _raise(world: World, table: str, column: str) -> None:
    for row in world.tables[table]:
        row[column] = row[column] * 3 + 1.0
