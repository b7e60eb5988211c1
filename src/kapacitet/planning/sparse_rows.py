"""Arrays of which most rows are zero, kept as the rows that aren't: thousands of futures fit in memory that way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.planning.costs import Array, IntArray


@dataclass(frozen=True, eq=False)
class SparseRows:
    """An array of shape (count, …): row ``index[i]`` is ``values[i]``, every other row is zero."""

    index: IntArray
    values: Array
    count: int

    @classmethod
    def of(cls, dense: Array) -> SparseRows:
        """The rows of ``dense`` that aren't zero all over."""
        index = np.flatnonzero(dense.reshape(len(dense), -1).any(axis=1)) if dense.size else np.zeros(0, np.int64)
        return cls(index, np.asarray(dense[index], dtype=np.float64), len(dense))

    def dense(self) -> Array:
        """The whole array."""
        result = np.zeros((self.count, *self.values.shape[1:]))
        result[self.index] = self.values
        return result
