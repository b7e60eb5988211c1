"""Random tiny cases with a previous plan, and every plan of them with its cost by the second reading of the rules."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import Literal

from kapacitet.planning.problem import Problem
from kapacitet.scenario.models import Commitment, Scenario
from tests.independent.case import Case
from tests.independent.enumerate_plans import _Evaluator
from tests.independent.limits import frame_cost
from tests.independent.plans import Plan, all_plans, state
from tests.independent.readings import DEFAULT_READINGS
from tests.independent.tiny_regions import PRICE_YEAR, random_case

Families = Literal["some", "all"]
Builds = dict[str, int]
"""Candidate -> start."""


def with_previous(scenario: Scenario, previous: Builds, price: float = 0.0) -> Scenario:
    """The scenario with a previous plan and a price of changing it."""
    entries = tuple(Commitment(candidate=name, start=year) for name, year in sorted(previous.items()))
    projects = scenario.projects.model_copy(update={"previous": entries, "change_price": price})
    return scenario.model_copy(update={"projects": projects})


def rolled(problem: Problem, previous: Builds, price: float = 0.0) -> Problem:
    """The same problem with a previous plan and a price of changing it."""
    return replace(problem, scenario=with_previous(problem.scenario, previous, price))


def some_previous(problem: Problem, seed: int) -> Builds:
    """A previous plan at random: a start of each project that is still to be decided, or none."""
    rng, chosen = random.Random(seed), {}
    open_starts = [(problem.units[s.unit], s.start_year) for s in problem.starts if not s.committed]
    for project in sorted({unit.project for unit, _ in open_starts}):
        name, year = rng.choice([(unit.id, year) for unit, year in open_starts if unit.project == project])
        if rng.random() < 0.8:
            chosen[name] = year
    return chosen


@cache
def every_plan(seed: int, families: Families) -> tuple[tuple[Plan, float], ...]:
    """Every plan of a random tiny case that keeps the rules, and its discounted cost."""
    tables, keys = random_case(seed, families=families)
    case = Case(tables, keys, PRICE_YEAR, DEFAULT_READINGS)
    evaluator, found = _Evaluator(case), []
    for plan in all_plans(case):
        states, penalty = [state(case, plan, year) for year in case.years], frame_cost(case, plan)
        if penalty is not None and not evaluator.faults(plan, states):
            found.append((plan, evaluator.objective(evaluator.years(plan, states, penalty))))
    return tuple(found)


def changed(plan: Plan, previous: Builds) -> int:
    """Projects of the previous plan that ``plan`` doesn't keep as they were."""
    builds = dict(plan.builds)
    return sum(builds.get(name) != year for name, year in previous.items())
