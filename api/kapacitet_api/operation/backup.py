"""Copies of the embedded database, taken while it is used, and put back; PostgreSQL has its own programs for it."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pysqlite3

from kapacitet.faults import Fault, FaultyInput, system_message
from kapacitet_api.database import Database
from kapacitet_api.settings import Settings

NAME = "kapacitet.db"
LEFT = (f"{NAME}-wal", f"{NAME}-shm")


def open_existing(settings: Settings) -> Database:
    """The database of ``settings``, if there is one.

    Raises:
        FaultyInput: the folder has none.
    """
    if not settings.database_url and not (settings.data / NAME).is_file():
        fault = Fault("Der ligger ingen database i mappen.", "Vælg den rette med --data.", value=str(settings.data))
        raise FaultyInput([fault])
    return Database(settings.url)


def back_up(database: Database, target: Path) -> int:
    """Write a whole, compact copy as it stands at one moment, while others read and write; its bytes.

    Raises:
        FaultyInput: it is PostgreSQL, or the file can't be written; an existing one is never overwritten.
    """
    if not database.is_sqlite:
        mend = "Brug pg_dump --format=custom, som docs/drift.md viser."
        raise FaultyInput(
            [Fault("Databasen er PostgreSQL, der tager sikkerhedskopier selv.", mend, table="database")]
        )
    if target.exists():
        raise FaultyInput([Fault("Filen findes allerede og overskrives ikke.", "Vælg en anden.", value=str(target))])
    partial = target.with_name(f".{target.name}.del")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with database.engine.connect() as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(partial.resolve()),))
        _sync(partial)
        partial.rename(target)
    except (OSError, pysqlite3.Error) as error:
        raise _unwritable(target, error) from None
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def put_back(source: Path, settings: Settings) -> None:
    """Make a copy the database of an installation that has none.

    Raises:
        FaultyInput: the copy is damaged or none, there is a database already, or it is to be PostgreSQL.
    """
    if settings.database_url:
        raise _not_here("pg_restore")
    _refuse_damaged(source)
    target = settings.data / NAME
    if target.exists():
        mend = "Stop tjenesten, og flyt mappen væk, eller vælg en anden med --data."
        raise FaultyInput([Fault("Der ligger allerede en database i mappen.", mend, value=str(target))])
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        settings.data.chmod(0o700)
        for name in LEFT:  # of another database, they would be taken for this one's
            (settings.data / name).unlink(missing_ok=True)
        partial = settings.data / f".{NAME}.del"
        shutil.copyfile(source, partial)
        partial.chmod(0o600)
        _sync(partial)
        partial.rename(target)
    except OSError as error:
        raise _unwritable(target, error) from None


def _not_here(program: str) -> FaultyInput:
    message = "Databasen er PostgreSQL, der har sit eget program til det."
    return FaultyInput([Fault(message, f"Brug {program}, som docs/drift.md viser.", table="database")])


def _refuse_damaged(source: Path) -> None:
    fault = Fault("Filen er ikke en hel sikkerhedskopi.", "Vælg en anden kopi.", value=str(source))
    if not source.is_file():
        raise FaultyInput([Fault("Filen findes ikke.", "Ret navnet.", value=str(source))])
    try:
        with closing(pysqlite3.connect(f"{source.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            known = connection.execute("SELECT count(*) FROM alembic_version").fetchone()[0] == 1
    except pysqlite3.Error:
        raise FaultyInput([fault]) from None
    if not (whole and known):
        raise FaultyInput([fault])


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _unwritable(target: Path, error: Any) -> FaultyInput:
    told = system_message(error, target) if isinstance(error, OSError) else "Er der plads?"
    return FaultyInput([Fault(f"Filen kan ikke skrives. {told}".strip(), "Vælg et andet sted.", value=str(target))])
