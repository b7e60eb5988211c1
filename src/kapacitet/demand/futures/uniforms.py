"""Uniform numbers that belong to names: the same whatever else is drawn, in whatever order, for however many.

Common random numbers: a number depends on the seed, the names it is drawn for, the calendar year and the index
of the future, and on nothing else. Philox is counter-based (Salmon et al., SC 2011), so a number is found by its
place: the key is a checksum of seed and names, the counter says year and block of futures.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.random import Philox

from kapacitet.demand.terms import Array
from kapacitet.scenario.fields import FIRST_YEAR

BLOCK = 256
"""Futures drawn together; a future's block and its place in it depend on its index alone."""
_PER_STEP = 4
"""Numbers that Philox gives for each step of its counter."""
_STEPS_PER_YEAR = BLOCK // _PER_STEP


def keys_of(seed: int, purpose: str, names: Sequence[tuple[str, ...]]) -> list[int]:
    """The 128-bit key of each tuple of names, drawn for ``purpose``."""
    return [
        int.from_bytes(blake2b("\x1f".join((str(seed), purpose, *name)).encode(), digest_size=16).digest(), "little")
        for name in names
    ]


def uniforms(keys: Sequence[int], block: int, years: Sequence[int], lanes: slice) -> Array:
    """Numbers strictly between 0 and 1 by key, year and future of the block, shape (N, T, lanes).

    Args:
        keys: of :func:`keys_of`.
        block: index of the future divided by :data:`BLOCK`.
        years: consecutive calendar years.
        lanes: places in the block.
    """
    raw = np.empty((len(keys), len(years), BLOCK), dtype=np.uint64)
    counter = [(years[0] - FIRST_YEAR) * _STEPS_PER_YEAR, block, 0, 0] if len(years) else [0, block, 0, 0]
    for row, key in enumerate(keys):
        raw[row] = Philox(key=key, counter=counter).random_raw(raw[row].size).reshape(raw[row].shape)
    return ((raw[..., lanes] >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
