"""Blocks: the recourse of one year and component in all futures; what they cost at a state, and cuts there.

A future's optimal basis at one state is nearly optimal at the next, so each future is solved from its own last one;
what hasn't changed isn't solved at all.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from kapacitet.planning.benders.chunks import Solved
from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.recourse.component import Component
from kapacitet.planning.recourse.network import StateKey
from kapacitet.planning.recourse.tree import Trees

DUST = 1e-9  # a state of less is rounding: no place is open
MOST_RECENT = 8
"""Points at which a block remembers what it was found to cost."""


@dataclass(frozen=True)
class Cut:
    """A lower bound on a block's discounted cost, weighted over futures:  θ ≥ constant + Σ slope·state (money units).

    ``slopes`` are in the order of the block's keys; ``profile`` numbers the weights.
    """

    profile: int
    block: int
    constant: float
    slopes: Array


@dataclass(frozen=True, eq=False)
class Priced:
    """What a block costs at a state, and why.

    Attributes:
        point: the state, in the block's order.
        costs: discounted money units by future, shape (S,).
        trees: the basis of each future.
    """

    block: Block
    point: Array
    costs: Array
    trees: Trees

    def cuts(self, profiles: Sequence[Array]) -> list[Cut]:
        """For each profile of weights, shape (S,), the cut that is tight at the state."""
        block = self.block
        constants, slopes = block.part.slopes(block.features, self.trees, np.array(profiles))
        return [
            Cut(i, block.number, float(constants[i]) * block.factor, slopes[i] * block.factor)
            for i in range(len(profiles))
        ]


@dataclass(eq=False)
class Block:
    """One component of one year.

    Attributes:
        factor: discount of the year.
        features: φ of every future as far as the part knows them, shape (S, features).
    """

    number: int
    part: Component
    factor: float
    features: Array
    _recent: OrderedDict[bytes, Priced] = field(default_factory=OrderedDict)

    def few(self, which: IntArray) -> Block:
        """The block with some of its futures."""
        return Block(self.number, self.part, self.factor, np.ascontiguousarray(self.features[which]))

    def trees(self, point: Array) -> Trees:
        """The bases to begin from: those at the nearest of the points met last, the latest of them if several are."""
        if not self._recent:
            return self.part.no_trees(len(self.features))
        return min(reversed(self._recent.values()), key=lambda met: float(np.abs(met.point - point).sum())).trees

    def known(self, point: Array) -> Priced | None:
        """What was found at the point, if that is not long ago."""
        return self._recent.get(point.tobytes())

    @property
    def keys(self) -> tuple[StateKey, ...]:
        """The states it depends on."""
        return self.part.keys

    @property
    def size(self) -> tuple[int, int]:
        """Arcs and nodes, in all futures."""
        return len(self.part.arcs) * len(self.features), self.part.nodes * len(self.features)

    def point(self, state: Mapping[StateKey, float]) -> Array:
        """The states' values in the block's order (absent: 0)."""
        point = np.array([state.get(key, 0.0) for key in self.keys], dtype=np.float64)
        point[np.abs(point) < DUST] = 0.0
        return point

    def learn(self, point: Array, solved: Solved) -> Priced:
        """Take over what solving at a point has given."""
        priced = Priced(self, point, solved.costs * self.factor, solved.trees)
        self._recent[point.tobytes()] = priced
        while len(self._recent) > MOST_RECENT:
            self._recent.popitem(last=False)
        return priced
