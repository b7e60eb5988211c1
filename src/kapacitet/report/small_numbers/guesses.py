"""Guesses that agree with the true table; each is a proof for every pattern that hides the cells it changes."""

from __future__ import annotations

import numpy as np

from kapacitet.report.small_numbers.component import Array, Flags

KEPT_NUMBERS = 4_000_000
LEAST_KEPT = 100
FIRST = 64


class Guesses:
    """Deviations (n,) kept in a ring: when it is full the oldest are forgotten."""

    def __init__(self, cells: int) -> None:
        self._most = max(KEPT_NUMBERS // max(cells, 1), LEAST_KEPT)
        self._deviation = np.zeros((min(FIRST, self._most), cells))
        self._moved = np.zeros(self._deviation.shape, dtype=bool)
        self._count = 0

    def keep(self, deviation: Array) -> None:
        """Keep one more."""
        if self._count == len(self._deviation) < self._most:
            more = min(self._count, self._most - self._count)
            self._deviation = np.pad(self._deviation, ((0, more), (0, 0)))
            self._moved = np.pad(self._moved, ((0, more), (0, 0)))
        at = self._count % len(self._deviation)
        self._deviation[at], self._moved[at] = deviation, deviation != 0
        self._count += 1

    def ranges(self, hidden: Flags) -> tuple[Array, Array]:
        """The least and the largest deviation (n,) of each cell in the guesses that change hidden cells alone."""
        kept = min(self._count, len(self._deviation))
        usable = ~self._moved[:kept, ~hidden].any(axis=1)
        chosen = self._deviation[:kept][usable]
        return chosen.min(axis=0, initial=0.0), chosen.max(axis=0, initial=0.0)
