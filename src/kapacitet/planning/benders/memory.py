"""What the cuts say of a block's cost at a state, without solving anything: a lower bound, quick to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from kapacitet.planning.benders.blocks import Block, Cut, StateKey


class CutMemory:
    """All cuts so far, as one matrix per block."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._keys = [block.keys for block in blocks]
        self._constants: list[list[float]] = [[] for _ in blocks]
        self._slopes: list[list[list[float]]] = [[] for _ in blocks]
        self._packed: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def add(self, cuts: Iterable[Cut]) -> None:
        """Remember cuts."""
        for cut in cuts:
            self._constants[cut.block].append(cut.constant)
            self._slopes[cut.block].append([cut.slopes[key] for key in self._keys[cut.block]])
            self._packed.pop(cut.block, None)

    def bound(self, block: int, state: Mapping[StateKey, float]) -> float:
        """The block costs at least this (money units, weighted) at ``state``; 0 without cuts."""
        if not self._constants[block]:
            return 0.0
        if block not in self._packed:
            self._packed[block] = (np.array(self._constants[block]), np.array(self._slopes[block]))
        constants, slopes = self._packed[block]
        point = np.array([state.get(key, 0.0) for key in self._keys[block]])
        return float((constants + slopes @ point).max()) if len(point) else float(constants.max())
