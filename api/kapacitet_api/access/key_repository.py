"""Keys as they are listed and revoked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kapacitet_api.access.listing import older
from kapacitet_api.access.principal import Scope
from kapacitet_api.access.tables import api_keys
from kapacitet_api.columns import now

_SHOWN = tuple(column for column in api_keys.c if column.name != "hash")
_COUNTS = sa.and_(
    api_keys.c.revoked_at.is_(None), sa.or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > now())
)


def list_keys(connection: sa.Connection, limit: int, after: tuple[datetime, str] | None) -> Sequence[sa.Row[Any]]:
    """Keys, newest first; without their hashes."""
    query = sa.select(*_SHOWN).limit(limit)
    return connection.execute(older(query, api_keys, after)).all()


def find_by_prefix(connection: sa.Connection, prefix: str) -> sa.Row[Any]:
    """The key whose text begins so."""
    return connection.execute(sa.select(*_SHOWN).where(api_keys.c.prefix == prefix)).one()


def find_key(connection: sa.Connection, id: str) -> sa.Row[Any] | None:
    """A key; None if there is none."""
    return connection.execute(sa.select(*_SHOWN).where(api_keys.c.id == id)).one_or_none()


def revoke(connection: sa.Connection, id: str) -> bool:
    """Let a key count no more; whether it did."""
    changing = api_keys.update().where(api_keys.c.id == id, api_keys.c.revoked_at.is_(None)).values(revoked_at=now())
    return connection.execute(changing).rowcount == 1


def has_admin_key(connection: sa.Connection) -> bool:
    """Whether a key that counts may do everything."""
    rows = connection.execute(sa.select(api_keys.c.scopes).where(_COUNTS)).scalars()
    return any(Scope.ADMIN in scopes for scopes in rows)
