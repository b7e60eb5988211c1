"""A solving process as its worker sees it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

TAIL = 4000
"""Characters of its standard error that are kept for the log."""


class SolvingProcess:
    """Begun at once; its words are read in a thread."""

    def __init__(self, command: Sequence[str], folder: Path, memory_mb: int, silence: float) -> None:
        self._errors = folder / "stderr.txt"
        with self._errors.open("wb") as errors:
            self._process = subprocess.Popen(
                [*command, str(folder), str(memory_mb), str(silence)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
            )
        self._lock = threading.Lock()
        self._phase, self._progress, self._decisions = "", None, None
        self._news = False
        self.end: dict[str, Any] | None = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def news(self) -> tuple[str, dict[str, Any] | None, Any | None] | None:
        """Phase, newest progress, and the best plan if there is a new one; None if nothing is new."""
        with self._lock:
            if not self._news:
                return None
            told = (self._phase, self._progress, self._decisions)
            self._news, self._decisions = False, None
            return told

    def say(self, word: str) -> None:
        """A word to the process; it may be gone."""
        with suppress(OSError, ValueError):
            assert self._process.stdin is not None
            self._process.stdin.write(f"{word}\n".encode())
            self._process.stdin.flush()

    def ended(self, seconds: float) -> bool:
        """Wait a little; whether the process is gone and all it said is read."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
            self._reader.join(5.0)
            return True
        return False

    def kill(self) -> None:
        """End the process and all it began, and wait until it is gone."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join(5.0)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()

    def last_words(self) -> str:
        """The end of what it wrote to standard error."""
        with suppress(OSError):
            return self._errors.read_text(encoding="utf-8", errors="replace")[-TAIL:]
        return ""

    @property
    def status(self) -> int | None:
        """Its exit status; negative for a signal."""
        return self._process.returncode

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with suppress(ValueError):
                self._hear(json.loads(line))

    def _hear(self, message: dict[str, Any]) -> None:
        with self._lock:
            self._news = True
            if "phase" in message:
                self._phase = message["phase"]
            if "progress" in message:
                self._progress = message["progress"]
                self._decisions = message["decisions"] or self._decisions
            if "end" in message:
                self.end = message["end"]
