"""What the cuts say of a plan's cost, without solving anything: a lower bound, quick to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from kapacitet.planning.benders.blocks import Block, Cut
from kapacitet.planning.costs import Array
from kapacitet.planning.recourse.network import StateKey

NOTHING_NEW = 1e-9


class CutMemory:
    """All cuts so far, as one matrix per profile and block."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._cuts: list[list[list[Cut]]] = []
        self._packed: dict[tuple[int, int], tuple[Array, Array]] = {}

    def add(self, cuts: Iterable[Cut]) -> None:
        """Remember cuts."""
        for cut in cuts:
            while len(self._cuts) <= cut.profile:
                self._cuts.append([[] for _ in self._blocks])
            self._cuts[cut.profile][cut.block].append(cut)
            self._packed.pop((cut.profile, cut.block), None)

    def bound(self, profile: int, block: int, state: Mapping[StateKey, float]) -> float:
        """The block's weighted cost is at least this (money units) at ``state``; 0 without cuts."""
        says = self._says(profile, block, state)
        return float(says.max()) if len(says) else 0.0

    def strongest(self, state: Mapping[StateKey, float]) -> Iterator[Cut]:
        """Of every profile and block the cut that says most of ``state``."""
        for i, blocks in enumerate(self._cuts):
            for b, cuts in enumerate(blocks):
                if cuts:
                    yield cuts[int(np.argmax(self._says(i, b, state)))]

    def _says(self, profile: int, block: int, state: Mapping[StateKey, float]) -> Array:
        if profile >= len(self._cuts) or not self._cuts[profile][block]:
            return np.zeros(0)
        if (profile, block) not in self._packed:
            cuts = self._cuts[profile][block]
            self._packed[profile, block] = (np.array([c.constant for c in cuts]), np.array([c.slopes for c in cuts]))
        constants, slopes = self._packed[profile, block]
        return np.asarray(constants + slopes @ self._blocks[block].point(state))

    def least(self, state: Mapping[StateKey, float]) -> float:
        """The second stage costs at least this (money units) at ``state``."""
        sums = [sum(self.bound(i, b, state) for b in range(len(self._blocks))) for i in range(len(self._cuts))]
        return max(sums, default=0.0)

    def adds(self, cut: Cut, state: Mapping[StateKey, float]) -> bool:
        """Whether a cut says more of ``state`` than those remembered."""
        says = cut.constant + float(cut.slopes @ self._blocks[cut.block].point(state))
        known = self.bound(cut.profile, cut.block, state)
        return says > known + NOTHING_NEW * max(1.0, abs(known))
