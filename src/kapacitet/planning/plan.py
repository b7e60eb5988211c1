"""Plan: the first stage decided. Outcome: who is placed where in each future and year under a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem
from kapacitet.planning.sparse_rows import SparseRows

Decisions = tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
"""Starts, closures and conversions chosen."""


@dataclass(frozen=True)
class Plan:
    """What is decided, the same in every future.

    Attributes:
        starts, closures, conversions: indices into the problem's tuples, ascending.
        draws: (pool, candidate, t) -> kr. drawn.
        excess: (kind, party, t) -> kr. above a soft frame.
        planned: (unit, cell, t) -> places planned for the cell.
    """

    starts: tuple[int, ...]
    closures: tuple[int, ...] = ()
    conversions: tuple[int, ...] = ()
    draws: Mapping[tuple[int, int, int], float] = field(default_factory=dict)
    excess: Mapping[tuple[str, str, int], float] = field(default_factory=dict)
    planned: Mapping[tuple[int, int, int], float] = field(default_factory=dict)

    @property
    def decisions(self) -> Decisions:
        """The whole decisions alone."""
        return self.starts, self.closures, self.conversions

    def state(self, problem: Problem) -> dict[tuple[str, int, int], float]:
        """(kind, member, t) -> 0 or 1 for every state the plan has switched on."""
        years, wait = problem.years, problem.scenario.limits.critical_mass_year - 1
        on: dict[tuple[str, int, int], float] = {}
        for t, year in enumerate(years):
            for i in self.starts:
                start = problem.starts[i]
                on["open", start.unit, t] = float(start.open_year <= year)
                on["mature", start.unit, t] = float(start.open_year + wait <= year)
            for i in self.closures:
                on["closed", problem.closures[i].unit, t] = float(problem.closures[i].year <= year)
            for i in self.conversions:
                on["converted", problem.conversions[i].row, t] = float(problem.conversions[i].year <= year)
        return on


@dataclass(frozen=True, eq=False)
class YearOutcome:
    """Who is placed where in one future and year (place-years).

    Attributes:
        used: x on arcs, rows of (A,).
        buy, unmet: p and u, shape (K, C).
        short: missing to critical mass, shape (U,).
        left: residents moved away, rows of (A,).
        cost: undiscounted cost of the year's recourse in kr.

    ``use`` and ``moved`` are kept as the arcs that aren't empty: there are thousands of futures.
    """

    used: SparseRows
    buy: Array
    unmet: Array
    short: Array
    left: SparseRows
    cost: float

    @classmethod
    def of(cls, use: Array, buy: Array, unmet: Array, short: Array, moved: Array, cost: float) -> YearOutcome:
        """From whole arrays."""
        return cls(SparseRows.of(use), buy, unmet, short, SparseRows.of(moved), cost)

    @property
    def use(self) -> Array:
        """x on arcs, shape (A,)."""
        return self.used.dense()

    @property
    def moved(self) -> Array:
        """Residents moved away, shape (A,)."""
        return self.left.dense()


@dataclass(frozen=True)
class Outcome:
    """The one allocation that everything else reports: ``years[future][t]``."""

    years: tuple[tuple[YearOutcome, ...], ...]

    def occupancy(self, problem: Problem, future: int = 0) -> Array:
        """Place-years used per unit and year, external residents apart, shape (U, T)."""
        used = np.zeros((len(problem.units), len(problem.years)))
        for t, year in enumerate(self.years[future]):
            np.add.at(used[:, t], problem.arcs.u[year.used.index], year.used.values)
        return used
