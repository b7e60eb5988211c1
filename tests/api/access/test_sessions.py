"""Sessions: what the cookie is, how they end, and that other sites' pages can't use them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from kapacitet_api.access.sessions import IDLE, LONGEST
from kapacitet_api.access.tables import sessions
from kapacitet_api.audit.tables import audit
from kapacitet_api.columns import now
from kapacitet_api.database import Database
from kapacitet_api.settings import Settings

from tests.api.access.signing_in import HERE, browser

ME = "/api/v1/me"
RUNS = "/api/v1/runs"


def test_a_session_is_who_signed_in(settings: Settings, database: Database) -> None:
    client = browser(settings, database, "laeser", municipality="630")
    me = client.get(ME).json()
    assert (me["name"], me["kind"], me["role"], me["scopes"]) == ("Anne", "user", "laeser", ["read"])
    assert me["own_only"] and me["municipality"] == "630" and me["id"].startswith("user:")
    assert client.get(RUNS).status_code == 200
    assert client.post(RUNS, json={"scenario": "kort"}, headers=HERE).status_code == 403


def test_the_cookie_and_what_is_kept_of_it(settings: Settings, database: Database) -> None:
    for base, name in (("", "kapacitet"), ("https://kapacitet.example.dk", "__Host-kapacitet")):
        client = browser(replace(settings, base_url=base), database, "planlaegger")
        token = client.cookies[name]
        with database.read() as connection:
            stored = str(connection.execute(sa.select(sessions)).all() + connection.execute(sa.select(audit)).all())
        assert len(token) == 43 and token not in stored
        assert client.get(ME).status_code == 200
    answer = client.post("/logout", headers={"Origin": base})
    told = answer.headers["set-cookie"].lower()
    assert told.startswith("__host-kapacitet=") and "domain" not in told
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= {part.strip() for part in told.split(";")}


def test_over_http_the_cookie_works_without_secure(settings: Settings, database: Database) -> None:
    client = browser(settings, database, "planlaegger")
    told = client.post("/logout", headers=HERE).headers["set-cookie"].lower()
    assert "httponly" in told and "samesite=lax" in told and "secure" not in told


@pytest.mark.parametrize("column", ["last_used_at", "expires_at"])
def test_a_session_ends_by_itself(settings: Settings, database: Database, column: str) -> None:
    client = browser(settings, database, "laeser")
    with database.write() as connection:
        ago = -(IDLE if column == "last_used_at" else timedelta(0)) + timedelta(seconds=20)
        connection.execute(sessions.update().values({column: now(ago)}))
    assert client.get(ME).status_code == 200
    with database.write() as connection:
        connection.execute(sessions.update().values({column: now(ago - timedelta(seconds=21))}))
    answer = client.get(ME)
    assert answer.status_code == 401 and "ikke logget ind længere" in answer.json()["detail"]


def test_use_lengthens_a_session_but_not_beyond_its_longest(settings: Settings, database: Database) -> None:
    client = browser(settings, database, "laeser")
    with database.write() as connection:
        connection.execute(sessions.update().values(last_used_at=now(-timedelta(hours=11))))
    assert client.get(ME).status_code == 200
    with database.read() as connection:
        row = connection.execute(sa.select(sessions, now().label("now"))).one()
    assert row.now - row.last_used_at < timedelta(minutes=1)
    assert abs(row.expires_at - row.created_at - LONGEST) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://testserver"}, 202),
        ({"Origin": "HTTP://TESTSERVER"}, 202),
        ({"Sec-Fetch-Site": "same-origin"}, 202),
        ({"Origin": "http://ond.example"}, 403),
        ({"Origin": "http://testserver.ond.example"}, 403),
        ({"Origin": "http://testserver:8001"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "", "Sec-Fetch-Site": "same-origin"}, 403),
        ({"Origin": "http://ond.example", "Sec-Fetch-Site": "same-origin"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({}, 403),
    ],
)
def test_other_sites_pages_change_nothing(
    settings: Settings, database: Database, headers: dict[str, str], status: int
) -> None:
    client = browser(settings, database, "planlaegger")
    answer = client.post(RUNS, json={"scenario": "kort"}, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == ("application/json" if status == 202 else "application/problem+json")
    assert client.get(RUNS, headers=headers).status_code == 200, "reading is for all pages to ask, none to see"


def test_behind_a_proxy_only_the_public_address_counts(settings: Settings, database: Database) -> None:
    client = browser(replace(settings, base_url="https://kapacitet.example.dk"), database, "planlaegger")
    for origin, status in (("https://kapacitet.example.dk", 202), ("http://kapacitet.example.dk", 403)):
        answer = client.post(RUNS, json={"scenario": "kort"}, headers={"Origin": origin})
        assert answer.status_code == status


def test_a_key_goes_before_a_session_and_needs_no_origin(
    settings: Settings, database: Database, others: dict[str, str]
) -> None:
    client = browser(settings, database, "laeser")
    key = {"Authorization": f"Bearer {others['plan']}"}
    assert client.get(ME, headers=key).json()["kind"] == "key"
    assert client.post(RUNS, json={"scenario": "kort"}, headers=key).status_code == 202
    assert client.get(ME, headers={"Authorization": "Bearer kap_x"}).status_code == 401


def test_signing_out_ends_the_session_for_all_who_have_the_cookie(settings: Settings, database: Database) -> None:
    client = browser(settings, database, "laeser")
    thief = browser(settings, database)
    thief.cookies.set("kapacitet", client.cookies["kapacitet"])
    assert thief.get(ME).status_code == 200
    assert client.post("/logout", headers={"Origin": "http://ond.example"}).status_code == 403
    assert client.post("/logout", headers=HERE).headers["location"] == "/login"
    assert thief.get(ME).status_code == 401
    assert client.post("/logout", headers=HERE).status_code == 303


def test_ones_own_sessions_and_nobody_elses(settings: Settings, database: Database) -> None:
    first, second = (browser(settings, database, "laeser") for _ in range(2))
    stranger = browser(settings, database, "sekretariat", name="En anden")
    found = [one["id"] for one in first.get(f"{ME}/sessions").json()["items"]]
    assert len(found) == 2 and len(stranger.get(f"{ME}/sessions").json()["items"]) == 1
    for id in found:
        assert stranger.delete(f"{ME}/sessions/{id}", headers=HERE).status_code == 404
    assert first.delete(f"{ME}/sessions/{found[0]}", headers=HERE).status_code == 204
    assert sorted([first.get(ME).status_code, second.get(ME).status_code]) == [200, 401]
