"""Dataset versions in the database."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kapacitet_api.regions.tables import datasets


def find_dataset(connection: sa.Connection, id: str) -> sa.Row[Any] | None:
    """A dataset version; None if there is none by that id."""
    return connection.execute(sa.select(datasets).where(datasets.c.id == id)).one_or_none()


def newest_dataset(connection: sa.Connection, region: str) -> sa.Row[Any] | None:
    """The newest version of a region; None if the region isn't known."""
    query = sa.select(datasets).where(datasets.c.region == region).order_by(datasets.c.version.desc()).limit(1)
    return connection.execute(query).one_or_none()


def has_dataset(connection: sa.Connection, region: str, sha256: str) -> bool:
    """Whether these very bytes are a version of the region already."""
    query = sa.select(datasets.c.id).where(datasets.c.region == region, datasets.c.sha256 == sha256)
    return connection.execute(query).first() is not None


def add_dataset(
    connection: sa.Connection, region: str, *, name: str, sha256: str, input_hash: str, by: str, note: str = ""
) -> str:
    """Add the next version of a region, in a transaction nobody else adds one in; its id."""
    query = sa.select(sa.func.coalesce(sa.func.max(datasets.c.version), 0) + 1).where(datasets.c.region == region)
    version = connection.execute(query).scalar_one()
    id = f"{region}-{version}"
    connection.execute(
        datasets.insert().values(
            id=id,
            region=region,
            version=version,
            name=name,
            sha256=sha256,
            input_hash=input_hash,
            created_by=by,
            note=note,
        )
    )
    return id
