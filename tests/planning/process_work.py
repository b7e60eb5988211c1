"""What the tests of worker processes let them do; a module of its own, so that a new process can import it."""

from __future__ import annotations

import time

from kapacitet.planning.processes import stopped

PATIENCE = 20.0
_ready: list[str] = []


def prepare(word: str) -> None:
    """What each process does first."""
    _ready.append(word)


def prepared(_: int) -> list[str]:
    """What has been prepared in this process."""
    return _ready


def until_stopped() -> str:
    """Work that ends only when it is told to stop."""
    deadline = time.monotonic() + PATIENCE
    while not stopped():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return "standset"
