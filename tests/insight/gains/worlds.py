"""Tiny regions of three to five municipalities, small enough to price every group."""

from __future__ import annotations

import random
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
from scipy.optimize import linprog

from kapacitet.insight.gains.costs import Costs
from kapacitet.insight.gains.world import Group, World
from kapacitet.planning.problem import build_problem
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent import tiny_regions
from tests.independent.case import Tables
from tests.independent.columns import empty_tables
from tests.independent.tiny_regions import PRICE_YEAR
from tests.independent.tiny_scenarios import add_scenario
from tests.independent.tiny_supply import add_candidates, add_conversions, add_offers, add_residents
from tests.independent.tiny_world import FAMILIES
from tests.independent.tiny_world import World as Tiny

Drawn = tuple[Tables, dict[str, Any]]

ENDS_STAYS = {"closures", "conversions", "moves"}
REGIONAL_POLICY = {"reserve", "public_share"}
SHARED_LIMITS = {"joint_frame", "loan_pools", "staff"}


def draw(seed: int, municipalities: int, families: frozenset[str] = frozenset(FAMILIES)) -> Drawn:
    """A random tiny region with a number of municipalities; each of ``families`` is on half of the time."""
    rng = random.Random(f"gains-{seed}-{municipalities}-{sorted(families)}")
    on = {name for name in sorted(families) if rng.random() < 0.5}
    first = rng.choice((2025, 2026))
    world = Tiny(rng, on, first, first + rng.choice((0, 1, 2)), rng.choice((1.0, 0.01)), empty_tables())
    for code, name in rng.sample(tiny_regions.CODES, municipalities):
        world.add(
            "municipalities",
            code=code,
            name=name,
            population=rng.randint(3_000, 90_000),
            seat=name,
            latitude=55.0,
            longitude=9.0,
            group=rng.choice(("Fyn", "Sydjylland", None)),
        )
    tiny_regions._groups(world)
    tiny_regions._travel(world)
    for _ in range(2):
        add_offers(world)
        add_candidates(world)
        _number(world)
    add_conversions(world)
    tiny_regions._travel_times(world)
    add_residents(world)
    tiny_regions._demand(world)
    tiny_regions._prices(world)
    keys = add_scenario(world)
    tiny_regions._thin_out(world, keys)
    tiny_regions._drop_unstartable(world, keys)
    tiny_regions._relax(world, keys)
    return world.tables, keys | {"solver": {"gap": 0.0}}


def _number(world: Tiny) -> None:
    """Ids of their own for houses drawn twice; no variant may then require another of its project."""
    for table, letter in (("offers", "t"), ("candidates", "k")):
        for number, row in enumerate(world.tables[table]):
            row["id"] = f"{letter}{number + 1}"
    project = {row["id"]: row["project"] for row in world.tables["candidates"]}
    for row in world.tables["candidates"]:
        if row["requires"] is not None and row["project"] in (row["requires"], project.get(row["requires"])):
            row["requires"] = None


def world_of(drawn: Drawn) -> World:
    """The cost game of a region."""
    tables, keys = drawn
    scenario = Scenario.model_validate(keys)
    over = scenario.limits.over_occupancy
    return World(build_problem(region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=over), scenario))


def every_group(world: World) -> list[Group]:
    """Every group but nobody and everybody."""
    everyone = sorted(world.everyone)
    return [frozenset(some) for size in range(1, len(everyone)) for some in combinations(everyone, size)]


@cache
def priced(seed: int, municipalities: int, families: frozenset[str] = frozenset(FAMILIES)) -> tuple[World, Costs]:
    """A game with the cost of every group."""
    world = world_of(draw(seed, municipalities, families))
    costs = Costs(world)
    for group in [world.everyone, *every_group(world)]:
        costs.of(group)
    return world, costs


def value(costs: Costs, group: Group) -> float:
    """c(S)."""
    found = costs.known(group)
    assert found is not None
    return found.cost


def least_excess_by_lp(world: World, costs: Costs) -> float:
    """ε over every group by scipy's own LP; −infinite if unbounded."""
    size = len(world.everyone)
    groups = [group for group in every_group(world) if np.isfinite(value(costs, group))]
    total = value(costs, world.everyone)
    if not groups or not np.isfinite(total):
        return -np.inf
    scale = max(abs(total), 1.0)
    rows = [[float(k in group) for k in range(size)] + [-1.0] for group in groups]
    found = linprog(
        [0.0] * size + [1.0],
        A_ub=rows,
        b_ub=[value(costs, group) / scale for group in groups],
        A_eq=[[1.0] * size + [0.0]],
        b_eq=[total / scale],
        bounds=[(None, None)] * (size + 1),
    )
    return float(found.fun) * scale if found.status == 0 else -np.inf
