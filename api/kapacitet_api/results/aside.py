"""Long computations in a process of their own, with limits, so that requests are answered meanwhile."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from kapacitet_api.problems import Problem

AT_ONCE = 2
PATIENCE = 60.0
"""Seconds a computation waits for others to end."""
TAIL = 2000
"""Bytes of what a failed process has written that get into the log."""
_slots = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger("kapacitet")


def computed(module: str, files: Mapping[str, bytes], memory_mb: int, seconds: int) -> dict[str, bytes]:
    """What ``python -m module FOLDER MEMORY SECONDS`` has added to a folder with ``files``, by name.

    Raises:
        Problem: 503, it failed, took longer than ``seconds``, or others take all the places for too long.
    """
    if not _slots.acquire(timeout=PATIENCE):
        detail = "Der regnes på for meget lige nu. Prøv igen om lidt."
        raise Problem("unavailable", detail, headers={"Retry-After": "30"})
    try:
        with tempfile.TemporaryDirectory(prefix="kapacitet-aside-") as name:
            folder = Path(name)
            for file, content in files.items():
                (folder / file).write_bytes(content)
            _run(module, folder, memory_mb, seconds)
            left = [path for path in folder.iterdir() if path.is_file() and path.name not in files]
            return {path.name: path.read_bytes() for path in left}
    finally:
        _slots.release()


def _run(module: str, folder: Path, memory_mb: int, seconds: int) -> None:
    command = [sys.executable, "-m", module, str(folder), str(memory_mb), str(seconds)]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors)
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Problem("unavailable", "Det tog for lang tid at regne. Prøv igen.") from None
        finally:
            process.kill()
            process.wait()
            assert process.stdin is not None
            process.stdin.close()
        if status:
            errors.seek(0)
            last = errors.read()[-TAIL:].decode(errors="replace")
            _log.error("computation failed", extra={"module_run": module, "status": status, "last": last})
            raise Problem("unavailable", "Beregningen gik ned; fejlen er noteret. Prøv igen.")
