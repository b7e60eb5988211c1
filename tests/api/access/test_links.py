"""One-time links: seen without being used, used once, of many at once by one; and they end."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from kapacitet_api.access.links import FIRST_LASTS, LASTS, add_link
from kapacitet_api.access.tables import login_links, users
from kapacitet_api.audit.tables import audit
from kapacitet_api.columns import now
from kapacitet_api.database import Database
from kapacitet_api.serving import first_link
from kapacitet_api.settings import Settings

from tests.api.access.signing_in import HERE, browser, link_for, without_admin_keys

LINK = "/login/link"


def test_looking_at_a_link_does_not_use_it(settings: Settings, database: Database) -> None:
    token, client = link_for(database, "sekretariat"), browser(settings, database)
    for method in ("GET", "HEAD", "GET"):
        seen = client.request(method, LINK, params={"token": token})
        assert seen.status_code in (200, 405) and not client.cookies
    page = client.get(LINK, params={"token": token})
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "script" not in page.text and page.headers["cache-control"] == "no-store"
    shown = re.search(
        r'<form method="post" action="/login/link"><input type="hidden" name="token" value="([^"]+)">', page.text
    )
    assert shown is not None and shown.group(1) == token
    answer = client.post(LINK, data={"token": token}, headers=HERE)
    assert answer.status_code == 303 and client.get(answer.headers["location"]).json()["role"] == "sekretariat"


def test_a_used_or_ended_or_made_up_link(settings: Settings, database: Database) -> None:
    used, ended, client = link_for(database, "laeser"), link_for(database, "laeser"), browser(settings, database)
    assert client.post(LINK, data={"token": used}, headers=HERE).status_code == 303
    with database.write() as connection:
        connection.execute(login_links.update().values(expires_at=now(-timedelta(seconds=1))))
    for token in (used, ended, "a" * 43, "", "<b>", "é" * 43):
        client.cookies.clear()
        for answer in (
            client.get(LINK, params={"token": token}),
            client.post(LINK, data={"token": token}, headers=HERE),
        ):
            assert answer.status_code == 401 and "brugt eller udløbet" in answer.json()["detail"], token
            assert "set-cookie" not in answer.headers
    assert client.post(LINK, content=b"\xff\xfe%00&&=", headers=HERE).status_code == 401


def test_who_reads_pages_is_told_by_a_page(settings: Settings, database: Database) -> None:
    html, client = {"Accept": "text/html,*/*;q=0.8"}, browser(settings, database)
    for answer in (
        client.get(LINK, params={"token": "<b>"}, headers=html),
        client.post(LINK, data={"token": "<b>"}, headers=HERE | html),
    ):
        assert answer.status_code == 401 and "brugt eller udløbet" in answer.text and "<b>" not in answer.text
        assert answer.headers["content-type"].startswith("text/html") and 'lang="da"' in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert client.post("/logout", headers=html).status_code == 403


def test_of_many_at_the_same_time_one_gets_in(settings: Settings, database: Database) -> None:
    token, client = link_for(database, "laeser"), browser(settings, database)

    def use(_: int) -> int:
        return client.post(LINK, data={"token": token}, headers=HERE).status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(use, range(8))) == [303] + [401] * 7


def test_another_sites_page_signs_nobody_in(settings: Settings, database: Database) -> None:
    token, client = link_for(database, "laeser"), browser(settings, database)
    for headers in ({"Origin": "http://ond.example"}, {}):
        assert client.post(LINK, data={"token": token}, headers=headers).status_code == 403
    assert client.post(LINK, data={"token": token}, headers=HERE).status_code == 303


def test_how_long_they_last_and_what_is_kept(database: Database) -> None:
    for first, lasts in ((False, LASTS), (True, FIRST_LASTS)):
        with database.write() as connection:
            token = add_link(connection, "a", "laeser", first=first)
            row = connection.execute(sa.select(login_links).where(login_links.c.first == first)).one()
            kept = str(connection.execute(sa.select(login_links)).all() + connection.execute(sa.select(audit)).all())
        assert abs(row.expires_at - row.created_at - lasts) < timedelta(seconds=5) and token not in kept


def test_the_same_name_is_the_same_user_and_a_closed_one_stays_out(settings: Settings, database: Database) -> None:
    ids = {browser(settings, database, "planlaegger", name="Bo").get("/api/v1/me").json()["id"] for _ in range(2)}
    assert len(ids) == 1
    with database.write() as connection:
        connection.execute(users.update().values(active=False))
    client, token = browser(settings, database), link_for(database, "planlaegger", name="Bo")
    answer = client.post(LINK, data={"token": token}, headers=HERE)
    assert answer.status_code == 403 and "lukket" in answer.json()["detail"]


def test_the_first_start_gives_a_link_until_somebody_has_signed_in(settings: Settings, database: Database) -> None:
    assert first_link(settings) is None, "who has an admin key needs none, and none gets into a log"
    without_admin_keys(database)
    links = [first_link(settings) for _ in range(2)]
    tokens = [link.rpartition("=")[2] for link in links if link]
    client = browser(settings, database)
    assert links[1] and links[1].startswith(f"http://127.0.0.1:{settings.port}/login/link?token=")
    codes = [client.post(LINK, data={"token": token}, headers=HERE).status_code for token in tokens]
    assert codes == [401, 303], "the newer takes the place of the older"
    assert first_link(settings) is None


@pytest.mark.parametrize("path", ["/login", "/login/oidc", "/login/oidc/callback"])
def test_without_a_provider(settings: Settings, database: Database, path: str) -> None:
    answer = browser(settings, database).get(path)
    if path == "/login":
        assert answer.status_code == 200 and "kapacitet login-link" in answer.text
    else:
        assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"
