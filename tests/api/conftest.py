"""Each test of the service on both databases, each time a new one."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.database import Database, open_database
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api import postgres
from tests.api.parties import add_parties
from tests.api.small import furnish
from tests.api.workers import WorkerProcess, worker
from tests.report.world import KOMMUNER

SQLITE, POSTGRESQL = "sqlite", "postgresql"
LIMITS, PLENTY = ("requests_a_minute", "address_requests_a_minute", "failures_a_minute"), 10_000_000


@dataclass(frozen=True)
class Template:
    """A furnished database to be copied: a file, or the name of a PostgreSQL database on ``server``."""

    keys: dict[Scope, str]
    file: Path | None = None
    server: str = ""


@dataclass(frozen=True)
class Stage:
    """A service at work."""

    settings: Settings
    database: Database
    client: TestClient
    worker: WorkerProcess


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A furnished SQLite file."""
    settings = Settings(data=tmp_path_factory.mktemp("skabelon"))
    database = open_database(settings)
    keys = furnish(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return Template(keys, settings.data / "kapacitet.db")


@pytest.fixture(scope="session")
def postgresql_template(server: str) -> Template:
    """A furnished PostgreSQL database."""
    create(server, "skabelon")
    database = open_database(Settings(database_url=f"{server}/skabelon"))
    keys = furnish(database)
    database.close()
    return Template(keys, server=server)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def template(request: pytest.FixtureRequest) -> Template:
    """Each kind of database in turn."""
    found: Template = request.getfixturevalue(f"{request.param}_template")
    return found


@pytest.fixture
def settings(template: Template, tmp_path: Path) -> Settings:
    """A furnished database of the test's own."""
    return furnished(template, tmp_path)


@pytest.fixture
def empty(request: pytest.FixtureRequest, template: Template, tmp_path: Path) -> Settings:
    """A database without a single table."""
    data = tmp_path / "tom"
    data.mkdir()
    if template.file is not None:
        return Settings(data=data)
    name = f"e_{uuid.uuid4().hex[:12]}"
    create(template.server, name)
    return Settings(data=data, database_url=f"{template.server}/{name}")


@pytest.fixture(scope="module", params=[SQLITE, POSTGRESQL])
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A service with a worker whose solving processes are light, shared by the tests of a module."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    folder = tmp_path_factory.mktemp("scene")
    settings = furnished(template, folder)
    database = open_database(settings)
    app = create_app(settings, database)
    with TestClient(app, raise_server_exceptions=False) as client, worker(settings, folder / "journal") as begun:
        client.headers["Authorization"] = f"Bearer {template.keys[Scope.PLAN]}"
        yield Stage(settings, database, client, begun)
    database.close()


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    """The test's database, open."""
    opened = open_database(settings)
    yield opened
    opened.close()


@pytest.fixture
def keys(template: Template) -> dict[Scope, str]:
    """A key for each scope."""
    return template.keys


@pytest.fixture
def anonymous(settings: Settings, database: Database) -> Iterator[TestClient]:
    """A client without a key."""
    with TestClient(create_app(settings, database), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def others(database: Database, keys: dict[Scope, str]) -> dict[Scope, str]:
    """Things that belong to somebody in the test's database, and the key of another party by scope."""
    return add_parties(database, keys)


@pytest.fixture
def client(anonymous: TestClient, keys: dict[Scope, str]) -> TestClient:
    """A client that may plan."""
    anonymous.headers["Authorization"] = f"Bearer {keys[Scope.PLAN]}"
    return anonymous


@pytest.fixture
def finished(database: Database) -> Database:
    """The test's database with runs that are finished, a sweep and a publication; see :mod:`tests.api.solved`."""
    from tests.api.solved import furnish as add  # solves, so only where it is needed

    add(database)
    return database


@pytest.fixture
def readers(finished: Database) -> dict[str, dict[str, str]]:
    """Headers of a reader of each municipality of the small region."""
    with finished.write() as connection:
        return {
            code: {
                "Authorization": f"Bearer {create_key(connection, code, [Scope.READ], 'system', municipality=code)}"
            }
            for code in KOMMUNER
        }


def furnished(template: Template, folder: Path) -> Settings:
    """A copy of the template, its folder inside ``folder``."""
    data = folder / "data"
    data.mkdir()
    base = Settings(data=data, runs_at_once=2, worker_runs=2, **dict.fromkeys(LIMITS, PLENTY))
    if template.file is not None:
        shutil.copy(template.file, data / "kapacitet.db")
        return base
    name = f"t_{uuid.uuid4().hex[:12]}"
    create(template.server, name, template="skabelon")
    return replace(base, database_url=f"{template.server}/{name}")


def create(server: str, name: str, template: str = "template0") -> None:
    """Make a database on the server."""
    engine = sa.create_engine(f"postgresql+psycopg{server.removeprefix('postgresql')}/postgres")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()
