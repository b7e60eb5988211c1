"""Copies taken while runs are made and solved, and put back: the service goes on from them."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.database import Database, open_database
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from kapacitet.cli.database import backup, restore
from kapacitet.faults import FaultyInput
from tests.api import postgres
from tests.api.conftest import Template, create
from tests.api.workers import ended, submit, wait, worker


@contextmanager
def using(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The commands see these settings."""
    with monkeypatch.context() as patch:
        for name, value in settings.environment().items():
            patch.setenv(name, value)
        yield


@contextmanager
def busy(client: TestClient) -> Iterator[list[str]]:
    """Runs are made all the time; those that were accepted."""
    stop, made = threading.Event(), []

    def make() -> None:
        while not stop.is_set():
            made.append(submit(client, "kort", seed=len(made))["id"])

    thread = threading.Thread(target=make)
    thread.start()
    try:
        yield made
    finally:
        stop.set()
        thread.join()


def goes_on(settings: Settings, key: str, before: list[str], tmp_path: Path) -> None:
    """All runs accepted before the copy are in it, and each is solved."""
    database = open_database(settings)
    with TestClient(create_app(settings, database)) as client, worker(settings, tmp_path / "efter"):
        client.headers["Authorization"] = f"Bearer {key}"
        for id in before:
            assert wait(client, id, ended, 60)["state"] == "done"
    database.close()


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_sqlite(
    client: TestClient, settings: Settings, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, elsewhere = tmp_path / "kopi.db", replace(settings, data=tmp_path / "ny" / "mappe")
    with worker(settings, tmp_path / "journal"), busy(client) as made:
        while len(made) < 5:
            pass
        before = made[:]
        with using(settings, monkeypatch):
            assert backup(copy, None) == 0
    assert copy.stat().st_mode & 0o777 == 0o600
    with using(elsewhere, monkeypatch):
        assert restore(copy, None) == 0
        with pytest.raises(FaultyInput, match="allerede en database"):
            restore(copy, None)
    goes_on(elsewhere, template.keys[Scope.PLAN], before, tmp_path)


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_postgresql_as_the_documentation_says(
    client: TestClient, settings: Settings, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, programs = tmp_path / "kopi.dump", postgres.program_folder()
    with worker(settings, tmp_path / "journal"), busy(client) as made:
        while len(made) < 5:
            pass
        before = made[:]
        words = ["--format=custom", f"--file={copy}", settings.database_url]
        subprocess.run([programs / "pg_dump", *words], check=True)
        with using(settings, monkeypatch), pytest.raises(FaultyInput, match="pg_dump"):
            backup(tmp_path / "x", None)
        with using(settings, monkeypatch), pytest.raises(FaultyInput, match="pg_restore"):
            restore(copy, None)
    create(template.server, "kopi")
    elsewhere = replace(settings, database_url=f"{template.server}/kopi")
    subprocess.run([programs / "pg_restore", "--no-owner", f"--dbname={elsewhere.database_url}", copy], check=True)
    goes_on(elsewhere, template.keys[Scope.PLAN], before, tmp_path)


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_files_that_cannot_be_used(
    settings: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with using(settings, monkeypatch):
        there = tmp_path / "der.db"
        there.write_text("mit")
        with pytest.raises(FaultyInput, match="overskrives ikke"):
            backup(there, None)
        with pytest.raises(FaultyInput, match="kan ikke skrives"):
            backup(tmp_path / "ingen" / "x.db", None)
        assert backup(tmp_path / "hel.db", None) == 0
    assert there.read_text() == "mit"
    whole = (tmp_path / "hel.db").read_bytes()
    broken = {
        "tom.db": b"",
        "tekst.db": b"dette er ingen database" * 100,
        "halv.db": whole[: len(whole) // 2],
        "rod.db": whole[:20_000] + os.urandom(40_000) + whole[60_000:],
    }
    new = replace(settings, data=tmp_path / "ny")
    with using(new, monkeypatch):
        for name, content in broken.items():
            (tmp_path / name).write_bytes(content)
            with pytest.raises(FaultyInput, match="ikke en hel sikkerhedskopi"):
                restore(tmp_path / name, None)
        with pytest.raises(FaultyInput, match="findes ikke"):
            restore(tmp_path / "mangler.db", None)
        with pytest.raises(FaultyInput, match="ingen database"):
            backup(tmp_path / "y.db", None)
    assert not (tmp_path / "ny" / "kapacitet.db").exists()
