"""Keys by the API: shown once, never more than who makes them, and gone when they are revoked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from kapacitet_api.access.principal import Scope
from kapacitet_api.access.tables import api_keys
from kapacitet_api.audit.tables import audit
from kapacitet_api.database import Database
from starlette.testclient import TestClient

KEYS = "/api/v1/keys"


@pytest.fixture
def admin(client: TestClient, keys: dict[Scope, str]) -> TestClient:
    """A client that may do all."""
    client.headers["Authorization"] = f"Bearer {keys[Scope.ADMIN]}"
    return client


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_keys_life(admin: TestClient, database: Database) -> None:
    ends = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    answer = admin.post(KEYS, json={"name": "Vejle", "scope": "read", "municipality": "630", "expires_at": ends})
    assert answer.status_code == 201 and answer.headers["cache-control"] == "no-store"
    made = answer.json()
    me = admin.get("/api/v1/me", headers=bearer(made["key"])).json()
    assert (me["municipality"], me["scopes"], me["own_only"]) == ("630", ["read"], True)
    shown = next(one for one in admin.get(KEYS).json()["items"] if one["id"] == made["id"])
    assert made["key"].startswith(shown["prefix"]) and shown["last_used_at"] and shown["revoked_at"] is None
    assert datetime.fromisoformat(shown["expires_at"]) - datetime.fromisoformat(ends) < timedelta(milliseconds=1)
    for _ in range(2):
        assert admin.post(f"{KEYS}/{made['id']}/revoke").json()["revoked_at"] is not None
    assert admin.get("/api/v1/me", headers=bearer(made["key"])).status_code == 401
    with database.read() as connection:
        told = connection.execute(sa.select(audit).where(audit.c.object == made["id"])).all()
        hashes = connection.execute(sa.select(api_keys.c.hash)).scalars().all()
    assert [row.what for row in told] == ["key.create", "key.revoke"]
    secret, text = made["key"].split("_", 2)[2], admin.get(KEYS).text
    assert secret not in text + str(told) and not any(hash in text for hash in hashes)


@pytest.mark.parametrize(
    ("wanted", "pointer"),
    [
        ({"name": "", "scope": "read"}, "#/name"),
        ({"name": " ", "scope": "read"}, "#/name"),
        ({"name": "a\nb", "scope": "read"}, "#/name"),
        ({"name": "a\x00", "scope": "read"}, "#/name"),
        ({"name": "a", "scope": "alt"}, "#/scope"),
        ({"name": "a"}, "#/scope"),
        ({"name": "a", "scope": "read", "municipality": "63"}, "#/municipality"),
        ({"name": "a", "scope": "plan", "municipality": "630"}, "#/municipality"),
        ({"name": "a", "scope": "read", "expires_at": "2020-01-01T00:00:00Z"}, "#/expires_at"),
        ({"name": "a", "scope": "read", "expires_at": "2099-01-01T00:00:00"}, "#/expires_at"),
        ({"name": "a", "scope": "read", "hash": "a"}, "#/hash"),
    ],
)
def test_what_no_key_can_be(admin: TestClient, wanted: dict[str, Any], pointer: str) -> None:
    answer = admin.post(KEYS, json=wanted)
    assert answer.status_code == 422 and [one["pointer"] for one in answer.json()["errors"]] == [pointer]


def test_keys_come_in_pages(admin: TestClient) -> None:
    for number in range(5):
        assert admin.post(KEYS, json={"name": str(number), "scope": "read"}).status_code == 201
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = admin.get(KEYS, params={"limit": 2, **after}).json()
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    whole = [one["id"] for one in admin.get(KEYS).json()["items"]]
    assert found == whole and len(set(found)) == 9
    assert admin.get(KEYS, params={"after": "x"}).status_code == 422


def test_nobody_makes_a_key_that_may_more(client: TestClient, keys: dict[Scope, str]) -> None:
    for scope in (Scope.READ_PUBLIC, Scope.READ, Scope.PLAN):
        for wanted in Scope:
            answer = client.post(KEYS, json={"name": "a", "scope": wanted}, headers=bearer(keys[scope]))
            assert answer.status_code == 403


def test_unknown_keys(admin: TestClient) -> None:
    assert admin.post(f"{KEYS}/00000000-0000-0000-0000-000000000000/revoke").status_code == 404
    assert admin.post(f"{KEYS}/x/revoke").status_code == 422
