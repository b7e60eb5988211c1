"""One-time links: who opens one and confirms is signed in; kept as hashes, each used once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from kapacitet_api.access import user_repository
from kapacitet_api.access.entering import HAND, Identity
from kapacitet_api.access.key_repository import has_admin_key
from kapacitet_api.access.principal import Role
from kapacitet_api.access.tables import login_links as links
from kapacitet_api.access.tokens import hash_of, new_token
from kapacitet_api.audit.repository import record
from kapacitet_api.columns import now

ISSUER = "link"
LASTS, FIRST_LASTS = timedelta(minutes=15), timedelta(hours=24)
_COUNTS = sa.and_(links.c.used_at.is_(None), links.c.expires_at > now())


def add_link(
    connection: sa.Connection, name: str, role: Role, municipality: str | None = None, *, first: bool = False
) -> str:
    """Make a link; its token. Links that count no more are cleared away.

    Args:
        name: who gets it; the same name is the same user each time.
        first: it is the one of the first start; it takes the place of an earlier one, and lasts longer.
    """
    gone = sa.or_(sa.not_(_COUNTS), links.c.first) if first else sa.not_(_COUNTS)
    connection.execute(links.delete().where(gone))
    token = new_token()
    row = {"hash": hash_of(token), "name": name, "role": role, "municipality": municipality, "first": first}
    connection.execute(links.insert().values(**row, expires_at=now(FIRST_LASTS if first else LASTS)))
    record(connection, "system", "link.create", name, detail={"role": role, "municipality": municipality})
    return token


def counts(connection: sa.Connection, token: str) -> bool:
    """Whether a link can be used; it isn't by this."""
    query = sa.select(links.c.hash).where(links.c.hash == hash_of(token), _COUNTS)
    return connection.execute(query).first() is not None


def use(connection: sa.Connection, token: str) -> Identity | None:
    """Use a link: of many at the same time one gets in; None for the others."""
    using = links.update().where(links.c.hash == hash_of(token), _COUNTS).values(used_at=now())
    row: sa.Row[Any] | None = connection.execute(using.returning(*links.c)).one_or_none()
    if row is None:
        return None
    return Identity(ISSUER, row.name, row.name, None, row.role, row.municipality, HAND)


def needs_first(connection: sa.Connection) -> bool:
    """Whether nobody can administer the service yet: nobody has signed in, and there is no key that may."""
    return not user_repository.has_any(connection) and not has_admin_key(connection)
