"""Users: what the secretariat gives and takes counts at once, and somebody is always left to do it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from kapacitet_api.access import user_repository
from kapacitet_api.access.principal import Scope
from kapacitet_api.access.tables import users
from kapacitet_api.audit.tables import audit
from kapacitet_api.database import Database
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api.access.signing_in import HERE, browser, without_admin_keys

USERS, ME = "/api/v1/users", "/api/v1/me"


def id_of(client: TestClient) -> str:
    told: str = client.get(ME).json()["id"]
    return told.removeprefix("user:")


def test_roles_are_given_and_taken_at_once(settings: Settings, database: Database) -> None:
    chief, client = browser(settings, database, "sekretariat", "Else"), browser(settings, database, "laeser")
    id = id_of(client)
    answer = chief.patch(f"{USERS}/{id}", json={"role": "planlaegger", "municipality": "630"}, headers=HERE)
    assert answer.status_code == 200 and answer.json()["role"] == "planlaegger"
    assert client.get(ME).json()["scopes"] == ["plan"] and client.get(ME).json()["municipality"] == "630"
    answer = chief.patch(f"{USERS}/{id}", json={"municipality": None}, headers=HERE)
    assert answer.json()["municipality"] is None and answer.json()["role"] == "planlaegger"
    assert client.patch(f"{USERS}/{id}", json={"role": "sekretariat"}, headers=HERE).status_code == 403
    with database.read() as connection:
        told = connection.execute(sa.select(audit).where(audit.c.object == id, audit.c.what == "user.change")).all()
    assert [row.who for row in told][-2:] == [f"user:{id_of(chief)}"] * 2
    listed = chief.get(USERS).json()["items"]
    assert {one["name"] for one in listed} == {"Anne", "Else"} and all(one["last_seen_at"] for one in listed)


def test_closing_a_user_ends_its_sessions(settings: Settings, database: Database) -> None:
    chief, client = browser(settings, database, "sekretariat", "Else"), browser(settings, database, "laeser")
    path = f"{USERS}/{id_of(client)}"
    assert chief.patch(path, json={"active": False}, headers=HERE).json()["active"] is False
    assert client.get(ME).status_code == 401
    assert chief.patch(path, json={"active": True}, headers=HERE).status_code == 200
    assert client.get(ME).status_code == 401, "opened again, the old sessions stay ended"


@pytest.mark.parametrize("wanted", [{"role": "laeser"}, {"active": False}])
def test_the_last_of_the_secretariat_stays(settings: Settings, database: Database, wanted: dict[str, Any]) -> None:
    chief = browser(settings, database, "sekretariat", "Else")
    path = f"{USERS}/{id_of(chief)}"
    without_admin_keys(database)
    answer = chief.patch(path, json=wanted, headers=HERE)
    assert answer.status_code == 409 and "sidste i sekretariatet" in answer.json()["detail"]
    browser(settings, database, "sekretariat", "Finn")
    assert chief.patch(path, json=wanted, headers=HERE).status_code == 200


def test_with_an_admin_key_the_last_may_go(settings: Settings, database: Database) -> None:
    chief = browser(settings, database, "sekretariat", "Else")
    assert chief.patch(f"{USERS}/{id_of(chief)}", json={"role": "laeser"}, headers=HERE).status_code == 200


def test_two_who_take_each_others_role_at_once_do_not_both(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = [browser(settings, database, "sekretariat", name) for name in ("Else", "Finn")]
    ids = [id_of(client) for client in pair]
    without_admin_keys(database)
    found = user_repository.find_user

    def slowly(*of: Any) -> Any:
        time.sleep(0.5)
        return found(*of)

    monkeypatch.setattr(user_repository, "find_user", slowly)

    def take(number: int) -> int:
        answer = pair[number].patch(f"{USERS}/{ids[1 - number]}", json={"role": "laeser"}, headers=HERE)
        return answer.status_code

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(take, range(2)))
    assert codes in ([200, 403], [200, 409])
    with database.read() as connection:
        count = sa.select(sa.func.count()).select_from(users).where(users.c.role == "sekretariat")
        assert connection.execute(count).scalar_one() == 1


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({}, 200),
        ({"role": None}, 422),
        ({"active": None}, 422),
        ({"role": "konge"}, 422),
        ({"municipality": "6300"}, 422),
        ({"issuer": "x"}, 422),
    ],
)
def test_what_can_be_asked_for(
    client: TestClient,
    keys: dict[Scope, str],
    settings: Settings,
    database: Database,
    wanted: dict[str, Any],
    status: int,
) -> None:
    client.headers["Authorization"] = f"Bearer {keys[Scope.ADMIN]}"
    path = f"{USERS}/{id_of(browser(settings, database, 'laeser'))}"
    assert client.patch(path, json=wanted).status_code == status
    unknown = client.patch(f"{USERS}/00000000-0000-0000-0000-000000000000", json={"active": True})
    assert unknown.status_code == 404


def test_a_planner_stops_only_its_own_runs(settings: Settings, database: Database) -> None:
    mine, other, chief = (
        browser(settings, database, role, name)  # type: ignore[arg-type]
        for role, name in (("planlaegger", "Anne"), ("planlaegger", "Bo"), ("sekretariat", "Else"))
    )
    for client, status in ((mine, 202), (other, 403), (chief, 202)):
        made = mine.post("/api/v1/runs", json={"scenario": "kort"}, headers=HERE).json()["id"]
        assert client.post(f"/api/v1/runs/{made}/cancel", headers=HERE).status_code == status
