"""What a plan makes of the region, year by year, for those who are to live in it; and where anybody can be."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kapacitet.demand.cells import OUTSIDE_PREFIX
from kapacitet.placement.network import IntArray
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import groups_served, open_share
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.region.columns import UDENBYS

BoolArray = npt.NDArray[np.bool_]
BOUGHT, UNSERVED = "koeb", "udaekket"
WHOLE = 1e-9


@dataclass(frozen=True)
class Layout:
    """Where anybody can be: arrays of persons have shape (K + 1, C, P).

    Rows are the K municipalities and last ``udenbys``; C are the demand cells; places are the U units, then
    bought (``koeb``), in offers that aren't listed (``udenfor``), and nowhere (``udaekket``).
    """

    problem: Problem

    @cached_property
    def shape(self) -> tuple[int, int, int]:
        """(K + 1, C, P)."""
        return len(self.problem.municipalities) + 1, len(self.problem.cells), len(self.problem.units) + 3

    @property
    def bought(self) -> int:
        """The place of those bought for privately or outside the region."""
        return self.shape[2] - 3

    @property
    def outside(self) -> int:
        """The place of those who live in offers that aren't listed."""
        return self.shape[2] - 2

    @property
    def unserved(self) -> int:
        """The place of those without one."""
        return self.shape[2] - 1

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Target groups that have a cell, sorted."""
        return tuple(sorted({cell.group for cell in self.problem.cells}))

    @cached_property
    def group(self) -> IntArray:
        """Target group of each cell, shape (C,)."""
        return np.array([self.groups.index(cell.group) for cell in self.problem.cells], dtype=np.int64)

    @cached_property
    def long_term(self) -> BoolArray:
        """Whether each cell is long-term, shape (C,)."""
        return np.array([cell.term == "langvarig" for cell in self.problem.cells], dtype=np.bool_)

    @cached_property
    def payers(self) -> tuple[str, ...]:
        """Code of each row; the last is ``udenbys``."""
        return (*(m.code for m in self.problem.municipalities), UDENBYS)

    @cached_property
    def ties(self) -> IntArray:
        """A number of each (row, cell, place) made of its names alone: who leaves or comes when all is equal.

        Scattered, so that neither the first nor the last by name is always the one.
        """
        rows = [f"{payer}" for payer in self.payers]
        cells = [f"{cell.group}/{cell.term}" for cell in self.problem.cells]
        places = [*(unit.id for unit in self.problem.units), BOUGHT, OUTSIDE_PREFIX, UNSERVED]
        k, c, p = (np.array([zlib.crc32(name.encode()) for name in names]) for names in (rows, cells, places))
        mixed = k[:, None, None] * 31 ^ c[None, :, None] * 17 ^ p[None, None, :]
        return np.asarray((mixed.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)).astype(np.int64)

    def on_arcs(self, values: Array) -> Array:
        """``values`` on arcs, shape (A,), as an array of persons."""
        arcs, result = self.problem.arcs, np.zeros(self.shape)
        result[arcs.k, arcs.c, arcs.u] = values
        return result

    def offer(self, c: int, p: int) -> str:
        """Code of place ``p`` for somebody of cell ``c``."""
        if p < self.bought:
            return self.problem.units[p].id
        names = {
            self.bought: BOUGHT,
            self.outside: f"{OUTSIDE_PREFIX}{self.problem.cells[c].group}",
            self.unserved: UNSERVED,
        }
        return names[p]


@dataclass(frozen=True)
class Ground:
    """What there is in one year under a plan.

    Attributes:
        open: the unit has places, shape (U,).
        room: whole persons it may hold, shape (U,).
        mass: smallest sound number of residents, 0 where none counts this year, shape (U,).
        home: those of the cell who live in the unit may stay, shape (U, C).
        joinable: somebody new may use the arc, shape (A,).
        to_buy: whole place-years to be had outside the listed offers by group; the region's need if unlimited,
            shape (G,).
    """

    open: BoolArray
    room: IntArray
    mass: Array
    home: BoolArray
    joinable: BoolArray
    to_buy: IntArray


def grounds(layout: Layout, plan: Plan, demand: Array) -> tuple[Ground, ...]:
    """The ground of every year; ``demand`` (K, C, T) bounds what can be bought where nothing else does."""
    problem = layout.problem
    share, state = open_share(problem, plan), plan.state(problem)
    over = 1 + problem.scenario.limits.over_occupancy
    unlimited = int(np.ceil(demand.sum(axis=(0, 1)).max(initial=0.0))) + demand[:, :, 0].size
    result = []
    for t in range(len(problem.years)):
        is_open = share[:, t] > 0
        served = [set(groups_served(problem, plan, u, t)) for u in range(len(problem.units))]
        home = np.array(
            [
                [is_open[u] and (cell.group in served[u] or cell.group not in unit.groups) for cell in problem.cells]
                for u, unit in enumerate(problem.units)
            ],
            dtype=np.bool_,
        ).reshape(len(problem.units), len(problem.cells))
        taken = np.array([[cell.group in groups for cell in problem.cells] for groups in served], dtype=np.bool_)
        taken = taken.reshape(home.shape) & is_open[:, None]
        arcs = problem.arcs
        result.append(
            Ground(
                open=is_open,
                room=np.where(is_open, np.floor(problem.places[:, t] * over + WHOLE), 0.0).astype(np.int64),
                mass=np.array([_mass(problem, state, u, t) for u in range(len(problem.units))]) * is_open,
                home=home,
                joinable=taken[arcs.u, arcs.c] & ~arcs.resident_only,
                to_buy=np.array([_to_buy(problem, group, t, unlimited) for group in layout.groups], dtype=np.int64),
            )
        )
    return tuple(result)


def _mass(problem: Problem, state: dict[tuple[str, int, int], float], u: int, t: int) -> float:
    unit = problem.units[u]
    return unit.minimum_residents if unit.existing or state.get(("mature", u, t), 0.0) > 0 else 0.0


def _to_buy(problem: Problem, group: str, t: int, unlimited: int) -> int:
    available = float(problem.purchase_available[group][t])
    return int(np.floor(available + WHOLE)) if np.isfinite(available) else unlimited
