"""Workers that are killed, frozen and stopped in the middle: another one goes on, and nothing is done twice."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest
from kapacitet_api.database import Database
from kapacitet_api.runs.worker import FENCED
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api import postgres
from tests.api.workers import WorkerProcess, ended, journal_of, look, searching, submit, wait, worker

QUICK: dict[str, Any] = {"heartbeat": 0.3, "lease": 2.0, "dead_after": 3.0}
"""As in operation, in a fifth of the time."""
WITHIN = 60.0


def never_twice(journal: Path) -> list[dict[str, Any]]:
    """What was begun; each alone at its run and within the limit."""
    begun = [line for line in journal_of(journal) if line.get("began")]
    assert all(line["alone"] and line["slot"] for line in begun), begun
    return begun


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_another_worker_goes_on(
    client: TestClient, settings: Settings, tmp_path: Path, number: signal.Signals
) -> None:
    journal = tmp_path / "journal"
    with worker(settings, journal, **QUICK) as first:
        id = submit(client, "uendelig")["id"]
        wait(client, id, searching)
        with worker(settings, journal, **QUICK):
            first.signal(number)
            began = time.monotonic()
            run = wait(client, id, lambda run: searching(run) and run["attempts"] == 2, WITHIN)
            print(f"{number.name}: taken over after {time.monotonic() - began:.1f} s")
            assert run["state"] == "running"
            client.post(f"/api/v1/runs/{id}/cancel", json={"keep_plan": True})
            assert wait(client, id, ended)["state"] == "stopped_with_plan"
    begun = never_twice(journal)
    assert [line["starts"] for line in begun] == [[], [[[1], [], []]]], "it goes on from the best plan so far"


PHASES = {
    "claimed": ("lang", lambda run: run["state"] == "running"),
    "searching": ("lang", searching),
    "writing": ("skriver", lambda run: run["phase"] == "Skriver resultatet"),
}
"""Phase -> a scenario that has it, and how it is seen."""


@pytest.mark.parametrize("phase", PHASES)
def test_a_worker_killed_in_each_phase(client: TestClient, settings: Settings, tmp_path: Path, phase: str) -> None:
    (scenario, seen), journal = PHASES[phase], tmp_path / "journal"
    with worker(settings, journal, **QUICK) as first:
        id = submit(client, scenario)["id"]
        wait(client, id, seen)
        first.signal(signal.SIGKILL)
        with worker(settings, journal, **QUICK):
            run = wait(client, id, ended, WITHIN)
    assert run["state"] == "done" and run["result"] and run["attempts"] == 2, run
    never_twice(journal)
    assert sum(bool(line.get("ended")) for line in journal_of(journal)) == 1


def test_a_frozen_worker_that_wakes_does_nothing_more(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with worker(settings, journal, **QUICK) as first:
        id = submit(client, "uendelig")["id"]
        wait(client, id, searching)
        first.signal(signal.SIGSTOP)
        with worker(settings, journal, **QUICK):
            wait(client, id, lambda run: searching(run) and run["attempts"] == 2, WITHIN)
            first.signal(signal.SIGCONT)
            assert first.process.wait(30) == FENCED
            later = submit(client, "kort", 2)["id"]
            assert wait(client, later, ended)["attempts"] == 1
            assert look(client, id)["attempts"] == 2
            client.post(f"/api/v1/runs/{id}/cancel")
            assert wait(client, id, ended)["state"] == "cancelled"
    assert len(never_twice(journal)) == 3


def test_all_is_killed_and_one_starts_again(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    journal = tmp_path / "journal"
    with worker(settings, journal, **QUICK):
        ids = [submit(client, "lang", seed)["id"] for seed in range(4)]
        wait(client, ids[1], searching)
    assert any(look(client, id)["state"] == "running" for id in ids)
    with worker(settings, journal, **QUICK):
        told = [wait(client, id, ended, WITHIN) for id in ids]
    assert [run["state"] for run in told] == ["done"] * 4
    assert {run["attempts"] for run in told} == {1, 2}
    never_twice(journal)


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_the_database_restarts(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    with worker(settings, tmp_path / "journal") as begun:
        id = submit(client, "lang")["id"]
        wait(client, id, searching)
        postgres.restart(settings.database_url)
        assert wait(client, id, ended)["state"] == "done"
        after = submit(client, "kort", 2)["id"]
        assert wait(client, after, ended)["state"] == "done"
        assert begun.process.poll() is None
    never_twice(tmp_path / "journal")


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_a_worker_that_loses_the_database_ends_itself(
    client: TestClient, database: Database, settings: Settings, tmp_path: Path
) -> None:
    with worker(settings, tmp_path / "journal", **QUICK) as begun:
        id = submit(client, "uendelig")["id"]
        wait(client, id, searching)
        with database.write():  # nobody else can write meanwhile
            assert begun.process.wait(20) == FENCED
    again = WorkerProcess(settings, tmp_path / "journal", **QUICK)
    try:
        wait(client, id, lambda run: searching(run) and run["attempts"] == 2, WITHIN)
        client.post(f"/api/v1/runs/{id}/cancel")
        wait(client, id, ended)
    finally:
        again.end()
    never_twice(tmp_path / "journal")
