"""Nothing is open but health and login; every route asks for one scope; who isn't concerned is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute
from httpx2 import Response
from kapacitet_api.access.guard import Guard
from kapacitet_api.access.keys import create_key, principal_of
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.access.tables import api_keys
from kapacitet_api.app import create_app
from kapacitet_api.columns import now
from kapacitet_api.database import Database
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from tests.api.requests import REQUESTS
from tests.api.requests.asked import Asked

HEALTH = {"healthz", "readyz"}
OPEN = HEALTH | {
    "login",  # says how to sign in, or sends to the provider
    "login_oidc",  # sends to the provider
    "login_oidc_callback",  # believes the provider's signed answer to what this browser began
    "login_link",  # shows a form to who has the link
    "use_login_link",  # believes the link, once, from that form
    "logout",  # ends the session of the cookie, from our own pages alone
}


def routes(router: Any) -> Iterator[APIRoute]:
    """Every route, those of included routers too."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        else:
            yield from routes(route.original_router)


def scopes(route: APIRoute) -> list[Scope]:
    found, waiting = [], [route.dependant]
    while waiting:
        dependant = waiting.pop()
        found += [dependant.call.scope] if isinstance(dependant.call, Guard) else []
        waiting += dependant.dependencies
    return found


def test_every_route_asks_for_exactly_one_scope(settings: Settings, database: Database) -> None:
    app = create_app(settings, database)
    asked = {route.name: scopes(route) for route in routes(app.router)}
    assert {name for name, found in asked.items() if not found} == OPEN
    tested = {name: [one.scope] for name, one in REQUESTS.items()}
    assert {name: found for name, found in asked.items() if found} == tested


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.usefixtures("finished")
def test_each_route_as_nobody_as_another_as_too_little_and_as_allowed(
    anonymous: TestClient, keys: dict[Scope, str], others: dict[Scope, str], name: str
) -> None:
    one = REQUESTS[name]
    refused = ask(anonymous, one)
    assert refused.status_code == 401 and refused.headers["www-authenticate"] == "Bearer"
    assert refused.headers["content-type"] == "application/problem+json"
    other = ask(anonymous, one, others[one.scope])
    assert other.status_code == one.other, other.text
    for scope, key in keys.items():
        answer = ask(anonymous, one, key)
        assert answer.status_code == (one.status if scope.rank >= one.scope.rank else 403), (scope, answer.text)


def ask(client: TestClient, one: Asked, key: str = "") -> Response:
    """The answer to a request with a key, or without."""
    headers = {**one.headers, **({"Authorization": f"Bearer {key}"} if key else {})}
    return client.request(one.method, one.path, headers=headers, json=one.content)


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", "Basic YTpi", "Bearer kap_000000000000_" + "a" * 43])
def test_wrong_keys(anonymous: TestClient, shown: str) -> None:
    answer = anonymous.get("/api/v1/runs", headers={"Authorization": shown})
    assert answer.status_code == 401 and answer.json()["type"] == "/problems/unauthenticated"


def test_keys_expire_and_are_revoked_and_only_their_hash_is_kept(database: Database) -> None:
    with database.write() as connection:
        lasting = create_key(connection, "a", [Scope.READ], "system")
        expired = create_key(
            connection, "b", [Scope.READ], "system", expires_at=datetime.now(UTC) - timedelta(seconds=1)
        )
    found = principal_of(database, lasting)
    assert found is not None and found.may(Scope.READ_PUBLIC) and not found.may(Scope.PLAN)
    assert principal_of(database, expired) is None
    assert principal_of(database, lasting[:-1] + ("a" if lasting[-1] != "a" else "b")) is None
    with database.write() as connection:
        stored = str(connection.execute(api_keys.select()).all())
        connection.execute(api_keys.update().values(revoked_at=now()))
    assert lasting.split("_", 2)[2] not in stored
    assert principal_of(database, lasting) is None


@pytest.mark.parametrize(
    ("scope", "municipality", "own"),
    [
        (Scope.READ_PUBLIC, "630", True),
        (Scope.READ, "630", True),
        (Scope.READ, None, False),
        (Scope.PLAN, "630", False),
        (Scope.ADMIN, "630", False),
    ],
)
def test_who_sees_only_its_own_municipality(scope: Scope, municipality: str | None, own: bool) -> None:
    assert Principal("a", "a", "key", None, frozenset({scope}), municipality).own_only is own


def test_the_description_names_both_ways_in(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    schemes = document["components"]["securitySchemes"]
    assert schemes["key"]["scheme"] == "bearer" and schemes["session"]["in"] == "cookie"
    assert {"key": []} in document["paths"]["/api/v1/me"]["get"]["security"]
    assert {"session": []} in document["paths"]["/api/v1/me"]["get"]["security"]


def test_health_is_open(anonymous: TestClient) -> None:
    for name in HEALTH:
        assert anonymous.get(f"/{name}").json() == {"status": "ok"}
