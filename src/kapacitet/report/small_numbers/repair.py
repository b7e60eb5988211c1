"""A safe pattern from an unsafe one: hide along the cheapest way out of each shortfall (Kelly, Golden & Assad 1992).

    min Σ cost_i·(p_i + n_i)   subject to   M(p − n) = 0,   p ≤ up,   n ≤ down,   asked cells deviate by their levels

The cells of the way are hidden. What is already hidden costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
import scipy.sparse as sp

from kapacitet.planning.arrays import highs_lp, loaded
from kapacitet.report.small_numbers.attack import EXACT
from kapacitet.report.small_numbers.component import Array, Component, Flags, System, Whole
from kapacitet.report.small_numbers.prover import ROW, Shortfall

PASSES = 3
CELLS_PER_WAY = 150
"""Components have a way for one shortfall more at a time per so many cells."""
SMALL = 0.1
"""Persons; keeps the cost per person finite where the last way hardly moved a cell."""
WHOLE_NODES = 200


class Ways:
    """The cheapest ways of one component."""

    def __init__(self, system: System, component: Component) -> None:
        self._component = component
        self._weight = system.weight
        self._all = np.arange(2 * len(component.cells), dtype=np.int32)
        both = sp.csr_array(sp.hstack([component.matrix, -component.matrix]))
        rows, zeros = np.zeros(both.shape[0]), np.zeros(len(self._all))
        self._lp = highs_lp(zeros, both, rows, rows, zeros, zeros)
        self._highs = loaded(self._lp, threads=1, random_seed=0)
        self._in_whole: highspy.Highs | None = None

    def out_of(self, shortfalls: Sequence[Shortfall], units: Flags, *, whole: bool) -> Flags:
        """Units (U,) to hide so that the shortfalls are gone, as far as ways are found.

        Large components take several shortfalls at a time, which is quicker and hides a little more.
        """
        size = max(len(self._component.cells) // CELLS_PER_WAY, 1)
        for sign, kinds in ((1.0, ("upper", "sliding")), (-1.0, ("lower",))):
            asked = [one for one in shortfalls if one.kind in kinds]
            for first in range(0, len(asked), size):
                units = self._together(asked[first : first + size], sign, units, whole)
        return units

    def _together(self, shortfalls: Sequence[Shortfall], sign: float, units: Flags, whole: bool) -> Flags:
        """The units with those of one way out of all the shortfalls, or of one way for each half of them."""
        columns = np.array([one.column for one in shortfalls])
        rows = [ROW[one.kind] for one in shortfalls]
        pattern = self._cheapest(columns, sign, self._component.levels[rows, columns], units, whole)
        if pattern is not None:
            return pattern
        if len(shortfalls) > 1:
            half = len(shortfalls) // 2
            units = self._together(shortfalls[:half], sign, units, whole)
            return self._together(shortfalls[half:], sign, units, whole)
        if shortfalls[0].kind == "sliding" and sign > 0:
            return self._together(shortfalls, -1.0, units, whole)
        return units

    def _cheapest(self, columns: Whole, sign: float, levels: Array, units: Flags, whole: bool) -> Flags | None:
        at, best = self._component.unit, None
        cost = self._first_cost(units, float(levels.max()))
        for _ in range(PASSES):
            deviation = self._solve(cost, columns, sign, levels, whole)
            if deviation is None:
                break
            pattern = units.copy()
            pattern[at[np.abs(deviation) > EXACT]] = True
            if best is None or self._loss(pattern, units) < self._loss(best, units):
                best = pattern
            cost = np.tile(self._weight[at] * ~units[at] / (np.abs(deviation) + SMALL), 2)
        return best

    def _loss(self, pattern: Flags, units: Flags) -> float:
        return float(self._weight[pattern & ~units].sum())

    def _first_cost(self, units: Flags, level: float) -> Array:
        """Cost per person of deviation: the weight spread on what the cell can give of the level."""
        component = self._component
        new = self._weight[component.unit] * ~units[component.unit]
        reach = np.concatenate([np.minimum(component.up, level), np.minimum(component.down, level)])
        return np.asarray(np.tile(new, 2) / np.maximum(reach, SMALL))

    def _solve(self, cost: Array, columns: Whole, sign: float, levels: Array, whole: bool) -> Array | None:
        component, count = self._component, len(self._component.cells)
        highs = self._program(whole)
        upper = np.concatenate([component.up, component.down])
        lower = np.zeros(2 * count)
        this, other = (columns, columns + count) if sign > 0 else (columns + count, columns)
        if (upper[this] < levels - EXACT).any():
            return None
        lower[this], upper[this], upper[other] = levels, np.maximum(upper[this], levels), 0.0
        highs.changeColsCost(len(self._all), self._all, cost)
        highs.changeColsBounds(len(self._all), self._all, lower, upper)
        highs.run()
        if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.array(highs.getSolution().col_value)
        return np.asarray(values[:count] - values[count:])

    def _program(self, whole: bool) -> highspy.Highs:
        if not whole:
            return self._highs
        if self._in_whole is None:
            self._in_whole = loaded(self._lp, threads=1, random_seed=0, mip_max_nodes=WHOLE_NODES)
            kinds = np.full(len(self._all), highspy.HighsVarType.kInteger)
            self._in_whole.changeColsIntegrality(len(self._all), self._all, kinds)
        return self._in_whole
