"""The commands as they are run: serve, worker, key and database; progress that survives a broken line."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa
from kapacitet_api.access.keys import principal_of
from kapacitet_api.access.principal import Scope
from kapacitet_api.access.tables import api_keys
from kapacitet_api.database import Database
from kapacitet_api.serving import listening
from kapacitet_api.settings import Settings

from tests.api.conftest import Template
from tests.api.ports import free_port
from tests.project import ROOT

PATIENCE = 60


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """On a free port."""
    return replace(settings, port=free_port())


def command(settings: Settings, *words: str) -> subprocess.Popen[str]:
    """``kapacitet`` with these settings."""
    return subprocess.Popen(
        [sys.executable, "-m", "kapacitet.cli", *words],
        cwd=ROOT,
        env={**os.environ, **settings.environment()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@contextmanager
def running(settings: Settings, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A command for the block; asked to stop at the end, it ends well."""
    process = command(settings, *words)
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)
        assert "Traceback" not in errors, errors
        assert process.returncode == 0, errors
    finally:
        process.kill()
        process.communicate()


def ready(client: httpx2.Client) -> None:
    """Wait until the service can serve."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            assert time.monotonic() < deadline
        time.sleep(0.1)


def events(client: httpx2.Client, id: str, after: int, most: int) -> list[tuple[int, str]]:
    """Numbers and kinds of at most so many events above a number; then the line breaks."""
    found: list[tuple[int, str]] = []
    with client.stream("GET", f"/api/v1/runs/{id}/events", headers={"Last-Event-ID": str(after)}) as answer:
        assert answer.status_code == 200
        for line in answer.iter_lines():
            if line.startswith("id: "):
                number = int(line.removeprefix("id: "))
            elif line.startswith("event: "):
                found.append((number, line.removeprefix("event: ")))
                if len(found) == most:
                    break
    return found


def solve(settings: Settings, key: str) -> None:
    """Submit, follow over a line that breaks after each event, and see the end."""
    headers = {"Authorization": f"Bearer {key}"}
    with httpx2.Client(base_url=f"http://127.0.0.1:{settings.port}", headers=headers, timeout=PATIENCE) as client:
        ready(client)
        answer = client.post("/api/v1/runs", json={"scenario": "proeve"})
        assert answer.status_code == 202, answer.text
        id, found = answer.json()["id"], []
        while not found or found[-1][1] != "end":
            found += events(client, id, found[-1][0] if found else 0, 1)
        assert [number for number, _ in found] == list(range(1, len(found) + 1))
        assert events(client, id, 0, 1000) == found
        run = client.get(f"/api/v1/runs/{id}").json()
    assert run["state"] == "done" and run["result"], run


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_serve_on_one_machine(settings: Settings, template: Template, tmp_path: Path) -> None:
    with running(settings, "serve"):
        solve(settings, template.keys[Scope.PLAN])
        again = command(settings, "serve")
        _, errors = again.communicate(timeout=PATIENCE)
        assert again.returncode == 2 and "er optaget" in errors and "--port" in errors


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_serve_and_worker_apart(settings: Settings, template: Template, tmp_path: Path) -> None:
    with running(settings, "serve", "--api-only"), running(settings, "worker"):
        solve(settings, template.keys[Scope.PLAN])


def test_database_and_key(empty: Settings) -> None:
    process = command(empty, "database", "upgrade")
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0 and "Databasen svarer til denne udgave." in errors
    process = command(empty, "key", "Rammeaftalens tavle", "--scope", "read:public")
    out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0 and out.startswith("kap_") and errors == ""


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_the_first_start_shows_a_link_that_signs_in(empty: Settings) -> None:
    settings = replace(empty, port=free_port())
    base = f"http://127.0.0.1:{settings.port}"
    with (
        running(settings, "serve", "--api-only") as process,
        httpx2.Client(base_url=base, timeout=PATIENCE) as client,
    ):
        assert process.stdout is not None
        shown = process.stdout.readline().strip()
        assert shown.startswith(f"{base}/login/link?token=")
        ready(client)
        assert "<form" in client.get(shown).text
        form = {"token": shown.rpartition("=")[2]}
        assert client.post("/login/link", data=form, headers={"Origin": "http://ond.example"}).status_code == 403
        answer = client.post("/login/link", data=form, headers={"Origin": base}, follow_redirects=True)
        assert answer.json()["role"] == "sekretariat" and "server" not in answer.headers
        forwarded = {"X-Forwarded-For": "203.0.113.5", "X-Forwarded-Proto": "https"}
        assert client.get("/login", headers=forwarded).status_code == 200
    process = command(settings, "login-link", "--role", "laeser", "--municipality", "630")
    out, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0 and out.startswith(f"{base}/login/link?token=") and errors == ""


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_keys_that_end_and_keys_of_a_municipality(settings: Settings, database: Database) -> None:
    words = ("key", "Vejle", "--scope", "read", "--expires", "3", "--municipality", "630")
    out, _ = command(settings, *words).communicate(timeout=PATIENCE)
    found = principal_of(database, out.strip())
    assert found is not None and found.municipality == "630" and found.own_only
    with database.read() as connection:
        row = connection.execute(sa.select(api_keys).where(api_keys.c.name == "Vejle")).one()
    assert abs(row.expires_at - row.created_at - timedelta(days=3)) < timedelta(seconds=PATIENCE)
    for wrong, told in (("63", "tre cifre"), ("630", "ser alle kommuner")):
        process = command(settings, "key", "a", "--scope", "plan", "--municipality", wrong)
        out, errors = process.communicate(timeout=PATIENCE)
        assert process.returncode == 2 and told in errors and out == ""


def test_answers_are_not_held_back_by_the_line() -> None:
    with listening(Settings(port=0)) as listener:
        listener.listen()
        with socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
            assert accepted.proto == socket.IPPROTO_TCP, "asyncio sets TCP_NODELAY only then"


def test_a_folder_and_variables_that_cannot_be_used(tmp_path: Path) -> None:
    file = tmp_path / "fil"
    file.write_text("x")
    process = command(Settings(data=file / "data"), "serve")
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2 and "Mappen til data kan ikke bruges." in errors and "Traceback" not in errors
