"""Solving many futures of a block, chunk by chunk, here or wherever an executor runs it.

Each of many chunks begins from nothing, so its duals don't depend on who solved what before: the answer is the same
in one process, in two, and on a cluster. A single chunk is always solved here, from where the last one ended.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.recourse.component import Component

CHUNK = 64
HAIR = 1e-12
KEPT = 64
"""Parts a worker remembers."""

_known: OrderedDict[str, tuple[Component, Array]] = OrderedDict()


@dataclass(frozen=True, eq=False)
class Parcel:
    """A part of the recourse and its futures, packed once and sent to each worker once."""

    digest: str
    content: bytes

    @classmethod
    def of(cls, part: Component, features: Array) -> Parcel:
        """Packed."""
        content = pickle.dumps((part, features), protocol=pickle.HIGHEST_PROTOCOL)
        return cls(hashlib.sha256(content).hexdigest(), content)


Solved = tuple[Array, sp.csr_array]
"""Costs by future and their duals."""


def solve_chunk(part: Component, features: Array, point: Array) -> Solved:
    """Least undiscounted costs (R,) and duals (R, e) at ``point`` of futures with these features, shape (R, ·)."""
    fixed, matrix = part.beta.at(point)
    costs, duals = part.solve(fixed + (matrix @ features.T).T)
    duals[np.abs(duals) < HAIR] = 0.0
    return costs, sp.csr_array(duals)


def solve_parcel(digest: str, content: bytes | None, point: Array, which: IntArray) -> Solved | None:
    """The same in a worker, which remembers parcels; None if it doesn't know this one and must be sent it."""
    if digest not in _known:
        if content is None:
            return None
        _known[digest] = pickle.loads(content)
        while len(_known) > KEPT:
            _known.popitem(last=False)
    part, features = _known[digest]
    part.forget()
    return solve_chunk(part, features[which], point)
