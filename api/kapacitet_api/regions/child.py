"""The process that does one task of :mod:`kapacitet_api.regions.work` and ends: ``child TASK FOLDER MB SECONDS``."""

from __future__ import annotations

import errno
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from kapacitet_api.confinement import confine


def main(task: str, folder: Path, memory_mb: int, seconds: int) -> None:
    """Do the task, and write its answer."""
    confine(memory_mb, seconds)
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


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)
