"""Worker processes of this machine as an executor: begun anew when one dies, never longer-lived than their parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from kapacitet.faults import Fault

TRIES = 3
"""Times that work is given to a pool before its processes' deaths are taken for the work's fault."""
POLL = 0.1
"""Seconds between looks at whether the work shall stop."""
FEWER = "Prøv med færre hjælpeprocesser, fx --workers 1."
PARENTS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name))
"""Signals that a terminal sends to every process; what they mean is for the parent to decide."""
_stop = threading.Event()


class Processes(Executor):
    """A pool of worker processes; a worker that is killed breaks a pool, and ``renew`` begins another.

    Use as a context manager: workers end with it, and with this process, however it ends.
    """

    def __init__(self, workers: int, prepare: Callable[..., None] | None = None, *args: Any) -> None:
        """No process is begun before there is work.

        Args:
            workers: how many.
            prepare: called with ``args`` in each new process before its first work.
        """
        self._workers, self._prepare, self._args = workers, prepare, args
        self._spawn = multiprocessing.get_context("spawn")
        self._reader, self._bell = self._spawn.Pipe(duplex=False)
        self._pool = self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        task = (self._reader, self._prepare, self._args)
        with _held_back():
            return ProcessPoolExecutor(self._workers, mp_context=self._spawn, initializer=_begin, initargs=task)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As ``Executor.submit``."""
        with _held_back():
            return self._pool.submit(fn, *args, **kwargs)

    def stop(self) -> None:
        """Make ``stopped`` true in all workers, those of later pools too."""
        self._bell.close()

    def renew(self) -> None:
        """Leave the broken pool and begin another."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._begun()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As ``Executor.shutdown``; who doesn't wait for work under way tells it to stop."""
        if not wait:
            self.stop()
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
        self.stop()
        self._reader.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wait for the work, unless an error has made it useless."""
        self.shutdown(wait=kind is None, cancel_futures=kind is not None)


def stopped() -> bool:
    """Asked in a worker: whether its pool has been told to stop."""
    return _stop.is_set()


def dying(mend: str, value: str | None = None) -> Fault:
    """The fault when processes die time after time; ``value`` is what they were working on."""
    message = "En hjælpeproces døde gang på gang, formentlig fordi hukommelsen slap op."
    return Fault(message, mend, column="--workers", value=value)


@contextmanager
def _held_back() -> Iterator[None]:
    """A process begun in the block gets none of :data:`PARENTS` before it has told that it ignores them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, PARENTS)
    try:
        resource_tracker.ensure_running()  # outlives SIGHUP by the block, but may lift that of SIGINT
        signal.pthread_sigmask(signal.SIG_BLOCK, PARENTS)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(bell: Connection, prepare: Callable[..., None] | None, args: tuple[Any, ...]) -> None:
    """In a new process: leave signals to the parent, hear its bell and its end, make ready."""
    for number in PARENTS:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PARENTS)
    threading.Thread(target=_listen, args=(bell,), daemon=True).start()
    if prepare is not None:
        prepare(*args)


def _listen(bell: Connection) -> None:
    """Stop when the bell falls silent; leave when the parent is gone: a worker would wait for work for ever."""
    try:
        bell.recv()
    except (EOFError, OSError):
        _stop.set()
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)
