"""What a process beside the API may use: little, and only for as long as the one who began it lives."""

from __future__ import annotations

import os
import resource
import threading

NICE = 5
MOST_WRITTEN = 1024 * 1024 * 1024
LONELY = 3
"""Exit status where the one who began it is gone."""


def confine(memory_mb: int, seconds: int) -> None:
    """Keep this process within its memory and time, and behind those that answer.

    Its standard input must be a pipe that nobody writes to: it is closed when the one who began the process ends,
    however it ends.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICE)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(LONELY)
