"""Processes that read what users hand over: each alone, with little memory and time, only a few at once."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kapacitet_api.problems import Problem
from kapacitet_api.settings import PREFIX, Settings

MOST_RECEIVED = 8
"""Uploads that come in at the same time; more are refused before a byte is read."""
MOST_WAITING = 8
PATIENCE = 30.0
"""Seconds something waits for a process of its own."""
_log = logging.getLogger("kapacitet")
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


class Failed(Exception):
    """A process that didn't answer; ``kind`` says why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Hands:
    """The processes of one API process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._free = threading.BoundedSemaphore(settings.checks_at_once)
        self._lock = threading.Lock()
        self._received, self._waiting, self._closed = 0, 0, False
        self._begun: set[subprocess.Popen[bytes]] = set()

    @contextmanager
    def receiving(self) -> Iterator[None]:
        """While an upload comes in.

        Raises:
            Problem: 429, there are too many already.
        """
        with self._lock:
            if self._received >= MOST_RECEIVED:
                raise _busy()
            self._received += 1
        try:
            yield
        finally:
            with self._lock:
                self._received -= 1

    def run(self, task: str, folder: Path, **asked: Any) -> dict[str, Any]:
        """The answer of a task (see :mod:`kapacitet_api.regions.work`) on the files in ``folder``.

        Raises:
            Failed: it used too much memory or time, or crashed.
            Problem: 429, too many wait.
        """
        with self._slot():
            (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
            return self._answer(task, folder)

    def close(self) -> None:
        """End all processes, and begin no more."""
        with self._lock:
            self._closed = True
            begun = list(self._begun)
        for process in begun:
            _kill(process)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        with self._lock:
            if self._waiting >= MOST_WAITING:
                raise _busy()
            self._waiting += 1
        try:
            held = self._free.acquire(timeout=PATIENCE)
        finally:
            with self._lock:
                self._waiting -= 1
        if not held:
            raise _busy()
        try:
            yield
        finally:
            self._free.release()

    def _answer(self, task: str, folder: Path) -> dict[str, Any]:
        settings, errors = self._settings, folder / "stderr.txt"
        command = [sys.executable, "-P", "-m", "kapacitet_api.regions.child", task, str(folder)]
        with errors.open("wb") as written:
            with self._lock:
                if self._closed:
                    raise Failed("closed")
                process = subprocess.Popen(
                    [*command, str(settings.check_memory_mb), str(settings.check_seconds)],
                    stdin=subprocess.PIPE,  # never written to: it is closed when this process ends, however it ends
                    stdout=subprocess.DEVNULL,
                    stderr=written,
                    env=_environment(),
                    start_new_session=True,
                )
                self._begun.add(process)
            try:
                process.wait(settings.check_seconds)
            except subprocess.TimeoutExpired:
                raise Failed("overrun") from None
            finally:
                _kill(process)
                with self._lock:
                    self._begun.discard(process)
        if self._closed:
            raise Failed("closed")
        return _read(process.returncode, task, folder)


def _read(status: int, task: str, folder: Path) -> dict[str, Any]:
    with suppress(OSError, ValueError):
        if status == 0:
            answer: dict[str, Any] = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
            if "failed" in answer:
                raise Failed(answer["failed"])
            return answer
    last = (folder / "stderr.txt").read_text(encoding="utf-8", errors="replace")[-4000:]
    if status == -signal.SIGXCPU:
        raise Failed("overrun")
    if any(sign in last for sign in ("bad_alloc", "MemoryError", "Cannot allocate memory", "failed to map")):
        raise Failed("out-of-memory")
    _log.error("%s: process ended with %s: %s", task, status, last)
    raise Failed("crashed")


def _environment() -> dict[str, str]:
    """Nothing of ours: what reads a hostile file knows no address of a database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | dict.fromkeys(_ONE_THREAD, "1") | {"PYTHONUTF8": "1"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()


def _busy() -> Problem:
    detail = "Der læses for mange filer lige nu. Prøv igen om lidt."
    return Problem("too-many", detail, headers={"Retry-After": "10"})
