"""Cells that can be hidden, as arrays, split into the parts that no relation links to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from kapacitet.report.small_numbers.request import Request
from kapacitet.report.small_numbers.table import Cell, Table

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Component:
    """n hideable cells linked by m relations; what an attacker knows of them if they are hidden.

    In terms of the deviation d = y − a of a guess y from the true values a: M d = 0 and −down ≤ d ≤ up, with
    d = 0 for the cells shown.

    Attributes:
        cells: names, sorted.
        matrix: M, shape (m, n).
        down, up: a − floor and ceiling − a, persons, shape (n,); ``up`` may be infinite.
        unit: position in the system of what each cell is hidden together with, shape (n,).
        levels: lower, upper and sliding protection if hidden, persons, shape (3, n).
        whole: deviations are known to be whole numbers.
    """

    cells: tuple[Cell, ...]
    matrix: sp.csr_array
    down: Array
    up: Array
    unit: Whole
    levels: Array
    whole: bool


@dataclass(frozen=True, eq=False)
class System:
    """Components linked by units: a unit (U in all) is hidden in all of them or in none.

    Attributes:
        forced: the unit is sensitive, shape (U,).
        weight: loss when the unit is hidden, shape (U,).
        components: the parts an attacker can treat one by one.
    """

    forced: Flags
    weight: Array
    components: tuple[Component, ...]

    def with_levels(self, levels: Sequence[Array]) -> System:
        """The same with other levels per component."""
        parts = zip(self.components, levels, strict=True)
        return replace(self, components=tuple(replace(part, levels=asked) for part, asked in parts))


def systems(table: Table, request: Request, *, use_published: bool = True) -> list[System]:
    """The table as independent systems, in the order of their first cell's name.

    Args:
        use_published: leave out cells known from elsewhere; else they count as hideable.
    """
    out = request.shown | (table.published if use_published else frozenset())
    cells = [cell for cell in table.values if cell not in out]
    position = {cell: i for i, cell in enumerate(cells)}
    matrix = _matrix(table, position)
    unit = _units(table, position)
    part = _parts(matrix, np.arange(len(cells)))
    linked = _parts(_membership(part), unit)
    for_all = _Columns(table, request, cells, matrix, unit, part)
    return [for_all.system(np.flatnonzero(linked == which)) for which in dict.fromkeys(linked.tolist())]


@dataclass(frozen=True)
class _Columns:
    table: Table
    request: Request
    cells: Sequence[Cell]
    matrix: sp.csr_array
    unit: Whole
    part: Whole

    def system(self, columns: Whole) -> System:
        """The system of these columns."""
        units = np.unique(self.unit[columns])
        weight, forced = np.zeros(len(units)), np.zeros(len(units), dtype=bool)
        at = np.searchsorted(units, self.unit[columns])
        np.add.at(weight, at, [self.request.weights[self.cells[i]] for i in columns])
        np.logical_or.at(forced, at, [self.cells[i] in self.request.sensitive for i in columns])
        parts = [columns[self.part[columns] == which] for which in dict.fromkeys(self.part[columns].tolist())]
        return System(forced, weight, tuple(self._component(part, units) for part in parts))

    def _component(self, columns: Whole, units: Whole) -> Component:
        cells = tuple(self.cells[i] for i in columns)
        value = np.array([self.table.values[cell] for cell in cells])
        rows = self.matrix[:, columns]
        used = np.flatnonzero(np.diff(rows.indptr))
        asked = [self.request.sensitive.get(cell, self.request.others) for cell in cells]
        whole = all(cell in self.request.whole for cell in cells)
        levels = np.array([[level.lower, level.upper, level.sliding] for level in asked]).T
        return Component(
            cells=cells,
            matrix=sp.csr_array(rows[used]),
            down=np.maximum(value - [self.request.floor.get(cell, 0.0) for cell in cells], 0.0),
            up=np.maximum(np.array([self.request.ceiling.get(cell, np.inf) for cell in cells]) - value, 0.0),
            unit=np.searchsorted(units, self.unit[columns]),
            levels=np.ceil(levels - 1e-9) if whole else levels,
            whole=whole,
        )


def _matrix(table: Table, position: dict[Cell, int]) -> sp.csr_array:
    """The relations on hideable cells, in an order that doesn't depend on that of the input."""
    named = sorted({tuple(sorted(relation.terms)) for relation in table.relations})
    rows = [[(position[cell], weight) for cell, weight in terms if cell in position] for terms in named]
    rows = [row for row in rows if row]
    column = [i for row in rows for i, _ in row]
    starts = np.cumsum([0, *map(len, rows)])
    data = np.array([weight for row in rows for _, weight in row], dtype=np.float64)
    return sp.csr_array((data, np.array(column, dtype=np.int64), starts), shape=(len(rows), len(position)))


def _units(table: Table, position: dict[Cell, int]) -> Whole:
    """The unit of each hideable cell: the first cell it is held together with, or itself."""
    unit = np.arange(len(position))
    for cells in table.together:
        members = [position[cell] for cell in cells if cell in position]
        unit[members] = min(members, default=0)
    return unit


def _membership(label: Whole) -> sp.csr_array:
    """One row per label, with its columns."""
    count = len(label)
    return sp.csr_array((np.ones(count), (label, np.arange(count))), shape=(count, count))


def _parts(matrix: sp.csr_array, also: Whole) -> Whole:
    """The connected part of each column, linked by rows and by equal values of ``also``; shape (n,)."""
    both = sp.vstack([matrix, _membership(also)], format="csr")
    rows, columns = both.shape
    empty_rows, empty_columns = sp.csr_array((rows, rows)), sp.csr_array((columns, columns))
    graph = sp.block_array([[empty_rows, both], [both.T, empty_columns]], format="csr")
    return connected_components(graph, directed=False)[1][rows:].astype(np.int64)
