"""Dataset versions in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from kapacitet_api.database import insert_new
from kapacitet_api.regions.tables import dataset_facts, datasets


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


def find_by_number(connection: sa.Connection, region: str, version: int) -> sa.Row[Any] | None:
    """A version of a region; None if there is none."""
    query = sa.select(datasets).where(datasets.c.region == region, datasets.c.version == version)
    return connection.execute(query).one_or_none()


def list_datasets(connection: sa.Connection, region: str, *, limit: int, below: int | None) -> Sequence[sa.Row[Any]]:
    """Versions of a region, newest first; those below a number if it is given."""
    query = sa.select(datasets).where(datasets.c.region == region).order_by(datasets.c.version.desc()).limit(limit)
    return connection.execute(query if below is None else query.where(datasets.c.version < below)).all()


def list_regions(
    connection: sa.Connection, *, limit: int, after: str | None = None, only: str | None = None
) -> Sequence[sa.Row[Any]]:
    """The newest version of each region by the region's id, with ``versions``, how many it has.

    Args:
        after: the last region of the page before.
        only: the one that is wanted.
    """
    newest = sa.select(
        datasets.c.region, sa.func.max(datasets.c.version).label("version"), sa.func.count().label("versions")
    )
    grouped = newest.group_by(datasets.c.region).subquery()
    both = sa.and_(datasets.c.region == grouped.c.region, datasets.c.version == grouped.c.version)
    query = sa.select(datasets, grouped.c.versions).join(grouped, both).order_by(datasets.c.region).limit(limit)
    if after is not None:
        query = query.where(datasets.c.region > after)
    if only is not None:
        query = query.where(datasets.c.region == only)
    return connection.execute(query).all()


def find_facts(connection: sa.Connection, id: str, program: str) -> Mapping[str, Any] | None:
    """What a version of the program has found in a dataset; None if it hasn't looked."""
    query = sa.select(dataset_facts.c.facts).where(
        dataset_facts.c.dataset_id == id, dataset_facts.c.program == program
    )
    return connection.execute(query).scalar_one_or_none()


def keep_facts(connection: sa.Connection, id: str, program: str, facts: Mapping[str, Any]) -> None:
    """Keep what a version of the program has found, instead of what an older one has."""
    row = {"dataset_id": id, "program": program, "facts": dict(facts)}
    insert_new(connection, dataset_facts, [row])
    connection.execute(dataset_facts.update().where(dataset_facts.c.dataset_id == id).values(row))
