"""The process that does one task of :mod:`kapacitet_api.regions.work` and ends: ``child TASK FOLDER MB SECONDS``.

It ends with the one who began it: its standard input is a pipe that nobody writes to, closed when that one is gone.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

NICE = 5
MOST_WRITTEN = 1024 * 1024 * 1024


def main(task: str, folder: Path, memory_mb: int, seconds: int) -> None:
    """Do the task, and write its answer."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICE)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    answer: dict[str, Any]
    try:
        from kapacitet_api.regions.work import TASKS

        answer = TASKS[task](folder, **asked)
    except MemoryError:
        answer = {"failed": "out-of-memory"}
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        answer = {"failed": "disk-full"}
    (folder / "answer.json").write_text(json.dumps(answer), encoding="utf-8")


def _end_with_parent() -> None:
    while os.read(0, 1):
        pass
    os._exit(3)


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)
