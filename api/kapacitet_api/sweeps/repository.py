"""Sweeps and their points in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kapacitet_api.runs.repository import UNFINISHED
from kapacitet_api.runs.tables import runs
from kapacitet_api.sweeps.tables import sweep_points, sweeps


def add(connection: sa.Connection, row: Mapping[str, Any], points: Sequence[Mapping[str, Any]]) -> None:
    """Insert a sweep with its points, whose runs are there."""
    connection.execute(sweeps.insert().values(dict(row)))
    connection.execute(sweep_points.insert(), [dict(point) for point in points])


def find(connection: sa.Connection, id: str) -> sa.Row[Any] | None:
    """A sweep; None if there is none."""
    return connection.execute(sa.select(sweeps).where(sweeps.c.id == id)).one_or_none()


def find_by_key(connection: sa.Connection, principal: str, key: str) -> sa.Row[Any] | None:
    """The sweep a principal made with an idempotency key."""
    query = sa.select(sweeps).where(sweeps.c.created_by == principal, sweeps.c.idempotency_key == key)
    return connection.execute(query).one_or_none()


def list_sweeps(
    connection: sa.Connection, *, limit: int, after: tuple[datetime, str] | None
) -> Sequence[sa.Row[Any]]:
    """Sweeps, the newest first."""
    query = sa.select(sweeps).order_by(sweeps.c.created_at.desc(), sweeps.c.id.desc()).limit(limit)
    if after is not None:
        at, id = after
        same = sa.and_(sweeps.c.created_at == at, sweeps.c.id < id)
        query = query.where(sa.or_(sweeps.c.created_at < at, same))
    return connection.execute(query).all()


def points(connection: sa.Connection, id: str) -> Sequence[sa.Row[Any]]:
    """Points of a sweep in order, with state, figures and result of their runs."""
    query = (
        sa.select(sweep_points, runs.c.state, runs.c.figures, runs.c.result_sha256, runs.c.best)
        .join(runs, runs.c.id == sweep_points.c.run_id)
        .where(sweep_points.c.sweep_id == id)
        .order_by(sweep_points.c.number)
    )
    return connection.execute(query).all()


def states(connection: sa.Connection, ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """Sweep -> state -> number of its runs in it."""
    query = (
        sa.select(runs.c.sweep_id, runs.c.state, sa.func.count())
        .where(runs.c.sweep_id.in_(list(ids)))
        .group_by(runs.c.sweep_id, runs.c.state)
        .order_by(runs.c.state)
    )
    found: dict[str, dict[str, int]] = {id: {} for id in ids}
    for id, state, count in connection.execute(query):
        found[id][state] = count
    return found


def lock_unfinished(connection: sa.Connection, id: str) -> Sequence[sa.Row[Any]]:
    """The runs of a sweep that haven't ended, locked, always in the same order."""
    query = sa.select(runs).where(runs.c.sweep_id == id, UNFINISHED).order_by(runs.c.id).with_for_update()
    return connection.execute(query).all()
