"""Tiny problems with every plan looked at, for the tests of fronts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import objective, yearly_costs
from kapacitet.planning.plan import Decisions
from kapacitet.planning.problem import Problem
from tests.planning.worlds import random_problem

Value = tuple[float, float]
"""Cost and one goal."""


def exact_problem(seed: int, families: Literal["some", "all"] = "some") -> Problem:
    """A random tiny problem to be solved to optimality."""
    problem = random_problem(seed, families)
    solver = problem.scenario.solver.model_copy(update={"gap": 1e-9})
    return replace(problem, scenario=problem.scenario.model_copy(update={"solver": solver}))


def _per_project(problem: Problem) -> Iterator[tuple[int, ...]]:
    by_project: dict[str, list[int]] = {}
    for i, start in enumerate(problem.starts):
        by_project.setdefault(problem.units[start.unit].project, []).append(i)
    for chosen in itertools.product(*([None, *some] for some in by_project.values())):
        yield tuple(sorted(i for i in chosen if i is not None))


def _per_offer(units: list[int]) -> Iterator[tuple[int, ...]]:
    by_unit: dict[int, list[int]] = {}
    for i, u in enumerate(units):
        by_unit.setdefault(u, []).append(i)
    for chosen in itertools.product(*([None, *some] for some in by_unit.values())):
        yield tuple(sorted(i for i in chosen if i is not None))


def every_plan(problem: Problem, goal: str) -> dict[Decisions, Value]:
    """Cost and goal of each plan that keeps the limits, read off its allocation."""
    completion, found = Completion(problem), {}
    closings = list(_per_offer([c.unit for c in problem.closures]))
    conversions = list(_per_offer([c.unit for c in problem.conversions]))
    for decisions in itertools.product(_per_project(problem), closings, conversions):
        completed = completion.complete(*decisions)
        if completed is not None:
            outcome = allocate(problem, completed.plan)
            cost = objective(problem, yearly_costs(problem, completed.plan, outcome))
            found[decisions] = (cost, _goal(problem, outcome, goal))
    return found


def _goal(problem: Problem, outcome: object, goal: str) -> float:
    """The goal counted place-year by place-year."""
    total = need = 0.0
    private = [not problem.units[u].shared for u in problem.arcs.u]
    for future, years in zip(problem.futures, outcome.years, strict=True):  # type: ignore[attr-defined]
        need += future.probability * float(future.demand.sum())
        for year in years:
            counted = {
                "unmet": year.unmet.sum(),
                "private": year.use[np.array(private, dtype=bool)].sum() + year.buy.sum(),
                "travel": sum(m * x for m, x in zip(problem.arcs.minutes, year.use, strict=True)),
            }[goal]
            total += future.probability * float(counted)
    return total if goal == "unmet" else total / need
