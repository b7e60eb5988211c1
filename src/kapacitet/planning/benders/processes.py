"""Worker processes of this machine as an executor that outlives its workers' deaths."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any


class Processes(Executor):
    """A pool of worker processes; a worker that is killed breaks a pool, and ``renew`` begins another.

    Use as a context manager: workers end with it.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool = self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._workers, mp_context=multiprocessing.get_context("spawn"))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As ``Executor.submit``."""
        return self._pool.submit(fn, *args, **kwargs)

    def renew(self) -> None:
        """Leave the broken pool and begin another."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._begun()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As ``Executor.shutdown``."""
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
