"""What decides between equals, so that neither order nor alphabet does and nobody is favoured in the long run."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from kapacitet.insight.stress.potentials import IntArray
from kapacitet.planning.problem import Problem

Checksums = npt.NDArray[np.uint64]


def checksums(problem: Problem) -> Checksums:
    """A number for each arc of the problem from the names of who uses what, shape (A,)."""
    arcs, found = problem.arcs, np.empty(len(problem.arcs), dtype=np.uint64)
    for a, (k, c, u) in enumerate(zip(arcs.k.tolist(), arcs.c.tolist(), arcs.u.tolist(), strict=True)):
        cell = problem.cells[c]
        names = (problem.municipalities[k].code, cell.group, cell.term, problem.units[u].id)
        found[a] = int.from_bytes(blake2b("\x1f".join(names).encode(), digest_size=8).digest(), "little")
    return found


def ties(names: Checksums, t: int, future: int, below: int) -> IntArray:
    """Checksums of names, year and future from 0 up to ``below``; the mixing of SplitMix64 (Steele et al., 2014)."""
    mixed = names ^ np.uint64((future * 0x9E3779B97F4A7C15 + t * 0xD1B54A32D192ED03) % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    return (mixed % np.uint64(below)).astype(np.int64)
