"""From a Problem to the optimal Plan and its Outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pulp import LpVariable

from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import objective, yearly_costs
from kapacitet.planning.extensive import Extensive, build_extensive
from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.solver import Ending, Progress, Solved, relative_gap, solve

HALF = 0.5


@dataclass(frozen=True)
class Optimum:
    """The end of an optimisation; ``plan`` and ``outcome`` are None where no plan was found.

    ``solved`` is in kr.; its objective is recomputed from the rounded decisions and the allocation, its bound is
    the solver's.
    """

    solved: Solved
    plan: Plan | None
    outcome: Outcome | None


def optimise(
    problem: Problem,
    *,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    tolerance: float | None = None,
    built: Callable[[Extensive], None] | None = None,
) -> Optimum:
    """Solve the extensive form, round the decisions, allocate, and price the plan again.

    Args:
        stop, progress, tolerance: as in ``solver.solve``.
        built: called with the model before it is solved (to write it to a file).
    """
    extensive = build_extensive(problem)
    if built is not None:
        built(extensive)
    settings, unit = problem.scenario.solver, problem.money_unit

    def in_kroner(event: Progress) -> None:
        if progress is not None:
            progress(replace(event, objective=event.objective * unit, bound=event.bound * unit))

    solved = solve(
        extensive.model.lp,
        name=settings.name,
        gap=settings.gap,
        time_limit=settings.time_limit,
        seed=problem.scenario.futures.seed,
        stop=stop,
        progress=in_kroner if progress else None,
        tolerance=tolerance,
    )
    if solved.ending not in (Ending.OPTIMAL, Ending.STOPPED_WITH_PLAN):
        return Optimum(replace(solved, bound=None, gap=None), None, None)
    first = extensive.first
    completed = Completion(problem).complete(_chosen(first.start), _chosen(first.close), _chosen(first.convert))
    if completed is None:
        raise RuntimeError("the rounded plan breaks a limit: the solver's integrality tolerance is too loose")
    plan = completed.plan
    outcome = allocate(problem, plan)
    total = objective(problem, yearly_costs(problem, plan, outcome))
    bound = None if solved.bound is None else min(solved.bound * unit, total)
    return Optimum(replace(solved, objective=total, bound=bound, gap=relative_gap(total, bound)), plan, outcome)


def _chosen(variables: tuple[LpVariable, ...]) -> list[int]:
    return [i for i, v in enumerate(variables) if v.varValue is not None and v.varValue > HALF]
