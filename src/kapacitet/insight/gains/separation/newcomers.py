"""Who is placed anew in a group, by year, as a linear program whose states are memberships and open houses."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from pulp import LpVariable

from kapacitet.insight.gains.holders import MARKET, REGION
from kapacitet.insight.gains.world import World
from kapacitet.planning.arrays import LinearProgram, linear_program
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import NOBODY, Problem
from kapacitet.planning.rows import Model, Pair, linear
from kapacitet.planning.variables import state_keys


@dataclass(frozen=True)
class Room:
    """What is left once everybody stays who lives somewhere (place-years).

    Attributes:
        need: of each municipality and cell, shape (K, C, T).
        houses: free places of each unit by year, shape (U, T); of those paid by price see ``market``.
        market: of units paid by price, by municipality, shape (K, U, T).
        short: what existing houses lack to their critical mass, shape (U, T).
    """

    need: Array
    houses: Array
    market: Array
    short: Array

    @classmethod
    def of(cls, world: World) -> Room:
        problem = world.problem
        future, own = problem.futures[0], world.residents.sum(axis=1)
        present = future.external.sum(axis=1) + own.sum(axis=0)
        least = np.array([unit.minimum_residents * unit.existing for unit in problem.units])[:, None]
        over = 1 + problem.scenario.limits.over_occupancy
        return cls(
            need=_positive(future.demand - future.outside - world.residents.sum(axis=2)),
            houses=_positive(problem.places * over - present),
            market=_positive(world.market_room - own),
            short=_positive(np.where(problem.places > 0, least - present, 0.0)),
        )


def _positive(amount: Array) -> Array:
    return np.where(amount > NOBODY, amount, 0.0)


class NewcomersYear:
    """The recourse of one year beyond those who stay, for any group but N; as ``blocks`` expects a year's recourse.

    States: z[k] (``member``), and the ``open`` and ``mature`` states of candidates. n[l,g,o] are place-years of
    newcomers.
    """

    future = 0

    def __init__(self, world: World, problem: Problem, room: Room, t: int) -> None:
        self.problem, self.t = problem, t
        self._world, self._room = world, room
        self._model = Model("tilflyttere")
        self._member = {k: self._state("member", k) for k in sorted(world.everyone)}
        keys = state_keys(problem, t)
        self._open = {u: self._state("open", u) for u, _ in keys["open"]}
        self._mature = {u: self._state("mature", u) for u, _ in keys["mature"]}
        self._use, self._buy, self._unmet, self._short = self._columns()
        self._demand()
        self._capacity()
        self._purchase()
        self._mass()
        self._objective()
        self.program: LinearProgram = linear_program(self._model.lp)

    def _state(self, kind: str, member: int) -> LpVariable:
        return self._model.variable(f"{kind}_{member}", 0.0, 1.0)

    @cached_property
    def state_position(self) -> dict[tuple[str, int], int]:
        """(kind, member) -> column."""
        kinds = {"member": self._member, "open": self._open, "mature": self._mature}
        return {(kind, m): self.program.column[v.id] for kind, every in kinds.items() for m, v in every.items()}

    def _columns(
        self,
    ) -> tuple[
        dict[int, LpVariable],
        dict[tuple[int, int], LpVariable],
        dict[tuple[int, int], LpVariable],
        dict[int, LpVariable],
    ]:
        problem, arcs, t, model = self.problem, self.problem.arcs, self.t, self._model
        usable = [u for u in range(len(problem.units)) if self._usable(u)]
        wanted = self._room.need[arcs.k, arcs.c, t] > 0
        fit = np.isin(arcs.u, usable) & wanted & ~arcs.resident_only
        asking = [(int(k), int(c)) for k, c in zip(*np.nonzero(self._room.need[:, :, t]), strict=True)]
        lacking = [u for u in range(len(problem.units)) if self._world.holder[u] >= 0 and self._room.short[u, t] > 0]
        return (
            {int(a): model.variable(f"use_{a}") for a in np.flatnonzero(fit)},
            {key: model.variable(f"buy_{key[0]}_{key[1]}") for key in asking},
            {key: model.variable(f"unmet_{key[0]}_{key[1]}") for key in asking},
            {u: model.variable(f"short_{u}") for u in [*lacking, *self._mature]},
        )

    def _usable(self, u: int) -> bool:
        if not self.problem.units[u].existing:
            return u in self._open
        if self._world.holder[u] == MARKET:
            return bool(self._room.market[:, u, self.t].any())
        return bool(self._world.holder[u] != REGION and self._room.houses[u, self.t] > 0)

    def _add(self, name: str, pairs: list[Pair], sense: str) -> None:
        row = linear(pairs)
        self._model.lp.addConstraint(row == 0.0 if sense == "=" else row <= 0.0 if sense == "<" else row >= 0.0, name)

    def _demand(self) -> None:
        r"""Σ_o n[l,g,o] + p + u = need[l,g]·z[l]."""
        served: dict[tuple[int, int], list[Pair]] = defaultdict(list)
        for a, n in self._use.items():
            served[int(self.problem.arcs.k[a]), int(self.problem.arcs.c[a])].append((n, 1.0))
        for (k, c), p in self._buy.items():
            need = float(self._room.need[k, c, self.t])
            pairs: list[Pair] = [*served[k, c], (p, 1.0), (self._unmet[k, c], 1.0), (self._member[k], -need)]
            self._add(f"demand_{k}_{c}", pairs, "=")

    def _gate(self, u: int) -> list[Pair]:
        """Room of unit ``u`` as a sum over states: free places if its holder is in, P if it is open."""
        t, world = self.t, self._world
        if not self.problem.units[u].existing:
            over = 1 + self.problem.scenario.limits.over_occupancy
            return [(self._open[u], float(self.problem.places[u, t]) * over)]
        if world.holder[u] == MARKET:
            return [(z, float(self._room.market[k, u, t])) for k, z in self._member.items()]
        return [(self._member[int(world.holder[u])], float(self._room.houses[u, t]))]

    def _capacity(self) -> None:
        r"""Σ n ≤ room·gate, and for each use of a house  n ≤ min(need, room)·gate  where that says more."""
        used: dict[int, list[int]] = defaultdict(list)
        for a in self._use:
            used[int(self.problem.arcs.u[a])].append(a)
        for u, mine in used.items():
            gate = self._gate(u)
            self._add(f"room_{u}", [*((self._use[a], 1.0) for a in mine), *((v, -c) for v, c in gate)], "<")
            if len(gate) == 1 and self._world.holder[u] != MARKET:
                self._tighten(mine, *gate[0])

    def _tighten(self, arcs: list[int], gate: LpVariable, room: float) -> None:
        for a in arcs:
            k, c = int(self.problem.arcs.k[a]), int(self.problem.arcs.c[a])
            need = float(self._room.need[k, c, self.t])
            if need < room:
                self._add(f"tight_{a}", [(self._use[a], 1.0), (gate, -need)], "<")

    def _purchase(self) -> None:
        r"""Σ p of a target group ≤ Σ_k (what k may buy less those who live in such places)·z[k]."""
        for group, room in self._world.purchase_room.items():
            cells = [c for c, cell in enumerate(self.problem.cells) if cell.group == group]
            bought: list[Pair] = [(p, 1.0) for (_, c), p in self._buy.items() if c in cells]
            if bought and np.isfinite(room[:, self.t]).all():
                outside = self.problem.futures[0].outside[:, cells, self.t].sum(axis=1)
                free = _positive(room[:, self.t] - outside)
                self._add(
                    f"purchase_{group}", [*bought, *((z, -float(free[k])) for k, z in self._member.items())], "<"
                )

    def _mass(self) -> None:
        r"""short + Σ n ≥ what the house lacks·z (existing), m·mature (candidates)."""
        used: dict[int, list[Pair]] = defaultdict(list)
        for a, n in self._use.items():
            used[int(self.problem.arcs.u[a])].append((n, 1.0))
        for u, short in self._short.items():
            if u in self._mature:
                gate: Pair = (self._mature[u], -self.problem.units[u].minimum_residents)
            else:
                gate = (self._member[int(self._world.holder[u])], -float(self._room.short[u, self.t]))
            self._add(f"mass_{u}", [(short, 1.0), *used[u], gate], ">")

    def _objective(self) -> None:
        problem, t = self.problem, self.t
        pairs: list[Pair] = [(n, float(problem.arc_cost[a, t])) for a, n in self._use.items()]
        pairs += [(p, float(problem.purchase_price[c, t])) for (_, c), p in self._buy.items()]
        pairs += [(u, float(problem.unmet_rate[t])) for u in self._unmet.values()]
        pairs += [(short, problem.scenario.costs.critical_mass_penalty) for short in self._short.values()]
        self._model.lp.setObjective(linear((v, kr / problem.money_unit) for v, kr in pairs))
