"""A plan over many futures with the seconds of each part of the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from kapacitet.planning.benders.loop import search
from kapacitet.planning.benders.stage import Stage
from kapacitet.planning.completion import Completion
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import Phase, Progress, relative_gap
from kapacitet.region import load_region, shipped_region
from kapacitet.scenario.files import load_scenario

SEED = 1
NEAR = 0.01


def timed(make: Callable[[], Problem], gap: float, limit: float) -> dict[str, Any]:
    """Problem, second stage, search and an exact pass over all futures with the plan found.

    Args:
        make: builds the problem; its seconds are ``problem``.
        limit: seconds of the search.

    Returns:
        seconds by part, ``near`` (seconds into the search to a gap of 1 %, None if never), ``phases`` (seconds of the
        search in each phase), objective and bound in kr., gap, ending, starts of the plan.
    """
    clock = [time.perf_counter()]
    problem = make()
    clock.append(time.perf_counter())
    stage = Stage.of(problem)
    clock.append(time.perf_counter())
    near: list[float] = []
    events: list[tuple[float, Phase]] = []

    def told(event: Progress) -> None:
        events.append((event.seconds, event.phase))
        reached = relative_gap(event.objective, event.bound)
        if not near and reached is not None and reached <= NEAR:
            near.append(event.seconds)

    found = search(problem, stage, gap=gap, time_limit=limit, seed=SEED, progress=told)
    clock.append(time.perf_counter())
    events.append((clock[-1] - clock[-2], Phase.PROVING))
    spent = {phase.name: 0.0 for phase in Phase}
    for (began, phase), (ended, _) in pairwise([(0.0, events[0][1]), *events]):
        spent[phase.name] += ended - began
    objective = None
    if found.decisions is not None:
        completed = Completion(problem).complete(*found.decisions)
        assert completed is not None
        price = stage.price(completed.plan.state(problem))
        objective = completed.cost + stage.value(price) * problem.money_unit
    clock.append(time.perf_counter())
    parts = dict(zip(("problem", "stage", "search", "exact"), (b - a for a, b in pairwise(clock)), strict=True))
    bound = found.bound * problem.money_unit
    return parts | {
        "near": near[0] if near else None,
        "phases": spent,
        "objective": objective,
        "bound": bound,
        "gap": None if objective is None else relative_gap(objective, min(bound, objective)),
        "ending": found.ending.value,
        "built": 0 if found.decisions is None else len(found.decisions[0]),
    }


def shipped(count: int) -> Problem:
    """The shipped region under its own preset, in ``count`` futures."""
    scenario = load_scenario("basis")
    futures = scenario.futures.model_copy(update={"count": count, "seed": SEED})
    region = load_region(shipped_region("syddanmark"))
    return build_problem(region, scenario.model_copy(update={"futures": futures}))


def solve_shipped(count: int, gap: float, limit: float) -> dict[str, Any]:
    """Task: the shipped region."""
    return timed(lambda: shipped(count), gap, limit)
