"""Blocks: the recourse of one year and component in all futures; what they cost at a state, and cuts there.

A pool of duals is shared by all futures: a dual solution is feasible in every future of its year, since only
right-hand sides differ, so the best of the pool is a lower bound on a future's cost that needs no linear program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.recourse.component import Component
from kapacitet.planning.recourse.network import StateKey

DUST = 1e-9  # a state of less is rounding: no place is open
MOST_DUALS = 500
"""A pool keeps the newest."""


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
    """What a block costs at a state, at least, and why.

    Attributes:
        costs: discounted money units by future, shape (S,).
        duals: dual solutions, one row each, shape (P, e).
        choice: the one that gives each future's cost, shape (S,).
    """

    block: Block
    costs: Array
    duals: sp.csr_array
    choice: IntArray

    def cut(self, profile: int, weights: Array) -> Cut:
        """Tight at the state for the sum with ``weights``, shape (S,)."""
        block, used = self.block, np.unique(self.choice)
        share = sp.csr_array(
            (weights, (np.searchsorted(used, self.choice), np.arange(len(weights)))), shape=(len(used), len(weights))
        )
        constant, slopes = block.part.beta.slopes(self.duals[used], share @ block.features, share.sum(axis=1))
        return Cut(profile, block.number, constant * block.factor, slopes * block.factor)


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
    _met: list[sp.csr_array] = field(default_factory=list)

    def few(self, which: IntArray) -> Block:
        """The block with some of its futures."""
        return Block(self.number, self.part, self.factor, np.ascontiguousarray(self.features[which]))

    @property
    def pool(self) -> sp.csr_array:
        """Duals met so far, the newest last, shape (P, e)."""
        if len(self._met) > 1:
            pool = sp.vstack(self._met, format="csr")
            self._met = [pool[max(pool.shape[0] - MOST_DUALS, 0) :]]
        return self._met[0] if self._met else sp.csr_array((0, len(self.part.beta.constant)))

    def remember(self, duals: sp.csr_array) -> None:
        """Duals join the pool."""
        self._met.append(duals)

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

    def exact(self, costs: Array, duals: sp.csr_array) -> Priced:
        """From solved futures, in order; their duals join the pool."""
        self.remember(duals)
        return Priced(self, costs * self.factor, duals, np.arange(len(costs)))

    def estimate(self, point: Array) -> Priced:
        """From the pool: a lower bound, exact where a future's own dual is in it."""
        fixed, matrix = self.part.beta.at(point)
        pool = self.pool
        bounds = (pool @ matrix).toarray() @ self.features.T
        bounds += (pool @ fixed)[:, None]
        choice = bounds.argmax(axis=0)
        return Priced(self, bounds[choice, np.arange(len(choice))] * self.factor, pool, choice)
