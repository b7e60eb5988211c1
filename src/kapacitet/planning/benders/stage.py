"""The second stage of a search: all blocks, what they cost together in each future, and cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from kapacitet.planning.benders.blocks import Block, Cut, Priced
from kapacitet.planning.benders.remote import Solver
from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.building import year_network
from kapacitet.planning.recourse.component import components
from kapacitet.planning.recourse.network import StateKey
from kapacitet.planning.risk import Risk

FEW = 12
"""A first look is at so many futures."""
MOST_SOLVED = 128
"""So many futures are solved each time; of more, a sample is, and the pool of duals bounds the rest."""
SAMPLE = 16
NEW_TAIL = 2e-6
MOST_PROFILES = 12


@dataclass(frozen=True, eq=False)
class StagePrice:
    """The second stage at a state: a block's share each, and the total of each future, shape (S,).

    ``exact``: nothing is bounded from below only. Amounts are discounted money units.
    """

    parts: Sequence[Priced]
    totals: Array
    exact: bool


class Stage:
    """Prices states in all futures, in this process or through an executor.

    Attributes:
        blocks: by year and component.
        risk: how futures are weighed.
        profiles: the weights that cuts are added up with, each of shape (S,); the first is that of the probabilities.
    """

    def __init__(self, blocks: Sequence[Block], risk: Risk, executor: Executor | None = None) -> None:
        self.blocks, self.risk = tuple(blocks), risk
        self.profiles: list[Array] = [risk.chances]
        self._solver = Solver(self.blocks, executor)
        self._turn = 0

    @classmethod
    def of(cls, problem: Problem, executor: Executor | None = None) -> Stage:
        """The second stage of ``problem``, its uses of candidates bounded tightly."""
        blocks: list[Block] = []
        for t in range(len(problem.years)):
            network = year_network(problem, t, strengthen=True)
            for part in components(network):
                features = np.ascontiguousarray(network.features[:, part.features])
                blocks.append(Block(len(blocks), part, float(problem.discount[t]), features))
        return cls(blocks, Risk.of(problem), executor)

    def few(self) -> Stage:
        """The same with ``FEW`` of the futures, for a first look; what it learns of duals this stage knows too."""
        count = len(self.risk.chances)
        which = np.arange(FEW) * count // FEW
        chances = self.risk.chances[which] / self.risk.chances[which].sum()
        return Stage([block.few(which) for block in self.blocks], replace(self.risk, chances=chances))

    def learn_from(self, other: Stage) -> None:
        """Take over the duals another stage of the same blocks has met."""
        for mine, theirs in zip(self.blocks, other.blocks, strict=True):
            mine.remember(theirs.pool)

    @property
    def sampled(self) -> bool:
        """Whether there are too many futures to solve them all each time."""
        return len(self.risk.chances) > MOST_SOLVED

    @property
    def many(self) -> bool:
        """Whether a first look at few futures pays."""
        return len(self.risk.chances) > 2 * FEW

    def estimate(self, state: Mapping[StateKey, float]) -> StagePrice:
        """What ``state`` costs at least by the duals known already."""
        return self._together([block.estimate(block.point(state)) for block in self.blocks], exact=False)

    def _together(self, parts: Sequence[Priced], *, exact: bool) -> StagePrice:
        totals = np.sum([part.costs for part in parts], axis=0) if parts else np.zeros(len(self.risk.chances))
        return StagePrice(parts, totals, exact)

    def price(self, state: Mapping[StateKey, float], *, exact: bool = False) -> StagePrice:
        """What ``state`` costs: exactly, or, where futures are sampled, at least."""
        points = [block.point(state) for block in self.blocks]
        if exact or not self.sampled:
            solved = self._solver.solve(points, None)
            parts = [block.exact(*found) for block, found in zip(self.blocks, solved, strict=True)]
            return self._together(parts, exact=True)
        solved = self._solver.solve(points, self._sample())
        for block, (_, duals) in zip(self.blocks, solved, strict=True):
            block.remember(duals)
        return self._together([b.estimate(p) for b, p in zip(self.blocks, points, strict=True)], exact=False)

    def _sample(self) -> IntArray:
        """The next futures in turn, spread evenly."""
        count = len(self.risk.chances)
        self._turn += 1
        return np.unique((np.arange(SAMPLE) * count // SAMPLE + self._turn) % count)

    def value(self, price: StagePrice) -> float:
        """(1 − λ)·E + λ·CVaR of the second stage (money units)."""
        return self.risk.value(price.totals)

    def new_profile(self, price: StagePrice) -> bool:
        """Take the weights of this price's tail as a profile, if those known say too little of it."""
        if not self.risk.averse:
            return False
        weights = self.risk.weights(price.totals)
        worth = float(weights @ price.totals)
        known = max(float(profile @ price.totals) for profile in self.profiles)
        if worth - known <= NEW_TAIL * abs(worth):
            return False
        self.profiles.append(weights)
        return True

    def cuts(self, price: StagePrice, profiles: Sequence[int] | None = None) -> list[Cut]:
        """One cut per profile and block, tight (or nearly, if not exact) at the state priced."""
        numbers = range(len(self.profiles)) if profiles is None else profiles
        return [part.cut(i, self.profiles[i]) for i in numbers for part in price.parts]
