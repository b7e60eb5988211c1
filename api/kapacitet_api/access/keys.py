"""API keys: a random secret that is shown once and kept as its SHA-256."""

from __future__ import annotations

import hmac
import re
import secrets
import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa

from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.access.tables import api_keys
from kapacitet_api.access.tokens import hash_of, new_token
from kapacitet_api.audit.repository import record
from kapacitet_api.columns import now
from kapacitet_api.database import UNREACHABLE, Database

_FORM = re.compile(r"kap_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
_USE_NOTED = timedelta(minutes=1)


def create_key(
    connection: sa.Connection,
    name: str,
    scopes: Iterable[Scope],
    owner: str,
    *,
    municipality: str | None = None,
    expires_at: datetime | None = None,
) -> str:
    """Make a key; its text, which can't be had again."""
    id, prefix, secret = str(uuid.uuid4()), secrets.token_hex(6), new_token()
    given = sorted(str(scope) for scope in scopes)
    connection.execute(
        api_keys.insert().values(
            id=id,
            name=name,
            prefix=prefix,
            hash=hash_of(secret),
            scopes=given,
            owner=owner,
            municipality=municipality,
            expires_at=expires_at,
        )
    )
    detail = {"name": name, "scopes": given, "municipality": municipality}
    record(connection, owner, "key.create", id, detail=detail)
    return f"kap_{prefix}_{secret}"


def principal_of(database: Database, text: str) -> Principal | None:
    """Whose key it is; None if it isn't one, has expired or is revoked."""
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    prefix, secret = form.groups()
    with database.read() as connection:
        query = sa.select(api_keys, now().label("now")).where(api_keys.c.prefix == prefix)
        row = connection.execute(query).one_or_none()
    if row is None or not hmac.compare_digest(row.hash, hash_of(secret)):
        return None
    if row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= row.now):
        return None
    if row.last_used_at is None or row.now - row.last_used_at > _USE_NOTED:
        # Not worth refusing anybody who only reads, should the disk be full.
        with suppress(*UNREACHABLE), database.write() as connection:
            connection.execute(api_keys.update().where(api_keys.c.id == row.id).values(last_used_at=now()))
    scopes = frozenset(Scope(scope) for scope in row.scopes)
    return Principal(f"key:{row.id}", row.name, "key", None, scopes, row.municipality)
