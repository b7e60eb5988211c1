"""Seconds to write the same model in four ways: one year's recourse in many futures, every candidate open.

The model is that of the planner without critical mass: demand, capacity, residents who stay. Each way is solved once
afterwards, outside the time, and all must agree.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp

from benchmarks.solving import shipped
from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.extensive import add_recourse
from kapacitet.planning.objective import recourse_cost
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.building import year_network
from kapacitet.planning.recourse.component import components
from kapacitet.planning.rows import Model, linear
from kapacitet.planning.solver import solve
from kapacitet.planning.variables import state_columns

INF = highspy.kHighsInf
Built = tuple[Callable[[], float], int]
"""A way to solve what was built, and its number of columns."""


def build(way: str, count: int) -> dict[str, Any]:
    """Task: the last year of the shipped region in ``count`` futures, by ``way``, a name of ``WAYS``."""
    problem = _plain(shipped(count))
    data = _Data.of(problem, len(problem.years) - 1)
    began = time.perf_counter()
    value, columns = WAYS[way](problem, data)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "columns": columns, "objective": value()}


def _plain(problem: Problem) -> Problem:
    costs = problem.scenario.costs.model_copy(update={"critical_mass_penalty": 0.0})
    return replace(problem, scenario=problem.scenario.model_copy(update={"costs": costs}))


@dataclass(frozen=True, eq=False)
class _Data:
    """A year's numbers: A arcs that may carry somebody, K·C cells, U units, S futures; kr.

    Attributes:
        cell, unit, cost: of each arc; cells count k·C + c.
        lower, upper: of each arc's use, (S, A).
        need, away, room: (S, K·C), (S, K·C), (S, U).
        buy, unmet: cost by cell and in all.
        chances: of futures.
    """

    t: int
    cell: IntArray
    unit: IntArray
    cost: Array
    lower: Array
    upper: Array
    need: Array
    away: Array
    room: Array
    buy: Array
    unmet: float
    chances: Array

    @classmethod
    def of(cls, problem: Problem, t: int) -> _Data:
        arcs, futures = problem.arcs, problem.futures
        K, C = len(problem.municipalities), len(problem.cells)
        which = sorted({a for f in range(len(futures)) for a in problem.usable_arcs(f, t)})
        unit, cell = arcs.u[which], arcs.k[which] * C + arcs.c[which]
        may_end = np.array([problem.may_end(u) for u in range(len(problem.units))], dtype=np.bool_)
        stay = np.array([f.residents[which, t] for f in futures])
        places = problem.places[:, t] * (1 + problem.scenario.limits.over_occupancy)
        return cls(
            t,
            cell,
            unit,
            problem.arc_cost[which, t],
            np.where(may_end[unit], 0.0, stay),
            np.where(arcs.resident_only[which], stay, np.inf),
            np.array([f.demand[:, :, t].ravel() for f in futures]),
            np.array([f.outside[:, :, t].ravel() for f in futures]),
            np.array([places - f.guests_in(t) for f in futures]),
            np.tile(problem.purchase_price[:, t], K),
            float(problem.unmet_rate[t]),
            np.array([f.probability for f in futures]),
        )


def _arrays(problem: Problem, data: _Data) -> Built:
    network = year_network(problem, data.t)
    parts = list(components(network))
    state = {key: 1.0 for key in network.states if key[0] in ("open", "mature")}

    def value() -> float:
        total = 0.0
        for part in parts:
            point, features = np.array([state.get(key, 0.0) for key in part.keys]), network.features[:, part.features]
            total += float(data.chances @ part.solve(point, features, part.no_trees(len(features))))
        return total * problem.money_unit

    return value, len(network.tail) * len(data.chances)


def _pulp(problem: Problem, data: _Data) -> Built:
    model = Model("aar")
    state = state_columns(model, problem, data.t)
    for column in (*state.open.values(), *state.mature.values()):
        column.lowBound = 1.0
    for column in (*state.closed.values(), *state.converted.values()):
        column.upBound = 0.0
    pairs = []
    for f, future in enumerate(problem.futures):
        second = add_recourse(model, problem, f, data.t, state, strengthen=False)
        factor = future.probability / float(problem.discount[data.t])
        pairs += [(column, factor * cost) for column, cost in recourse_cost(problem, second)]
    model.lp.setObjective(linear(pairs))

    def value() -> float:
        found = solve(model.lp, gap=0.0, time_limit=600.0).objective
        assert found is not None
        return found * problem.money_unit

    return value, model.lp.numVariables()


def _linopy(problem: Problem, data: _Data) -> Built:
    import linopy  # of the benchmarks' own environment
    import xarray as xr

    model = linopy.Model()
    S, N = data.need.shape
    futures, arcs, cells, units = (range(n) for n in (S, len(data.cell), N, data.room.shape[1]))

    def array(values: Array, axis: str, over: range) -> Any:
        return xr.DataArray(values, {"future": futures, axis: over}, ("future", axis))

    use = model.add_variables(array(data.lower, "arc", arcs), array(data.upper, "arc", arcs), name="use")
    buy = model.add_variables(array(data.away, "cell", cells), name="buy")
    unmet = model.add_variables(array(np.zeros((S, N)), "cell", cells), name="unmet")
    of_cell = xr.DataArray(data.cell, {"arc": arcs}, name="cell")
    of_unit = xr.DataArray(data.unit, {"arc": arcs}, name="unit")
    placed = use.groupby(of_cell).sum().reindex(cell=cells)
    model.add_constraints(placed + buy + unmet == array(data.need, "cell", cells), name="demand")
    used = sorted(set(data.unit.tolist()))
    model.add_constraints(use.groupby(of_unit).sum() <= array(data.room, "unit", units).sel(unit=used), name="room")
    chance = xr.DataArray(data.chances, {"future": futures})
    model.add_objective(
        (chance * xr.DataArray(data.cost, {"arc": arcs}) * use).sum()
        + (chance * xr.DataArray(data.buy, {"cell": cells}) * buy).sum()
        + (chance * data.unmet * unmet).sum()
    )

    def value() -> float:
        model.solve("highs", io_api="direct", output_flag=False)
        return float(model.objective.value)

    return value, int(model.nvars)


def _highspy(problem: Problem, data: _Data) -> Built:
    S, N = data.need.shape
    A, U = len(data.cell), data.room.shape[1]
    columns = np.r_[np.arange(A), np.arange(A), A + np.arange(N), A + N + np.arange(N)]
    rows = np.r_[data.cell, N + data.unit, np.arange(N), np.arange(N)]
    one = sp.csc_array((np.ones(len(rows)), (rows, columns)), shape=(N + U, A + 2 * N))
    matrix = sp.csc_array(sp.block_diag([one] * S, format="csc"))
    cost = np.r_[data.cost, data.buy, np.full(N, data.unmet)]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = matrix.shape[1], matrix.shape[0]
    lp.col_cost_ = (data.chances[:, None] * cost).ravel()
    lp.col_lower_ = np.concatenate([data.lower, data.away, np.zeros((S, N))], axis=1).ravel()
    lp.col_upper_ = np.concatenate([data.upper, np.full((S, 2 * N), INF)], axis=1).ravel()
    lp.row_lower_ = np.concatenate([data.need, np.full((S, U), -INF)], axis=1).ravel()
    lp.row_upper_ = np.concatenate([data.need, data.room], axis=1).ravel()
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(lp)

    def value() -> float:
        solver.run()
        return float(solver.getObjectiveValue())

    return value, matrix.shape[1]


WAYS: dict[str, Callable[[Problem, _Data], Built]] = {
    "arrays": _arrays,
    "PuLP": _pulp,
    "linopy": _linopy,
    "highspy": _highspy,
}
