"""What DBOS does that has to be minded: each trap, and that it catches nobody."""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import dbos
import sqlalchemy as sa
from kapacitet_api.database import Database
from kapacitet_api.runs.engine import QUEUE, VERSION, RunQueue
from kapacitet_api.settings import Settings
from packaging.requirements import Requirement
from starlette.testclient import TestClient

from tests.api.workers import ended, journal_of, searching, submit, wait, worker
from tests.project import ROOT


def status_table(database: Database) -> sa.Table:
    """The queue's own table."""
    schema = None if database.is_sqlite else "dbos"
    return sa.Table("workflow_status", sa.MetaData(), autoload_with=database.engine, schema=schema)


def test_sqlite_is_new_enough_and_one_copy_of_it(database: Database) -> None:
    if database.is_sqlite:
        module = database.engine.dialect.dbapi
        assert module is sys.modules["pysqlite3"]
        assert module.sqlite_version_info >= (3, 42)
        with database.read() as connection:
            names = ("journal_mode", "foreign_keys", "busy_timeout")
            settings = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
        assert settings == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30000}
    sources = [path.read_text("utf-8") for path in (ROOT / "api").rglob("*.py")]
    assert not any("import sqlite3" in text for text in sources)


def test_only_the_engine_knows_dbos_and_nobody_waits_for_it() -> None:
    for path in (ROOT / "api").rglob("*.py"):
        text = path.read_text("utf-8")
        assert "dbos" not in text or path.name in ("engine.py",), path
        assert ".get_result(" not in text and ".run_workflow(" not in text


def test_the_private_recovery_is_pinned_and_there() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    pinned = next(Requirement(line) for line in declared if line.startswith("dbos"))
    assert "3.5.0" not in pinned.specifier and "3.4.0" in pinned.specifier
    assert callable(dbos.DBOS._recover_pending_workflows)


def test_what_lies_on_the_queue(client: TestClient, database: Database) -> None:
    id = submit(client, "kort")["id"]
    with database.write() as connection:
        RunQueue(database).put(connection, id)  # twice is once
    table = status_table(database)
    with database.read() as connection:
        row = connection.execute(sa.select(table)).one()
        query = sa.text(f"SELECT inputs FROM {'' if database.is_sqlite else 'dbos.'}workflow_input")
        inputs = connection.execute(query).scalar_one()
    assert (row.workflow_uuid, row.queue_name, row.status) == (id, QUEUE, "ENQUEUED")
    assert row.application_version == VERSION == "1", "not a hash of the source, which changes with every mend"
    assert row.serialization == "portable_json" and json.loads(inputs)["positionalArgs"] == [id]


def test_a_run_and_its_place_on_the_queue_come_together(client: TestClient, database: Database) -> None:
    submit(client, "kort")
    assert client.post("/api/v1/runs", json={"scenario": "kort", "options": {"time_limit": 7200}}).status_code == 422
    with database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(status_table(database))).scalar_one() == 1


def test_cancelling_frees_no_slot_before_the_process_is_gone(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    settings = replace(settings, runs_at_once=1)
    with worker(settings, tmp_path / "journal"):
        for seed in range(0, 6, 2):
            first = submit(client, "uendelig", seed)["id"]
            wait(client, first, searching)
            second = submit(client, "kort", seed + 1)["id"]
            client.post(f"/api/v1/runs/{first}/cancel")
            assert wait(client, second, ended)["state"] == "done"
    begun = [line for line in journal_of(tmp_path / "journal") if line.get("began")]
    assert len(begun) == 6 and all(line["slot"] and line["alone"] for line in begun)


def test_a_run_begun_a_hundred_times_is_not_put_aside_in_silence(
    client: TestClient, database: Database, settings: Settings, tmp_path: Path
) -> None:
    id = submit(client, "kort")["id"]
    with database.write() as connection:
        connection.execute(status_table(database).update().values(recovery_attempts=500))
    with worker(settings, tmp_path / "journal"):
        assert wait(client, id, ended)["state"] == "done"
