"""Results of random tiny cases and of a shipped scenario, made once per session of tests."""

from __future__ import annotations

from functools import cache
from typing import Literal

from kapacitet.insight.result import Conflict, NoPlan, Result
from kapacitet.insight.run import run
from kapacitet.region import load_region, shipped_region
from kapacitet.scenario.files import load_scenario
from kapacitet.scenario.models import Scenario
from tests.independent.hand import Hand
from tests.planning.worlds import random_problem, region_of


@cache
def random_result(seed: int, families: Literal["some", "all"]) -> Result | Conflict | NoPlan:
    """A random tiny case, answered."""
    problem = random_problem(seed, families)
    return run(problem.region, problem.scenario)


@cache
def shipped_result(preset: str = "ingen_nye_pladser") -> Result:
    """A preset of the shipped region, answered."""
    found = run(load_region(shipped_region("syddanmark")), load_scenario(preset))
    assert isinstance(found, Result)
    return found


def answer(hand: Hand) -> Result | Conflict | NoPlan:
    """A hand-made case, answered."""
    return run(region_of(hand), Scenario.model_validate(hand.scenario))


def result(hand: Hand) -> Result:
    """A hand-made case that has a plan."""
    found = answer(hand)
    assert isinstance(found, Result), found
    return found
