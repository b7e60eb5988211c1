"""Bringing a database to the newest version; many processes may ask at once, one does it."""

from __future__ import annotations

import time
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from kapacitet_api.database import Database
from kapacitet_api.runs import engine

LOCK = 0x6B_61_70
"""Number of the PostgreSQL lock that migrations take: «kap»."""
PATIENCE = 60.0


def upgrade(database: Database) -> None:
    """Run the migrations that are missing, those of the queue too.

    As one transaction, in PostgreSQL under a lock: after a kill in the middle the next start goes on.

    Raises:
        OperationalError: the database can't be reached within a minute.
    """
    _wait_for(database)
    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.migrate(database)  # under its own lock: it builds indexes that wait for every open transaction


def is_current(connection: sa.Connection) -> bool:
    """Whether the tables are those this version of the program needs."""
    known = ScriptDirectory.from_config(_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == known


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def _wait_for(database: Database) -> None:
    """Wait for a database that starts at the same time as we do."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with database.engine.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
            return
        except OperationalError:
            if database.is_sqlite or time.monotonic() > deadline:
                raise
            time.sleep(1.0)
