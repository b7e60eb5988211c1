"""Fronts of tiny regions against every plan there is."""

from __future__ import annotations

import pytest

from kapacitet.insight.pareto.front import front
from kapacitet.insight.pareto.hands import Hands
from tests.independent.enumerate_plans import best_plans
from tests.independent.tiny_regions import PRICE_YEAR, random_case

from .worlds import every_plan, exact_problem

CLOSE = 1e-6
CASES = [(goal, seed) for goal in ("private", "travel", "unmet") for seed in range(6)]


@pytest.mark.parametrize(("goal", "seed"), CASES)
def test_the_best_plan_of_each_limit_lies_between_bound_and_cost(goal: str, seed: int) -> None:
    problem = exact_problem(seed)
    plans = every_plan(problem, goal)
    found = front(Hands(problem, [goal]), problem, 5)
    if not plans:
        assert not found.points
        return
    for one in found.points:
        limit = one.limits[0]
        best = min(cost for cost, value in plans.values() if value <= limit + CLOSE * max(1.0, abs(limit)))
        assert one.bound <= best + CLOSE * abs(best)
        assert best <= one.point.cost + CLOSE * abs(best)
        assert one.point.cost == pytest.approx(plans[one.point.decisions][0], rel=CLOSE)
        assert one.point.goals[0] == pytest.approx(plans[one.point.decisions][1], rel=CLOSE, abs=CLOSE)
        if one.settled:
            assert one.point.cost == pytest.approx(best, rel=CLOSE)
    assert all(one.settled for one in found.points)
    costs, goals = [p.point.cost for p in found.points], [p.point.goals[0] for p in found.points]
    assert costs == sorted(costs)
    assert goals == sorted(goals, reverse=True)
    independent = best_plans(*random_case(seed, families="some"), price_year=PRICE_YEAR)
    assert costs[0] == pytest.approx(independent.objective, rel=CLOSE)
    lowest = min(value for _, value in plans.values())
    assert goals[-1] == pytest.approx(lowest, rel=1e-4, abs=1e-6)
