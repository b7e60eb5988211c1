"""The flows of least cost: what one optimum and its potentials leave free, and the one flow chosen among them.

(b) houses equally full, then (c) municipalities alike, are quadratic programs on that face.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.quadratic import minimise
from kapacitet.planning.recourse.component import Component
from kapacitet.planning.recourse.network import BoolArray

TIE = 1e-8  # money units per place-year: costs closer than this are the same


@dataclass(frozen=True, eq=False)
class Face:
    """Optimal flows of a part: arcs that may change, and the balance they must keep.

    Attributes:
        flow: one optimum, shape (E,).
        free: arcs whose flow may be another, shape (E,).
        balance: nodes × free arcs, and what the free arcs must give each node.
    """

    flow: Array
    free: BoolArray
    balance: sp.csr_array
    target: Array
    lower: Array
    upper: Array

    @classmethod
    def of(cls, part: Component, flow: Array, reduced: Array, lower: Array, upper: Array) -> Face:
        """The face that complementary slackness leaves; reduced costs and bounds of shape (E,)."""
        free = (np.abs(reduced) <= TIE) & (upper > lower)
        index = np.flatnonzero(free)
        ends = np.concatenate([part.tail[index], part.head[index]])
        signs = np.concatenate([np.ones(len(index)), -np.ones(len(index))])
        columns = np.tile(np.arange(len(index)), 2)
        inside = ends < part.nodes
        whole = sp.csr_array((signs[inside], (ends[inside], columns[inside])), shape=(part.nodes, len(index)))
        balance = whole[np.diff(whole.indptr) > 0]
        return cls(flow, free, balance, balance @ flow[free], lower[free], upper[free])

    def chosen(self, house: IntArray, guests: Array, places: Array, weights: Array) -> Array:
        """(b) and (c): the one flow, shape (E,).

        Args:
            house: position in ``guests`` and ``places`` of the house each arc is a use of, −1 for none, shape (E,).
            weights: 1/d of the cell each x, p and u serves, 0 for other arcs, shape (E,).
        """
        if not self.free.any():
            return self.flow
        mine = house[self.free]
        which = np.unique(mine[mine >= 0])
        members = sp.csr_array((mine[None, :] == which[:, None]).astype(np.float64))
        values = self.flow[self.free]
        if len(which):
            fixed = np.bincount(house[~self.free & (house >= 0)], self.flow[~self.free & (house >= 0)], len(places))
            values = self._equally_full(members, (fixed + guests)[which], places[which])
        full = members @ values
        values = self._least(weights[self.free], members, full, np.zeros(0))
        result = self.flow.copy()
        result[self.free] = values
        return result

    def _equally_full(self, members: sp.csr_array, present: Array, places: Array) -> Array:
        """Least Σ n²/P, n the free use and those present; only the sums n of the result are meant."""
        count = len(places)
        link = sp.hstack([members, -sp.eye_array(count)], format="csr")
        weights = np.concatenate([np.zeros(members.shape[1]), 1 / places])
        return self._least(weights, link, -present, np.full(count, -np.inf))

    def _least(self, weights: Array, extra: sp.csr_array, target: Array, more_lower: Array) -> Array:
        """Minimise Σ weights·z² over the free arcs (then over ``len(more_lower)`` auxiliary columns)."""
        count = self.balance.shape[1]
        rows = sp.hstack([self.balance, sp.csr_array((self.balance.shape[0], len(more_lower)))], format="csr")
        right = np.concatenate([self.target, target])
        found = minimise(
            weights,
            sp.vstack([rows, extra], format="csr"),
            right,
            right,
            np.concatenate([self.lower, more_lower]),
            np.concatenate([self.upper, np.full(len(more_lower), np.inf)]),
        )
        return found[:count]
