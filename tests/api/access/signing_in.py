"""Browsers of the tests."""

from __future__ import annotations

from kapacitet_api.access import links
from kapacitet_api.access.principal import Role
from kapacitet_api.access.tables import api_keys
from kapacitet_api.app import create_app
from kapacitet_api.columns import now
from kapacitet_api.database import Database
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

HERE = {"Origin": "http://testserver"}


def link_for(database: Database, role: Role, name: str = "Anne", municipality: str | None = None) -> str:
    """The token of a new link."""
    with database.write() as connection:
        return links.add_link(connection, name, role, municipality)


def without_admin_keys(database: Database) -> None:
    """Revoke all keys."""
    with database.write() as connection:
        connection.execute(api_keys.update().values(revoked_at=now()))


def browser(
    settings: Settings,
    database: Database,
    role: Role | None = None,
    name: str = "Anne",
    municipality: str | None = None,
) -> TestClient:
    """A browser on a new application, signed in by a link if it has a role."""
    base = settings.base_url or "http://testserver"
    client = TestClient(
        create_app(settings, database), base_url=base, raise_server_exceptions=False, follow_redirects=False
    )
    if role is not None:
        token = link_for(database, role, name, municipality)
        answer = client.post("/login/link", data={"token": token}, headers={"Origin": base})
        assert answer.status_code == 303, answer.text
    return client
