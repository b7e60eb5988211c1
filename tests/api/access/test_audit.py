"""Who did what, as the secretariat reads it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from kapacitet_api.access.principal import Scope
from kapacitet_api.audit.repository import record
from kapacitet_api.database import Database
from starlette.testclient import TestClient

AUDIT = "/api/v1/audit"
FORMULA = '=HYPERLINK("http://ond.example")'


@pytest.fixture
def admin(client: TestClient, keys: dict[Scope, str], database: Database) -> TestClient:
    """A client that may do all, and a few more rows."""
    client.headers["Authorization"] = f"Bearer {keys[Scope.ADMIN]}"
    with database.write() as connection:
        record(connection, "user:a", "run.create", "r1", input_hash="0" * 64)
        record(connection, "user:a", "run.cancel", "r1", detail={"æ": [1, None]})
        record(connection, "user:b", "runner.create", FORMULA)
        record(connection, "@SUM(1)", "run_create", "+1;2\n3")
    return client


def items(client: TestClient, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(AUDIT, params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_filters(admin: TestClient) -> None:
    assert [one["what"] for one in items(admin, who="user:a")] == ["run.cancel", "run.create"]
    assert {one["what"] for one in items(admin, what="run")} == {"run.cancel", "run.create"}
    assert [one["object"] for one in items(admin, what="run.create")] == ["r1"]
    assert items(admin, what="run.cancel")[0]["detail"] == {"æ": [1, None]}
    assert items(admin, what="%") == items(admin, what="ru_") == items(admin, object="r2") == []
    assert len(items(admin, object=FORMULA)) == 1
    soon, earlier = datetime.now(UTC) + timedelta(minutes=1), datetime.now(UTC) - timedelta(hours=1)
    assert items(admin, since=soon.isoformat()) == items(admin, until=earlier.isoformat()) == []
    assert len(items(admin, since=earlier.isoformat(), until=soon.isoformat(), who="user:a")) == 2


def test_pages_while_more_is_written(admin: TestClient, database: Database) -> None:
    whole = [one["id"] for one in items(admin, limit=200)]
    found: list[int] = []
    page: dict[str, Any] = {"next": None}
    while not found or page["next"]:
        page = admin.get(AUDIT, params={"limit": 3, **({"after": page["next"]} if found else {})}).json()
        found += [one["id"] for one in page["items"]]
        with database.write() as connection:
            record(connection, "user:c", "a.b", "c")
    assert found == whole == sorted(whole, reverse=True)


def test_csv_carries_no_formulas(admin: TestClient) -> None:
    answer = admin.get(AUDIT, params={"format": "csv", "limit": 3})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["object"] for row in rows] == ["'+1;2\n3", "'" + FORMULA, "r1"]
    assert rows[0]["who"] == "'@SUM(1)" and rows[2]["detail"] == '{"æ": [1, null]}'
    next_page = admin.get(answer.headers["link"].partition(">")[0].lstrip("<"))
    assert next(csv.DictReader(io.StringIO(next_page.text)))["what"] == "run.create"


@pytest.mark.parametrize(
    "query",
    [
        {"after": "0"},
        {"after": "x"},
        {"after": str(2**63)},
        {"limit": "0"},
        {"limit": "201"},
        {"since": "i går"},
        {"since": "2026-11-23T00:00:00"},
        {"who": "\x00"},
        {"format": "xml"},
    ],
)
def test_what_cannot_be_asked(admin: TestClient, query: dict[str, str]) -> None:
    answer = admin.get(AUDIT, params=query)
    assert answer.status_code == 422 and answer.json()["errors"][0]["parameter"] == next(iter(query))


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_the_ends_of_time(admin: TestClient, moment: str) -> None:
    assert admin.get(AUDIT, params={"since": moment, "until": moment}).status_code == 200
