"""Databases of earlier releases become this one's: nothing is lost, what waited is solved."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.audit.tables import audit
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import open_database
from kapacitet_api.migrations.upgrade import is_current, upgrade
from kapacitet_api.settings import Settings
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient

from tests.api.release import load, released
from tests.api.workers import ended, wait, worker


@pytest.mark.parametrize("version", released())
def test_a_releases_database(version: str, empty: Settings, tmp_path: Path) -> None:
    load(version, empty)
    database = open_database(empty)
    before = rows(database.engine)
    upgrade(database)
    upgrade(database)
    assert rows(database.engine) == before, "a row was lost or changed"
    with database.write() as connection:
        assert is_current(connection)
        key = create_key(connection, "efter", [Scope.ADMIN], "system")
    with pytest.raises(DBAPIError, match="append-only"), database.write() as connection:
        connection.execute(audit.delete())
    with TestClient(create_app(empty, database)) as client, worker(empty, tmp_path / "journal"):
        client.headers["Authorization"] = f"Bearer {key}"
        runs = {run["scenario"]: run for run in client.get("/api/v1/runs").json()["items"]}
        assert runs["proeve"]["state"] == "done"
        with database.read() as connection:
            assert blobs.get(connection, runs["proeve"]["result"]).startswith(b"PK")
        assert wait(client, runs["kort"]["id"], ended)["state"] == "done"
    database.close()


def rows(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    """The rows of the tables there were, with the columns there were."""
    metadata = sa.MetaData()
    metadata.reflect(engine, only=FIRST)
    known = {name: [c for c in metadata.tables[name].c if c.name in FIRST[name]] for name in FIRST}
    with engine.connect() as connection:
        return {name: sorted(map(tuple, connection.execute(sa.select(*known[name]))), key=repr) for name in FIRST}


FIRST = {
    "api_keys": {"id", "name", "prefix", "hash", "scopes", "owner", "created_at"},
    "audit": {"id", "at", "who", "what", "object", "input_hash"},
    "blobs": {"sha256", "part", "content"},
    "datasets": {"id", "region", "version", "name", "sha256", "input_hash", "created_at", "created_by", "note"},
    "scenarios": {"id", "name", "region", "preset", "created_at", "created_by"},
    "scenario_versions": {"scenario_id", "version", "sha256", "content", "created_at", "created_by", "note"},
    "runs": {"id", "dataset_id", "scenario_id", "input_hash", "state", "best", "created_at", "result_sha256"},
    "run_events": {"run_id", "number", "at", "kind"},
}
"""Columns of the first release that stay as they are."""
