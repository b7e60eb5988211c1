"""A run's ways to its end, with solving processes that behave as asked."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from kapacitet_api.runs.repository import events_after

from tests.api.conftest import Stage
from tests.api.workers import ended, journal_of, look, searching, submit, wait

WITHIN = 3.0
"""Seconds in which a cancelled run must have stopped."""
seeds = itertools.count(1000)


def begun(run: dict[str, Any]) -> bool:
    return bool(run["state"] == "running")


def writing(run: dict[str, Any]) -> bool:
    return bool(run["phase"] == "Skriver resultatet")


def processes(stage: Stage, seed: int) -> list[int]:
    """Solving processes of a run that still live."""
    found = {line["process"] for line in journal_of(stage.worker.journal) if line["run"] == seed}
    return [process for process in found if _lives(process)]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def kinds(stage: Stage, id: str) -> list[str]:
    with stage.database.read() as connection:
        return [event.kind for event in events_after(connection, id, 0)]


def test_a_run_ends_with_its_result(stage: Stage) -> None:
    run = wait(stage.client, submit(stage.client, "kort", next(seeds))["id"], ended)
    assert (run["state"], run["best"], run["bound"], run["gap"]) == ("done", 100.0, 100.0, 0.0)
    assert run["result"] and run["error"] is None and run["started_at"] >= run["created_at"]
    told = kinds(stage, run["id"])
    assert told[0] == "state" and told[-1] == "end" and told.count("end") == 1 and "progress" in told


@pytest.mark.parametrize(
    ("scenario", "moment"),
    [
        pytest.param("uendelig", lambda _: True, id="queued"),
        pytest.param("uendelig", begun, id="starting"),
        pytest.param("uendelig", searching, id="searching"),
        pytest.param("skriver", writing, id="writing"),
    ],
)
def test_cancel_within_three_seconds(stage: Stage, scenario: str, moment: Callable[[dict[str, Any]], bool]) -> None:
    seed = next(seeds)
    id = submit(stage.client, scenario, seed)["id"]
    if scenario == "skriver":
        wait(stage.client, id, searching)
        assert stage.client.post(f"/api/v1/runs/{id}/cancel", json={"keep_plan": True}).status_code == 202
    else:
        wait(stage.client, id, moment)
    if scenario == "skriver":
        wait(stage.client, id, moment)
    began = time.monotonic()
    told = stage.client.post(f"/api/v1/runs/{id}/cancel")
    assert told.status_code == 202 and told.json()["state"] in ("cancelling", "cancelled")
    run = wait(stage.client, id, ended, WITHIN)
    assert run["state"] == "cancelled" and run["result"] is None
    assert time.monotonic() - began < WITHIN
    assert not processes(stage, seed)
    assert stage.client.post(f"/api/v1/runs/{id}/cancel").json()["state"] == "cancelled"
    assert kinds(stage, id).count("end") == 1


def test_a_cancelled_run_that_waits_never_begins(stage: Stage) -> None:
    first = [submit(stage.client, "uendelig", next(seeds))["id"] for _ in range(2)]
    for id in first:
        wait(stage.client, id, searching)
    seed = next(seeds)
    waiting = submit(stage.client, "kort", seed)["id"]
    time.sleep(1.0)
    assert look(stage.client, waiting)["state"] == "queued"
    assert stage.client.post(f"/api/v1/runs/{waiting}/cancel").json()["state"] == "cancelled"
    for id in first:
        stage.client.post(f"/api/v1/runs/{id}/cancel")
        wait(stage.client, id, ended)
    after = submit(stage.client, "kort", next(seeds))["id"]
    assert wait(stage.client, after, ended)["state"] == "done"
    assert not [line for line in journal_of(stage.worker.journal) if line["run"] == seed]
    assert look(stage.client, waiting)["attempts"] == 0


def test_stopping_with_the_best_plan(stage: Stage) -> None:
    id = submit(stage.client, "uendelig", next(seeds))["id"]
    wait(stage.client, id, searching)
    assert stage.client.post(f"/api/v1/runs/{id}/cancel", json={"keep_plan": True}).json()["state"] == "cancelling"
    run = wait(stage.client, id, ended)
    assert run["state"] == "stopped_with_plan" and run["result"] and run["best"] == 100.0
    refused = stage.client.post(f"/api/v1/runs/{id}/cancel")
    assert refused.status_code == 409 and refused.json()["type"] == "/problems/conflict"


@pytest.mark.parametrize(("scenario", "problem"), [("styrter", "crashed"), ("hukommelse", "out-of-memory")])
def test_a_solving_process_that_dies_fails_its_run_alone(stage: Stage, scenario: str, problem: str) -> None:
    run = wait(stage.client, submit(stage.client, scenario, next(seeds))["id"], ended)
    assert run["state"] == "failed" and run["error"]["type"] == f"/problems/{problem}"
    assert "Traceback" not in str(run) and run["best"] == 110.0
    assert wait(stage.client, submit(stage.client, "kort", next(seeds))["id"], ended)["state"] == "done"


def test_a_solving_process_that_heard_nothing_is_begun_again(stage: Stage) -> None:
    seed = next(seeds)
    id = submit(stage.client, "ensom", seed)["id"]
    wait(stage.client, id, searching)
    stage.client.post(f"/api/v1/runs/{id}/cancel", json={"keep_plan": True})
    run = wait(stage.client, id, ended)
    assert run["state"] == "stopped_with_plan" and run["attempts"] == 1
    begun = [line for line in journal_of(stage.worker.journal) if line["run"] == seed and line.get("began")]
    assert [line["starts"] for line in begun] == [[], [[[1], [], []]]]


def test_a_killed_solving_process_fails_its_run(stage: Stage) -> None:
    seed = next(seeds)
    id = submit(stage.client, "uendelig", seed)["id"]
    wait(stage.client, id, searching)
    for process in processes(stage, seed):
        os.kill(process, signal.SIGKILL)
    assert wait(stage.client, id, ended)["error"]["type"] == "/problems/crashed"
