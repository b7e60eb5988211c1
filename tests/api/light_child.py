"""A solving process without solver: it does what the scenario's description says; the line to the worker is real.

It takes a lock for its run and one of as many slots as there may be runs at once, which the system frees when it
dies, and writes what went wrong into a journal: that is how tests know that the limit held and that nothing was
solved twice at a time.
"""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from kapacitet_api.runs.child import LONELY, RESULT, SCENARIO, STARTS, Line, obey

SEARCH = "Søger den bedste plan"
SECONDS = {"kort": 0.2, "lang": 1.5, "taber": 0.3, "skriver": 0.6}
JOURNAL, SLOTS = "KAPACITET_TEST_JOURNAL", "KAPACITET_TEST_SLOTS"
held = []


def lock(path: Path) -> bool:
    """Take a lock for as long as the process lives."""
    file = path.open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    held.append(file)
    return True


def note(journal: Path, **what: Any) -> None:
    """Write a line into the journal."""
    with (journal / "journal.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": time.time(), "process": os.getpid(), **what}) + "\n")


def main(folder: Path) -> None:
    """Behave as the scenario says."""
    scenario = json.loads((folder / SCENARIO).read_text(encoding="utf-8"))
    starts = json.loads((folder / STARTS).read_text(encoding="utf-8"))
    kind, seed = scenario["description"], scenario["futures"]["seed"]
    journal = Path(os.environ[JOURNAL])
    alone = lock(journal / f"run-{seed}")
    slot = any(lock(journal / f"slot-{number}") for number in range(int(os.environ[SLOTS])))
    note(journal, run=seed, began=True, alone=alone, slot=slot, starts=starts)
    line, stop = Line(), obey(float(sys.argv[3]))
    print("noise on standard output")
    line.tell(phase="Læser data")
    line.tell(phase=SEARCH)
    line.tell(progress={"best": 110.0, "bound": 90.0, "gap": 20 / 110, "seconds": 0.1}, decisions=[[1], [], []])
    if kind == "ensom" and not starts:
        time.sleep(1.5)  # the worker notes the plan meanwhile
        os._exit(LONELY)
    if kind == "styrter":
        os.abort()
    if kind == "hukommelse":
        raise MemoryError
    began = time.monotonic()
    while not stop() and time.monotonic() - began < SECONDS.get(kind, 120):
        time.sleep(0.02)
    if kind == "skriver" and not starts:
        line.tell(phase="Skriver resultatet")
        time.sleep(120)
    line.tell(progress={"best": 100.0, "bound": 100.0, "gap": 0.0, "seconds": 0.2}, decisions=[[2], [], []])
    (folder / RESULT).mkdir()
    (folder / RESULT / "result.json").write_text(json.dumps({"run": seed}), encoding="utf-8")
    note(journal, run=seed, ended=True)
    line.tell(end={"kind": "plan", "optimal": not stop(), "objective": 100.0, "bound": 100.0, "gap": 0.0})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
    os._exit(0)
