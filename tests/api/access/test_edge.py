"""Headers on every answer, and other origins' pages: the named ones get the dashboard, nobody gets more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from fastapi import Response
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.database import Database
from kapacitet_api.edge.headers import HEADERS, page_policy
from kapacitet_api.settings import Settings
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient

ORIGIN, ASKED = "https://tavle.example.dk", "/api/v1/dashboard/proeve"


def ticks() -> StreamingResponse:
    async def each() -> AsyncIterator[bytes]:
        yield b"data: 1\n\n"

    return StreamingResponse(each(), media_type="text/event-stream")


def breaks() -> None:
    raise RuntimeError("hemmeligt")


def summary() -> Response:
    headers = {"ETag": '"a"', "Cache-Control": "public, no-cache", "Content-Security-Policy": "default-src 'self'"}
    return Response("{}", headers=headers, media_type="application/json")


@contextmanager
def service(settings: Settings, database: Database, **changes: Any) -> Iterator[TestClient]:
    app = create_app(replace(settings, **changes), database)
    for path, route in (("/ticks", ticks), ("/breaks", breaks), (ASKED, summary)):
        app.add_api_route(path, route, response_model=None)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def test_headers_on_every_answer(settings: Settings, database: Database, keys: dict[Scope, str]) -> None:
    key = {"Authorization": f"Bearer {keys[Scope.READ]}"}
    with service(settings, database) as client:
        answers = [
            client.get("/api/v1/me", headers=key),
            client.get("/api/v1/me"),
            client.get("/healthz"),
            client.get("/findes-ikke"),
            client.put("/healthz"),
            client.post("/api/v1/runs", content=b"{", headers=key),
            client.post("/api/v1/runs", content=b"x" * 2_000_000, headers=key),
            client.get("/breaks"),
            client.get("/ticks"),
        ]
    assert [answer.status_code for answer in answers] == [200, 401, 200, 404, 405, 403, 413, 500, 200]
    for answer in answers:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS, answer.request.url
        assert "strict-transport-security" not in answer.headers and "server" not in answer.headers
    assert "hemmeligt" not in answers[-2].text


def test_what_a_route_says_itself_stands(settings: Settings, database: Database) -> None:
    with service(settings, database) as client:
        answer = client.get(ASKED)
    assert answer.headers["cache-control"] == "public, no-cache"
    assert answer.headers["content-security-policy"] == "default-src 'self'"
    assert answer.headers["x-frame-options"] == "DENY"


def test_browsers_stay_on_https(settings: Settings, database: Database) -> None:
    with service(settings, database, base_url="https://kapacitet.example.dk") as client:
        for path in ("/healthz", "/breaks"):
            assert client.get(path).headers["strict-transport-security"] == "max-age=31536000"


def test_the_policy_of_a_page() -> None:
    policy = page_policy(style_src="'self'", script_src="'self' 'sha256-a'")
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self' 'sha256-a'; form-action 'self'")
    assert "unsafe" not in page_policy() and "frame-ancestors 'none'" in page_policy()


def test_a_named_origin_gets_the_dashboard(settings: Settings, database: Database) -> None:
    with service(settings, database, origins=f"https://anden.example, {ORIGIN}") as client:
        ask = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
        asked = client.options(ASKED, headers=ask | {"Access-Control-Request-Headers": "authorization"})
        assert asked.status_code == 204 and asked.headers["access-control-allow-origin"] == ORIGIN
        assert asked.headers["access-control-allow-methods"] == "GET, HEAD"
        assert "authorization" in asked.headers["access-control-allow-headers"].lower()
        answer = client.get(ASKED, headers={"Origin": ORIGIN})
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "ETag" in answer.headers["access-control-expose-headers"] and "Origin" in answer.headers["vary"]
        for one in (asked, answer):
            assert "access-control-allow-credentials" not in one.headers
        assert "Origin" in client.get(ASKED).headers["vary"], "a cache must not give one origin's answer to another"


@pytest.mark.parametrize(
    "origin", ["https://ond.example", "null", "http://tavle.example.dk", f"{ORIGIN}.ond.example"]
)
def test_other_origins_get_nothing(settings: Settings, database: Database, origin: str) -> None:
    with service(settings, database, origins=ORIGIN) as client:
        ask = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        for answer in (client.options(ASKED, headers=ask), client.get(ASKED, headers={"Origin": origin})):
            assert not [name for name in answer.headers if name.startswith("access-control")]


def test_a_named_origin_gets_nothing_else(settings: Settings, database: Database) -> None:
    ask = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    for origins, path in ((ORIGIN, "/api/v1/me"), (ORIGIN, "/api/v1/dashboardx"), ("", ASKED)):
        with service(settings, database, origins=origins) as client:
            for answer in (client.options(path, headers=ask), client.get(path, headers={"Origin": ORIGIN})):
                assert not [name for name in answer.headers if name.startswith("access-control")]
    with service(settings, database, origins=ORIGIN) as client:
        refused = client.post(ASKED, headers={"Origin": ORIGIN})
        assert refused.status_code == 405 and "access-control-allow-origin" not in refused.headers
