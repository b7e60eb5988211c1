"""Secrets the service makes for itself, the same in all its processes; nobody sees them."""

from __future__ import annotations

import sqlalchemy as sa

from kapacitet_api.access.tables import secrets
from kapacitet_api.access.tokens import new_token
from kapacitet_api.database import Database, insert_new


def own_secret(database: Database, name: str) -> str:
    """The secret of a name, made when it is asked for the first time."""
    query = sa.select(secrets.c.value).where(secrets.c.name == name)
    with database.read() as connection:
        found: str | None = connection.execute(query).scalar_one_or_none()
    if found is not None:
        return found
    with database.write() as connection:
        insert_new(connection, secrets, [{"name": name, "value": new_token()}])
        made: str = connection.execute(query).scalar_one()
    return made
