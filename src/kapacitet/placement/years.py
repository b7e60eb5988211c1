"""The years one after the other: who leaves, who stays, who is to be placed, and where they go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.placement.assignment import Request, assign
from kapacitet.placement.ground import BoolArray, Ground, Layout
from kapacitet.placement.matching import Move, match
from kapacitet.placement.network import IntArray
from kapacitet.placement.people import NOBODY, needed, remaining, settled, todays
from kapacitet.placement.rounding import controlled_rounding, half_up
from kapacitet.planning.costs import Array
from kapacitet.planning.futures import Future
from kapacitet.planning.objective import move_cost


@dataclass(frozen=True)
class Year:
    """One year in whole persons; arrays of persons are (K + 1, C, P) with ``udenbys`` last.

    Attributes:
        before: at the end of the year before (in the first year: today's residents).
        persons: this year.
        stayed: of ``persons`` those who were in the same place the year before.
        moves: changes of place, each with a reason.
        demand: whole persons who need a place, shape (K, C).
        residents: today's residents who would still live in their listed offer, whoever has moved.
        moved: persons on each arc moved away where the scenario allows it, shape (A,).
        free: the same need with today's residents alone held in place: each year's own cheapest assignment.
        free_moved: as ``moved``, of ``free``.
    """

    before: IntArray
    persons: IntArray
    stayed: IntArray
    moves: tuple[Move, ...]
    demand: IntArray
    residents: IntArray
    moved: IntArray
    free: IntArray
    free_moved: IntArray


@dataclass(frozen=True)
class _Start:
    """Where a year begins: persons present, today's residents among them, and place-years expected.

    ``placed`` counts those the plan has placed, ``known`` today's residents by the future's own figures.
    """

    present: IntArray
    residents: IntArray
    placed: Array
    known: Array


class Walk:
    """Places whole persons year by year under one plan in one future."""

    def __init__(self, layout: Layout, future: Future, grounds: tuple[Ground, ...]) -> None:
        self.layout, self.future, self.grounds = layout, future, grounds
        groups = layout.problem.region.tables["target_groups"].set_index("id")["attrition"]
        self.staying = np.array([1.0 - float(groups[cell.group]) for cell in layout.problem.cells])
        self.stay = layout.problem.scenario.limits.residents_stay

    def years(self) -> tuple[Year, ...]:
        """Every year of the horizon."""
        known = todays(self.layout, self.future, 0)
        present = settled(self.layout, known, self.grounds[0])
        residents = present.copy()
        residents[:, :, self.layout.bought :] = 0
        start = _Start(present, residents, np.zeros(self.layout.shape), known)
        result = []
        for t in range(len(self.grounds)):
            year, start = self._year(t, start)
            result.append(year)
        return tuple(result)

    def _year(self, t: int, start: _Start) -> tuple[Year, _Start]:
        layout, ground = self.layout, self.grounds[t]
        known, placed = self._expected(t, start)
        present = start.present if t == 0 else remaining(layout, known + placed, start.present)
        present = np.concatenate([present[:-1], present[-1:] * self._home(t)])
        residents = self._residents(t, start.residents, present)
        demand = needed(layout, self.future.demand[:, :, t], present[:-1].sum(axis=2))
        share = self._released(t, present)
        released = np.rint(present * share).astype(np.int64)
        fixed = present - released
        request = self._request(t, demand, fixed, np.maximum(present, residents))
        found = assign(layout, ground, t, request)
        again, moves = match(layout, ground, released[:-1], found)
        persons = _joined(fixed, found)
        held = self._held(residents, present)
        free_request = self._request(t, demand, held, residents)
        free = _joined(held, assign(layout, ground, t, free_request))
        year = Year(
            before=start.present,
            persons=persons,
            stayed=_joined(fixed, again),
            moves=moves,
            demand=demand,
            residents=residents,
            moved=self._moved(request.homes, persons),
            free=free,
            free_moved=self._moved(free_request.homes, free),
        )
        newcomers = demand - present[:-1].sum(axis=2)
        return year, _Start(persons, residents, _carried(placed, share, found, newcomers), known)

    def _home(self, t: int) -> BoolArray:
        """Whether those of a cell who are in a place may stay there, shape (C, P)."""
        return np.concatenate([self.grounds[t].home, np.ones((3, self.layout.shape[1]), dtype=np.bool_)]).T

    def _expected(self, t: int, start: _Start) -> tuple[Array, Array]:
        """Place-years of today's residents, and of those the plan has placed, after the year's attrition.

        Who loses the home is from then on somebody the plan places; so is every resident of a listed offer where
        the scenario allows moves.
        """
        now, home = todays(self.layout, self.future, t), self._home(t)
        held = home if self.stay else home & (np.arange(home.shape[1]) >= self.layout.bought)
        kept = np.concatenate([np.broadcast_to(held, now[:-1].shape), home[None]])
        known = np.where(kept, now, 0.0)
        if t == 0:
            placed = np.where(kept, 0.0, now)
        else:
            placed = (start.placed + np.where(kept, 0.0, start.known)) * self.staying[:, None]
        placed[-1] = 0.0
        before = np.where(kept, start.known, 0.0)
        return known, np.concatenate([placed[:-1] * self._need_left(t, before, known, placed), placed[-1:]])

    def _need_left(self, t: int, before: Array, known: Array, placed: Array) -> Array:
        """The share of those placed by the plan whom attrition leaves and who still have the need, (K, C, 1).

        1 unless the need of their cell falls faster than attrition; never so many that a group has more whole
        persons than need.
        """
        demand, group = self.future.demand, self.layout.group
        share = np.ones(demand.shape[:2])
        if t > 0:
            then = (demand[:, :, t - 1] - before[:-1].sum(axis=2)) * self.staying
            now = np.maximum(demand[:, :, t] - known[:-1].sum(axis=2), 0.0)
            share = np.divide(now, then, out=share, where=then > np.maximum(now, NOBODY))
        mass = placed[:-1].sum(axis=2) * share
        for g in range(len(self.layout.groups)):
            mine = group == g
            most = float(half_up(demand[:, mine, t].sum())) - float(known[:-1, mine].sum())
            total = float(mass[:, mine].sum())
            if total > max(most, NOBODY):
                share[:, mine] *= max(most, 0.0) / total
        return share[:, :, None]

    def _residents(self, t: int, before: IntArray, present: IntArray) -> IntArray:
        """Today's residents who would still be in their listed offer if nobody had been moved."""
        known = todays(self.layout, self.future, t) * self._home(t)
        known[-1], known[:, :, self.layout.bought :] = 0.0, 0.0
        most = np.minimum(before, present) if self.stay else before
        return remaining(self.layout, known, most * self._home(t))

    def _released(self, t: int, present: IntArray) -> Array:
        """The share of each place's persons who are to be placed anew, shape (K + 1, C, P).

        All whose home ends, who wait, and temporary ones bought for; where moves are allowed everybody but those in
        offers that aren't listed. Bought long-term places are homes too, as far as they are to be had.
        """
        layout = self.layout
        share = np.zeros(layout.shape)
        share[:-1] = ~self._home(t)
        share[:-1, :, layout.unserved] = 1.0
        share[:-1, ~layout.long_term, layout.bought] = 1.0
        if not self.stay:
            share[:-1, :, : layout.bought + 1] = 1.0
            return share
        allowed = self.grounds[t].to_buy - _by_group(layout, present[:-1, :, layout.outside])
        bought = np.where(layout.long_term, present[:-1, :, layout.bought], 0)
        kept = _trimmed(layout, bought, np.maximum(allowed, 0))
        share[:-1, :, layout.bought] += np.divide(bought - kept, bought, out=np.zeros(bought.shape), where=bought > 0)
        return share

    def _held(self, residents: IntArray, present: IntArray) -> IntArray:
        """Who stays where they are when today's residents alone are held in place."""
        held = residents.copy() if self.stay else np.zeros_like(residents)
        held[:, :, self.layout.outside] = present[:, :, self.layout.outside]
        held[-1] = present[-1]
        return held

    def _request(self, t: int, demand: IntArray, fixed: IntArray, at_home: IntArray) -> Request:
        arcs = self.layout.problem.arcs
        homes = np.zeros(len(arcs), dtype=np.int64)
        if not self.stay:
            homes = at_home[arcs.k, arcs.c, arcs.u] * self.grounds[t].home[arcs.u, arcs.c]
        pool = demand - fixed[:-1].sum(axis=2)
        return Request(pool, fixed, homes, move_cost(self.layout.problem, t))

    def _moved(self, homes: IntArray, persons: IntArray) -> IntArray:
        arcs = self.layout.problem.arcs
        return np.asarray(np.maximum(homes - persons[arcs.k, arcs.c, arcs.u], 0), dtype=np.int64)


def _joined(fixed: IntArray, found: IntArray) -> IntArray:
    """Those who stay and those who are placed, shape (K + 1, C, P)."""
    return np.concatenate([fixed[:-1] + found, fixed[-1:]])


def _by_group(layout: Layout, persons: IntArray) -> IntArray:
    """Persons (K, C) by target group, shape (G,)."""
    counts = np.bincount(layout.group, weights=persons.sum(axis=0), minlength=len(layout.groups))
    return np.asarray(counts, dtype=np.int64)


def _trimmed(layout: Layout, persons: IntArray, allowed: IntArray) -> IntArray:
    """As many of ``persons`` (K, C) as ``allowed`` by group (G,), every cell cut by the same share."""
    k, c = np.nonzero(persons)
    g, count = layout.group[c], np.asarray(persons[k, c], dtype=np.int64)
    part = np.minimum(1.0, allowed / np.maximum(_by_group(layout, persons), 1))
    result = np.zeros_like(persons)
    ties = layout.ties[k, c, layout.bought]
    result[k, c] = controlled_rounding(np.asarray(count * part[g], dtype=np.float64), [g], [], upper=count, ties=ties)
    return result


def _carried(placed: Array, share: Array, found: IntArray, newcomers: IntArray) -> Array:
    """Place-years expected by place once everybody is placed: they follow the persons, newcomers count as one."""
    pool, leaving = found.sum(axis=2), placed[:-1] * share[:-1]
    arriving = leaving.sum(axis=2) + newcomers
    each = np.divide(arriving, pool, out=np.zeros(pool.shape), where=pool > 0)
    result = placed.copy()
    result[:-1] -= np.where((pool > 0)[:, :, None], leaving, 0.0)
    result[:-1] += found * each[:, :, None]
    return result
