"""Facts that must hold of any cost game."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.insight.gains.costs import Costs
from kapacitet.insight.gains.holders import MARKET, REGION
from tests.independent.tiny_world import FAMILIES

from .worlds import ENDS_STAYS, REGIONAL_POLICY, SHARED_LIMITS, draw, every_group, priced, value, world_of

APART = frozenset(FAMILIES) - ENDS_STAYS - REGIONAL_POLICY - SHARED_LIMITS - {"requires", "forced", "committed"}


@pytest.mark.parametrize("municipalities", [3, 4])
@pytest.mark.parametrize("seed", range(10))
def test_two_groups_cost_no_more_together_than_apart(seed: int, municipalities: int) -> None:
    """What each builds and uses apart they can build and use together, if no project is both's."""
    tables, keys = draw(seed, municipalities, APART)
    for row in tables["candidates"]:
        row["project"] = f"eget-{row['id']}"
    world = world_of((tables, keys | {"projects": {}}))
    costs = Costs(world)
    for group in every_group(world):
        costs.of(group)
    groups = every_group(world)
    for one in groups:
        for other in groups:
            if not one & other and one | other != world.everyone:
                together = value(costs, one | other)
                apart = value(costs, one) + value(costs, other)
                assert together <= apart + 1e-7 * abs(apart)


@pytest.mark.parametrize("seed", range(6))
def test_shares_of_the_market_add_up_to_it(seed: int) -> None:
    """All rooms together are the house's, and nobody who lives there is without."""
    world, _ = priced(seed, 4)
    problem, room = world.problem, world.market_room
    over = 1 + problem.scenario.limits.over_occupancy
    free = problem.places * over - problem.futures[0].external.sum(axis=1)
    living = world.residents.sum(axis=1)
    for u in np.flatnonzero(world.holder == MARKET):
        asked = world.share(problem.units[u].groups).sum(axis=0) > 0
        assert room[:, u].sum(axis=0)[asked] == pytest.approx(free[u][asked], abs=1e-7)
        assert np.all(room[:, u] >= living[:, u] - 1e-9)


def test_the_region_is_nobodys() -> None:
    world, _ = priced(0, 4)
    for unit, holder in zip(world.problem.units, world.holder, strict=True):
        assert (holder == REGION) == (unit.owner_type == "region")
        assert (holder == MARKET) == (not unit.shared)
        if unit.owner_type == "kommune":
            assert world.problem.municipalities[holder].code == unit.owner
