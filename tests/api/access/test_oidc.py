"""Signing in at a real OpenID provider on loopback; and everything that can go wrong there is a clear problem."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import sqlalchemy as sa
from joserfc.jwk import RSAKey
from kapacitet_api.access.principal import Scope
from kapacitet_api.access.tables import secrets, users
from kapacitet_api.app import create_app
from kapacitet_api.database import Database
from kapacitet_api.settings import Settings
from oidc_provider_mock import User, _app, run_server_in_thread
from starlette.testclient import TestClient

from tests.api.access.signing_in import HERE, link_for

BASE = "https://kapacitet.example.dk"
CALLBACK = f"{BASE}/login/oidc/callback"
ME = "/api/v1/me"
PEOPLE = [
    User(sub="else", claims={"name": "Else\x07 Holm", "email": "else@kkr.example", "rolle": ["andet", "kap-sek"]}),
    User(sub="bo", claims={"name": "Bo", "rolle": "laeser", "kommune": "0630"}),
    User(sub="ida", claims={"name": "Ida", "rolle": "laeser"}),
    User(sub="per", claims={"name": "Per", "adgang": {"roller": ["planlaegger", "laeser"]}}),
    User(sub="ukendt", claims={"name": "Ukendt", "rolle": "konge"}),
]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The issuer of a provider."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with run_server_in_thread(user_claims=PEOPLE, require_nonce=True) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configured(settings: Settings, provider: str) -> Settings:
    """Settings with the provider, whose claims give roles."""
    return replace(
        settings,
        base_url=BASE,
        oidc_issuer=provider,
        oidc_client_id="kapacitet",
        oidc_client_secret="hemmelig",
        oidc_role_claim="rolle",
        oidc_roles="kap-sek=sekretariat",
        oidc_municipality_claim="kommune",
    )


def browser(settings: Settings, database: Database) -> TestClient:
    app = create_app(settings, database)
    return TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False)


def away(client: TestClient, **query: str) -> str:
    """Where the service sends the browser."""
    answer = client.get("/login", params=query)
    while answer.headers["location"].startswith("/"):
        answer = client.get(answer.headers["location"])
    assert answer.status_code == 302, answer.text
    found: str = answer.headers["location"]
    return found


def back(address: str, sub: str, **form: str) -> str:
    """Where the provider sends the browser when somebody has signed in there."""
    with httpx2.Client() as client:
        answer = client.post(address, data={"sub": sub, **form})
    assert answer.status_code == 302, answer.text
    found: str = answer.headers["location"]
    return found


def sign_in(client: TestClient, sub: str, **query: str) -> Any:
    """The answer to who comes back from the provider."""
    return client.get(back(away(client, **query), sub))


def problem(answer: Any, status: int, text: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json" and text in answer.json()["detail"]
    assert "kapacitet=" not in answer.headers.get("set-cookie", "").replace("kapacitet-login=", "")


def test_the_whole_way(configured: Settings, database: Database) -> None:
    client = browser(configured, database)
    address = away(client, next="/api/v1/runs?limit=1")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == CALLBACK and asked["scope"] == "openid profile email"
    assert len(asked["nonce"]) >= 20 and len(asked["state"]) >= 20 and len(asked["code_challenge"]) == 43
    assert list(client.cookies) == ["__Host-kapacitet-login"]
    answer = client.get(back(address, "else"))
    assert answer.status_code == 303 and answer.headers["location"] == "/api/v1/runs?limit=1"
    assert list(client.cookies) == ["__Host-kapacitet"] and "strict-transport-security" in answer.headers
    me = client.get(ME).json()
    assert (me["name"], me["role"], me["scopes"]) == ("Else Holm", "sekretariat", ["admin"])
    with database.read() as connection:
        row = connection.execute(sa.select(users)).one()
        kept = connection.execute(sa.select(secrets)).all()
    assert (row.subject, row.issuer, row.email) == ("else", configured.oidc_issuer, "else@kkr.example")
    assert len(kept) == 1 and kept[0].value not in address
    assert sign_in(browser(configured, database), "else").status_code == 303
    with database.read() as connection:
        assert connection.execute(sa.select(users.c.id)).scalars().all() == [row.id]


def test_claims_give_roles_and_municipalities(configured: Settings, database: Database) -> None:
    client = browser(configured, database)
    sign_in(client, "bo")
    me = client.get(ME).json()
    assert (me["role"], me["municipality"], me["own_only"]) == ("laeser", "630", True)
    problem(sign_in(browser(configured, database), "ida"), 403, "ingen rolle")  # a reader of which municipality?
    nested = browser(replace(configured, oidc_role_claim="adgang.roller"), database)
    assert sign_in(nested, "per").status_code == 303 and nested.get(ME).json()["role"] == "planlaegger"


def test_a_role_the_provider_takes_away_is_gone(configured: Settings, database: Database, provider: str) -> None:
    client = browser(configured, database)
    assert sign_in(client, "skiftende").status_code == 403
    for rolle, status in (("planlaegger", 303), ("laeser", 403), ("planlaegger", 303), ("", 403)):
        httpx2.put(f"{provider}/users/skiftende", json={"rolle": rolle})
        assert sign_in(browser(configured, database), "skiftende").status_code == status, rolle
    with database.read() as connection:
        assert connection.execute(sa.select(users.c.role)).scalar_one() is None


@pytest.mark.parametrize("claim", ["rolle", ""])
def test_without_a_known_role_the_secretariat_decides(
    configured: Settings, database: Database, keys: dict[Scope, str], claim: str
) -> None:
    settings = replace(configured, oidc_role_claim=claim, oidc_municipality_claim="")
    client = browser(settings, database)
    problem(sign_in(client, "ukendt"), 403, "ingen rolle")
    assert client.get(ME).status_code == 401
    admin = {"Authorization": f"Bearer {keys[Scope.ADMIN]}"}
    waiting = client.get("/api/v1/users", headers=admin).json()["items"]
    assert [(one["name"], one["role"]) for one in waiting] == [("Ukendt", None)]
    client.patch(f"/api/v1/users/{waiting[0]['id']}", json={"role": "planlaegger"}, headers=admin)
    for _ in range(2):
        assert sign_in(client, "ukendt").status_code == 303 and client.get(ME).json()["role"] == "planlaegger"
    client.patch(f"/api/v1/users/{waiting[0]['id']}", json={"active": False}, headers=admin)
    assert client.get(ME).status_code == 401
    problem(sign_in(client, "ukendt"), 403, "lukket")


def test_what_comes_back_must_belong_to_what_was_begun(configured: Settings, database: Database) -> None:
    client, stranger = browser(configured, database), browser(configured, database)
    address = back(away(client), "else")
    problem(stranger.get(address), 401, "Begynd forfra")
    problem(client.get(re.sub("state=[^&]+", "state=x", address)), 401, "Begynd forfra")
    problem(client.get(address), 401, "Begynd forfra")  # what was begun is over with the failure
    for query in ("", "?code=a", "?state=a", "?code=a&state=a", "?code=%00&state=%FF"):
        problem(client.get(CALLBACK + query), 401, "Begynd forfra")


def test_a_callback_counts_once(configured: Settings, database: Database) -> None:
    client = browser(configured, database)
    address = away(client)
    begun = client.cookies["__Host-kapacitet-login"]
    returned = back(address, "else")
    assert client.get(returned).status_code == 303
    problem(client.get(returned), 401, "Begynd forfra")
    client.cookies.set("__Host-kapacitet-login", begun, domain="kapacitet.example.dk")
    problem(client.get(returned), 401, "Begynd forfra")  # the provider takes a code once
    client.cookies.clear()
    client.cookies.set("__Host-kapacitet-login", begun[:-2] + "xx", domain="kapacitet.example.dk")
    problem(client.get(returned), 401, "Begynd forfra")


def test_who_says_no_at_the_provider(configured: Settings, database: Database) -> None:
    client = browser(configured, database)
    problem(client.get(back(away(client), "else", action="deny")), 403, "afvist eller afbrudt")
    page = client.get(back(away(client), "else", action="deny"), headers={"Accept": "text/html"})
    assert page.status_code == 403 and "afvist eller afbrudt" in page.text and "<!doctype html>" in page.text
    assert 'kapacitet-login="";' in page.headers["set-cookie"]
    for error, status in (("server_error", 503), ("<b>", 401)):
        answer = client.get(CALLBACK, params={"error": error, "error_description": "<script>"})
        assert answer.status_code == status and "script" not in answer.text


def test_one_is_sent_on_to_our_own_paths_alone(configured: Settings, database: Database) -> None:
    for wanted in (
        "//ond.example",
        "https://ond.example",
        "/\\ond.example",
        "/a\r\nb",
        "javascript:1",
        "/" * 600,
        "",
    ):
        answer = sign_in(browser(configured, database), "else", next=wanted)
        assert answer.headers["location"] == ME, wanted


@contextmanager
def lying(change: Any) -> Iterator[None]:
    """Let the provider's ID tokens be otherwise; the signature is right."""
    right = _app.OpenIDCode.generate_user_info

    def claims(self: Any, user: User, scope: str) -> dict[str, Any]:
        return {**right(self, user, scope), **change}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_app.OpenIDCode, "generate_user_info", claims)
        yield


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://ond.example"},
        {"aud": "en-anden"},
        {"aud": ["en-anden"], "azp": "kapacitet"},
        {"aud": ["en-anden", "kapacitet"], "azp": "en-anden"},
        {"exp": 1},
        {"iat": 99_999_999_999},
        {"nonce": "en-anden"},
        {"nonce": None},
        {"sub": ""},
        {"sub": "a\x00"},
        {"sub": 7},
    ],
)
def test_id_tokens_that_are_not_for_us(configured: Settings, database: Database, change: dict[str, Any]) -> None:
    with lying(change):
        client = browser(configured, database)
        answer = sign_in(client, "else")
    assert answer.status_code in (401, 503) and answer.headers["content-type"] == "application/problem+json"
    assert client.get(ME).status_code == 401
    assert sign_in(client, "else").status_code == 303


