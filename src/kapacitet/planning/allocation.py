"""Which optimum: the one allocation of a fixed plan, unique and independent of names and order.

Per future and year: (a) least cost; (b) among those least Σ n_o²/P_o, so that houses are equally full; (c) among
those least Σ x²/d + Σ p²/d + Σ u²/d, so that municipalities are treated alike. (a) is a linear program; the face
of its optima is what complementary slackness with one dual solution leaves free; (b) and (c) are quadratic
programs on that face.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.arrays import LinearProgram, LpSolution, WarmLp, linear_program
from kapacitet.planning.costs import Array
from kapacitet.planning.extensive import add_recourse
from kapacitet.planning.objective import recourse_cost
from kapacitet.planning.plan import Outcome, Plan, YearOutcome
from kapacitet.planning.problem import Problem
from kapacitet.planning.quadratic import minimise
from kapacitet.planning.rows import Model, linear
from kapacitet.planning.variables import Recourse, State, state_columns

TIE = 1e-8  # money units per place-year: costs closer than this are the same
SNAP = 1e-10
COST_AGREEMENT = 1e-6


class YearRecourse:
    """The recourse of one future and year as a linear program whose states are columns to be fixed."""

    def __init__(self, problem: Problem, future: int, t: int, *, strengthen: bool = False) -> None:
        model = Model("recourse")
        self.problem, self.future, self.t = problem, future, t
        self._state: State = state_columns(model, problem, t)
        self._columns: Recourse = add_recourse(model, problem, future, t, self._state, strengthen=strengthen)
        undiscounted = 1.0 / problem.discount[t]
        model.lp.setObjective(linear((v, c * undiscounted) for v, c in recourse_cost(problem, self._columns)))
        self.program: LinearProgram = linear_program(model.lp)
        self._lp = WarmLp(self.program)
        position = self.program.column
        self.state_position = {
            (kind, member): position[column.id]
            for kind in ("open", "mature", "closed", "converted")
            for (member, _), column in getattr(self._state, kind).items()
        }
        self._use = {a: position[v.id] for a, v in self._columns.use.items()}
        self._unit_of = np.full(len(self.program.cost), -1, dtype=np.int64)
        for a, column in self._use.items():
            self._unit_of[column] = problem.arcs.u[a]
        self._need = self._needs(position)

    def _needs(self, position: dict[int, int]) -> Array:
        """d of the cell each x, p and u column serves, shape (n,); 0 for other columns."""
        problem, v = self.problem, self._columns
        demand, need = problem.futures[self.future].demand[:, :, self.t], np.zeros(len(self.program.cost))
        for a, x in v.use.items():
            need[position[x.id]] = demand[problem.arcs.k[a], problem.arcs.c[a]]
        for columns in (v.buy, v.unmet):
            for key, column in columns.items():
                need[position[column.id]] = demand[key]
        return need

    def bounds(self, state: dict[tuple[str, int, int], float]) -> tuple[Array, Array]:
        """Column bounds with the states fixed to those of a plan (absent: 0)."""
        lower, upper = self.program.lower.copy(), self.program.upper.copy()
        for (kind, member), column in self.state_position.items():
            lower[column] = upper[column] = state.get((kind, member, self.t), 0.0)
        return lower, upper

    def solve(self, state: dict[tuple[str, int, int], float]) -> LpSolution:
        """(a): least cost with one dual solution. The recourse always has one, since need may go unmet."""
        solution = self._lp.solve(*self.bounds(state))
        if solution is None:
            raise RuntimeError("a year's recourse is infeasible: input checks have a hole")
        return solution

    def worth(self, state: dict[tuple[str, int, int], float]) -> dict[tuple[str, int], float]:
        """(kind, member) -> kr. by which the year's cost changes, at best, per unit more of a state.

        A subgradient at ``state``: cost is convex in the states, so no change can save more than this says.
        """
        reduced = self.solve(state).reduced_costs
        return {key: float(reduced[i]) * self.problem.money_unit for key, i in self.state_position.items()}

    def least_cost(self, state: dict[tuple[str, int, int], float]) -> float:
        """Least undiscounted cost (kr.) of the year under ``state``."""
        return self.solve(state).objective * self.problem.money_unit

    def allocate(self, state: dict[tuple[str, int, int], float]) -> YearOutcome:
        """(a), (b) and (c): the one allocation."""
        best = self.solve(state)
        lower, upper = self.bounds(state)
        values = self._equalised(best, lower, upper)
        cost = float(self.program.cost @ values)
        if abs(cost - best.objective) > COST_AGREEMENT * max(1.0, abs(best.objective)):
            raise RuntimeError("the allocation rule left the face of least cost")
        return self._outcome(values, cost * self.problem.money_unit)

    def _equalised(self, best: LpSolution, lower: Array, upper: Array) -> Array:
        face = _Face.of(self.program, best, lower, upper)
        if not face.free.any():
            return best.values
        guests = self.problem.futures[self.future].external[:, :, self.t].sum(axis=1)
        units = np.unique(self._unit_of[face.free])
        units = units[units >= 0]
        values = best.values
        if len(units):
            members = sp.csr_array((self._unit_of[None, :] == units[:, None]).astype(np.float64))  # houses × columns
            places = np.array([self.problem.places[u, self.t] for u in units])
            values = face.equally_full(values, members, guests[units], places)
        need = np.where(self._need > 0, 1 / np.maximum(self._need, SNAP), 0.0)
        values = face.alike(values, need, self._unit_of, units)
        return np.where(np.abs(values - lower) < SNAP, lower, values)

    def _outcome(self, values: Array, cost: float) -> YearOutcome:
        problem, v, column = self.problem, self._columns, self.program.column
        values = self._least(values)
        shape = (len(problem.municipalities), len(problem.cells))
        use, moved = np.zeros(len(problem.arcs)), np.zeros(len(problem.arcs))
        buy, unmet, short = np.zeros(shape), np.zeros(shape), np.zeros(len(problem.units))
        for target, columns in (
            (use, v.use),
            (moved, v.moved),
            (buy, v.buy),
            (unmet, v.unmet),
            (short, v.short),
        ):
            for key, variable in columns.items():
                target[key] = max(values[column[variable.id]], 0.0)
        return YearOutcome.of(use, buy, unmet, short, moved, cost)

    def _least(self, values: Array) -> Array:
        """``values`` with shortfall and moves no larger than their one row asks: free ones may hold more."""
        program, by_column, result = self.program, self.program.matrix.tocsc(), values.copy()
        slack = program.matrix @ values - program.row_lower
        for variable in (*self._columns.short.values(), *self._columns.moved.values()):
            i = program.column[variable.id]
            (row,) = by_column.indices[by_column.indptr[i] : by_column.indptr[i + 1]]
            result[i] = max(values[i] - slack[row], 0.0)
        return result


@dataclass(frozen=True)
class _Face:
    """Optimal face of a linear program: free columns, and rows with what is fixed moved to the right."""

    program: LinearProgram
    free: np.ndarray
    row_lower: Array
    row_upper: Array
    lower: Array
    upper: Array

    @classmethod
    def of(cls, program: LinearProgram, best: LpSolution, lower: Array, upper: Array) -> _Face:
        free = (np.abs(best.reduced_costs) <= TIE) & (upper > lower)
        binding = np.abs(best.duals) > TIE
        activity = program.matrix @ best.values
        at_upper = np.abs(activity - program.row_upper) <= np.abs(activity - program.row_lower)
        active = np.where(at_upper, program.row_upper, program.row_lower)
        return cls(
            program,
            free,
            np.where(binding, active, program.row_lower),
            np.where(binding, active, program.row_upper),
            lower,
            upper,
        )

    def equally_full(self, values: Array, members: sp.csr_array, guests: Array, places: Array) -> Array:
        """(b): least Σ (n + guests)²/P over the face; only the sums n of the result are meant."""
        count = len(places)
        fixed = members[:, ~self.free] @ values[~self.free] + guests
        link = sp.hstack([members[:, self.free], -sp.eye_array(count)], format="csr")
        weights = np.concatenate([np.zeros(int(self.free.sum())), 1 / places])
        return self._solve(values, weights, link, -fixed, np.full(count, -np.inf))

    def alike(self, values: Array, weights: Array, unit_of: np.ndarray, units: np.ndarray) -> Array:
        """(c): least Σ weights·z² over the face with every house as full as in ``values``."""
        members = sp.csr_array((unit_of[None, self.free] == units[:, None]).astype(np.float64))
        full = members @ values[self.free]
        return self._solve(values, weights[self.free], members, full, np.zeros(0))

    def _solve(self, values: Array, weights: Array, extra: sp.csr_array, target: Array, more_lower: Array) -> Array:
        """Minimise over the free columns (then over ``len(more_lower)`` auxiliary ones); others stay."""
        shift = self.program.matrix[:, ~self.free] @ values[~self.free]
        own = self.program.matrix[:, self.free]
        kept = np.diff(own.indptr) > 0
        rows = sp.hstack([own[kept], sp.csr_array((int(kept.sum()), len(more_lower)))], format="csr")
        found = minimise(
            weights,
            sp.vstack([rows, extra], format="csr"),
            np.concatenate([(self.row_lower - shift)[kept], target]),
            np.concatenate([(self.row_upper - shift)[kept], target]),
            np.concatenate([self.lower[self.free], more_lower]),
            np.concatenate([self.upper[self.free], np.full(len(more_lower), np.inf)]),
        )
        result = values.copy()
        result[self.free] = found[: int(self.free.sum())]
        return result


Recourses = tuple[tuple[YearRecourse, ...], ...]


def year_recourses(problem: Problem, *, strengthen: bool = False) -> Recourses:
    """The recourse of every future and year, ``[future][t]``, to be solved for one plan after another.

    ``strengthen`` adds rows that whole decisions don't need but that tighten cuts at fractional ones.
    """
    return tuple(
        tuple(YearRecourse(problem, f, t, strengthen=strengthen) for t in range(len(problem.years)))
        for f in range(len(problem.futures))
    )


def allocate(problem: Problem, plan: Plan, recourses: Recourses | None = None) -> Outcome:
    """The allocation of ``plan`` in every future and year."""
    state = plan.state(problem)
    every = recourses or year_recourses(problem)
    return Outcome(tuple(tuple(year.allocate(state) for year in future) for future in every))
