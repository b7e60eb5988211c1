"""Ctrl-C as a wish to stop, not as an exception in the middle of a solver's locks."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ctrl_c_noted() -> Iterator[Callable[[], bool]]:
    """Within the block Ctrl-C only makes the yielded function return True.

    Only Python's own handling is replaced, and only in the main thread: a program that handles SIGINT itself
    keeps doing so, and tells the solver by its stop flag.
    """
    pressed = threading.Event()
    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if ours:
        signal.signal(signal.SIGINT, lambda *_: pressed.set())
    try:
        yield pressed.is_set
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
