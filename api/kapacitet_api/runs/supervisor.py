"""Keeping a worker process alive: one that ends by itself is begun again."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time

from kapacitet_api.settings import Settings

COMMAND = (sys.executable, "-m", "kapacitet_api.runs.worker")
FIRST_WAIT, LONGEST_WAIT, HEALTHY = 0.5, 30.0, 30.0
PATIENCE = 20.0
_log = logging.getLogger("kapacitet")


class Supervisor:
    """A worker process, begun again with longer and longer pauses for as long as it doesn't last.

    The worker's standard input is a pipe from here: when this process dies, however it dies, the worker sees the end
    of it and stops.
    """

    def __init__(self, settings: Settings) -> None:
        self._environment = {**os.environ, **settings.environment()}
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def start(self) -> None:
        """Begin the worker."""
        self._process = self._begin()
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to hand its runs over and end; end it if it doesn't."""
        self._stopping.set()
        process = self._process
        if process is not None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        self._thread.join(PATIENCE)

    def _begin(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(COMMAND, stdin=subprocess.PIPE, env=self._environment)

    def _watch(self) -> None:
        wait = FIRST_WAIT
        while True:
            began = time.monotonic()
            assert self._process is not None
            status = self._process.wait()
            if self._stopping.is_set():
                return
            wait = FIRST_WAIT if time.monotonic() - began > HEALTHY else min(2 * wait, LONGEST_WAIT)
            _log.warning("worker ended with %s; a new one begins in %.1f s", status, wait)
            if self._stopping.wait(wait):
                return
            self._process = self._begin()
