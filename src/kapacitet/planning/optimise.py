"""From a Problem to the optimal Plan and its Outcome."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from pulp import LpVariable

from kapacitet.planning.allocation import Recourses, allocate, least_costs, year_recourses
from kapacitet.planning.benders.loop import search
from kapacitet.planning.benders.stage import Stage
from kapacitet.planning.completion import Completed, Completion
from kapacitet.planning.costs import Array
from kapacitet.planning.exclusions import AT_LEAST, Admit
from kapacitet.planning.extensive import build_extensive
from kapacitet.planning.plan import Decisions, Outcome, Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.risk import Risk
from kapacitet.planning.rows import linear
from kapacitet.planning.solver import Ending, Progress, Solved, relative_gap, solve

HALF = 0.5
MOST_PLACED = 100
"""Futures whose every placement is worked out by the allocation rule; of more, the costs alone."""
Method = Literal["benders", "extensive"]


@dataclass(frozen=True)
class Pricing:
    """What prices plans near the best one: the first stage to complete, and every year's recourse."""

    completion: Completion
    recourses: Recourses


@dataclass(frozen=True)
class Optimum:
    """The end of an optimisation; all but ``solved`` is None where no plan was found.

    Attributes:
        solved: in kr.; its objective is recomputed from the rounded decisions and the least cost of every future, its
            bound is the solver's.
        outcome: None, too, where there are more than ``MOST_PLACED`` futures.
        totals: discounted cost (kr.) of each future's placements, shape (S,).
    """

    solved: Solved
    plan: Plan | None = None
    outcome: Outcome | None = None
    completed: Completed | None = None
    pricing: Pricing | None = None
    totals: Array | None = None


def optimise(
    problem: Problem,
    *,
    method: Method | None = None,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    admit: Admit | None = None,
    executor: Executor | None = None,
    starts: Sequence[Decisions] = (),
) -> Optimum:
    """The best plan: decide, round, complete, allocate, and price it all again.

    Args:
        method: ``benders`` (HiGHS only) or ``extensive``; Benders where the scenario's solver is HiGHS if None.
        stop, progress: as in ``solver.solve``; progress is told amounts in kr.
        admit: the best plan it admits is wanted; what it refuses is ruled out.
        executor: solves futures in place of this process (Benders only): ``Processes``, or a Dask client's
            ``get_executor()``. It makes no difference to the answer.
        starts: plans to begin from (Benders only); those that break a limit are passed over.

    Raises:
        SolverFault: the scenario's solver isn't installed.
    """
    unit = problem.money_unit

    def in_kroner(event: Progress) -> None:
        if progress is not None:
            progress(replace(event, objective=event.objective * unit, bound=event.bound * unit))

    settings = problem.scenario.solver
    chosen_method = method or ("benders" if settings.name == "highs" else "extensive")
    told = in_kroner if progress else None
    solved, decisions = (
        _by_benders(problem, stop, told, admit, executor, starts)
        if chosen_method == "benders"
        else _by_extensive(problem, stop, told, admit)
    )
    if decisions is None:
        return Optimum(replace(solved, bound=None, gap=None))
    pricing = Pricing(Completion(problem), year_recourses(problem))
    completed = pricing.completion.complete(*decisions)
    if completed is None:
        raise RuntimeError("the rounded plan breaks a limit: the solver's integrality tolerance is too loose")
    totals = least_costs(problem, completed.plan, pricing.recourses)
    total = float(completed.cost + Risk.of(problem).value(totals))
    few = len(problem.futures) <= MOST_PLACED
    bound = None if solved.bound is None else float(min(solved.bound * unit, total))
    return Optimum(
        replace(solved, objective=total, bound=bound, gap=relative_gap(total, bound)),
        completed.plan,
        allocate(problem, completed.plan, pricing.recourses) if few else None,
        completed,
        pricing,
        totals,
    )


def _by_benders(
    problem: Problem,
    stop: Callable[[], bool],
    progress: Callable[[Progress], None] | None,
    admit: Admit | None,
    executor: Executor | None,
    starts: Sequence[Decisions],
) -> tuple[Solved, Decisions | None]:
    settings, began = problem.scenario.solver, time.perf_counter()
    stage = Stage.of(problem, executor)
    found = search(
        problem,
        stage,
        gap=settings.gap,
        time_limit=settings.time_limit,
        seed=problem.scenario.futures.seed,
        stop=stop,
        progress=progress,
        admit=admit,
        starts=starts,
    )
    seconds = time.perf_counter() - began
    sizes = [block.size for block in stage.blocks]
    return Solved(
        found.ending,
        found.objective if found.decisions else None,
        float(found.bound) if np.isfinite(found.bound) else None,
        relative_gap(found.objective, found.bound) if found.decisions else None,
        seconds,
        columns=sum(columns for columns, _ in sizes),
        rows=sum(rows for _, rows in sizes),
    ), found.decisions


def _by_extensive(
    problem: Problem,
    stop: Callable[[], bool],
    progress: Callable[[Progress], None] | None,
    admit: Admit | None,
) -> tuple[Solved, Decisions | None]:
    settings, extensive, began = problem.scenario.solver, build_extensive(problem), time.perf_counter()
    completion, first = Completion(problem), extensive.first
    while True:
        solved = solve(
            extensive.model.lp,
            name=settings.name,
            gap=settings.gap,
            time_limit=max(settings.time_limit - (time.perf_counter() - began), 0.0),
            seed=problem.scenario.futures.seed,
            stop=stop,
            progress=progress,
        )
        if solved.ending not in (Ending.OPTIMAL, Ending.STOPPED_WITH_PLAN):
            return solved, None
        decisions = (_chosen(first.start), _chosen(first.close), _chosen(first.convert))
        completed = completion.complete(*decisions)
        refusal = admit(completed.plan) if admit and completed else ()
        if not refusal:
            return replace(solved, seconds=time.perf_counter() - began), decisions
        if solved.ending is Ending.STOPPED_WITH_PLAN:
            return replace(solved, ending=Ending.STOPPED_WITHOUT), None
        for row in refusal:
            pairs = [
                (columns[i], weight)
                for columns, weights in (
                    (first.start, row.starts),
                    (first.close, row.closures),
                    (first.convert, row.conversions),
                )
                for i, weight in weights.items()
            ]
            extensive.model.lp.addConstraint(linear(pairs) >= AT_LEAST - row.constant)


def _chosen(variables: tuple[LpVariable, ...]) -> tuple[int, ...]:
    return tuple(i for i, v in enumerate(variables) if v.varValue is not None and v.varValue > HALF)
