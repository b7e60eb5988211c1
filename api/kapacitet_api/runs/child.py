"""The process that solves one run: reads its folder, tells how it goes, writes the result folder.

It lives only as long as its worker: the worker writes to its standard input every few seconds, and when that stops
(the worker is killed, frozen or cut off from the database) the process ends itself, before others take the run.

Lines from the worker: ``.`` (alive) and ``stop`` (the best plan so far shall do). Lines to it: one JSON object each,
``{"phase"}``, ``{"progress", "decisions"}``, and at last ``{"end"}``.
"""

from __future__ import annotations

import errno
import json
import math
import os
import resource
import select
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

REGION, SCENARIO, STARTS, RESULT = "region.zip", "scenario.json", "starts.json", "result"
FRONT = "front.json"
"""There where a front is asked for, not a plan: its goals and how many points."""
LONELY = 3
"""Exit status where nothing was heard from the worker."""
TOLD_EVERY = 0.5
NICE = 5


class Line:
    """The line to the worker; what libraries print goes elsewhere."""

    def __init__(self) -> None:
        self._file = os.fdopen(os.dup(1), "w", encoding="utf-8")
        self._lock = threading.Lock()
        os.dup2(2, 1)

    def tell(self, **message: Any) -> None:
        """Send an object."""
        with self._lock:
            self._file.write(json.dumps(message) + "\n")
            self._file.flush()


def obey(silence: float) -> Callable[[], bool]:
    """Listen to the worker in a thread; whether it has said stop.

    Ends the process when the worker is gone, or hasn't said a word for ``silence`` seconds.
    """
    stop = threading.Event()

    def listen() -> None:
        while True:
            ready, _, _ = select.select([0], [], [], silence)
            words = os.read(0, 4096) if ready else b""
            if not words:
                os._exit(LONELY)
            if b"stop" in words:
                stop.set()

    threading.Thread(target=listen, daemon=True).start()
    return stop.is_set


def main(folder: Path, memory_mb: int, silence: float) -> None:
    """Solve what lies in ``folder``."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 1024 * 1024,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICE)
    line, stop = Line(), obey(silence)
    try:
        end = solve(folder, line, stop)
    except MemoryError:
        end = {"kind": "out-of-memory"}
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        end = {"kind": "disk-full"}
    line.tell(end=end)


def solve(folder: Path, line: Line, stop: Callable[[], bool]) -> dict[str, Any]:
    """Solve and write; how it ended."""
    from kapacitet.faults import FaultyInput
    from kapacitet.insight.result import Conflict, NoPlan
    from kapacitet.insight.run import run
    from kapacitet.planning.solver import SolverFault
    from kapacitet.region import load_region
    from kapacitet.report.point_figures import point_figures
    from kapacitet.scenario.models import Scenario
    from kapacitet_api.runs.front import solve_front

    scenario = Scenario.model_validate_json((folder / SCENARIO).read_text(encoding="utf-8"))
    starts = json.loads((folder / STARTS).read_text(encoding="utf-8"))
    plans = [(tuple(opened), tuple(closed), tuple(converted)) for opened, closed, converted in starts]
    line.tell(phase="Læser data")
    try:
        region = load_region(folder / REGION, over_occupancy=scenario.limits.over_occupancy)
        if (folder / FRONT).is_file():
            wanted = json.loads((folder / FRONT).read_text(encoding="utf-8"))
            return solve_front(region, scenario, wanted, folder / RESULT, stop, lambda text: line.tell(phase=text))
        answer = run(
            region,
            scenario,
            stop=stop,
            progress=Teller(line).progress,
            phase=lambda text: line.tell(phase=text),
            starts=plans,
        )
    except FaultyInput as error:
        return {"kind": "faulty-input", "faults": [_fault(fault) for fault in error.faults]}
    except SolverFault as error:
        return {"kind": "faulty-input", "faults": [{"detail": str(error), "column": "solver.name"}]}
    if isinstance(answer, Conflict):
        return contradiction(answer)
    if isinstance(answer, NoPlan):
        return {"kind": "no-plan", "refusals": list(answer.refusals)}
    line.tell(phase="Skriver resultatet")
    write(answer, region, folder / RESULT)
    summary = answer.summary
    told = {"objective": summary["objective"], "bound": summary["bound"], "gap": _finite(summary["gap"])}
    return {"kind": "plan", "optimal": summary["status"] == "optimal", **told, "figures": point_figures(answer)}


def contradiction(conflict: Any) -> dict[str, Any]:
    """How a run ends whose requirements can't all hold."""
    requirements = [
        {"sentence": one.sentence, "tag": one.tag, "amount": one.amount, "unit": one.unit, "text": one.text()}
        for one in conflict.requirements
    ]
    return {"kind": "contradiction", "requirements": requirements, "warnings": list(conflict.warnings)}


def write(result: Any, region: Any, folder: Path) -> None:
    """Write the result folder, as the command line does, without the pictures: they are drawn when asked for."""
    from kapacitet.insight.store import SCENARIO as SCENARIO_FILE
    from kapacitet.insight.store import SUMMARY, write_tables
    from kapacitet.report.markdown import to_markdown
    from kapacitet.report.summary import summary
    from kapacitet.report.words import Names

    folder.mkdir()
    text = to_markdown(summary(result, Names.of(region), ()))
    (folder / "plan.md").write_text(text, encoding="utf-8", newline="\n")
    files = sorted({"plan.md", SUMMARY, SCENARIO_FILE, *(f"{name}.csv" for name in result.tables)})
    write_tables(replace(result, summary={**result.summary, "files": files}), folder)


class Teller:
    """Tells the search's progress, not more often than it can be read, a new best plan always."""

    def __init__(self, line: Line) -> None:
        self._line, self._last, self._best = line, -math.inf, None

    def progress(self, event: Any) -> None:
        """The search has moved."""
        plan = event.decisions
        if time.monotonic() - self._last < TOLD_EVERY and plan == self._best:
            return
        self._last, news = time.monotonic(), plan is not None and plan != self._best
        self._best = plan
        progress = {"best": event.objective, "bound": event.bound, "gap": event.gap, "seconds": event.seconds}
        self._line.tell(
            progress={name: _finite(value) for name, value in progress.items()},
            decisions=[list(map(int, part)) for part in plan] if news else None,
        )


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _fault(fault: Any) -> dict[str, Any]:
    from kapacitet_api.problems import place

    return place(fault)


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    except Exception:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)
