"""Solving many futures of a block, chunk by chunk, here or wherever an executor runs it.

A chunk's futures are solved from the bases they are given and give new ones back, so nothing depends on who solved
what before: the answer is the same in one process, in two, and on a cluster.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from kapacitet.planning.costs import Array
from kapacitet.planning.recourse.component import Component
from kapacitet.planning.recourse.tree import Trees

CHUNK = 128
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


class Solved(NamedTuple):
    """Undiscounted costs by future, shape (R,), and the bases that give them."""

    costs: Array
    trees: Trees


def solve_chunk(part: Component, features: Array, point: Array, trees: Trees) -> Solved:
    """Least costs at ``point`` of futures with these features, shape (R, ·); their ``trees`` are renewed in place."""
    return Solved(part.solve(point, features, trees), trees)


def solve_parcel(digest: str, content: bytes | None, point: Array, which: slice, trees: Trees) -> Solved | None:
    """The same in a worker, which remembers parcels; None if it doesn't know this one and must be sent it."""
    if digest not in _known:
        if content is None:
            return None
        _known[digest] = pickle.loads(content)
        while len(_known) > KEPT:
            _known.popitem(last=False)
    part, features = _known[digest]
    return solve_chunk(part, features[which], point, trees)
