"""Random tiny cases for properties, and what they cost at best."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kapacitet.planning.optimise import Optimum, optimise
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import Ending
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.tiny_regions import PRICE_YEAR, random_case

Families = Literal["some", "all"]
Tables = dict[str, list[dict[str, Any]]]
Case = tuple[Tables, dict[str, Any]]

RELATIVE = 1e-7
SEEDS = st.tuples(st.integers(0, 9_999), st.sampled_from(("some", "all")))


def few(examples: int) -> settings:
    """Settings of a property: the same examples every time, as many as these."""
    return settings(
        derandomize=True,
        deadline=None,
        max_examples=examples,
        database=None,
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    )


def case(seed: tuple[int, Families]) -> Case:
    """A fresh copy of a random case, solved to gap 0."""
    return copy.deepcopy(_drawn(*seed))


@lru_cache(maxsize=256)
def _drawn(seed: int, families: Families) -> Case:
    tables, keys = random_case(seed, families=families)
    return tables, keys | {"solver": {"gap": 0.0}}


def problem_of(drawn: Case) -> Problem:
    """The planning problem of a case."""
    tables, keys = drawn
    scenario = Scenario.model_validate(keys)
    over = scenario.limits.over_occupancy
    return build_problem(region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=over), scenario)


def solved(problem: Problem) -> Optimum:
    """The best plan, or proof that there is none."""
    best = optimise(problem)
    assert best.solved.ending in (Ending.OPTIMAL, Ending.INFEASIBLE)
    return best


def least_cost(drawn: Case) -> float:
    """Cost of the best plan in kr.; infinite if no plan keeps the limits."""
    found = solved(problem_of(drawn)).solved.objective
    return float("inf") if found is None else found


@lru_cache(maxsize=256)
def least_cost_of_seed(seed: tuple[int, Families]) -> float:
    """Cost of the best plan of a random case as it is drawn."""
    return least_cost(case(seed))


def assert_no_dearer(relaxed: float, before: float, money: float = 1.0) -> None:
    """``relaxed`` is at most ``before``, rounding apart."""
    if before != float("inf"):
        assert relaxed <= before + RELATIVE * max(abs(before), money)


def approx_money(value: float) -> Any:
    """``value`` in kr. but for rounding."""
    return pytest.approx(value, rel=RELATIVE, abs=1e-6)
