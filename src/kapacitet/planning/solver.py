"""One small door to every solver: what happened, with bound and gap, never a bare status.

HiGHS runs in a thread of its own that answers Ctrl-C and a stop flag within a moment and keeps its best plan;
other solvers are used through PuLP where they are installed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pulp
from pulp import LpProblem, LpSolveStatus

from kapacitet.planning.interrupts import ctrl_c_noted

POLL_SECONDS = 0.1
SEED_LIMIT = 2**31 - 1


class Ending(Enum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    STOPPED_WITH_PLAN = "stoppet med plan"
    STOPPED_WITHOUT = "stoppet uden plan"
    INFEASIBLE = "umulig"


@dataclass(frozen=True)
class Solved:
    """The end of one solve; amounts in the model's own unit.

    Attributes:
        bound: no plan can cost less; None where the solver gives none.
        gap: (objective − bound)/|objective|, 0 where both are 0; None without a plan or a bound.
    """

    ending: Ending
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float
    columns: int
    rows: int


class Phase(Enum):
    """What a search is doing."""

    FEW = "few futures"
    RELAXING = "bound of the relaxation"
    SEARCHING = "search"
    IMPROVING = "improvement"
    PROVING = "proof"


@dataclass(frozen=True)
class Progress:
    """Where a running solve stands; amounts in the model's own unit, infinite until known.

    A look at few futures says nothing of cost and bound in all of them.

    Attributes:
        decisions: the best plan's, where the search tells it: a search may begin from it again.
    """

    seconds: float
    objective: float
    bound: float
    gap: float
    phase: Phase = Phase.SEARCHING
    decisions: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]] | None = None


class _StoppableHighs(pulp.HiGHS):
    """PuLP's HiGHS, run so that a stop flag, a time limit or Ctrl-C ends it at once and keeps the best plan."""

    def __init__(self, stop: Callable[[], bool], progress: Callable[[Progress], None] | None, **options: Any) -> None:
        super().__init__(msg=False, **options)
        self._stop = stop
        self._progress = progress

    def callSolver(self, lp: LpProblem) -> None:
        highs: Any = lp.solverModel
        highs.HandleUserInterrupt = True
        began = time.perf_counter()
        if self._progress is not None:
            report = self._progress

            def tell(event: Any) -> None:
                out = event.data_out
                report(Progress(time.perf_counter() - began, out.mip_primal_bound, out.mip_dual_bound, out.mip_gap))

            highs.cbMipLogging.subscribe(tell)
        with ctrl_c_noted() as pressed:
            highs.startSolve()
            while not highs.wait(POLL_SECONDS)[0]:
                if self._stop() or pressed():
                    highs.cancelSolve()


OTHER_SOLVERS = {
    "cbc": "COIN_CMD",
    "scip": "SCIP_PY",
    "gurobi": "GUROBI",
    "cplex": "CPLEX_PY",
    "glpk": "GLPK_CMD",
}


def available_solvers() -> tuple[str, ...]:
    """Names of the solvers that can be used on this machine; ``highs`` comes first."""
    installed = set(pulp.listSolvers(onlyAvailable=True))
    return ("highs", *(name for name, known in OTHER_SOLVERS.items() if known in installed))


def solve(
    lp: LpProblem,
    *,
    name: str = "highs",
    gap: float = 0.0,
    time_limit: float | None = None,
    seed: int = 0,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    tolerance: float | None = None,
) -> Solved:
    """Solve ``lp`` in place (its variables hold the plan afterwards, if there is one).

    Args:
        gap: relative gap at which to stop.
        time_limit: seconds; the best plan so far is kept.
        stop: asked ten times a second; True ends the solve and keeps the best plan (HiGHS only).
        progress: called with incumbent, bound and gap as they change (HiGHS only).
        tolerance: primal, dual and integrality tolerance (HiGHS only); its own defaults if None.

    Raises:
        SolverFault: the solver isn't installed, or ended in a way that says nothing about the problem.
    """
    lp.checkDuplicateVars()
    lp.checkDuplicateConstraints()
    if name == "highs":
        options: dict[str, Any] = {"random_seed": seed % SEED_LIMIT, "mip_abs_gap": 0.0}
        if tolerance is not None:
            options |= {
                "primal_feasibility_tolerance": tolerance,
                "dual_feasibility_tolerance": tolerance,
                "mip_feasibility_tolerance": tolerance,
            }
        solver: pulp.LpSolver = _StoppableHighs(stop, progress, gapRel=gap, timeLimit=time_limit, **options)
    elif name in available_solvers():
        solver = pulp.getSolver(OTHER_SOLVERS[name], msg=False, gapRel=gap, timeLimit=time_limit)
    else:
        raise SolverFault(f"Løseren {name} er ikke installeret. Brug en af: {', '.join(available_solvers())}.")
    began = time.perf_counter()
    stats = lp.solve(solver)
    ending = _ending(stats.status, stats.has_solution)
    value = pulp.value(lp.objective)
    objective = float(value) if stats.has_solution and value is not None else None
    bound = stats.best_bound if stats.is_mip else objective
    if ending is Ending.OPTIMAL and bound is None:
        bound = objective
    return Solved(
        ending=ending,
        objective=objective,
        bound=bound,
        gap=relative_gap(objective, bound),
        seconds=time.perf_counter() - began,
        columns=lp.numVariables(),
        rows=lp.numConstraints(),
    )


class SolverFault(RuntimeError):
    """The solver isn't there, or failed in a way that says nothing about the problem."""


def relative_gap(objective: float | None, bound: float | None) -> float | None:
    """(objective − bound)/|objective|, at least 0; 0 where the two are equal."""
    if objective is None or bound is None:
        return None
    if objective == bound:
        return 0.0
    return max(objective - bound, 0.0) / abs(objective) if objective else float("inf")


def _ending(status: LpSolveStatus, has_solution: bool) -> Ending:
    if status == LpSolveStatus.Optimal:
        return Ending.OPTIMAL
    if status == LpSolveStatus.Infeasible:
        return Ending.INFEASIBLE
    stopped = {
        LpSolveStatus.TimeLimit,
        LpSolveStatus.Interrupted,
        LpSolveStatus.IterationLimit,
        LpSolveStatus.SolutionLimit,
        LpSolveStatus.MemoryLimit,
        LpSolveStatus.GapLimit,
        LpSolveStatus.Stopped,
        LpSolveStatus.NotSolved,
    }
    if status in stopped:
        return Ending.STOPPED_WITH_PLAN if has_solution else Ending.STOPPED_WITHOUT
    raise SolverFault(f"Løseren endte med «{status}», som hverken er en plan eller et bevis for, at ingen findes.")
