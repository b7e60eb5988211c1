"""What every safe pattern fulfils, x_u = 1 where unit u is hidden.

From a proof γ that the attacker comes too close to cell k (Fischetti & Salazar 2001, inequality (10) with the
right-hand side multiplied by x_k, since other cells too are protected only when hidden):

    Σ min(c_u, R)·x_u ≥ R·x_k,     R = level − what k's own unit gives

and from a pattern S that whole numbers alone give away:   Σ_{u ∉ S} x_u ≥ x_k.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from kapacitet.report.small_numbers.attack import EXACT
from kapacitet.report.small_numbers.component import Array, Component, Flags, System, Whole
from kapacitet.report.small_numbers.prover import ROW, Prover, Shortfall

VIOLATED = 1e-4
SMALLEST = 1e-6


@dataclass(frozen=True, eq=False)
class Cut:
    """Σ share·x[units] ≥ x[cell_unit], with 0 < share ≤ 1."""

    units: Whole
    share: Array
    cell_unit: int

    def lacks(self, x: Array) -> float:
        """By how much ``x`` breaks it; not above 0 if it doesn't."""
        return float(x[self.cell_unit] - self.share @ x[self.units])


def cut(system: System, component: Component, k: int, capacity: Array, level: float) -> Cut | None:
    """The cut of capacities (n,) for a level of cell k; None if k's own unit gives enough."""
    per_unit = np.zeros(len(system.weight))
    np.add.at(per_unit, component.unit, capacity)
    own = int(component.unit[k])
    rest = level - per_unit[own]
    if rest <= EXACT:
        return None
    per_unit[own] = 0.0
    units = np.flatnonzero(per_unit > 0)
    share = np.minimum(per_unit[units], rest) / rest
    return Cut(units, np.maximum(share, SMALLEST), own)


def cut_of(system: System, prover: Prover, shortfall: Shortfall, hidden: Flags) -> Cut | None:
    """The best cut found that the pattern of a shortfall breaks; None if nothing more can be hidden."""
    component, k = prover.component, shortfall.column
    x = np.zeros(len(system.weight))
    x[component.unit[hidden]] = 1.0
    if not shortfall.proof:
        rest = np.setdiff1d(component.unit, component.unit[hidden])
        return Cut(rest, np.ones(len(rest)), int(component.unit[k])) if len(rest) else None
    level = float(component.levels[ROW[shortfall.kind], k])
    plain = sum(prover.capacities(k, sign, gamma) for sign, gamma in shortfall.proof)
    sharper = _sharper(prover, k, shortfall, level, x[component.unit])
    for capacity in (sharper, plain):
        if capacity is not None:
            found = cut(system, component, k, np.asarray(capacity), level)
            if found is not None and found.lacks(x) > VIOLATED:
                return found
    return None


def _sharper(prover: Prover, k: int, shortfall: Shortfall, level: float, x: Array) -> Array | None:
    capacity = np.zeros(len(x))
    for sign, _ in shortfall.proof:
        gamma = prover.separate(x, k, sign, level, 1e-3)
        if gamma is None:
            return None
        capacity += prover.capacities(k, sign, gamma)
    return capacity


def of_relations(system: System, prover: Prover) -> Iterator[Cut]:
    """What single relations say of the sensitive cells: whoever hides one of a relation's cells hides another."""
    component = prover.component
    by_column = component.matrix.tocsc()
    for k in np.flatnonzero(system.forced[component.unit]).tolist():
        for at in range(by_column.indptr[k], by_column.indptr[k + 1]):
            multipliers = np.zeros(component.matrix.shape[0])
            for sign, level in _directions(component, k):
                multipliers[by_column.indices[at]] = -sign / by_column.data[at]
                found = cut(system, component, k, prover.capacities(k, sign, multipliers), level)
                if found is not None:
                    yield found


def fractional(system: System, prover: Prover, x: Array, columns: Iterable[int]) -> Iterator[Cut]:
    """Cuts that the fractional ``x`` (U,) breaks, for levels up and down of the cells ``columns``."""
    component = prover.component
    of_cells = x[component.unit]
    for k in columns:
        for sign, level in _directions(component, k):
            gamma = prover.separate(of_cells, k, sign, level, SMALLEST)
            if gamma is not None:
                found = cut(system, component, k, prover.capacities(k, sign, gamma), level)
                if found is not None and found.lacks(x) > VIOLATED:
                    yield found


def _directions(component: Component, k: int) -> Iterator[tuple[float, float]]:
    for sign, row in ((1.0, ROW["upper"]), (-1.0, ROW["lower"])):
        if component.levels[row, k] > EXACT:
            yield sign, float(component.levels[row, k])
