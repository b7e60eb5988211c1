"""Publications in the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kapacitet_api.columns import now
from kapacitet_api.dashboard.tables import publications
from kapacitet_api.regions.tables import datasets
from kapacitet_api.runs.tables import runs


def current(connection: sa.Connection, region: str) -> sa.Row[Any] | None:
    """What is published of a region; None if nothing is."""
    query = sa.select(publications).where(publications.c.region == region, publications.c.ended_at.is_(None))
    return connection.execute(query).one_or_none()


def of_region(connection: sa.Connection, region: str) -> Sequence[sa.Row[Any]]:
    """Everything that was ever published of a region, the oldest first, with ``result`` and ``dataset`` (hashes)."""
    query = (
        sa.select(publications, runs.c.result_sha256.label("result"), datasets.c.sha256.label("dataset"))
        .join(runs, runs.c.id == publications.c.run_id)
        .join(datasets, datasets.c.id == runs.c.dataset_id)
        .where(publications.c.region == region)
        .order_by(publications.c.published_at, publications.c.id)
    )
    return connection.execute(query).all()


def add(connection: sa.Connection, row: dict[str, Any]) -> None:
    """Publish; what was published of the region before has ended."""
    end(connection, row["region"], row["published_by"])
    connection.execute(publications.insert().values(row))
    connection.execute(runs.update().where(runs.c.id == row["run_id"]).values(published_at=now()))


def end(connection: sa.Connection, region: str, by: str) -> None:
    """Publish nothing of a region any more."""
    before = current(connection, region)
    if before is not None:
        change = publications.update().where(publications.c.id == before.id)
        connection.execute(change.values(ended_at=now(), ended_by=by))
        connection.execute(runs.update().where(runs.c.id == before.run_id).values(published_at=None))


def find(connection: sa.Connection, id: str) -> sa.Row[Any]:
    """A publication that is there."""
    return connection.execute(sa.select(publications).where(publications.c.id == id)).one()


def list_publications(
    connection: sa.Connection, *, limit: int, after: tuple[datetime, str] | None, region: str | None
) -> Sequence[sa.Row[Any]]:
    """Publications, the newest first."""
    query = (
        sa.select(publications).order_by(publications.c.published_at.desc(), publications.c.id.desc()).limit(limit)
    )
    if after is not None:
        at, id = after
        same = sa.and_(publications.c.published_at == at, publications.c.id < id)
        query = query.where(sa.or_(publications.c.published_at < at, same))
    if region is not None:
        query = query.where(publications.c.region == region)
    return connection.execute(query).all()