def test_id_tokens_of_another_key(configured: Settings, database: Database) -> None:
    client = browser(configured, database)
    assert sign_in(client, "else").status_code == 303
    client.post("/logout", headers={"Origin": BASE})
    with pytest.MonkeyPatch.context() as patch:
        other = RSAKey.generate_key(private=True)
        patch.setattr(_app.OpenIDCode, "resolve_client_private_key", lambda *_: other)
        problem(sign_in(client, "else"), 401, "Begynd forfra")


def test_a_provider_that_is_away_or_another_than_it_says(configured: Settings, database: Database) -> None:
    real = configured.oidc_issuer
    for issuer in ("http://localhost:1", f"{real}/", f"{real}/nowhere", f"{real}/oauth2/end_session?"):
        client = browser(replace(configured, oidc_issuer=issuer), database)
        answer = client.get("/login/oidc")
        problem(answer, 503, "svarer ikke rigtigt")
        assert answer.headers["retry-after"] == "30"


def test_a_provider_that_goes_away_on_the_way(settings: Settings, database: Database) -> None:
    with run_server_in_thread(user_claims=PEOPLE) as server:
        issuer = f"http://localhost:{server.server_port}"
        configured = replace(
            settings, base_url=BASE, oidc_issuer=issuer, oidc_client_id="kapacitet", oidc_role_claim="rolle"
        )
        client = browser(configured, database)
        returned = back(away(client), "else")
    problem(client.get(returned), 503, "svarer ikke rigtigt")
    problem(client.get("/login/oidc/callback?error=access_denied"), 403, "afvist")


