"""Bytes by their SHA-256: datasets, scenario texts, results. Machines share nothing but the database."""

from __future__ import annotations

import hashlib
import zlib

import sqlalchemy as sa

from kapacitet_api.blobs.tables import blobs
from kapacitet_api.database import insert_new

PART = 1024 * 1024
"""Bytes in a part, before it is compressed."""


class Damaged(RuntimeError):
    """What is stored isn't what was put there, or isn't there at all."""


def put(connection: sa.Connection, data: bytes) -> str:
    """Keep ``data``, once however often it is put; its SHA-256."""
    key = hashlib.sha256(data).hexdigest()
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
