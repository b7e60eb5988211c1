"""What it would cost to keep the previous plan: alone, or with the rest of the region planned anew around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from kapacitet.insight.conflicts import explain
from kapacitet.planning.allocation import least_costs
from kapacitet.planning.exclusions import Admit
from kapacitet.planning.optimise import Optimum, Pricing, optimise
from kapacitet.planning.problem import Problem
from kapacitet.planning.risk import Risk
from kapacitet.planning.solver import Ending, Progress

FORCED, HELD = "skal bygges (tvunget i scenariet)", "bygges som i sidste plan"
NOBODY_AGREES = "ingen plan med sidste plans projekter er en, alle parter kan gå med til"


@dataclass(frozen=True)
class Keeping:
    """The previous plan held fixed.

    Attributes:
        cost: discounted cost (kr.), like the objective; None where it can't be held, or wasn't found.
        bound: no plan that holds it costs less; the cost itself where nothing is left to choose.
        obstacles: why it can't be held, in Danish sentences; empty where it can, or where time was up.
    """

    cost: float | None
    bound: float | None
    obstacles: tuple[str, ...] = ()

    def summary(self) -> dict[str, Any]:
        """As it stands in ``result.json``."""
        return {"cost": self.cost, "bound": self.bound, "obstacles": list(self.obstacles)}


def keeping(
    problem: Problem,
    best: Optimum,
    *,
    search: bool = False,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    admit: Callable[[Problem], Admit] | None = None,
) -> dict[str, Any]:
    """``previous_plan`` of ``result.json``: the previous plan held fixed beside ``best``, which has a plan.

    Args:
        search: seek the best plan around it too (``whole``, else None); not needed where ``best`` keeps it all.
        stop, progress, admit: see :func:`kept_whole`.
    """
    assert best.plan and best.pricing
    (starts, missing), whole = previous_starts(problem), None
    if search and not missing and set(starts) <= set(best.plan.starts):
        whole = Keeping(best.solved.objective, best.solved.bound)
    elif search:
        whole = kept_whole(problem, stop=stop, progress=progress, admit=admit)
    alone = kept_alone(problem, best.pricing)
    return {"alone": alone.summary(), "whole": None if whole is None else whole.summary()}


def previous_starts(problem: Problem) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The previous plan's starts among the problem's, and a sentence for each project that can't be started so."""
    index = {(problem.units[s.unit].id, s.start_year): i for i, s in enumerate(problem.starts)}
    found, missing = [], []
    for one in problem.scenario.projects.previous:
        if (one.candidate, one.start) in index:
            found.append(index[one.candidate, one.start])
        else:
            missing.append(f"{one.candidate} kan ikke bygges fra {one.start} i dette scenarie")
    return tuple(sorted(found)), tuple(missing)


def kept_alone(problem: Problem, pricing: Pricing) -> Keeping:
    """The previous plan and what is decided, nothing else new; everybody placed and all priced as for the plan."""
    starts, missing = previous_starts(problem)
    if missing:
        return Keeping(None, None, missing)
    decided = [i for i, start in enumerate(problem.starts) if start.committed]
    completed = pricing.completion.complete([*decided, *starts])
    if completed is None:
        return Keeping(None, None, _obstacles(problem, _alone(problem, starts)))
    totals = least_costs(problem, completed.plan, pricing.recourses)
    cost = completed.cost + Risk.of(problem).value(totals)
    return Keeping(cost, cost)


def kept_whole(
    problem: Problem,
    *,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    admit: Callable[[Problem], Admit] | None = None,
) -> Keeping:
    """The previous plan with the best plan around it: all else is chosen anew, closures and conversions too.

    Args:
        stop, progress: as in :func:`kapacitet.planning.optimise.optimise`.
        admit: makes what judges the plans of a problem; None where nobody is asked.
    """
    starts, missing = previous_starts(problem)
    if missing:
        return Keeping(None, None, missing)
    held = _held(problem, starts)
    best = optimise(held, stop=stop, progress=progress, admit=admit(held) if admit else None)
    if best.plan is not None:
        return Keeping(best.solved.objective, best.solved.bound)
    if best.solved.ending is not Ending.INFEASIBLE:
        return Keeping(None, None)
    return Keeping(None, None, _obstacles(problem, held) or (NOBODY_AGREES,))


def _held(problem: Problem, starts: tuple[int, ...]) -> Problem:
    """The problem in which each candidate of the previous plan must be built, and just as it was.

    Forced, not committed: what they depend on, frames and parties' consent hold as for anything new.
    """
    year = {problem.starts[i].unit: problem.starts[i].start_year for i in starts}
    names = tuple(sorted(problem.units[u].id for u in year))
    projects = problem.scenario.projects
    forced = projects.model_copy(update={"forced": tuple(dict.fromkeys((*projects.forced, *names)))})
    return replace(
        problem,
        scenario=problem.scenario.model_copy(update={"projects": forced}),
        starts=tuple(s for s in problem.starts if year.get(s.unit, s.start_year) == s.start_year),
    )


def _alone(problem: Problem, starts: tuple[int, ...]) -> Problem:
    """The problem in which the previous plan must be built, and nothing else can be chosen."""
    held = _held(problem, starts)
    mine = {problem.starts[i].unit for i in starts}
    only = tuple(start for start in held.starts if start.committed or start.unit in mine)
    return replace(held, starts=only, closures=(), conversions=())


def _obstacles(problem: Problem, held: Problem) -> tuple[str, ...]:
    """The requirements that can't hold together, in planners' words."""
    conflict = explain(held)
    asked = set(problem.scenario.projects.forced)
    of_old = {f"{name} {FORCED}" for name in held.scenario.projects.forced if name not in asked}
    told = (
        replace(each, sentence=each.sentence.replace(FORCED, HELD)) if each.sentence in of_old else each
        for each in (conflict.requirements if conflict else ())
    )
    return tuple(dict.fromkeys(each.text() for each in told))
