"""All blocks' futures solved in this process, or by an executor: processes of this machine or of a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kapacitet.planning.benders.blocks import Block
from kapacitet.planning.benders.chunks import CHUNK, Parcel, Solved, solve_chunk, solve_parcel
from kapacitet.planning.costs import Array
from kapacitet.planning.processes import Processes
from kapacitet.planning.recourse.tree import Trees

FEW_SOLVED = 1000
"""Fewer futures of blocks than this are solved sooner than threads are begun."""
MOST_DEATHS = 5
"""Times that a broken pool is begun anew; then this process goes on alone."""


class Solver:
    """Solves futures of every block; who solves them makes no difference to the answer."""

    def __init__(self, blocks: Sequence[Block], executor: Executor | None) -> None:
        self._blocks, self._executor = blocks, executor

    @cached_property
    def _parcels(self) -> list[Parcel]:
        return [Parcel.of(block.part, block.features) for block in self._blocks]

    def solve(self, wanted: Sequence[tuple[int, Array]]) -> list[Solved]:
        """All futures of each block, named by number, at its point, from the bases it keeps."""
        if not wanted:
            return []
        count = len(self._blocks[0].features)
        chunks = [slice(i, min(i + CHUNK, count)) for i in range(0, count, CHUNK)]
        found = self._there(wanted, chunks) if self._executor is not None and len(chunks) > 1 else None
        return [_joined(parts) for parts in found or self._here(wanted, chunks)]

    def _here(self, wanted: Sequence[tuple[int, Array]], chunks: Sequence[slice]) -> list[list[Solved]]:
        def solve(asked: tuple[int, Array]) -> list[Solved]:
            block, point = self._blocks[asked[0]], asked[1]
            trees = block.trees(point)
            return [solve_chunk(block.part, block.features[c], point, trees.of(c)) for c in chunks]

        return self.each(solve, wanted)

    def each[T, R](self, work: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Work on blocks in threads, a block each: the compiled code holds no lock.

        The last come first: networks grow with the years, and a large one at the end would keep one thread waiting.
        """
        if not items or len(items) * len(self._blocks[0].features) < FEW_SOLVED:
            return [work(item) for item in items]
        return list(self._threads.map(work, reversed(items)))[::-1]

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=os.cpu_count() or 1)

    def _there(self, wanted: Sequence[tuple[int, Array]], chunks: Sequence[slice]) -> list[list[Solved]] | None:
        """By the executor; begun anew where a worker's death has broken it. None if workers die again and again."""
        for _ in range(MOST_DEATHS):
            try:
                return self._asked(wanted, chunks)
            except BrokenExecutor:
                if not isinstance(self._executor, Processes):
                    raise
                self._executor.renew()
        return None

    def _asked(self, wanted: Sequence[tuple[int, Array]], chunks: Sequence[slice]) -> list[list[Solved]]:
        """Each worker is asked without the parcel first, and sent it only if it doesn't know it."""
        assert self._executor is not None
        asked: list[list[tuple[_Task, Future[Solved | None]]]] = []
        for b, point in wanted:
            trees = self._blocks[b].trees(point)
            tasks = [_Task(self._parcels[b], point, chunk, trees.of(chunk)) for chunk in chunks]
            asked.append([(task, task.sent(self._executor)) for task in tasks])
        result: list[list[Solved]] = []
        for mine in asked:
            solved: list[Solved] = []
            for task, future in mine:
                one = future.result() or task.sent(self._executor, whole=True).result()
                assert one is not None  # it was sent the parcel
                solved.append(one)
            result.append(solved)
        return result


@dataclass(frozen=True, eq=False)
class _Task:
    """Some futures of a block at a point."""

    parcel: Parcel
    point: Array
    chunk: slice
    trees: Trees

    def sent(self, executor: Executor, *, whole: bool = False) -> Future[Solved | None]:
        """On its way, the parcel with it or only its name."""
        content = self.parcel.content if whole else None
        return executor.submit(solve_parcel, self.parcel.digest, content, self.point, self.chunk, self.trees)


def _joined(parts: Sequence[Solved]) -> Solved:
    if len(parts) == 1:
        return parts[0]
    arc, upper = (np.concatenate(kept) for kept in zip(*(part.trees for part in parts), strict=True))
    return Solved(np.concatenate([part.costs for part in parts]), Trees(arc, upper))
