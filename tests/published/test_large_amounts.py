"""Places by the thousand: what a search takes for half a thought must not be taken for half a place."""

from __future__ import annotations

import random

import pytest

from kapacitet.planning.allocation import year_recourses
from kapacitet.planning.benders.blocks import blocks
from kapacitet.planning.problem import build_problem
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


@pytest.mark.parametrize("seed", range(3))
def test_a_hair_of_a_place_is_none(seed: int) -> None:
    """In-out points leave states of 2^-k and less; their hair of room made the recourse seem infeasible."""
    problem = parse_orlib(large(seed).text(), "stor")
    built = build_problem(orlib_region(problem), Scenario.model_validate(orlib_scenario(problem, "stor")))
    for block in blocks(year_recourses(built, strengthen=True)):
        hairs = {key: (1.0, 9e-14, 3e-13, 0.3)[i % 4] for i, key in enumerate(block.keys)}
        bald = {key: value for key, value in hairs.items() if value > 1e-9}
        assert block.value(hairs)[0] == pytest.approx(block.value(bald)[0], rel=1e-9)
