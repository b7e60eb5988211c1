"""Sessions of people: a random token in a cookie; the database has its hash, the user and how long it lasts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from kapacitet_api.access.principal import ROLES, Principal
from kapacitet_api.access.tables import sessions, users
from kapacitet_api.access.tokens import hash_of, new_token
from kapacitet_api.columns import now
from kapacitet_api.database import UNREACHABLE, Database

IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)
"""A session ends when it isn't used for so long, and in any case after so long."""
_USE_NOTED = timedelta(minutes=1)
_LIVES = sa.and_(sessions.c.revoked_at.is_(None), sessions.c.expires_at > now(), sessions.c.last_used_at > now(-IDLE))


def add_session(connection: sa.Connection, user: str) -> str:
    """A new session of a user; its token. What the user's older sessions left is cleared away."""
    connection.execute(sessions.delete().where(sessions.c.user_id == user, sa.not_(_LIVES)))
    token = new_token()
    row = {"id": str(uuid.uuid4()), "hash": hash_of(token), "user_id": user, "expires_at": now(LONGEST)}
    connection.execute(sessions.insert().values(row))
    return token


def principal_of(database: Database, token: str) -> Principal | None:
    """Whose session it is; None if there is no such session, or it has ended, or the user has no access any more."""
    columns = (sessions.c.id, sessions.c.last_used_at, users.c.id.label("user"), users.c.name, users.c.role)
    query = (
        sa.select(*columns, users.c.municipality, now().label("now"))
        .join(users, users.c.id == sessions.c.user_id)
        .where(sessions.c.hash == hash_of(token), _LIVES, users.c.active, users.c.role.is_not(None))
    )
    with database.read() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        return None
    if row.now - row.last_used_at > _USE_NOTED:
        # Not worth refusing anybody who only reads, should the disk be full.
        with suppress(*UNREACHABLE), database.write() as connection:
            connection.execute(sessions.update().where(sessions.c.id == row.id).values(last_used_at=now()))
            connection.execute(users.update().where(users.c.id == row.user).values(last_seen_at=now()))
    return Principal(f"user:{row.user}", row.name, "user", row.role, frozenset({ROLES[row.role]}), row.municipality)


def living(connection: sa.Connection, user: str) -> Sequence[sa.Row[Any]]:
    """A user's sessions that haven't ended, newest first."""
    query = sa.select(sessions).where(sessions.c.user_id == user, _LIVES)
    return connection.execute(query.order_by(sessions.c.created_at.desc(), sessions.c.id)).all()


def end_by_token(connection: sa.Connection, token: str) -> sa.Row[Any] | None:
    """End the session of a token; its id and user, None if there is none that lives."""
    return _end(connection, sessions.c.hash == hash_of(token))


def end_own(connection: sa.Connection, user: str, id: str) -> sa.Row[Any] | None:
    """End one of the user's own sessions; None if there is none that lives."""
    return _end(connection, sa.and_(sessions.c.id == id, sessions.c.user_id == user))


def end_all(connection: sa.Connection, user: str) -> None:
    """End every session of a user."""
    connection.execute(sessions.update().where(sessions.c.user_id == user, _LIVES).values(revoked_at=now()))


def _end(connection: sa.Connection, which: sa.ColumnElement[bool]) -> sa.Row[Any] | None:
    ending = sessions.update().where(which, _LIVES).values(revoked_at=now())
    return connection.execute(ending.returning(sessions.c.id, sessions.c.user_id)).one_or_none()
