"""Queued runs while their workers are killed at random: each is finished once, none is lost, the limit holds.

A short version by default; ``KAPACITET_CHAOS_RUNS=200`` makes it long (docs/drift.md).
"""

from __future__ import annotations

import json
import math
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from kapacitet_api.access.principal import Scope
from kapacitet_api.database import Database, open_database
from kapacitet_api.runs.tables import run_events, runs
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api.conftest import Template, furnished
from tests.api.light_child import JOURNAL, SLOTS
from tests.api.ports import free_port
from tests.api.worker_process import CHANGES
from tests.api.workers import WorkerProcess, journal_of, submit
from tests.project import ROOT

LONG = int(os.environ.get("KAPACITET_CHAOS_RUNS", "0"))
RUNS, FEW = LONG or 12, LONG or 5
QUICK: dict[str, Any] = {"heartbeat": 0.3, "lease": 2.0, "dead_after": 3.0}
PATIENCE = 60.0 + 6.0 * RUNS
LIMIT = 2


def states(database: Database) -> list[str]:
    """The states of all runs."""
    with database.read() as connection:
        return list(connection.execute(sa.select(runs.c.state)).scalars())


def verify(database: Database, journal: Path, expected: int) -> None:
    """Each run finished once, none lost, never two processes at one run, never more than the limit."""
    with database.read() as connection:
        rows = connection.execute(sa.select(runs)).all()
        ends = sa.select(run_events.c.run_id, sa.func.count()).where(run_events.c.kind == "end")
        ended = dict(connection.execute(ends.group_by(run_events.c.run_id)).tuples().all())
    assert len(rows) == expected and {row.state for row in rows} == {"done"}
    assert ended == {row.id: 1 for row in rows}
    begun = [line for line in journal_of(journal) if line.get("began")]
    assert all(line["alone"] and line["slot"] for line in begun)
    attempts = sum(row.attempts for row in rows)
    again = sum(row.attempts > 1 for row in rows)
    print(f"{expected} runs, {attempts} attempts, {again} runs begun again, {len(begun)} processes begun")


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_three_workers_killed_at_random(
    client: TestClient, database: Database, settings: Settings, tmp_path: Path
) -> None:
    chance, journal = random.Random(7), tmp_path / "journal"
    settings = replace(settings, runs_at_once=LIMIT)
    for seed in range(RUNS):
        submit(client, "taber", seed)
    alive = [WorkerProcess(settings, journal, **QUICK) for _ in range(3)]
    killed, began = 0, time.monotonic()
    try:
        while set(states(database)) != {"done"}:
            assert time.monotonic() - began < PATIENCE, states(database)
            time.sleep(chance.uniform(0.5, 4.0))
            victim = chance.randrange(3)
            alive[victim].signal(chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM]))
            killed += 1
            time.sleep(chance.uniform(0.0, 1.0))
            alive[victim].end()
            alive[victim] = WorkerProcess(settings, journal, **QUICK)
    finally:
        for one in alive:
            one.end()
    print(f"{killed} kills in {time.monotonic() - began:.0f} s")
    verify(database, journal, RUNS)


class Machine:
    """``kapacitet serve`` on SQLite with all its processes."""

    def __init__(self, settings: Settings, journal: Path) -> None:
        journal.mkdir(exist_ok=True)
        self.journal = journal
        path = f"{ROOT / 'src'}{os.pathsep}{ROOT / 'api'}{os.pathsep}{ROOT}"
        test = {JOURNAL: str(journal), SLOTS: str(settings.runs_at_once), CHANGES: json.dumps(QUICK)}
        environment = {**os.environ, **settings.environment(), **test, "PYTHONPATH": path}
        self._log = (journal / "serve.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.api.serve_process"],
            cwd=ROOT,
            stdout=self._log,
            stderr=self._log,
            env=environment,
            start_new_session=True,
        )

    def kill(self) -> None:
        """kill -9 of everything: the API, its worker, and what they have begun."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for line in journal_of(self.journal)[-8:]:
            with suppress(OSError):
                if b"light_child" in Path(f"/proc/{line['process']}/cmdline").read_bytes():
                    os.kill(line["process"], signal.SIGKILL)
        self._process.wait()
        self._log.close()


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_one_machine_where_everything_is_killed(template: Template, tmp_path: Path) -> None:
    chance, journal = random.Random(11), tmp_path / "journal"
    port = free_port()
    settings = replace(furnished(template, tmp_path), port=port, runs_at_once=LIMIT, worker_runs=LIMIT)
    database = open_database(settings)
    headers = {"Authorization": f"Bearer {template.keys[Scope.PLAN]}"}
    machine, killed, began, sent = Machine(settings, journal), 0, time.monotonic(), 0
    count, next_kill = FEW, math.inf  # a machine is killed some seconds after it has answered
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=5.0) as client:
            while sent < count or set(states(database)) != {"done"}:
                assert time.monotonic() - began < PATIENCE, states(database)
                if sent < count:
                    body = {"scenario": "taber", "options": {"seed": sent}}
                    with suppress(httpx2.TransportError):  # the same again, until it is answered
                        key = {"Idempotency-Key": f"nr-{sent}"}
                        sent += client.post("/api/v1/runs", json=body, headers=key).status_code == 202
                with suppress(httpx2.TransportError):
                    if next_kill == math.inf and client.get("/healthz").status_code == 200:
                        next_kill = time.monotonic() + chance.uniform(4.0, 8.0)
                time.sleep(0.1)
                if time.monotonic() > next_kill:
                    machine.kill()
                    killed += 1
                    machine, next_kill = Machine(settings, journal), math.inf
    finally:
        machine.kill()
    print(f"{killed} kills of everything in {time.monotonic() - began:.0f} s")
    verify(database, journal, count)
    database.close()
