"""Requests in the log and the metrics: all that is needed, nothing secret."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from kapacitet_api.access.principal import Scope
from kapacitet_api.access.tables import api_keys
from kapacitet_api.app import create_app
from kapacitet_api.columns import now
from kapacitet_api.database import Database
from kapacitet_api.operation.logs import configure
from kapacitet_api.operation.metrics import Runs
from kapacitet_api.runs.tables import runs
from kapacitet_api.settings import Settings
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from tests.api.workers import submit
from tests.project import ROOT


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged to programs; afterwards logging is as it was."""
    root, own = logging.getLogger(), logging.getLogger("kapacitet")
    before = root.handlers[:], root.level, own.level
    text = io.StringIO()
    monkeypatch.setattr("sys.stderr", text)
    configure("json")
    yield text
    root.handlers[:], root.level, own.level = before


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """The lines, each an object."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def samples(text: str) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Name and labels -> value."""
    families = text_string_to_metric_families(text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_each_request_has_a_line_without_secrets(log: io.StringIO, client: TestClient) -> None:
    secret = client.headers["Authorization"].removeprefix("Bearer ")
    answer = client.get("/api/v1/runs?after=hemmeligt")
    client.get("/findes/ikke")
    submit(client, "proeve")
    requests = [line for line in lines(log) if line["message"] == "request"]
    assert [(one["route"], one["status"]) for one in requests] == [
        ("list_runs", answer.status_code), ("(none)", 404), ("create_run", 202),
    ]  # fmt: skip
    assert requests[0]["request_id"] == answer.headers["X-Request-ID"]
    assert requests[0]["principal"].startswith("key:") and requests[1]["principal"] is None
    assert all(one["at"].endswith("+00:00") and one["level"] == "INFO" and one["ms"] >= 0 for one in requests)
    assert secret not in log.getvalue() and "hemmeligt" not in log.getvalue()


def test_an_unexpected_error_is_found_by_its_number_and_shows_no_values(
    log: io.StringIO, settings: Settings, database: Database, keys: dict[Scope, str]
) -> None:
    app, secret = create_app(settings, database), "hemmeligt"

    @app.get("/fejl")
    def fails() -> None:
        with database.write() as connection:
            connection.execute(api_keys.insert().values(id="1", hash=secret, prefix="b", scopes=[], owner="c"))

    with TestClient(app, raise_server_exceptions=False) as client:
        told = client.get("/fejl").json()
    [line] = [line for line in lines(log) if line["level"] == "ERROR"]
    assert told["status"] == 500 and told["number"] == line["request_id"]
    assert "Traceback" in line["exc_info"] and "Traceback" not in str(told)
    assert "IntegrityError" in line["exc_info"] and secret not in line["exc_info"]


def test_a_person_sees_only_what_goes_wrong(
    log: io.StringIO, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    configure("tekst")
    client.get("/api/v1/runs")
    logging.getLogger("kapacitet").warning("noget gik galt")
    told = capsys.readouterr().err
    assert told.endswith(" WARNING noget gik galt\n") and told.count("\n") == 1


def test_metrics(client: TestClient) -> None:
    for _ in range(3):
        client.get("/api/v1/runs")
    client.get("/findes/ikke")
    client.request("PROPFIND", "/healthz")
    submit(client, "proeve")
    answer = client.get("/metrics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain")
    found = samples(answer.text)
    asked = ("kapacitet_requests_total", (("method", "GET"), ("route", "list_runs"), ("status", "200")))
    assert found[asked] == 3
    assert found[("kapacitet_requests_total", (("method", "GET"), ("route", "(none)"), ("status", "404")))] == 1
    assert found[("kapacitet_requests_total", (("method", "(other)"), ("route", "healthz"), ("status", "405")))] == 1
    assert found[("kapacitet_request_seconds_count", (("route", "list_runs"),))] == 3
    assert found[("kapacitet_runs", (("state", "queued"),))] == 1
    assert found[("kapacitet_runs", (("state", "done"),))] == 0
    assert found[("kapacitet_database_up", ())] == 1 and found[("kapacitet_workers", ())] == 0
    assert found[("kapacitet_database_bytes", ())] > 10_000
    assert 0 <= found[("kapacitet_queue_oldest_seconds", ())] < 60


def test_a_solved_run_in_the_metrics(client: TestClient, database: Database, settings: Settings) -> None:
    id = submit(client, "proeve")["id"]
    with database.write() as connection:
        changed = {"state": "done", "started_at": now(timedelta(seconds=-20)), "finished_at": now()}
        connection.execute(runs.update().where(runs.c.id == id).values(changed))
    found = samples(client.get("/metrics").text)
    assert found[("kapacitet_run_seconds_bucket", (("le", "10.0"),))] == 0
    assert found[("kapacitet_run_seconds_bucket", (("le", "30.0"),))] == 1
    assert found[("kapacitet_run_seconds_count", ())] == 1
    assert found[("kapacitet_run_seconds_sum", ())] == pytest.approx(20, abs=0.1)


def test_the_rest_is_told_while_the_database_is_away(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Runs(database, 15.0))

    def away() -> None:
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(database, "read", away)
    assert samples(generate_latest(registry).decode()) == {("kapacitet_database_up", ()): 0.0}


def test_every_metric_is_described_and_no_other(client: TestClient) -> None:
    described = set(
        re.findall(r"^\| `(kapacitet_\w+)", (ROOT / "docs" / "drift.md").read_text("utf-8"), re.MULTILINE)
    )
    found = {family.name for family in text_string_to_metric_families(client.get("/metrics").text)}
    own = {name for name in found if name.startswith("kapacitet_")}
    assert {name.removesuffix("_total") for name in described} == own
