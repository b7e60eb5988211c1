"""Fronts over several futures, with and without weight on the tail, against every plan there is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kapacitet.insight.pareto.front import front
from kapacitet.insight.pareto.hands import Hands
from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.plan import Decisions, Outcome, Plan
from kapacitet.planning.problem import Problem
from tests.insight.stress.worlds import drawn_problem

from .worlds import every_plan

CLOSE = 1e-6
LEVEL = 0.5


def problem_in_futures(seed: int, weight: float) -> Problem:
    """Three futures, the dearest half of them weighing more."""
    drawn = drawn_problem(seed, "some", count=3)
    futures = drawn.scenario.futures.model_copy(update={"cvar_level": LEVEL, "cvar_weight": weight, "count": 3})
    solver = drawn.scenario.solver.model_copy(update={"gap": 1e-9})
    return replace(drawn, scenario=drawn.scenario.model_copy(update={"futures": futures, "solver": solver}))


def cost_of(problem: Problem, decisions: Decisions, weight: float) -> float:
    """(1 − λ)·E + λ·CVaR, the tail by its definition: the least η + E max(0, total − η)/(1 − α)."""
    completed = Completion(problem).complete(*decisions)
    assert completed is not None
    outcome: Outcome = allocate(problem, completed.plan)
    totals = np.array([float(problem.discount @ [year.cost for year in years]) for years in outcome.years])
    chances = np.array([future.probability for future in problem.futures])
    tail = min(eta + float(chances @ np.maximum(totals - eta, 0)) / (1 - LEVEL) for eta in totals)
    return completed.cost + (1 - weight) * float(chances @ totals) + weight * tail


@pytest.mark.parametrize("weight", [0.0, 0.6])
@pytest.mark.parametrize("seed", [3, 5])
def test_bounds_hold_over_futures(seed: int, weight: float) -> None:
    problem = problem_in_futures(seed, weight)
    goals = {decisions: goal for decisions, (_, goal) in every_plan(problem, "private").items()}
    costs = {decisions: cost_of(problem, decisions, weight) for decisions in goals}
    found = front(Hands(problem, ["private"]), problem, 3)
    assert found.points
    for one in found.points:
        within = [costs[d] for d, goal in goals.items() if goal <= one.limits[0] + CLOSE]
        assert one.bound <= min(within) * (1 + CLOSE)
        assert min(within) <= one.point.cost * (1 + CLOSE)
        assert one.point.cost == pytest.approx(costs[Plan(*one.point.decisions).decisions], rel=CLOSE)
        assert one.settled
