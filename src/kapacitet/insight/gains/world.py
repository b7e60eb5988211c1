"""What the cost game is made of, read once from the plan's problem: shares, residents and free room as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kapacitet.insight.gains.holders import holders
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import NOBODY, Problem

Group = frozenset[int]


@dataclass(frozen=True)
class World:
    """The cost game of a problem with one future (K municipalities, C cells, U units, T years).

    A group is a set of indices of municipalities.
    """

    problem: Problem

    @property
    def everyone(self) -> Group:
        """N, all municipalities."""
        return frozenset(range(len(self.problem.municipalities)))

    @cached_property
    def holder(self) -> npt.NDArray[np.int64]:
        """Who brings each unit, shape (U,); see :func:`kapacitet.insight.gains.holders.holders`."""
        return holders(self.problem)

    @cached_property
    def takst(self) -> Array:
        """r by unit and cell, shape (U, C); tillægsydelse included, 0 where the cell has no takst there."""
        costs, cells = self.problem.costs, self.problem.cells
        table = np.stack([costs.takst[cell.group] for cell in cells], axis=1)
        return np.nan_to_num(table + costs.top_up[:, None])

    @cached_property
    def residents(self) -> Array:
        """R by municipality, cell, unit and year, shape (K, C, U, T)."""
        problem, arcs = self.problem, self.problem.arcs
        shape = (len(problem.municipalities), len(problem.cells), len(problem.units), len(problem.years))
        result = np.zeros(shape)
        result[arcs.k, arcs.c, arcs.u] = problem.futures[0].residents
        return result

    @cached_property
    def demand_by_group(self) -> dict[str, Array]:
        """Target group -> d of each municipality and year, both terms together, shape (K, T)."""
        demand, cells = self.problem.futures[0].demand, self.problem.cells
        return {g: demand[:, [c.group == g for c in cells]].sum(axis=1) for g in {c.group for c in cells}}

    def share(self, groups: tuple[str, ...]) -> Array:
        """Each municipality's part of the demand in ``groups`` by year, shape (K, T); 0 where nobody asks."""
        mine = np.sum([self.demand_by_group[g] for g in groups], axis=0)
        total = mine.sum(axis=0)
        return np.asarray(np.divide(mine, total, out=np.zeros_like(mine), where=total > 0))

    @cached_property
    def market_room(self) -> Array:
        """Place-years each municipality may use of a unit paid by price, shape (K, U, T).

        Its own residents, and of what is free its part by demand: so everybody's residents fit, and the rooms of
        all municipalities together are the house's.
        """
        problem = self.problem
        own = self.residents.sum(axis=1)
        over = 1 + problem.scenario.limits.over_occupancy
        guests = problem.futures[0].external.sum(axis=1)
        free = np.maximum(problem.places * over - guests - own.sum(axis=0), 0.0)
        room = np.zeros_like(own)
        for u in np.flatnonzero(self.holder < 0):
            unit = problem.units[u]
            if not unit.shared:
                room[:, u] = own[:, u] + free[u] * self.share(unit.groups)
        return np.where(room > NOBODY, room, 0.0)

    @cached_property
    def purchase_room(self) -> dict[str, Array]:
        """Target group -> place-years p to be had by each municipality and year, shape (K, T); infinite if unlimited.

        Those who live in such places keep them; the rest is shared out by demand.
        """
        problem, result = self.problem, {}
        for group, available in problem.purchase_available.items():
            mine = [c.group == group for c in problem.cells]
            own = problem.futures[0].outside[:, mine].sum(axis=1)
            limited = np.isfinite(available)
            free = np.where(limited, np.maximum(np.where(limited, available, 0.0) - own.sum(axis=0), 0.0), 0.0)
            result[group] = np.where(limited, own + free * self.share((group,)), np.inf)
        return result
