"""A linear program as arrays, taken from a PuLP problem, and its solution with duals by HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import scipy.sparse as sp
from pulp import LpProblem, LpVariable

from kapacitet.planning.costs import Array

LP_TOLERANCE = 1e-10


@dataclass(frozen=True)
class LinearProgram:
    """min cost·z  subject to  row_lower ≤ A z ≤ row_upper,  lower ≤ z ≤ upper (n columns, m rows).

    ``column`` gives the position of a PuLP variable by its id; ``row_names`` those of the rows.
    """

    cost: Array
    matrix: sp.csr_array
    row_lower: Array
    row_upper: Array
    lower: Array
    upper: Array
    column: dict[int, int]
    row_names: tuple[str, ...]

    def positions(self, variables: list[LpVariable]) -> np.ndarray:
        """Positions of PuLP variables, shape (len(variables),)."""
        return np.array([self.column[v.id] for v in variables], dtype=np.int64)


@dataclass(frozen=True)
class LpSolution:
    """Optimal primal values z (n,), reduced costs (n,), row duals (m,)."""

    objective: float
    values: Array
    reduced_costs: Array
    duals: Array


def linear_program(lp: LpProblem) -> LinearProgram:
    """The arrays of a PuLP problem; integrality is left out."""
    variables = lp.variables()
    column = {v.id: i for i, v in enumerate(variables)}
    cost = np.zeros(len(variables))
    for v, weight in lp.objective.items() if lp.objective is not None else ():
        cost[column[v.id]] = weight
    data, indices, starts = [], [], [0]
    row_lower, row_upper, names = [], [], []
    for row in lp.constraints():
        for v, weight in row.items():
            indices.append(column[v.id])
            data.append(weight)
        starts.append(len(indices))
        row_lower.append(_finite_or(row.getLb(), -np.inf))
        row_upper.append(_finite_or(row.getUb(), np.inf))
        names.append(row.name)
    matrix = sp.csr_array((data, indices, starts), shape=(len(names), len(variables)))
    return LinearProgram(
        cost=cost,
        matrix=matrix,
        row_lower=np.array(row_lower),
        row_upper=np.array(row_upper),
        lower=np.array([_finite_or(v.lowBound, -np.inf) for v in variables]),
        upper=np.array([_finite_or(v.upBound, np.inf) for v in variables]),
        column=column,
        row_names=tuple(names),
    )


def _finite_or(bound: float | None, infinite: float) -> float:
    return infinite if bound is None else float(bound)


def highs_lp(
    cost: Array, matrix: sp.csr_array, row_lower: Array, row_upper: Array, lower: Array, upper: Array
) -> highspy.HighsLp:
    """Arrays as a HiGHS problem."""
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(cost), len(row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, lower, upper
    lp.row_lower_, lp.row_upper_ = row_lower, row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data
    return lp


def loaded(lp: highspy.HighsLp, **options: float | str | bool) -> highspy.Highs:
    """HiGHS, silent, with ``options`` and ``lp``."""
    highs = highspy.Highs()
    for option, value in {"output_flag": False, **options}.items():
        highs.setOptionValue(option, value)
    highs.passModel(lp)
    return highs


def hold_empty(row_lower: Array, row_upper: Array) -> bool:
    """Whether rows without any column hold; HiGHS calls such a problem empty and doesn't look at them."""
    return bool(np.all(row_lower <= 0) and np.all(row_upper >= 0))


class WarmLp:
    """A linear program in HiGHS whose column bounds change from solve to solve; each starts from the last basis."""

    def __init__(self, program: LinearProgram) -> None:
        self._all, self._rows = np.arange(len(program.cost), dtype=np.int32), len(program.row_lower)
        self._holds_empty = hold_empty(program.row_lower, program.row_upper)
        self._highs = loaded(
            highs_lp(
                program.cost, program.matrix, program.row_lower, program.row_upper, program.lower, program.upper
            ),
            threads=1,
            primal_feasibility_tolerance=LP_TOLERANCE,
            dual_feasibility_tolerance=LP_TOLERANCE,
        )

    def solve(self, lower: Array, upper: Array) -> LpSolution | None:
        """The optimum under these column bounds; None if there is none.

        Raises:
            RuntimeError: HiGHS ends in a way that is neither an optimum nor a proof of infeasibility.
        """
        if not len(self._all):
            empty = np.zeros(0)
            return LpSolution(0.0, empty, empty, np.zeros(self._rows)) if self._holds_empty else None
        highs = self._highs
        highs.changeColsBounds(len(self._all), self._all, lower, upper)
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended a linear program with {status}")
        solution = highs.getSolution()
        return LpSolution(
            highs.getObjectiveValue(),
            np.array(solution.col_value),
            np.array(solution.col_dual),
            np.array(solution.row_dual),
        )
