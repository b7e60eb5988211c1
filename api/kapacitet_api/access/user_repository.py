"""Users."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kapacitet_api.access.listing import older
from kapacitet_api.access.tables import users
from kapacitet_api.columns import now
from kapacitet_api.database import insert_new


def list_users(connection: sa.Connection, limit: int, after: tuple[datetime, str] | None) -> Sequence[sa.Row[Any]]:
    """Users, newest first."""
    return connection.execute(older(sa.select(users).limit(limit), users, after)).all()


def find_user(connection: sa.Connection, id: str) -> sa.Row[Any] | None:
    """A user; None if there is none."""
    return connection.execute(sa.select(users).where(users.c.id == id)).one_or_none()


def meet(
    connection: sa.Connection, issuer: str, subject: str, name: str, email: str | None
) -> tuple[sa.Row[Any], bool]:
    """The user of a subject, made if there is none, locked and with the name of today; and whether it is new."""
    id = str(uuid.uuid4())
    row = {"id": id, "issuer": issuer, "subject": subject, "name": name, "email": email, "active": True}
    insert_new(connection, users, [row])
    mine = sa.and_(users.c.issuer == issuer, users.c.subject == subject)
    connection.execute(users.update().where(mine).values(name=name, email=email))
    found = connection.execute(sa.select(users).where(mine)).one()
    return found, found.id == id


def change(connection: sa.Connection, id: str, **values: Any) -> None:
    """Change a user."""
    connection.execute(users.update().where(users.c.id == id).values(values))


def seen(connection: sa.Connection, id: str) -> None:
    """Note that the user has signed in."""
    change(connection, id, last_seen_at=now())


def lock_secretariat(connection: sa.Connection) -> set[str]:
    """The active users of the secretariat; nobody else changes them before the transaction ends."""
    query = sa.select(users.c.id).where(users.c.role == "sekretariat", users.c.active).order_by(users.c.id)
    return set(connection.execute(query.with_for_update()).scalars())


def has_any(connection: sa.Connection) -> bool:
    """Whether anybody has signed in yet."""
    return (
        connection.execute(sa.select(users.c.id).where(users.c.last_seen_at.is_not(None)).limit(1)).first()
        is not None
    )
