"""Distributions of many quantities, gathered future by future in memory that doesn't grow with their number.

Each quantity is a histogram. Persons are counted one by one (or in thousandths where futures aren't whole), so all
that is asked is exact. Money goes in buckets whose width is :data:`ACCURACY` of the amount (Masson, Rim and Lee,
*DDSketch*, VLDB 2019), each with its own sum: means are exact to the øre, quantiles and tails within that accuracy.
Amounts below one krone are one bucket. All is added in the order of the futures, so batches change nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from kapacitet.planning.costs import Array

ACCURACY = 0.005
_GROWTH = np.log((1 + ACCURACY) / (1 - ACCURACY))
_NEARLY_WHOLE = 1e-9
Ints = npt.NDArray[np.int64]
Kind = Literal["persons", "money"]
UNITS: Mapping[Kind, int] = {"persons": 1000, "money": 100}
"""What one person or krone is counted as: thousandths, øre."""


def counted(amounts: Array, kind: Kind) -> Ints:
    """Persons or kr. as they are counted, in whole numbers."""
    return np.rint(amounts * UNITS[kind]).astype(np.int64)


@dataclass(eq=False)
class Spread:
    """Q quantities over futures.

    Attributes:
        count: Q.
        kind: ``persons`` or ``money`` (kr.).
        weight: total probability weight so far.
    """

    count: int
    kind: Kind
    weight: float = 0.0
    _keys: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    _mass: Array = field(default_factory=lambda: np.zeros(0))
    _sums: Array = field(default_factory=lambda: np.zeros(0))
    _low: Ints = field(init=False)
    _high: Ints = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is known yet."""
        self._low = np.full(self.count, np.iinfo(np.int64).max)
        self._high = np.full(self.count, np.iinfo(np.int64).min)

    @property
    def unit(self) -> int:
        """What one of a quantity is counted as."""
        return UNITS[self.kind]

    def add(self, values: Ints, weights: Array) -> None:
        """Some futures' quantities.

        Args:
            values: of :func:`counted`, shape (S, Q).
            weights: of the futures, shape (S,).
        """
        if not values.size:
            self.weight = float(np.add.accumulate(np.append(self.weight, weights))[-1])
            return
        keys = (np.arange(self.count) << 40) + self._bucket(values)
        new = np.setdiff1d(keys, self._keys)
        if len(new):
            order = np.argsort(np.concatenate([self._keys, new]))
            self._keys, self._mass, self._sums = (
                np.concatenate([old, more])[order]
                for old, more in (
                    (self._keys, new),
                    (self._mass, np.zeros(len(new))),
                    (self._sums, np.zeros(len(new))),
                )
            )
        slot = np.searchsorted(self._keys, keys.ravel())
        np.add.at(self._mass, slot, np.repeat(weights, self.count))
        np.add.at(self._sums, slot, (values * weights[:, None]).ravel())
        self._low = np.minimum(self._low, values.min(axis=0))
        self._high = np.maximum(self._high, values.max(axis=0))
        self.weight = float(np.add.accumulate(np.append(self.weight, weights))[-1])

    def _bucket(self, values: Ints) -> Ints:
        """Numbers in the order of the values, between 0 and 2⁴⁰."""
        middle = 1 << 39
        if self.kind == "persons":
            return values + middle
        size = np.abs(values) / self.unit
        step = np.where(size < 1, 0, 1 + np.floor(np.log(np.maximum(size, 1)) / _GROWTH)).astype(np.int64)
        return np.sign(values) * step + middle

    @property
    def size(self) -> int:
        """How many buckets there are."""
        return len(self._keys)

    @property
    def low(self) -> Array:
        """The least of each, shape (Q,)."""
        return self._low / self.unit

    @property
    def high(self) -> Array:
        """The greatest of each, shape (Q,)."""
        return self._high / self.unit

    @property
    def mean(self) -> Array:
        """Expectations, shape (Q,)."""
        sums = np.bincount(self._keys >> 40, self._sums, minlength=self.count)
        return np.asarray(sums / self.weight / self.unit)

    def quantile(self, level: float) -> Array:
        """The lowest value that is reached with probability ``level``, shape (Q,)."""
        found = np.empty(self.count)
        for q, mass, value in self._each():
            reached = np.cumsum(mass) >= (level - _NEARLY_WHOLE) * self.weight
            found[q] = value[reached.argmax()] if reached.any() else value[-1]
        return np.clip(found, self.low, self.high)

    def below(self, limits: Array) -> Array:
        """P(quantity < limit), shape (Q,); persons only, which are exact."""
        found = np.empty(self.count)
        for q, mass, value in self._each():
            found[q] = mass[value < limits[q] - _NEARLY_WHOLE].sum() / self.weight
        return found

    def tail(self, level: float) -> Array:
        """CVaR: the mean of the highest values that together have probability 1 − ``level``, shape (Q,)."""
        found, share = np.empty(self.count), (1 - level) * self.weight
        for q, mass, value in self._each():
            mass, value = mass[::-1], value[::-1]
            part = np.clip(share - (np.cumsum(mass) - mass), 0.0, mass)
            found[q] = (part * value).sum() / part.sum()
        return found

    def _each(self) -> list[tuple[int, Array, Array]]:
        """(quantity, mass, value) of the buckets of each, values ascending."""
        ends = np.searchsorted(self._keys >> 40, np.arange(self.count + 1))
        value = self._sums / self._mass / self.unit
        return [(q, self._mass[a:b], value[a:b]) for q, (a, b) in enumerate(pairwise(ends))]
