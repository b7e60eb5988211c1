"""The command line without pictures, whose search goes on until it is asked to stop; run by the tests of signals."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from kapacitet.cli import solve
from kapacitet.cli.main import app
from kapacitet.insight.result import NoPlan, Result
from kapacitet.region import Region
from kapacitet.scenario.models import Scenario

KEEPS_A_PLAN, DEAF = "med plan", "hører ikke"
real_run = solve.run


def waiting_run(region: Region, scenario: Scenario, *, stop: Callable[[], bool], **more: Any) -> Any:
    """Say "klar", wait for the stop, then answer with a plan or without."""
    found = real_run(region, scenario) if scenario.description == KEEPS_A_PLAN else None
    print("klar", flush=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (not stop() or scenario.description == DEAF):
        time.sleep(0.02)
        if stop() and scenario.description == DEAF:
            print("hørt", flush=True)
    return found if isinstance(found, Result) else NoPlan(scenario, 1.0)


if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it would be ignored
    solve.run = waiting_run  # type: ignore[assignment]
    solve.write_map = solve.write_charts = lambda *_: ()
    app(sys.argv[1:])
