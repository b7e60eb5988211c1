"""A safe pattern from an unsafe one: hide along the cheapest way out of each shortfall (Kelly, Golden & Assad 1992).

    min Σ cost_i·(p_i + n_i)   subject to   M(p − n) = 0,   p ≤ up,   n ≤ down,   cell k deviates by its level

The cells of the way are hidden. What is already hidden costs nothing.
"""

from __future__ import annotations

import highspy
import numpy as np
import scipy.sparse as sp

from kapacitet.planning.arrays import highs_lp, loaded
from kapacitet.report.small_numbers.attack import EXACT
from kapacitet.report.small_numbers.component import Array, Component, Flags, System
from kapacitet.report.small_numbers.prover import LOWER, SLIDING, UPPER, Shortfall

PASSES = 3
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

    def out_of(self, shortfall: Shortfall, units: Flags, *, whole: bool) -> Flags:
        """Units (U,) to hide so that the shortfall is gone; all of the component's where no way is found."""
        component, k = self._component, shortfall.column
        everything = units.copy()
        everything[component.unit] = True
        best = everything
        for sign, level in self._asked(shortfall):
            cost = self._first_cost(units, level)
            for _ in range(PASSES):
                deviation = self._solve(cost, k, sign, level, whole)
                if deviation is None:
                    break
                moved = np.abs(deviation) > EXACT
                pattern = units.copy()
                pattern[component.unit[moved]] = True
                if self._loss(pattern, units) < self._loss(best, units):
                    best = pattern
                new = self._weight[component.unit] * ~units[component.unit]
                cost = np.tile(new / (np.abs(deviation) + SMALL), 2)
            if best is not everything:
                break
        return best

    def _asked(self, shortfall: Shortfall) -> list[tuple[float, float]]:
        lower, upper, sliding = self._component.levels[[LOWER, UPPER, SLIDING], shortfall.column]
        if shortfall.kind == "sliding":
            return [(1.0, float(sliding)), (-1.0, float(sliding))]
        return [(1.0, float(upper))] if shortfall.kind == "upper" else [(-1.0, float(lower))]

    def _loss(self, pattern: Flags, units: Flags) -> float:
        return float(self._weight[pattern & ~units].sum())

    def _first_cost(self, units: Flags, level: float) -> Array:
        """Cost per person of deviation: the weight spread on what the cell can give of the level."""
        component = self._component
        new = self._weight[component.unit] * ~units[component.unit]
        reach = np.concatenate([np.minimum(component.up, level), np.minimum(component.down, level)])
        return np.tile(new, 2) / np.maximum(reach, SMALL)

    def _solve(self, cost: Array, k: int, sign: float, level: float, whole: bool) -> Array | None:
        component, count = self._component, len(self._component.cells)
        highs = self._program(whole)
        upper = np.concatenate([component.up, component.down])
        lower = np.zeros(2 * count)
        this, other = (k, k + count) if sign > 0 else (k + count, k)
        if upper[this] < level - EXACT:
            return None
        lower[this], upper[this], upper[other] = level, level, 0.0
        highs.changeColsCost(len(self._all), self._all, cost)
        highs.changeColsBounds(len(self._all), self._all, lower, upper)
        highs.run()
        if highs.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        values = np.array(highs.getSolution().col_value)
        return values[:count] - values[count:]

    def _program(self, whole: bool) -> highspy.Highs:
        if not whole:
            return self._highs
        if self._in_whole is None:
            self._in_whole = loaded(self._lp, threads=1, random_seed=0, mip_max_nodes=WHOLE_NODES)
            kinds = np.full(len(self._all), highspy.HighsVarType.kInteger)
            self._in_whole.changeColsIntegrality(len(self._all), self._all, kinds)
        return self._in_whole
