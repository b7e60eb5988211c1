"""Long computations in a process of their own, with limits, so that requests are answered meanwhile."""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kapacitet_api.problems import Problem

NICE = 5
_log = logging.getLogger("kapacitet")


def confined(memory_mb: int) -> None:
    """Keep this process within its memory, and behind those that answer."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICE)


def computed(module: str, files: Mapping[str, bytes], memory_mb: int, seconds: float) -> dict[str, bytes]:
    """What ``python -m module FOLDER MEMORY`` has added to a folder with ``files``, by name.

    Raises:
        Problem: 503, it failed, or took longer than ``seconds``.
    """
    with tempfile.TemporaryDirectory(prefix="kapacitet-aside-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        try:
            done = subprocess.run(
                [sys.executable, "-m", module, name, str(memory_mb)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Problem("unavailable", "Det tog for lang tid at regne. Prøv igen.") from None
        made = {
            path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name not in files
        }
        if done.returncode or not made:
            _log.error("%s ended with %s: %s", module, done.returncode, done.stderr.decode(errors="replace")[-2000:])
            raise Problem("unavailable", "Beregningen gik ned; fejlen er noteret. Prøv igen.")
        return made
