"""Finding and removing rows that are too old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from kapacitet_api.columns import now
from kapacitet_api.runs.states import ENDS
from kapacitet_api.runs.tables import run_events, run_plans, runs
from kapacitet_api.tables import METADATA

BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = "end"


def remove_events(connection: sa.Connection, days: int, most: int) -> int:
    """Remove the progress of at most so many runs that ended so many days ago; how they ended stays."""
    old = _ended(days)
    progress = sa.select(run_events.c.run_id).where(run_events.c.kind != _LAST)
    ids = _ids(connection, sa.select(runs.c.id).where(old, runs.c.id.in_(progress)), most)
    gone = run_events.delete().where(run_events.c.run_id.in_(ids), run_events.c.kind != _LAST)
    return connection.execute(gone).rowcount if ids else 0


def remove_plans(connection: sa.Connection) -> int:
    """Remove the best plans so far of runs that ended a day ago: nobody goes on from them."""
    ended = sa.select(runs.c.id).where(_ended(1))
    return connection.execute(run_plans.delete().where(run_plans.c.run_id.in_(ended))).rowcount


def remove_runs(connection: sa.Connection, failed_days: int, done_days: int, most: int) -> Sequence[str]:
    """Remove at most so many runs that are too old and that no other table names; their ids.

    Args:
        failed_days: age of those without a result, days since their end.
        done_days: age of those with one; 0 for never.
    """
    old = sa.and_(runs.c.result_sha256.is_(None), _ended(failed_days))
    if done_days:
        old = sa.or_(old, sa.and_(runs.c.result_sha256.is_not(None), _ended(done_days)))
    query = sa.select(runs.c.id).where(old, *(runs.c.id.not_in(named) for named in _names()))
    ids = _ids(connection, query, most)
    if ids:
        connection.execute(runs.delete().where(runs.c.id.in_(ids)))
    return ids


def _ended(days: int) -> sa.ColumnElement[bool]:
    return sa.and_(runs.c.state.in_(ENDS), runs.c.finished_at < now(-timedelta(days=days)))


def _names() -> list[sa.Select[tuple[str]]]:
    """Runs that other rows name and don't go away with: published ones, points of sweeps, answers for others."""
    naming = [
        key.parent
        for table in METADATA.tables.values()
        for key in table.foreign_keys
        if key.column is runs.c.id and key.ondelete != "CASCADE"
    ]
    return [sa.select(column).where(column.is_not(None)) for column in (*naming, runs.c.reused_from)]


def _ids(connection: sa.Connection, query: sa.Select[tuple[str]], most: int) -> list[str]:
    return list(connection.execute(query.order_by(runs.c.finished_at).limit(most)).scalars())
