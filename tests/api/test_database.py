"""Tables: from empty, by many at once, as the program knows them; what only grows only grows."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from kapacitet_api.audit.repository import record
from kapacitet_api.audit.tables import audit
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.blobs.tables import blobs as blobs_table
from kapacitet_api.columns import now
from kapacitet_api.database import Database, open_database
from kapacitet_api.migrations.upgrade import is_current, upgrade
from kapacitet_api.settings import Settings
from kapacitet_api.tables import METADATA
from sqlalchemy.exc import DBAPIError


def test_from_empty_by_many_at_once(empty: Settings) -> None:
    opened = [open_database(empty) for _ in range(4)]
    with opened[0].read() as connection:
        assert not is_current(connection)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(upgrade, opened))
    with opened[0].read() as connection:
        assert is_current(connection)
    for database in opened:
        database.close()


def test_the_migrations_make_the_tables_the_program_knows(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or name in METADATA.tables,
                "compare_type": True,
            },
        )
        assert compare_metadata(context, METADATA) == []


@pytest.mark.parametrize("statement", [audit.update().values(who="en anden"), audit.delete()])
def test_the_audit_log_only_grows(database: Database, statement: sa.Executable) -> None:
    with database.write() as connection:
        record(connection, "key:a", "run.create", "x", detail={"a": 1})
    with pytest.raises(DBAPIError, match="append-only"), database.write() as connection:
        connection.execute(statement)
    with database.read() as connection:
        row = connection.execute(sa.select(audit).where(audit.c.object == "x")).one()
    assert (row.who, row.detail) == ("key:a", {"a": 1})


def test_blobs_are_kept_once_and_checked(database: Database) -> None:
    for data in (b"", b"a", os.urandom(2 * blobs.PART + 17), b"0" * 3 * blobs.PART):
        with database.write() as connection:
            key = blobs.put(connection, data)
            assert blobs.put(connection, data) == key
        with database.read() as connection:
            assert blobs.get(connection, key) == data
    with database.write() as connection:
        connection.execute(blobs_table.update().where(blobs_table.c.part == 0).values(content=b"noget andet"))
    for wanted in (key, "0" * 64):
        with pytest.raises(blobs.Damaged), database.read() as connection:
            blobs.get(connection, wanted)


def test_the_databases_clock(database: Database) -> None:
    with database.read() as connection:
        told, later = connection.execute(sa.select(now(), now(timedelta(seconds=90)))).one()
    assert abs(told - datetime.now(UTC)) < timedelta(seconds=5)
    assert timedelta(seconds=89) < later - told < timedelta(seconds=91)


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_a_frozen_workers_locks_go_before_its_runs_are_taken(database: Database, settings: Settings) -> None:
    with database.read() as connection:
        told = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar_one()
    assert told == "10s" and settings.dead_after > 10


def test_a_reader_sees_one_state(database: Database) -> None:
    count = sa.select(sa.func.count()).select_from(audit)
    with database.read() as reader:
        before = reader.execute(count).scalar_one()
        with database.write() as writer:
            record(writer, "a", "b", "c")
        assert reader.execute(count).scalar_one() == before
    with database.read() as reader:
        assert reader.execute(count).scalar_one() == before + 1
