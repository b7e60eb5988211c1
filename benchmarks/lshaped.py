"""mpi-sppy's L-shaped method on the shipped region: the same first stage and, per future, the same recourse.

The root's plan is priced by our own exact pass after each of its rounds, outside its time, since the method itself
knows only its bound. It needs an environment with mpi-sppy, mpi4py and an MPI library.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from benchmarks.solving import shipped
from kapacitet.planning.arrays import LinearProgram, linear_program
from kapacitet.planning.benders.stage import Stage
from kapacitet.planning.completion import Completion
from kapacitet.planning.extensive import Extensive, build_extensive
from kapacitet.planning.objective import constant_cost, master_cost
from kapacitet.planning.problem import Problem
from kapacitet.planning.solver import relative_gap

ROUNDS = 1_000_000
HALF = 0.5


def solve_lshaped(count: int, gap: float, limit: float) -> dict[str, Any]:
    """Task: the shipped region in ``count`` futures; ``seconds`` is the method's own time to the gap or the limit."""
    os.environ |= {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    from mpisppy.opt.lshaped import LShapedMethod  # of an environment of its own

    problem = shipped(count)
    watch = _Watch(problem, gap, limit)
    names = [f"f{i}" for i in range(count)]
    options = {
        "root_solver": "highs",  # appsi_highs fails in this method
        "sp_solver": "highs",
        "root_solver_options": {"mip_rel_gap": gap / 2},
        "sp_solver_options": {},
        "valid_eta_lb": dict.fromkeys(names, 0.0),  # nothing in the recourse is paid to us
        "max_iter": ROUNDS,
        "verbose": False,
    }
    began = time.perf_counter()
    method = LShapedMethod(options, names, lambda name: _scenario(problem, int(name[1:])))
    method.lshaped_algorithm(converger=watch.begin)
    return {
        "build": watch.began - began,
        "seconds": watch.seconds,
        "rounds": watch.rounds,
        "objective": watch.best if np.isfinite(watch.best) else None,
        "bound": watch.bound if np.isfinite(watch.bound) else None,
        "gap": relative_gap(watch.best, watch.bound) if np.isfinite(watch.best) else None,
    }


@dataclass
class _Watch:
    """What the method asks after each round: whether to end."""

    problem: Problem
    gap: float
    limit: float
    best: float = np.inf
    bound: float = -np.inf
    rounds: int = 0
    began: float = 0.0
    seconds: float = 0.0
    _apart: float = 0.0  # seconds of our own pricing
    _method: Any = None
    _stage: Stage = field(init=False)
    _completion: Completion = field(init=False)

    def __post_init__(self) -> None:
        self._stage, self._completion = Stage.of(self.problem), Completion(self.problem)

    def begin(self, method: Any, rank: int, processes: int) -> _Watch:
        """The method makes its converger so."""
        self._method, self.began = method, time.perf_counter()
        return self

    def convergence_value(self) -> None:
        """Take the bound and price the root's plan."""
        here = time.perf_counter()
        self.seconds, self.rounds = here - self.began - self._apart, self.rounds + 1
        # the method would count a constant of the objective in the root and in every recourse, so it has none
        below = float(self._method._LShaped_bound) + constant_cost(self.problem)
        self.bound = max(self.bound, below * self.problem.money_unit)
        values = [float(v.value) for v in self._method.root_vars[: self._whole]]
        chosen = [i for i, value in enumerate(values) if value > HALF]
        completed = self._completion.complete(chosen)
        assert completed is not None
        price = self._stage.price(completed.plan.state(self.problem))
        self.best = min(self.best, completed.cost + self._stage.value(price) * self.problem.money_unit)
        self._apart += time.perf_counter() - here

    @property
    def _whole(self) -> int:
        return len(self.problem.starts)

    def is_converged(self) -> bool:
        """Whether the gap or the limit is reached."""
        reached = relative_gap(self.best, self.bound)
        return self.seconds >= self.limit or (reached is not None and reached <= self.gap)


def _scenario(problem: Problem, future: int) -> Any:
    """The planner's model of one future as the method wants it: the first stage's columns are its root node."""
    import mpisppy.utils.sputils as sputils
    import pyomo.environ as pyo
    from pyomo.core.expr.numeric_expr import LinearExpression

    alone = replace(problem.futures[future], probability=1.0)
    extensive = build_extensive(replace(problem, futures=(alone,)), strengthen=False)
    program = linear_program(extensive.model.lp)
    whole, first = _first_stage(extensive, program)
    model = pyo.ConcreteModel(f"f{future}")
    model.z = pyo.Var(range(len(program.cost)))
    z = [model.z[i] for i in range(len(program.cost))]
    for i, column in enumerate(z):
        column.setlb(None if np.isinf(program.lower[i]) else float(program.lower[i]))
        column.setub(None if np.isinf(program.upper[i]) else float(program.upper[i]))
    for i in whole:
        z[i].domain = pyo.Binary
    model.row = pyo.ConstraintList()
    matrix = program.matrix
    for r, (low, high) in enumerate(zip(program.row_lower.tolist(), program.row_upper.tolist(), strict=True)):
        span = slice(matrix.indptr[r], matrix.indptr[r + 1])
        columns = [z[i] for i in matrix.indices[span]]
        if columns:
            body = LinearExpression(linear_coefs=matrix.data[span].tolist(), linear_vars=columns)
            sides = [None if np.isinf(side) else side for side in (low, high)]
            model.row.add((body == low) if low == high else pyo.inequality(sides[0], body, sides[1]))
    weights = np.zeros(len(z))
    for variable, weight in master_cost(problem, extensive.first):
        weights[program.column[variable.id]] += weight

    def cost(of: Any) -> Any:
        used = np.flatnonzero(of)
        return LinearExpression(linear_coefs=of[used].tolist(), linear_vars=[z[i] for i in used])

    model.first_cost = pyo.Expression(expr=cost(weights))
    model.obj = pyo.Objective(expr=model.first_cost + cost(program.cost - weights))
    sputils.attach_root_node(model, model.first_cost, [z[i] for i in first])
    model._mpisppy_probability = problem.futures[future].probability
    return model


def _first_stage(extensive: Extensive, program: LinearProgram) -> tuple[list[int], list[int]]:
    """Positions of the whole choices, and of all first-stage columns with those first."""
    first = extensive.first
    whole = [*first.start, *first.close, *first.convert]
    state = first.state
    rest = [
        column
        for part in (first.draw, first.excess, first.planned, state.open, state.mature, state.closed, state.converted)
        for column in part.values()
    ]
    return program.positions(whole).tolist(), program.positions([*whole, *rest]).tolist()
