"""What the secretariat does with keys."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from kapacitet_api.access import key_repository as repository
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.access.schemas import Key, KeyRequest, NewKey
from kapacitet_api.audit.repository import record
from kapacitet_api.database import Database
from kapacitet_api.problems import Problem


def create(database: Database, principal: Principal, wanted: KeyRequest) -> NewKey:
    """A new key.

    Raises:
        Problem: it may more than who asks for it, has ended already, or is kept to a municipality although it plans.
    """
    if not principal.may(wanted.scope):
        raise Problem("forbidden", "En nøgle kan ikke få mere adgang end den, der laver den.")
    errors = []
    if wanted.expires_at is not None and wanted.expires_at <= datetime.now(UTC):
        errors.append({"detail": "Skal ligge i fremtiden.", "pointer": "#/expires_at"})
    if wanted.municipality is not None and wanted.scope.rank > Scope.READ.rank:
        detail = "En nøgle, der kan planlægge, ser alle kommuner. Brug adgangen read, eller lad kommunen være tom."
        errors.append({"detail": detail, "pointer": "#/municipality"})
    if errors:
        raise Problem("invalid", "Ret felterne, og send igen.", errors=errors)
    with database.write() as connection:
        text = create_key(
            connection,
            wanted.name,
            [wanted.scope],
            principal.id,
            municipality=wanted.municipality,
            expires_at=wanted.expires_at,
        )
        row = repository.find_by_prefix(connection, text.split("_")[1])
    return NewKey(**shown(row).model_dump(), key=text)


def revoke(database: Database, principal: Principal, id: str) -> Key:
    """Let a key count no more; one that doesn't stays so.

    Raises:
        Problem: there is no such key.
    """
    with database.write() as connection:
        if repository.revoke(connection, id):
            record(connection, principal.id, "key.revoke", id)
        row = repository.find_key(connection, id)
    if row is None:
        raise Problem("not-found", "Der er ingen nøgle med det id.")
    return shown(row)


def shown(row: sa.Row[Any]) -> Key:
    """A row as it is answered."""
    return Key.model_validate({**row._mapping, "prefix": f"kap_{row.prefix}"})
