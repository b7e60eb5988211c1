"""Places by the thousand and a penalty above everything: the search stays exact where numbers are far apart."""

from __future__ import annotations

import random

import pytest

from kapacitet.planning.optimise import optimise
from kapacitet.planning.problem import build_problem
from kapacitet.planning.solver import Ending
from kapacitet.region.orlib import parse_orlib
from kapacitet.region.orlib_region import orlib_region, orlib_scenario
from kapacitet.scenario.models import Scenario

from .problems import Problem


def large(seed: int) -> Problem:
    """As large as cap41: 16 sites of 5 000, 50 customers."""
    draw = random.Random(seed)
    demand = [draw.randint(1, 2_000) for _ in range(50)]
    cost = [[round(need * draw.uniform(0.5, 5.0), 5) for _ in range(16)] for need in demand]
    return Problem([5_000] * 16, [7_500] * 16, demand, cost)


@pytest.mark.parametrize("seed", [1, 3, 7, 10])
def test_benders_finds_the_optimum_of_the_extensive_form(seed: int) -> None:
    """Cuts have slopes of 1e9 here and states of 1e-13: neither θ may get lost, nor a hair of room be infeasible."""
    problem = parse_orlib(large(seed).text(), "stor")
    built = build_problem(orlib_region(problem), Scenario.model_validate(orlib_scenario(problem, "stor")))
    expected = optimise(built, method="extensive").solved
    found = optimise(built, method="benders").solved
    assert expected.ending is found.ending is Ending.OPTIMAL
    assert found.objective == pytest.approx(expected.objective, rel=1e-9)
    assert found.bound is not None and expected.objective is not None
    assert found.bound <= expected.objective * (1 + 1e-9)
