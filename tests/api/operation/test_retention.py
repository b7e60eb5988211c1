"""What is kept and what goes: nothing that anybody can still ask for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from kapacitet_api.audit.tables import audit
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.blobs.tables import blobs as blobs_table
from kapacitet_api.columns import METADATA, now
from kapacitet_api.database import Database
from kapacitet_api.operation import old_rows
from kapacitet_api.operation.retention import Removed, Tidying, due, tidy
from kapacitet_api.operation.tables import chores
from kapacitet_api.regions.tables import datasets
from kapacitet_api.runs.engine import RunQueue
from kapacitet_api.runs.tables import run_events, run_plans, runs
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api.workers import ended, submit, wait, worker

ENDS: dict[str, dict[str, Any]] = {
    "done": {"state": "done"},
    "failed": {"state": "failed", "result_sha256": None},
    "cancelled": {"state": "cancelled", "result_sha256": None},
    "stopped": {"state": "stopped_with_plan"},
}


def nothing(before: datetime) -> int:
    return 0


@pytest.fixture
def make(client: TestClient, database: Database) -> Callable[..., str]:
    """Makes a run that ended so many days ago, with its events, its plan so far and its result."""
    seed = iter(range(10_000))

    def made(days: float, **values: Any) -> str:
        number = next(seed)
        id: str = submit(client, "proeve", seed=number)["id"]
        with database.write() as connection:
            ended = {
                "finished_at": now(-timedelta(days=days)),
                "result_sha256": blobs.put(connection, b"%d" % number),
            }
            connection.execute(runs.update().where(runs.c.id == id).values({**ended, **values}))
            events = [("progress", 2), ("progress", 3), ("end", 4)]
            connection.execute(
                run_events.insert(), [{"run_id": id, "number": n, "kind": kind, "payload": {}} for kind, n in events]
            )
            connection.execute(run_plans.insert().values(run_id=id, version="1", decisions=[], objective=1.0))
        return id

    return made


def ids(database: Database, column: sa.Column[Any]) -> set[str]:
    """The values of a column."""
    with database.read() as connection:
        return set(connection.execute(sa.select(column)).scalars())


def test_by_age_and_kind(make: Callable[..., str], database: Database, settings: Settings) -> None:
    young = {name: make(5, **values) for name, values in ENDS.items()}
    old = {name: make(100, **values) for name, values in ENDS.items()}
    waiting = make(100, state="queued", finished_at=None)
    removed = tidy(database, settings, nothing)
    assert removed.runs == 2 and removed.events == 12 and removed.plans == 8
    kept = {*young.values(), old["done"], old["stopped"], waiting}
    assert ids(database, runs.c.id) == kept
    assert ids(database, run_plans.c.run_id) == {waiting}
    with database.read() as connection:
        progress = sa.select(run_events.c.run_id).where(run_events.c.kind == "progress")
        assert set(connection.execute(progress).scalars()) == {*young.values(), waiting}
        told = sa.select(audit.c.object).where(audit.c.what == "run.remove")
        assert set(connection.execute(told).scalars()) == {old["failed"], old["cancelled"]}
    assert tidy(database, settings, nothing) == Removed(0, 0, 0, 0, 0)
    assert tidy(database, replace(settings, keep_runs_days=50), nothing).runs == 2
    assert ids(database, runs.c.id) == {*young.values(), waiting}


def test_what_others_name_stays(make: Callable[..., str], database: Database, settings: Settings) -> None:
    origin = make(100, state="done")
    answered = make(1, state="done", reused_from=origin)
    alone = make(100, state="done")
    tidy(database, replace(settings, keep_runs_days=50), nothing)
    assert ids(database, runs.c.id) == {origin, answered} and alone


def test_every_table_that_names_a_run_keeps_it_or_goes_with_it(database: Database) -> None:
    naming = {
        column.table.name
        for table in METADATA.tables.values()
        for column in table.c
        if column.name == "run_id" or column.name.endswith("_run_id")
    }
    declared = {
        key.parent.table.name
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.column is runs.c.id
    }
    assert naming <= declared


def test_files_nobody_names_go_and_all_others_stay(
    make: Callable[..., str], database: Database, settings: Settings
) -> None:
    make(1, state="done")
    with database.write() as connection:
        unused = blobs.put(connection, b"ingen bruger mig")
    before = ids(database, blobs_table.c.sha256)
    assert tidy(database, settings, nothing).blobs == 1
    assert ids(database, blobs_table.c.sha256) == before - {unused}
    for table in METADATA.tables.values():
        for column in table.c:
            if column.name.endswith("sha256") and table is not blobs_table:
                marked = bool(column.info.get(blobs.MARK))
                kept = ids(database, column) - {None} <= ids(database, blobs_table.c.sha256)
                assert marked == kept or not ids(database, column), f"{column} must be marked or be no blob's name"


def test_putting_and_removing_at_the_same_time(database: Database, settings: Settings) -> None:
    """What a transaction has put is there when it ends, however often others remove what is unused."""
    stop = threading.Event()

    def remove() -> None:
        while not stop.is_set():
            with database.write() as connection:
                blobs.remove_unused(connection)

    with ThreadPoolExecutor(1) as pool:
        removing = pool.submit(remove)
        for _ in range(30):
            with database.write() as connection:
                key = blobs.put(connection, b"igen og igen")
                time.sleep(0.005)
                assert blobs.get(connection, key) == b"igen og igen"
        stop.set()
        removing.result()


def test_one_of_many_does_it_and_an_hour_apart(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: due(database), range(8))) == 1
    assert not due(database)
    with database.write() as connection:
        connection.execute(chores.update().values(begun_at=now(-timedelta(minutes=61))))
    assert due(database) and not due(database)


def test_the_queues_books(client: TestClient, database: Database, settings: Settings, tmp_path: Path) -> None:
    queue = RunQueue(database)
    with worker(settings, tmp_path / "journal"):
        done = submit(client, "kort")["id"]
        wait(client, done, ended)
        assert queue.forget(datetime.now(UTC) - timedelta(days=7)) == 0, "too young"
    waiting = submit(client, "kort", seed=2)["id"]
    deadline = time.monotonic() + 10
    while not (gone := queue.forget(datetime.now(UTC) + timedelta(seconds=1))):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert gone == 1
    with worker(settings, tmp_path / "journal"):
        assert wait(client, waiting, ended)["state"] == "done"
    assert client.get(f"/api/v1/runs/{done}").json()["state"] == "done"


def test_the_worker_does_it(make: Callable[..., str], database: Database, settings: Settings, tmp_path: Path) -> None:
    gone, kept = make(100, **ENDS["failed"]), make(5, **ENDS["done"])
    before = ids(database, blobs_table.c.sha256)
    with worker(settings, tmp_path / "journal"):
        deadline = time.monotonic() + 20
        # The files go in a transaction of their own, after the runs.
        while gone in ids(database, runs.c.id) or ids(database, blobs_table.c.sha256) == before:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    with database.read() as connection:
        left = sa.union(sa.select(datasets.c.sha256), sa.select(runs.c.scenario_sha256).where(runs.c.id == kept))
        assert set(connection.execute(left).scalars()) <= ids(database, blobs_table.c.sha256) < before


def test_a_database_that_is_away_ends_nothing(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(before: datetime) -> int:
        raise old_rows_away

    old_rows_away = sa.exc.OperationalError("", {}, Exception())
    tidying = Tidying(database, settings, RunQueue(database))
    monkeypatch.setattr(tidying._queue, "forget", away)
    tidying.now_and_then()
    assert tidying._thread is not None
    tidying._thread.join(10)
    assert not tidying._thread.is_alive() and datetime.now(UTC) > old_rows.BEGINNING
