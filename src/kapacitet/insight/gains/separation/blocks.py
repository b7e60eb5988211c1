"""Blocks: what newcomers of a year cost a group, split in the connected components of eligibility.

Each is a small linear program whose first-stage states are columns fixed from outside; the reduced costs of those
columns are a subgradient of its least cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.arrays import LinearProgram, WarmLp
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem

StateKey = tuple[str, int, int]
DUST = 1e-9  # a state of less is rounding: no place is open, and a solver would find its hair of room infeasible


class Year(Protocol):
    """A year's linear program in which states are columns to be fixed."""

    @property
    def problem(self) -> Problem:
        """Whose year it is."""

    @property
    def t(self) -> int:
        """Index of the year."""

    @property
    def program(self) -> LinearProgram:
        """The year's columns and rows."""

    @property
    def state_position(self) -> Mapping[tuple[str, int], int]:
        """(kind, member) -> column of a state."""


@dataclass(frozen=True)
class Cut:
    """A lower bound on a block's discounted, weighted cost θ:  θ ≥ constant + Σ slope·state (money units)."""

    block: int
    constant: float
    slopes: Mapping[StateKey, float]


class Block:
    """One component of one year; ``value`` and cuts are discounted."""

    def __init__(self, number: int, recourse: Year, rows: np.ndarray, columns: np.ndarray) -> None:
        program = recourse.program
        self.number = number
        self.t = recourse.t
        self.weight = float(recourse.problem.discount[recourse.t])
        position = {int(column): i for i, column in enumerate(columns)}
        self._states = [
            ((kind, member, self.t), position[column])
            for (kind, member), column in recourse.state_position.items()
            if column in position
        ]
        self.keys = tuple(key for key, _ in self._states)
        self._fixed = np.array([i for _, i in self._states], dtype=np.int64)
        self._rows = len(rows)
        self._lower, self._upper = program.lower[columns], program.upper[columns]
        self._lp = WarmLp(
            LinearProgram(
                cost=program.cost[columns],
                matrix=sp.csr_array(program.matrix[rows][:, columns]),
                row_lower=program.row_lower[rows],
                row_upper=program.row_upper[rows],
                lower=self._lower,
                upper=self._upper,
                column={},
                row_names=(),
            )
        )

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return len(self._lower), self._rows

    def value(self, state: Mapping[StateKey, float]) -> tuple[float, Cut]:
        """Weighted least cost under ``state`` (absent: 0) and a cut that is tight there."""
        point = np.array([state.get(key, 0.0) for key in self.keys])
        point[np.abs(point) < DUST] = 0.0
        self._lower[self._fixed] = self._upper[self._fixed] = point
        solution = self._lp.solve(self._lower, self._upper)
        if solution is None:
            raise RuntimeError("a year's recourse is infeasible: input checks have a hole")
        slopes: Array = self.weight * solution.reduced_costs[self._fixed]
        value = self.weight * solution.objective
        return value, Cut(
            self.number, value - float(slopes @ point), dict(zip(self.keys, slopes.tolist(), strict=True))
        )


def blocks(years: Sequence[Year]) -> tuple[Block, ...]:
    """Every block of every year."""
    result: list[Block] = []
    for year in years:
        for rows, columns in _components(year):
            result.append(Block(len(result), year, rows, columns))
    return tuple(result)


def _components(recourse: Year) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows and columns of each component; a state belongs to every component with a row of its unit."""
    matrix = recourse.program.matrix
    m, n = matrix.shape
    states = np.zeros(n, dtype=np.bool_)
    states[list(recourse.state_position.values())] = True
    inner = sp.csr_array(matrix.multiply(~states[None, :]))
    inner.eliminate_zeros()
    joint = sp.block_array([[None, inner], [inner.T, None]], format="csr")
    count, label = sp.csgraph.connected_components(joint, directed=False)
    for component in range(count):
        rows = np.flatnonzero(label[:m] == component)
        columns = np.flatnonzero((label[m:] == component) & ~states)
        if len(columns):
            touched = np.unique(matrix[rows].indices) if len(rows) else np.zeros(0, dtype=np.int64)
            yield rows, np.concatenate([columns, touched[states[touched]]])
