"""The master: which units to hide at least loss, as far as the cuts found tell.

min Σ weight_u·x_u   subject to   the cuts,   x_u = 1 where sensitive,   x in {0, 1}
"""

from __future__ import annotations

from collections.abc import Iterable

import highspy
import numpy as np
import scipy.sparse as sp

from kapacitet.planning.arrays import highs_lp, loaded
from kapacitet.report.small_numbers.component import Array, Flags, System
from kapacitet.report.small_numbers.cuts import Cut

INTEGRAL = 1e-6


class Master:
    """The master of one system in HiGHS; cuts are added and stay. Sensitive units cost nothing."""

    def __init__(self, system: System) -> None:
        units = len(system.weight)
        self.cost = np.where(system.forced, 0.0, system.weight)
        empty, lower = sp.csr_array((0, units)), system.forced.astype(float)
        lp = highs_lp(self.cost, empty, np.zeros(0), np.zeros(0), lower, np.ones(units))
        self._highs = loaded(lp, threads=1, random_seed=0, mip_rel_gap=0.0, mip_abs_gap=INTEGRAL)
        self._all = np.arange(units, dtype=np.int32)

    def add(self, cuts: Iterable[Cut]) -> int:
        """Add cuts; how many there were."""
        count = 0
        for cut in cuts:
            index = np.append(cut.units, cut.cell_unit).astype(np.int32)
            self._highs.addRow(0.0, highspy.kHighsInf, len(index), index, np.append(cut.share, -1.0))
            count += 1
        return count

    def relax(self) -> tuple[Array, float] | None:
        """The optimum x (U,) of the linear relaxation and its loss, a bound; None if HiGHS proves nothing."""
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.array(self._highs.getSolution().col_value)
        return np.clip(values, 0.0, 1.0), float(self._highs.getInfo().objective_function_value)

    def make_whole(self) -> None:
        """Make x whole from now on."""
        kinds = np.full(len(self._all), highspy.HighsVarType.kInteger)
        self._highs.changeColsIntegrality(len(self._all), self._all, kinds)

    def solve(self, known: Flags, nodes: int, seconds: float) -> tuple[Flags | None, float]:
        """The best pattern met, beginning from a ``known`` one, and a bound on the loss of every pattern.

        The known one need not be returned even if the search meets no better.
        """
        highs = self._highs
        highs.setOptionValue("mip_max_nodes", nodes)
        highs.setOptionValue("time_limit", max(seconds, 0.1))
        highs.setSolution(len(self._all), self._all, known.astype(float))
        highs.run()
        info = highs.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.array(highs.getSolution().col_value) if found else None
        bound = float(info.mip_dual_bound) if np.isfinite(info.mip_dual_bound) else 0.0
        return (None if values is None else values > 0.5), max(bound, 0.0)

    def loss(self, pattern: Flags) -> float:
        """Loss of the units hidden to protect others."""
        return float(self.cost[pattern].sum())
