"""Batches of futures on one or several processes, given back in their order whatever becomes of a worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.stress.trial import Batch, Task, Trial

Span = tuple[int, int]
"""First future, number of futures."""
AHEAD = 2
"""Batches under way or waiting per worker: more would only fill the memory."""
TRIES = 3
POLL = 0.1
_trial: Trial | None = None


def spans(count: int, size: int) -> Iterator[Span]:
    """All futures in batches of ``size``."""
    return ((first, min(size, count - first)) for first in range(0, count, size))


def batches(
    trial: Trial, task: Task, size: int, workers: int, stop: Callable[[], bool], lost: Callable[[], None]
) -> Iterator[Batch]:
    """Every batch of the task, in order, until ``stop`` is true.

    Args:
        trial: of the task.
        size: futures in a batch.
        workers: processes beside this one; with 1 all is done here.
        stop: asked between batches and ten times a second.
        lost: told when a process has died; its batches are run again in a new one.

    Raises:
        FaultyInput: a batch's process dies time after time.
    """
    every = spans(trial.count, size)
    if workers == 1 or trial.count <= size:
        for span in every:
            if stop():
                return
            yield trial.batch(*span)
        return
    yield from _Pool(task, workers, stop, lost).run(every)


class _Pool:
    def __init__(self, task: Task, workers: int, stop: Callable[[], bool], lost: Callable[[], None]) -> None:
        self._task, self._workers, self._stop, self._lost = task, workers, stop, lost
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._workers, mp_context=spawn, initializer=_prepare, initargs=(self._task,))

    def run(self, every: Iterator[Span]) -> Iterator[Batch]:
        """The batches in order; the pool is closed at the end, whoever ends it."""
        under_way: deque[tuple[Span, Future[Batch]]] = deque()
        died = 0
        try:
            while not self._stop():
                while len(under_way) < AHEAD * self._workers and (span := next(every, None)) is not None:
                    under_way.append((span, self._submit(span)))
                if not under_way:
                    return
                span, ahead = under_way[0]
                if not wait([ahead], timeout=POLL).done:
                    continue
                try:
                    batch = ahead.result()
                except BrokenProcessPool:
                    died += 1
                    if died == TRIES:
                        raise FaultyInput([_dying()]) from None
                    self._lost()
                    self._pool.shutdown(wait=False, cancel_futures=True)
                    self._pool = self._new()
                    under_way = deque((span, self._again(span, old)) for span, old in under_way)
                    continue
                under_way.popleft()
                died = 0
                yield batch
        finally:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _submit(self, span: Span) -> Future[Batch]:
        try:
            return self._pool.submit(_work, span)
        except BrokenProcessPool as error:  # told when its turn comes
            broken: Future[Batch] = Future()
            broken.set_exception(error)
            return broken

    def _again(self, span: Span, old: Future[Batch]) -> Future[Batch]:
        """The batch if it was done in time, else anew."""
        done = old.done() and not old.cancelled() and old.exception() is None
        return old if done else self._submit(span)


def _prepare(task: Task) -> None:
    """Make the trial in a new process; Ctrl-C is the parent's to hear."""
    global _trial
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _trial = Trial(task)


def _end_with_parent() -> None:
    """Leave when the parent is gone, however it went: a pool's workers would wait for work for ever."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _work(span: Span) -> Batch:
    assert _trial is not None
    return _trial.batch(*span)


def _dying() -> Fault:
    return Fault(
        "En hjælpeproces døde gang på gang, formentlig fordi hukommelsen slap op.",
        "Prøv med færre hjælpeprocesser eller mindre portioner, fx --workers 1 --batch 50.",
        column="--workers",
    )
