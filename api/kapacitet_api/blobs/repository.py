"""Bytes by their SHA-256: datasets, scenario texts, results. Machines share nothing but the database."""

from __future__ import annotations

import hashlib
import zlib
from typing import Final

import sqlalchemy as sa

from kapacitet_api.blobs.tables import blobs
from kapacitet_api.database import insert_new
from kapacitet_api.tables import METADATA  # all tables, whoever asks: a column that is overlooked loses its files

PART = 1024 * 1024
"""Bytes in a part, before it is compressed."""


LOCK = 0x6B_61_73
"""Number of the PostgreSQL lock that putting shares, and removing has alone."""
MARK: Final = "blob"
"""In the ``info`` of each column that holds the SHA-256 of something put here."""


class Damaged(RuntimeError):
    """What is stored isn't what was put there, or isn't there at all."""


def put(connection: sa.Connection, data: bytes) -> str:
    """Keep ``data``, once however often it is put; its SHA-256."""
    key = hashlib.sha256(data).hexdigest()
    if connection.dialect.name == "postgresql":  # in SQLite nobody else writes at all
        connection.execute(sa.text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": LOCK})
    if connection.execute(sa.select(blobs.c.part).where(blobs.c.sha256 == key, blobs.c.part == 0)).first() is None:
        parts = [data[start : start + PART] for start in range(0, len(data), PART)] or [b""]
        for number, part in enumerate(parts):
            insert_new(connection, blobs, [{"sha256": key, "part": number, "content": zlib.compress(part, 6)}])
    return key


def get(connection: sa.Connection, key: str) -> bytes:
    """What was put.

    Raises:
        Damaged: it isn't there, or has changed.
    """
    query = sa.select(blobs.c.content).where(blobs.c.sha256 == key).order_by(blobs.c.part)
    try:
        data = b"".join(zlib.decompress(part) for part in connection.execute(query).scalars())
    except zlib.error:
        raise Damaged(key) from None
    if hashlib.sha256(data).hexdigest() != key:
        raise Damaged(key)
    return data


def remove_unused(connection: sa.Connection) -> int:
    """Remove what no column marked with :data:`MARK` names; how many."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    columns = [column for table in METADATA.tables.values() for column in table.c if column.info.get(MARK)]
    used = sa.union(*(sa.select(column).where(column.is_not(None)) for column in columns))
    unused = sa.select(blobs.c.sha256).where(blobs.c.part == 0, blobs.c.sha256.not_in(used))
    keys = list(connection.execute(unused).scalars())
    for key in keys:
        connection.execute(blobs.delete().where(blobs.c.sha256 == key))
    return len(keys)
