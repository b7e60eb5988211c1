"""Batches of futures on one or several processes, given back in their order whatever becomes of a worker."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool

from kapacitet.faults import FaultyInput
from kapacitet.insight.stress.trial import Batch, Task, Trial
from kapacitet.planning.processes import POLL, TRIES, Processes, dying

Span = tuple[int, int]
"""First future, number of futures."""
AHEAD = 2
"""Batches under way or waiting per worker: more would only fill the memory."""
MEND = "Prøv med færre hjælpeprocesser eller mindre portioner, fx --workers 1 --batch 50."
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
        self._workers, self._stop, self._lost = workers, stop, lost
        self._pool = Processes(workers, _prepare, task)

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
                        raise FaultyInput([dying(MEND)]) from None
                    self._lost()
                    self._pool.renew()
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
    """Make the trial in a new process."""
    global _trial
    _trial = Trial(task)


def _work(span: Span) -> Batch:
    assert _trial is not None
    return _trial.batch(*span)
