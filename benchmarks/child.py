"""A task run in a process of its own, so that its time and memory are nobody else's.

A task is a function of this package named ``module:function``. It takes and gives what JSON can hold.
"""

from __future__ import annotations

import importlib
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3
LONG = 60.0
"""Seconds: what takes more is run once."""


def measured(task: str, *, python: str = sys.executable, **given: Any) -> dict[str, Any]:
    """What ``task`` gave in the run of median seconds, of ``RUNS`` unless it is long.

    Args:
        python: the interpreter, where a peer lies in an environment of its own.

    Returns:
        what the task gave, with ``whole`` (seconds, process start and imports included), ``start`` (of that, before
        and after the task), ``peak`` (MB resident at most) and ``runs``.

    Raises:
        subprocess.CalledProcessError: the task failed; its traceback is on stderr.
    """
    runs: list[dict[str, Any]] = []
    while not runs or (runs[0]["whole"] < LONG and len(runs) < RUNS):
        began = time.perf_counter()
        call = [python, "-m", "benchmarks.child", task, json.dumps(given)]
        done = subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
        whole = time.perf_counter() - began
        found = json.loads(done.stdout.splitlines()[-1])
        runs.append(found | {"whole": whole, "start": whole - found.pop("inside")})
    runs.sort(key=lambda one: float(one["whole"]))
    return runs[len(runs) // 2] | {"runs": len(runs)}


def _run(task: str, given: str) -> dict[str, Any]:
    module, _, name = task.partition(":")
    work = getattr(importlib.import_module(f"benchmarks.{module}"), name)
    began = time.perf_counter()
    found: dict[str, Any] = work(**json.loads(given))
    inside = time.perf_counter() - began
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return found | {"inside": inside, "peak": peak / (1024 * 1024 if sys.platform == "darwin" else 1024)}


if __name__ == "__main__":
    print(json.dumps(_run(sys.argv[1], sys.argv[2])))
