"""All blocks' futures solved in this process, or by an executor: processes of this machine or of a cluster."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.benders.blocks import Block
from kapacitet.planning.benders.chunks import CHUNK, Parcel, Solved, solve_chunk, solve_parcel
from kapacitet.planning.benders.processes import Processes
from kapacitet.planning.costs import Array, IntArray

MOST_DEATHS = 5
"""Times that a broken pool is begun anew; then this process goes on alone."""


class Solver:
    """Solves futures of every block; who solves them makes no difference to the answer."""

    def __init__(self, blocks: Sequence[Block], executor: Executor | None) -> None:
        self._blocks, self._executor = blocks, executor

    @cached_property
    def _parcels(self) -> list[Parcel]:
        return [Parcel.of(block.part, block.features) for block in self._blocks]

    def solve(self, points: Sequence[Array], which: IntArray | None) -> list[Solved]:
        """Costs and duals of the futures ``which`` (all if None) of every block at its point."""
        if which is None:
            which = np.arange(len(self._blocks[0].features)) if self._blocks else np.zeros(0, dtype=np.int64)
        chunks = [which[i : i + CHUNK] for i in range(0, len(which), CHUNK)]
        far = self._executor is not None and len(chunks) > 1
        found = self._there(points, chunks) if far else self._here(points, chunks)
        if len(chunks) > 1:
            for block in self._blocks:
                block.part.forget()
        return [
            (np.concatenate([costs for costs, _ in mine]), sp.vstack([duals for _, duals in mine], format="csr"))
            for mine in found
        ]

    def _here(self, points: Sequence[Array], chunks: Sequence[IntArray]) -> list[list[Solved]]:
        """In threads, a block each: the pivots hold no lock."""

        def solve(block: Block, point: Array) -> list[Solved]:
            solved = []
            for chunk in chunks:
                if len(chunks) > 1:
                    block.part.forget()
                solved.append(solve_chunk(block.part, block.features[chunk], point))
            return solved

        with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as threads:
            return list(threads.map(solve, self._blocks, points))

    def _there(self, points: Sequence[Array], chunks: Sequence[IntArray]) -> list[list[Solved]]:
        """By the executor; begun anew where a worker's death has broken it, if it can be."""
        for _ in range(MOST_DEATHS):
            try:
                return self._asked(points, chunks)
            except BrokenExecutor:
                if not isinstance(self._executor, Processes):
                    raise
                self._executor.renew()
        return self._here(points, chunks)

    def _asked(self, points: Sequence[Array], chunks: Sequence[IntArray]) -> list[list[Solved]]:
        """Each worker is asked without the parcel first, and sent it only if it doesn't know it."""
        assert self._executor is not None
        asked: list[list[Future[Solved | None]]] = [
            [self._executor.submit(solve_parcel, parcel.digest, None, point, chunk) for chunk in chunks]
            for parcel, point in zip(self._parcels, points, strict=True)
        ]
        result: list[list[Solved]] = []
        for b, mine in enumerate(asked):
            parcel, point = self._parcels[b], points[b]
            solved: list[Solved] = []
            for i, chunk in enumerate(chunks):
                one = mine[i].result()
                if one is None:
                    one = self._executor.submit(solve_parcel, parcel.digest, parcel.content, point, chunk).result()
                assert one is not None  # it was sent the parcel
                solved.append(one)
            result.append(solved)
        return result
