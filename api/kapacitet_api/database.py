"""One way to the database, whether it is SQLite in a file or PostgreSQL.

SQLite is the one pysqlite3 carries, since Debian's can be too old for DBOS; a file must never be opened with
two different copies of SQLite in one process, so nobody else makes an engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pysqlite3
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kapacitet.faults import Fault, FaultyInput, system_message
from kapacitet_api.settings import Settings

POOL = 20
LONGEST_IDLE_MS = 10_000
"""PostgreSQL ends a transaction in which nothing happens for so long: a frozen worker's locks must go before others
take its runs."""
_SHARED: Final[dict[str, Any]] = {"pool_size": POOL, "max_overflow": 0, "hide_parameters": True}
"""Errors are logged, and values of SQL can be secrets: they are left out."""
LOCK: Final = 0x6B_61_71
"""Number of the PostgreSQL lock under which versions of datasets and scenarios get their numbers."""
_SQLITE: Final = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000", "foreign_keys=ON")
UNREACHABLE = (OperationalError, InterfaceError, PoolTimeout)
"""The database is away, locked or full: the same may work later."""


class Database:
    """An engine with its two ways in."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite"):
            self.engine = sa.create_engine(
                url, module=pysqlite3, hide_parameters=True, pool_size=POOL, max_overflow=0
            )
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
        else:
            self.engine = sa.create_engine(
                url,
                **_SHARED,
                pool_pre_ping=True,
                pool_timeout=15,
                connect_args={
                    "connect_timeout": 10,
                    "application_name": "kapacitet",
                    "options": f"-c idle_in_transaction_session_timeout={LONGEST_IDLE_MS}",
                },
            )

    @property
    def is_sqlite(self) -> bool:
        """Whether it is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that changes something; in SQLite it is the only one from its beginning."""
        with self.engine.begin() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that only reads, and sees one state of everything."""
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            else:
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection
            connection.rollback()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(settings: Settings) -> Database:
    """The database of ``settings``; the folder of an embedded one is made.

    Raises:
        FaultyInput: the folder can't be made or written.
    """
    if not settings.database_url:
        _make(settings.data)
    return Database(settings.url)


def alone(connection: sa.Connection) -> None:
    """Wait until nobody else adds versions, and let nobody before the end; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those of ``rows`` whose key isn't there already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    if rows:
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), [dict(row) for row in rows])


def is_duplicate(error: DBAPIError) -> bool:
    """Whether a unique key was there already."""
    return "UNIQUE constraint failed" in str(error.orig) or getattr(error.orig, "sqlstate", "") == "23505"


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = "IMMEDIATE"
    for setting in _SQLITE:
        connection.execute(f"PRAGMA {setting}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        message = f"Mappen til data kan ikke bruges. {system_message(error, folder)}".strip()
        raise FaultyInput([Fault(message, "Vælg en anden med --data.", value=str(folder))]) from None
