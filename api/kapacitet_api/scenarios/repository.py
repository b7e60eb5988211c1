"""Scenarios and their versions in the database."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kapacitet_api.scenarios.tables import scenario_versions, scenarios


def find_version(connection: sa.Connection, id: str, version: int | None = None) -> sa.Row[Any] | None:
    """A version of a scenario with its region and name, the newest if None; None if there is none."""
    query = (
        sa.select(scenario_versions, scenarios.c.region, scenarios.c.name, scenarios.c.preset)
        .join(scenarios)
        .where(scenarios.c.id == id)
        .order_by(scenario_versions.c.version.desc())
        .limit(1)
    )
    if version is not None:
        query = query.where(scenario_versions.c.version == version)
    return connection.execute(query).one_or_none()


def add_version(
    connection: sa.Connection,
    id: str,
    content: str,
    *,
    name: str,
    region: str,
    by: str,
    preset: bool = False,
    note: str = "",
) -> int:
    """Add the next version of a scenario, and the scenario if it is new; its number.

    To be called in a transaction nobody else adds one in. The content the newest version has already adds none.
    """
    newest = find_version(connection, id)
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    if newest is not None and newest.sha256 == sha256:
        return int(newest.version)
    if newest is None:
        connection.execute(scenarios.insert().values(id=id, name=name, region=region, preset=preset, created_by=by))
    else:
        connection.execute(scenarios.update().where(scenarios.c.id == id).values(name=name))
    version = newest.version + 1 if newest is not None else 1
    connection.execute(
        scenario_versions.insert().values(
            scenario_id=id, version=version, sha256=sha256, content=content, created_by=by, note=note
        )
    )
    return int(version)


def count_scenarios(connection: sa.Connection) -> dict[str, int]:
    """How many scenarios each region has."""
    query = sa.select(scenarios.c.region, sa.func.count()).group_by(scenarios.c.region)
    return {region: count for region, count in connection.execute(query).all()}


def list_versions(connection: sa.Connection, id: str, *, limit: int, below: int | None) -> Sequence[sa.Row[Any]]:
    """Versions of a scenario, newest first; those below a number if it is given."""
    query = sa.select(scenario_versions).where(scenario_versions.c.scenario_id == id)
    query = query.order_by(scenario_versions.c.version.desc()).limit(limit)
    return connection.execute(query if below is None else query.where(scenario_versions.c.version < below)).all()


def list_scenarios(
    connection: sa.Connection,
    *,
    limit: int,
    after: tuple[datetime, str] | None,
    region: str | None = None,
    preset: bool | None = None,
) -> Sequence[sa.Row[Any]]:
    """Scenarios, newest first, with ``version`` and ``saved_at`` of their newest version.

    Args:
        after: time and id of the last scenario of the page before.
    """
    newest = sa.select(scenario_versions.c.scenario_id, sa.func.max(scenario_versions.c.version).label("version"))
    grouped = newest.group_by(scenario_versions.c.scenario_id).subquery()
    saved = scenario_versions.c.created_at.label("saved_at")
    query = (
        sa.select(scenarios, grouped.c.version, saved)
        .join(grouped, grouped.c.scenario_id == scenarios.c.id)
        .join(
            scenario_versions,
            sa.and_(
                scenario_versions.c.scenario_id == scenarios.c.id, scenario_versions.c.version == grouped.c.version
            ),
        )
        .order_by(scenarios.c.created_at.desc(), scenarios.c.id.desc())
        .limit(limit)
    )
    if after is not None:
        at, id = after
        earlier = sa.or_(scenarios.c.created_at < at, sa.and_(scenarios.c.created_at == at, scenarios.c.id < id))
        query = query.where(earlier)
    for column, wanted in ((scenarios.c.region, region), (scenarios.c.preset, preset)):
        if wanted is not None:
            query = query.where(column == wanted)
    return connection.execute(query).all()
