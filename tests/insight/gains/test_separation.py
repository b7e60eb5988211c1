"""The separation MIP against the worst of all groups."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.insight.gains.costs import Costs
from kapacitet.insight.gains.separation.oracle import Separation, can_separate
from kapacitet.insight.gains.world import World
from kapacitet.planning.costs import Array
from tests.independent.tiny_world import FAMILIES

from .worlds import ENDS_STAYS, REGIONAL_POLICY, every_group, priced, value

EXACT = frozenset(FAMILIES) - ENDS_STAYS - REGIONAL_POLICY
BOUNDED = frozenset(FAMILIES) - ENDS_STAYS
HAIR = 1e-5


def divisions(world: World, costs: Costs) -> list[Array]:
    """Random ways to divide c(N), the same every time."""
    rng = np.random.default_rng(1)
    total = value(costs, world.everyone)
    return [total * rng.dirichlet(np.full(len(world.everyone), 3.0)) for _ in range(3)] if np.isfinite(total) else []


def most_above(world: World, costs: Costs, division: Array) -> float:
    """max x(S) − c(S) over every group that can stand alone."""
    return max(
        (float(division[sorted(group)].sum()) - value(costs, group) for group in every_group(world)), default=-np.inf
    )


@pytest.mark.parametrize("municipalities", [3, 4, 5])
@pytest.mark.parametrize("seed", range(6))
def test_the_worst_group_is_found_and_proven(seed: int, municipalities: int) -> None:
    world, costs = priced(seed, municipalities, EXACT)
    scale = abs(value(costs, world.everyone))
    for division in divisions(world, costs):
        worst = most_above(world, costs, division)
        sure = Separation(world).worst(division, worst, HAIR * scale)
        assert sure.groups == ()
        assert worst <= sure.bound + 1e-7 * scale <= worst + 2 * HAIR * scale
        found = Separation(world).worst(division, worst - 2 * HAIR * scale, HAIR * scale)
        above = [float(division[sorted(group)].sum()) - value(costs, group) for group in found.groups]
        assert above and above[0] == pytest.approx(worst, abs=3 * HAIR * scale)


@pytest.mark.parametrize("seed", range(12))
def test_with_policies_of_the_region_the_bound_still_holds(seed: int) -> None:
    world, costs = priced(seed, 4, BOUNDED)
    for division in divisions(world, costs):
        worst = most_above(world, costs, division)
        bound = Separation(world).worst(division, worst, HAIR * abs(value(costs, world.everyone))).bound
        assert bound >= worst - 1e-7 * abs(value(costs, world.everyone))


def test_excluded_groups_are_not_found_again() -> None:
    world, costs = priced(0, 3, EXACT)
    seen, separation = set(), Separation(world)
    free = np.full(3, 10 * max(abs(cost.cost) for cost in costs))
    while found := separation.worst(free, 0.0, 1.0).groups:
        assert not seen & set(found)
        seen |= set(found)
        for group in found:
            separation.exclude(group)
    assert seen == set(every_group(world))
    assert separation.worst(free, 0.0, 1.0).bound == -np.inf


def test_what_can_end_a_stay_is_left_to_pricing() -> None:
    able = [can_separate(priced(seed, 3)[0]) for seed in range(12)]
    assert not all(able)
    assert all(can_separate(priced(seed, 3, EXACT)[0]) for seed in range(6))
