"""What a future says of one year, by number: need, residents, guests. The same numbers in every future."""

from __future__ import annotations

import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.planning.problem import NOBODY, Problem


class Features:
    """Features φ of year index ``t``; each is numbered when first asked for."""

    def __init__(self, problem: Problem, t: int) -> None:
        futures = problem.futures
        self.demand: Array = np.stack([f.demand[:, :, t] for f in futures])
        self.outside: Array = np.stack([f.outside[:, :, t] for f in futures])
        lived = sorted({int(a) for f in futures for a in f.stays.index[f.stays.values[:, t] > 0]})
        self.lived = {a: i for i, a in enumerate(lived)}
        self._residents = np.zeros((len(futures), len(lived)))
        hosts = sorted({int(u) for f in futures for u in f.guests.index})
        self._hosts = {u: i for i, u in enumerate(hosts)}
        self._guests = np.zeros((len(futures), len(hosts), len(problem.cells)))
        for w, f in enumerate(futures):
            there = f.stays.values[:, t] > 0
            self._residents[w, [self.lived[int(a)] for a in f.stays.index[there]]] = f.stays.values[there, t]
            self._guests[w, [self._hosts[int(u)] for u in f.guests.index]] = f.guests.values[:, :, t]
        self.free = self._free(problem)
        self._number: dict[tuple[object, ...], int] = {}
        self._values: list[Array] = []

    def _free(self, problem: Problem) -> Array:
        """d less those who are certain to stay where they live, shape (S, K, C)."""
        free = self.demand - self.outside
        if problem.scenario.limits.residents_stay:
            arcs = problem.arcs
            for a, i in self.lived.items():
                if not problem.may_end(int(arcs.u[a])):
                    free[:, arcs.k[a], arcs.c[a]] -= self._residents[:, i]
        return np.where(free > NOBODY, free, 0.0)

    def _numbered(self, name: tuple[object, ...], values: Array) -> int:
        if name not in self._number:
            self._number[name] = len(self._values)
            self._values.append(np.ascontiguousarray(values))
        return self._number[name]

    def need(self, k: int, c: int) -> int:
        """d of a municipality's cell."""
        return self._numbered(("need", k, c), self.demand[:, k, c])

    def away(self, k: int, c: int) -> int:
        """Residents of the cell in offers that aren't listed."""
        return self._numbered(("away", k, c), self.outside[:, k, c])

    def residents(self, a: int) -> int:
        """R on an arc somebody lives on."""
        return self._numbered(("residents", a), self._residents[:, self.lived[a]])

    def guests(self, u: int) -> dict[int, int]:
        """Cell -> feature of unit ``u``'s guests from outside the region; cells without any are left out."""
        if u not in self._hosts:
            return {}
        mine = self._guests[:, self._hosts[u]]
        return {int(c): self._numbered(("guests", u, int(c)), mine[:, c]) for c in np.flatnonzero(mine.any(axis=0))}

    def lack(self, u: int, least: float, lost: set[int]) -> int:
        """Residents that unit ``u`` lacks to its critical mass beside its guests, but for those of cells ``lost``."""
        cells = [c for c in range(self.demand.shape[2]) if c not in lost]
        there = (
            self._guests[:, self._hosts[u]][:, cells].sum(axis=1) if u in self._hosts else np.zeros(len(self.demand))
        )
        return self._numbered(("lack", u, tuple(cells)), np.maximum(least - there, 0.0))

    def newcomers(self, k: int, c: int, room: float) -> int:
        """The most of a cell's free need that a house of ``room`` places can take."""
        return self._numbered(("newcomers", k, c, room), np.minimum(self.free[:, k, c], room))

    def values(self) -> Array:
        """φ of every future, shape (S, features)."""
        return np.stack(self._values, axis=1) if self._values else np.zeros((len(self.demand), 0))
