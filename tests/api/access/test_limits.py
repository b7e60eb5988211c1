"""How much may be asked: by address, by principal, and less by who fails; whose address it is; what it costs."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.database import Database
from kapacitet_api.edge.addresses import client_of, networks, party_of
from kapacitet_api.edge.limits import Limits
from kapacitet_api.edge.windows import Windows
from kapacitet_api.problems import Problem
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api.access.signing_in import HERE, browser

ME = "/api/v1/me"


@contextmanager
def service(
    settings: Settings, database: Database, peer: str = "198.51.100.7", **changes: Any
) -> Iterator[TestClient]:
    app = create_app(replace(settings, **changes), database)
    with TestClient(app, raise_server_exceptions=False, client=(peer, 1)) as client:
        yield client


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def refused(answer: Any) -> bool:
    if answer.status_code != 429:
        return False
    assert (
        answer.headers["content-type"] == "application/problem+json" and 1 <= int(answer.headers["retry-after"]) <= 60
    )
    assert answer.headers["x-content-type-options"] == "nosniff" and answer.json()["type"] == "/problems/too-many"
    return True


def test_each_principal_has_its_own(settings: Settings, database: Database, keys: dict[Scope, str]) -> None:
    with service(settings, database, requests_a_minute=5) as client:
        for scope in (Scope.READ, Scope.PLAN):
            told = [refused(client.get(ME, headers=bearer(keys[scope]))) for _ in range(8)]
            assert told == [False] * 5 + [True] * 3


def test_an_address_has_its_own_whoever_asks(settings: Settings, database: Database, keys: dict[Scope, str]) -> None:
    with service(settings, database, address_requests_a_minute=4) as client:
        told = [refused(client.get(ME, headers=bearer(keys[scope]))) for scope in Scope]
        told += [refused(client.get("/findes-ikke")), refused(client.get("/login"))]
        assert told == [False] * 4 + [True] * 2
        assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200


def test_who_fails_is_refused_sooner_and_who_has_a_key_is_not(
    settings: Settings, database: Database, keys: dict[Scope, str]
) -> None:
    with service(settings, database, failures_a_minute=3) as client:
        wrong = "kap_000000000000_" + "a" * 43
        told = [refused(client.get(ME, headers=bearer(wrong))) for _ in range(5)]
        assert told == [False] * 3 + [True] * 2
        assert refused(client.post("/login/link", data={"token": "a" * 43}, headers={"Origin": "http://testserver"}))
        assert refused(client.get("/login/link", params={"token": "a"})) and refused(client.get(ME))
        assert client.get(ME, headers=bearer(keys[Scope.READ])).status_code == 200


def test_guessed_sessions_and_links_count_as_failures(settings: Settings, database: Database) -> None:
    client = browser(replace(settings, failures_a_minute=4), database)
    client.cookies.set("kapacitet", "a" * 43)
    codes = [client.get(ME).status_code for _ in range(2)]
    codes += [client.post("/login/link", data={"token": "a"}, headers=HERE).status_code for _ in range(3)]
    assert codes == [401, 401, 401, 401, 429]


def test_addresses_behind_a_proxy_are_told_apart(
    settings: Settings, database: Database, keys: dict[Scope, str]
) -> None:
    def ask(client: TestClient, told: str) -> bool:
        return refused(client.get(ME, headers=bearer(keys[Scope.READ]) | {"X-Forwarded-For": told}))

    with service(settings, database, "10.0.0.1", proxies="10.0.0.0/8", address_requests_a_minute=2) as client:
        assert [ask(client, "203.0.113.5") for _ in range(3)] == [False, False, True]
        assert not ask(client, "203.0.113.6") and ask(client, "1.2.3.4, 203.0.113.5, 10.0.0.2")
    with service(settings, database, "198.51.100.7", proxies="10.0.0.0/8", address_requests_a_minute=2) as client:
        assert [ask(client, f"203.0.113.{number}") for number in range(3)] == [False, False, True]


@pytest.mark.parametrize(
    ("peer", "told", "found"),
    [
        ("198.51.100.7", ["203.0.113.5"], "198.51.100.7"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.5"], "203.0.113.5"),
        ("10.0.0.1", ["6.6.6.6, 203.0.113.5"], "203.0.113.5"),
        ("10.0.0.1", ["6.6.6.6", "203.0.113.5, 10.2.3.4"], "203.0.113.5"),
        ("10.0.0.1", ["203.0.113.5:4711"], "203.0.113.5"),
        ("10.0.0.1", ["[2001:db8::1]:80"], "2001:db8::1"),
        ("10.0.0.1", ["2001:db8::1"], "2001:db8::1"),
        ("10.0.0.1", ["203.0.113.5, sludder"], "10.0.0.1"),
        ("10.0.0.1", ["sludder, 10.0.0.9"], "10.0.0.9"),
        ("10.0.0.1", [""], "10.0.0.1"),
        ("::ffff:10.0.0.1", ["203.0.113.5"], "203.0.113.5"),
        ("fd00::1", ["203.0.113.5"], "203.0.113.5"),
        ("testclient", ["203.0.113.5"], "testclient"),
    ],
)
def test_whose_request_it_is(peer: str, told: list[str], found: str) -> None:
    headers = [(b"x-forwarded-for", one.encode()) for one in told]
    scope = {"type": "http", "client": (peer, 1), "headers": headers}
    assert client_of(scope, networks("10.0.0.0/8, fd00::1")) == found


def test_an_ipv6_subscriber_is_one_party() -> None:
    assert party_of("2001:db8:0:1::1") == party_of("2001:db8:0:1:ffff::2") != party_of("2001:db8:0:2::1")
    assert party_of("203.0.113.5") != party_of("203.0.113.6") and party_of("") == ""


def test_a_window_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    windows, taken = Windows(10), []
    for second in range(0, 300, 7):
        clock[0] = float(second)
        if windows.acquire_entry("a", 3, 60):
            taken.append(second)
    for start in range(300):
        assert sum(start < at <= start + 60 for at in taken) <= 3
    assert len(taken) >= 3 * 300 // (60 + 7)


def test_memory_is_bounded_and_each_count_costs_little(settings: Settings) -> None:
    limits, most = Limits(replace(settings, address_requests_a_minute=100), most=1000), 0
    began = time.process_time()
    for number in range(20_000):
        limits.count_address(f"10.{number >> 16}.{(number >> 8) & 255}.{number & 255}")
        most = max(most, len(limits.windows))
    each = (time.process_time() - began) / 20_000
    assert most <= 1001 and each < 0.0003, each
    with pytest.raises(Problem):
        for _ in range(101):
            limits.count_address("10.0.0.1")
    assert sys.getsizeof(limits.windows._times) < 200_000


def test_what_is_quiet_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    windows = Windows(1000)
    for number in range(100):
        windows.acquire_entry(str(number), 3, 60)
    clock[0] = 61.0
    windows.acquire_entry("ny", 3, 60)
    assert len(windows) == 1
