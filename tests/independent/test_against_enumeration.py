"""The model against full enumeration with an evaluation of its own: the same optimum, case by case.

The evaluation in this folder was written from the rules alone and shares no code with the planning package.
"""

from __future__ import annotations

import pytest

from kapacitet.planning.optimise import Method, optimise
from kapacitet.planning.problem import build_problem
from kapacitet.planning.solver import Ending
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario

from .enumerate_plans import best_plans
from .tiny_regions import PRICE_YEAR, random_case

CASES = [("some", seed) for seed in range(120)] + [("all", seed) for seed in range(120)]
RELATIVE, ABSOLUTE = 1e-7, 1e-3


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_the_optimum_is_that_of_enumeration(families: str, seed: int) -> None:
    tables, keys = random_case(seed, families=families)  # type: ignore[arg-type]
    expected = best_plans(tables, keys, price_year=PRICE_YEAR)
    scenario = Scenario.model_validate(keys)
    region = region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=scenario.limits.over_occupancy)
    problem = build_problem(region, scenario)
    # Both ways of solving in turn, so that each sees every family.
    method: Method = "benders" if seed % 2 else "extensive"
    solved = optimise(problem, method=method).solved
    if expected.status == "infeasible":
        assert solved.ending is Ending.INFEASIBLE
        return
    assert solved.ending is Ending.OPTIMAL
    assert solved.objective == pytest.approx(expected.objective, rel=RELATIVE, abs=ABSOLUTE)
    assert solved.bound is not None
    assert solved.bound <= expected.objective * (1 + RELATIVE) + ABSOLUTE


def test_the_cases_are_worth_solving() -> None:
    """Some optima build, some build nothing, some are impossible; else the comparison would prove little."""
    found = [best_plans(*random_case(seed, families="some"), price_year=PRICE_YEAR) for seed in range(60)]
    builds = [bool(best.plans and best.plans[0].builds) for best in found]
    assert 15 <= sum(builds) <= 45
    assert any(best.status == "infeasible" for best in found)
