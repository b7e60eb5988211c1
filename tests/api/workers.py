"""Worker processes of the tests, and waiting for what they do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kapacitet_api.settings import CHILD, Settings
from starlette.testclient import TestClient

from tests.api.light_child import JOURNAL, SLOTS
from tests.api.worker_process import CHANGES
from tests.project import ROOT

ENDS = {"done", "failed", "cancelled", "stopped_with_plan"}


class WorkerProcess:
    """A worker of its own process group's making."""

    def __init__(self, settings: Settings, journal: Path, **changes: Any) -> None:
        journal.mkdir(exist_ok=True)
        self.journal = journal
        environment = {
            **os.environ,
            **settings.environment(),
            JOURNAL: str(journal),
            SLOTS: str(settings.runs_at_once),
            CHANGES: json.dumps(changes),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'api'}{os.pathsep}{ROOT}",
        }
        self._log = (journal / "worker.log").open("ab")
        command = [sys.executable, "-m", "tests.api.worker_process"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=self._log, stderr=self._log, env=environment
        )

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the worker alone."""
        with suppress(ProcessLookupError):
            self.process.send_signal(number)

    def end(self) -> None:
        """Kill it, and close what it had from us."""
        self.process.kill()
        self.process.wait()
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.close()
        self._log.close()


@contextmanager
def worker(settings: Settings, journal: Path, *, real: bool = False, **changes: Any) -> Iterator[WorkerProcess]:
    """A worker for the block; with ``real`` its solving processes solve."""
    begun = WorkerProcess(settings, journal, **({"child": CHILD} if real else {}), **changes)
    try:
        yield begun
    finally:
        begun.end()


def submit(client: TestClient, scenario: str, seed: int = 1, **more: Any) -> dict[str, Any]:
    """A new run."""
    answer = client.post("/api/v1/runs", json={"scenario": scenario, "options": {"seed": seed}, **more})
    assert answer.status_code == 202, answer.text
    run: dict[str, Any] = answer.json()
    return run


def look(client: TestClient, id: str) -> dict[str, Any]:
    """The run as it is."""
    answer = client.get(f"/api/v1/runs/{id}")
    assert answer.status_code == 200, answer.text
    run: dict[str, Any] = answer.json()
    return run


def wait(client: TestClient, id: str, done: Callable[[dict[str, Any]], bool], seconds: float = 30) -> dict[str, Any]:
    """The run as soon as ``done`` holds."""
    deadline = time.monotonic() + seconds
    while not done(run := look(client, id)):
        assert time.monotonic() < deadline, run
        time.sleep(0.05)
    return run


def ended(run: dict[str, Any]) -> bool:
    """Whether nothing more will happen to the run."""
    return run["state"] in ENDS


def searching(run: dict[str, Any]) -> bool:
    """Whether the run has a plan, and goes on."""
    return run["state"] == "running" and run["best"] is not None


def journal_of(folder: Path) -> list[dict[str, Any]]:
    """What the light solving processes wrote."""
    path = folder / "journal.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []
