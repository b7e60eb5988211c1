"""Private temporary folders of runs; those of killed workers are removed by the next one on the machine."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = re.compile(r"kapacitet-run-(\d+)-.*")


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for the block."""
    folder = Path(tempfile.mkdtemp(prefix=f"kapacitet-run-{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Remove the folders of processes that are gone; to be called before this one makes any."""
    for folder in Path(tempfile.gettempdir()).glob("kapacitet-run-*"):
        found = _NAME.fullmatch(folder.name)
        if found and (int(found[1]) == os.getpid() or not _alive(int(found[1]))):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
