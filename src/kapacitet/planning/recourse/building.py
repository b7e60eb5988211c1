"""A year's network, written family by family; the inequalities are in ``planning/constraints``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from kapacitet.planning.lifecycle import joining, leaving
from kapacitet.planning.objective import move_cost
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.affine import NO, AffineBuilder
from kapacitet.planning.recourse.features import Features
from kapacitet.planning.recourse.network import Network, StateKey
from kapacitet.planning.variables import State, state_keys

KINDS = ("open", "mature", "closed", "converted")


def year_network(problem: Problem, t: int, *, strengthen: bool = False) -> Network:
    """The recourse of year index ``t`` in all futures.

    ``strengthen`` bounds each use of a candidate by the need × open: whole decisions don't need it, but it tightens
    cuts at fractional ones.
    """
    return _Builder(problem, t, strengthen=strengthen).build()


class _Builder:
    def __init__(self, problem: Problem, t: int, *, strengthen: bool) -> None:
        self.problem, self.t, self.strengthen = problem, t, strengthen
        self.features, self.beta = Features(problem, t), AffineBuilder()
        self.arcs: list[tuple[int, int, float]] = []
        self.nodes = 0
        self.supply: list[tuple[int, int]] = []
        self.lower: list[tuple[int, int]] = []
        self.upper: list[tuple[int, int]] = []
        self.priced: list[tuple[int, int, float]] = []  # arc it belongs to or NO, entry, price
        self.keys: tuple[StateKey, ...] = tuple(
            (kind, member, s) for kind, pairs in state_keys(problem, t).items() for member, s in pairs
        )
        number = {key: i for i, key in enumerate(self.keys)}
        kinds = {kind: {(m, s): i for (k, m, s), i in number.items() if k == kind} for kind in KINDS}
        self.state = State(**cast("dict[str, Any]", kinds))  # numbers stand where the model has columns
        self.room = problem.places[:, t] * (1 + problem.scenario.limits.over_occupancy)
        self.use: dict[int, int] = {}
        self.need: dict[int, int] = {}
        self.buy: dict[tuple[int, int], int] = {}
        self.unmet: dict[tuple[int, int], int] = {}
        self.lack: dict[int, int] = {}
        self.stay: dict[int, int] = {}
        self.door: dict[tuple[int, str], int] = {}
        self.houses: dict[int, int] = {}

    def build(self) -> Network:
        self._cells()
        self._uses()
        self._masses_alone()
        return self._network()

    def _node(self) -> int:
        self.nodes += 1
        return self.nodes - 1

    def _arc(self, tail: int, head: int, cost: float = 0.0) -> int:
        self.arcs.append((tail, head, cost / self.problem.money_unit))
        return len(self.arcs) - 1

    def _entry(self, constant: float = 0.0, *terms: tuple[float, int, int]) -> int:
        """An entry of β: a constant and terms (weight, feature, state)."""
        entry = self.beta.entry(constant)
        for weight, feature, state in terms:
            self.beta.add(entry, weight, feature=feature, state=state)
        return entry

    def _cells(self) -> None:
        """Demand: all who need a place flow out of their cell; purchase, limited by what there is; unmet need."""
        problem, t, root = self.problem, self.t, NO
        limited = {
            group: self._node() for group, most in sorted(problem.purchase_available.items()) if np.isfinite(most[t])
        }
        for group, node in limited.items():
            limit = self._entry(float(problem.purchase_available[group][t]))
            self.upper.append((self._arc(node, root), limit))
        self.wanted = self.features.demand.any(axis=0)
        self.cell: dict[tuple[int, int], int] = {}
        for k, c in zip(*(index.tolist() for index in np.nonzero(self.wanted)), strict=True):
            node, need = self._node(), self.features.need(k, c)
            self.cell[k, c] = node
            self.supply.append((node, self._entry(0.0, (1.0, need, NO))))
            market = limited.get(problem.cells[c].group, root)
            self.buy[k, c] = self._arc(node, market, float(problem.purchase_price[c, t]))
            self.unmet[k, c] = self._arc(node, root, float(problem.unmet_rate[t]))
            self.need[self.buy[k, c]] = self.need[self.unmet[k, c]] = need
            if self.features.outside[:, k, c].any():
                self.lower.append((self.buy[k, c], self._entry(0.0, (1.0, self.features.away(k, c), NO))))

    def _uses(self) -> None:
        """x of every arc that can carry somebody in some future; residents stay, or may be moved at a charge."""
        problem, arcs = self.problem, self.problem.arcs
        move, stay = move_cost(problem, self.t), problem.scenario.limits.residents_stay
        for a in self._usable():
            k, c, u = int(arcs.k[a]), int(arcs.c[a]), int(arcs.u[a])
            lived, door = a in self.features.lived, self._door(u, problem.cells[c].group)
            if not lived or stay:
                x = self._arc(self.cell[k, c], door, float(problem.arc_cost[a, self.t]))
            else:
                landing = self._node()
                x = self._arc(self.cell[k, c], landing, float(problem.arc_cost[a, self.t]))
                kept = self._arc(landing, door, -float(move[a]))
                self._arc(landing, door)
                self.stay[a] = self._residents(a, u, c)
                self.upper.append((kept, self.stay[a]))
                self.priced.append((kept, self._residents(a, u, c), float(move[a]) / problem.money_unit))
            self.use[a], self.need[x] = x, self.features.need(k, c)
            if lived and stay:
                self.lower.append((x, self._residents(a, u, c)))
            if arcs.resident_only[a]:
                self.upper.append((x, self._entry(0.0, (1.0, self.features.residents(a), NO))))
            elif self.strengthen and not problem.units[u].existing:
                newcomers = self.features.newcomers(k, c, float(self.room[u]))
                self.upper.append((x, self._entry(0.0, (1.0, newcomers, self.state_of("open", u)))))

    def _usable(self) -> list[int]:
        problem, arcs = self.problem, self.problem.arcs
        is_open = np.array([problem.can_be_open(u, self.t) for u in range(len(problem.units))], dtype=np.bool_)
        lived_in = ~arcs.resident_only
        lived_in[list(self.features.lived)] = True
        return [int(a) for a in np.flatnonzero(is_open[arcs.u] & self.wanted[arcs.k, arcs.c] & lived_in)]

    def state_of(self, kind: str, member: int) -> int:
        """Number of a state of this year."""
        return int(getattr(self.state, kind)[member, self.t])

    def _leaving(self, u: int, group: str) -> Sequence[int]:
        return cast("Sequence[int]", leaving(self.problem, u, group, self.t, self.state))

    def _residents(self, a: int, u: int, c: int) -> int:
        """R·(1 − ended)."""
        feature = self.features.residents(a)
        gone = self._leaving(u, self.problem.cells[c].group)
        return self._entry(0.0, (1.0, feature, NO), *((-1.0, feature, state) for state in gone))

    def _door(self, u: int, group: str) -> int:
        """The node through which a group enters a house; one of its own where a conversion may change who may."""
        gained = joining(self.problem, u, group, self.t, self.state)
        lost = self._leaving(u, group) if gained is None else ()
        if gained is None and not lost:
            return self._house(u)
        if (u, group) not in self.door:
            node, room = self._node(), float(self.room[u])
            self.door[u, group] = node
            sign, constant = (-1.0, room) if gained is None else (1.0, 0.0)
            states = lost if gained is None else cast("Sequence[int]", gained)
            most = self._entry(constant, *((sign * room, NO, state) for state in states))
            self.upper.append((self._arc(node, self._house(u)), most))
        return self.door[u, group]

    def _house(self, u: int) -> int:
        """Capacity: all who use a house leave it to the root, the first of them at a reward up to critical mass."""
        if u not in self.houses:
            node = self.houses[u] = self._node()
            room = self._room_terms(u)
            constant = float(self.room[u]) if self.problem.units[u].existing else 0.0
            if self._counts(u):
                reward = self._arc(node, NO, -self.problem.scenario.costs.critical_mass_penalty)
                lack = self._lack(u, reward)
                self.upper.append((reward, self.lack[u]))
                room += [(-weight, feature, state) for weight, feature, state in lack]
            self.upper.append((self._arc(node, NO), self._entry(constant, *room)))
        return self.houses[u]

    def _room_terms(self, u: int) -> list[tuple[float, int, int]]:
        """P·(1 + over-occupancy)·open, less guests until a state ends their stay."""
        room = float(self.room[u])
        if not self.problem.units[u].existing:
            return [(room, NO, self.state_of("open", u))]
        terms = [(-room, NO, self.state_of("closed", u))] if (u, self.t) in self.state.closed else []
        for c, feature in self.features.guests(u).items():
            terms.append((-1.0, feature, NO))
            terms += [(1.0, feature, state) for state in self._leaving(u, self.problem.cells[c].group)]
        return terms

    def _counts(self, u: int) -> bool:
        """Whether critical mass counts for the house this year."""
        unit = self.problem.units[u]
        counts = self.problem.places[u, self.t] > 0 if unit.existing else (u, self.t) in self.state.mature
        return bool(unit.minimum_residents > 0 and counts)

    def _lack(self, u: int, reward: int = NO) -> list[tuple[float, int, int]]:
        """Residents a house ought to have beside its guests; each place-year short of it is priced."""
        problem, least = self.problem, self.problem.units[u].minimum_residents
        if not problem.units[u].existing:
            terms = [(least, NO, self.state_of("mature", u))]
        else:
            now = self.features.lack(u, least, set())
            terms = [(1.0, now, NO)]
            if (u, self.t) in self.state.closed:
                terms.append((-1.0, now, self.state_of("closed", u)))
            for row, (unit, after) in problem.conversion_rows.items():
                if unit == u and (row, self.t) in self.state.converted:
                    lost = set(problem.units[u].groups) - set(after)
                    then = self.features.lack(u, least, {c for c, x in enumerate(problem.cells) if x.group in lost})
                    state = self.state_of("converted", row)
                    terms += [(1.0, then, state), (-1.0, now, state)]
        self.lack[u] = self._entry(0.0, *terms)
        price = problem.scenario.costs.critical_mass_penalty / problem.money_unit
        self.priced.append((reward, self._entry(0.0, *terms), price))
        return terms

    def _masses_alone(self) -> None:
        """Critical mass of houses nobody can use."""
        for u in range(len(self.problem.units)):
            if u not in self.houses and self._counts(u):
                self._lack(u)

    def _network(self) -> Network:
        tail, head, cost = (
            (np.array(part) for part in zip(*self.arcs, strict=True)) if self.arcs else (np.zeros(0),) * 3
        )
        root = self.nodes
        count, features = len(self.arcs), self.features.values()
        use, house, need = (np.full(count, NO, dtype=np.int64) for _ in range(3))
        use[list(self.use.values())] = list(self.use)
        house[list(self.use.values())] = self.problem.arcs.u[list(self.use)]
        need[list(self.need)] = list(self.need.values())
        return Network(
            t=self.t,
            tail=tail.astype(np.int64),
            head=np.where(head == NO, root, head).astype(np.int64),
            cost=cost.astype(np.float64),
            nodes=root,
            supply=_pairs(self.supply),
            lower=_pairs(self.lower),
            upper=_pairs(self.upper),
            priced=_pairs([(arc, entry) for arc, entry, _ in self.priced]),
            price=np.array([price for _, _, price in self.priced]),
            beta=self.beta.build(features.shape[1], len(self.keys)),
            features=features,
            states=self.keys,
            use=use,
            house=house,
            need=need,
            buy=self.buy,
            unmet=self.unmet,
            lack=self.lack,
            stay=self.stay,
        )


def _pairs(pairs: list[tuple[int, int]]) -> np.ndarray:
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
