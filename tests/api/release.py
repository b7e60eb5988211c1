"""Databases as releases left them: a finished run, one that waits, keys and the audit log, as SQL.

``python -m tests.api.release`` writes the present version's, at its release; it is never written again.
"""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pysqlite3
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.database import open_database
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api import postgres
from tests.api.small import furnish
from tests.api.workers import ended, submit, wait, worker

FOLDER = Path(__file__).parent / "releases"
SQLITE, POSTGRESQL = ".sqlite.sql", ".postgresql.sql"

DUMP = "import sqlite3, sys; [print(line) for line in sqlite3.connect(sys.argv[1]).iterdump()]"


def released() -> list[str]:
    """Versions there is a database of."""
    return sorted(path.name.removesuffix(SQLITE) for path in FOLDER.glob(f"*{SQLITE}"))


def load(version: str, settings: Settings) -> None:
    """Put a release's database into the empty one of ``settings``."""
    if settings.database_url:
        command = [postgres.program_folder() / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", settings.database_url]
        with (FOLDER / f"{version}{POSTGRESQL}").open(encoding="utf-8") as script:
            subprocess.run(command, stdin=script, stdout=subprocess.DEVNULL, check=True)
        return
    with closing(pysqlite3.connect(settings.data / "kapacitet.db")) as connection:
        connection.executescript((FOLDER / f"{version}{SQLITE}").read_text(encoding="utf-8"))


def _write(settings: Settings, target: Path, folder: Path) -> None:
    """Furnish the database, use it, and write it as SQL."""
    database = open_database(settings)
    key = furnish(database)[Scope.ADMIN]
    with TestClient(create_app(settings, database)) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        with worker(settings, folder / "journal", real=True):
            run = wait(client, submit(client, "proeve")["id"], ended, 120)
            assert run["state"] == "done", run
        submit(client, "kort", seed=2)
    database.close()
    if settings.database_url:
        words = ["--no-owner", "--no-privileges", "--inserts", "-d", settings.database_url]
        text = subprocess.run([postgres.program_folder() / "pg_dump", *words], check=True, capture_output=True).stdout
        target.write_bytes(b"".join(line for line in text.splitlines(True) if not line.startswith(b"\\")))
    else:
        # pysqlite3 can't write SQL; the other copy of SQLite must not meet it in one process.
        words = [sys.executable, "-c", DUMP, str(settings.data / "kapacitet.db")]
        target.write_bytes(subprocess.run(words, check=True, capture_output=True).stdout)
    print(target)


@contextmanager
def _empty() -> Iterator[tuple[Settings, str, Path]]:
    from tests.api.conftest import create

    with tempfile.TemporaryDirectory() as temporary, postgres.server() as server:
        folder = Path(temporary)
        create(server, "udgave")
        base = Settings(data=folder / "data")
        (folder / "data").mkdir()
        yield base, f"{server}/udgave", folder


def main() -> None:
    """Write both databases of the present version."""
    version = importlib.metadata.version("kapacitet")
    with _empty() as (settings, url, folder):
        for suffix, used in ((SQLITE, settings), (POSTGRESQL, replace(settings, database_url=url))):
            target = FOLDER / f"{version}{suffix}"
            if target.exists():
                raise SystemExit(f"{target} is a release's: it isn't written again")
            _write(used, target, folder)


if __name__ == "__main__":
    main()
