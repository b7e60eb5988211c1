"""The attacker's problem: how far a guess may lie from the truth and still agree with all that is published.

    min c·d   subject to   M d = 0,   lower ≤ d ≤ upper     (d whole where counts are)

d = 0, the truth, always agrees, so the problem is feasible; with c = −e_k it gives the most cell k can be.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from kapacitet.planning.arrays import highs_lp, loaded
from kapacitet.report.small_numbers.component import Array, Component

TOLERANCE = 1e-9
"""Of HiGHS; in persons."""
EXACT = 1e-6
"""How nearly a guess must fulfil relations, bounds and levels to count, in persons."""

PRIMAL = 4
"""HiGHS's primal simplex: from one cell to the next the costs change, and the last guess stays feasible."""


@dataclass(frozen=True)
class Guess:
    """A guess's deviation d (n,), and multipliers γ (m,) of the relations that prove it extreme (none if whole)."""

    deviation: Array
    multipliers: Array


class AttackProgram:
    """One component's attacker in HiGHS; bounds and costs change, each solve starts from the last basis."""

    def __init__(self, component: Component, *, whole: bool) -> None:
        count = len(component.cells)
        rows = np.zeros(component.matrix.shape[0])
        zeros = np.zeros(count)
        options: dict[str, float | str | bool] = {"threads": 1, "random_seed": 0}
        options |= {"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE}
        if whole:
            options |= {"mip_rel_gap": 0.0, "mip_feasibility_tolerance": TOLERANCE}
        else:
            options["simplex_strategy"] = PRIMAL
        self._highs = loaded(highs_lp(zeros, component.matrix, rows, rows, zeros, zeros), **options)
        self._all = np.arange(count, dtype=np.int32)
        self._whole = whole
        if whole:
            kinds = np.full(count, highspy.HighsVarType.kInteger)
            self._highs.changeColsIntegrality(count, self._all, kinds)

    def solve(self, cost: Array, lower: Array, upper: Array) -> Guess | None:
        """The guess of least cost; None if there is none, which needs bounds that exclude the truth.

        Raises:
            RuntimeError: HiGHS ends in a way that proves nothing.
        """
        highs = self._highs
        highs.changeColsCost(len(self._all), self._all, cost)
        highs.changeColsBounds(len(self._all), self._all, lower, upper)
        highs.run()
        status = highs.getModelStatus()
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible):
            highs.clearSolver()  # from nothing it is surer than from the last basis
            highs.run()
            status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended an attacker's problem with {status}")
        solution = highs.getSolution()
        deviation = np.array(solution.col_value)
        return Guess(np.round(deviation) if self._whole else deviation, np.array(solution.row_dual))