def test_another_process_takes_over_on_the_way(configured: Settings, database: Database) -> None:
    first = browser(configured, database)
    returned = back(away(first), "else")
    second = browser(configured, database)
    second.cookies.set(
        "__Host-kapacitet-login", first.cookies["__Host-kapacitet-login"], domain="kapacitet.example.dk"
    )
    assert second.get(returned).status_code == 303


def test_nothing_secret_and_no_lines_of_others_in_the_log(
    configured: Settings, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    client = browser(configured, database)
    returned = back(away(client), "else")
    begun, code = client.cookies["__Host-kapacitet-login"], parse_qs(urlsplit(returned).query)["code"][0]
    assert client.get(returned).status_code == 303
    client.get(returned)
    client.get(CALLBACK, params={"error": "a\nERROR kapacitet falsk linje"})
    with database.read() as connection:
        own = connection.execute(sa.select(secrets.c.value)).scalar_one()
    ours = [record for record in caplog.records if record.name != "werkzeug"]
    text = "\n".join(record.getMessage() for record in ours if record.name.startswith("kapacitet"))
    assert "login refused" in text and not any(line.startswith("ERROR") for line in text.splitlines())
    for secret in (code, begun, own, "hemmelig", client.cookies["__Host-kapacitet"]):
        assert not any(secret in record.getMessage() for record in ours)


def test_one_time_links_count_beside_a_provider(configured: Settings, database: Database) -> None:
    client = browser(configured, database)
    token = link_for(database, "sekretariat")
    assert client.post("/login/link", data={"token": token}, headers=HERE).status_code == 403
    assert client.post("/login/link", data={"token": token}, headers={"Origin": BASE}).status_code == 303
