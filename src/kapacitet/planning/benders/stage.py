"""The second stage of a search: all blocks, what they cost together in each future, and cuts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from kapacitet.planning.benders.blocks import Block, Cut, Priced
from kapacitet.planning.benders.remote import Solver
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.building import year_network
from kapacitet.planning.recourse.component import components
from kapacitet.planning.recourse.network import StateKey
from kapacitet.planning.risk import Risk

LEVELS = (12, 100)
"""Looks at so many futures come before one at twice as many or more."""
NEW_TAIL = 2e-6


@dataclass(frozen=True, eq=False)
class StagePrice:
    """The second stage at a state: a block's share each, and the total of each future, shape (S,).

    Amounts are discounted money units.
    """

    parts: Sequence[Priced]
    totals: Array


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

    def levels(self) -> Iterator[Stage]:
        """The same with fewer futures, for first looks, and at last this stage itself."""
        yield from (self._few(count) for count in LEVELS if len(self.risk.chances) >= 2 * count)
        yield self

    def _few(self, count: int) -> Stage:
        which = np.arange(count) * len(self.risk.chances) // count
        chances = self.risk.chances[which] / self.risk.chances[which].sum()
        return Stage([block.few(which) for block in self.blocks], replace(self.risk, chances=chances))

    def price(self, state: Mapping[StateKey, float]) -> StagePrice:
        """What ``state`` costs; blocks that were priced at it not long ago aren't solved again."""
        points = [block.point(state) for block in self.blocks]
        known = [block.known(point) for block, point in zip(self.blocks, points, strict=True)]
        solved = iter(self._solver.solve([(b, points[b]) for b, met in enumerate(known) if met is None]))
        parts = [met or self.blocks[b].learn(points[b], next(solved)) for b, met in enumerate(known)]
        totals = np.zeros(len(self.risk.chances))
        for part in parts:
            totals += part.costs
        return StagePrice(parts, totals)

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

    def cuts(self, parts: Sequence[Priced]) -> list[Cut]:
        """One cut per profile and block priced, tight where it was."""
        found = self._solver.each(lambda part: part.cuts(self.profiles), parts)
        return [cut for cuts in zip(*found, strict=True) for cut in cuts]
