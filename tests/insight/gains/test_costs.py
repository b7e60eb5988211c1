"""c(S) against full enumeration of the group's region as written by hand, and by arithmetic."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.insight.gains.costs import Costs
from tests.independent.case import Case
from tests.independent.enumerate_plans import best_plans
from tests.independent.plans import count_plans
from tests.independent.tiny_regions import PRICE_YEAR

from .alone import KNOWN, alone, paid_by_outsiders, settled
from .worlds import draw, every_group, value, world_of

FEW_PLANS = 300


@pytest.mark.parametrize("municipalities", [3, 4])
@pytest.mark.parametrize("seed", range(12))
def test_every_group_costs_what_enumeration_says(seed: int, municipalities: int) -> None:
    drawn = settled(draw(seed, municipalities, KNOWN), seed)
    world = world_of(drawn)
    costs = Costs(world)
    codes = [m.code for m in world.problem.municipalities]
    for group in [world.everyone, *every_group(world)]:
        members = {codes[k] for k in group}
        tables, keys = drawn if group == world.everyone else alone(drawn, members)
        if count_plans(Case(tables, keys)) > FEW_PLANS:
            continue
        costs.of(group)
        expected = best_plans(tables, keys, price_year=PRICE_YEAR)
        if expected.status == "infeasible":
            assert value(costs, group) == np.inf
            continue
        assert expected.objective is not None
        least = expected.objective - paid_by_outsiders(drawn, members)
        assert value(costs, group) == pytest.approx(least, rel=1e-7, abs=1e-7 * abs(expected.objective))
