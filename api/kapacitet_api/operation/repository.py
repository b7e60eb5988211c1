"""What operation wants to know of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from kapacitet_api.columns import now
from kapacitet_api.runs.states import State
from kapacitet_api.runs.tables import runs, workers

_MILLISECONDS = 1000.0


@dataclass(frozen=True, slots=True)
class Facts:
    """Runs and workers at a moment.

    Attributes:
        states: state -> runs, every state.
        oldest: seconds the oldest queued run has waited.
        within: runs that were solved within each limit, cumulated.
        solved, seconds: runs that were solved, and their seconds together.
        size: bytes of the database.
    """

    states: Mapping[str, int]
    oldest: float
    workers: int
    within: Sequence[int]
    solved: int
    seconds: float
    size: int


def facts(connection: sa.Connection, limits: Sequence[float], dead_after: float) -> Facts:
    """How it stands; ``limits`` in seconds, growing."""
    counted = sa.select(runs.c.state, sa.func.count()).group_by(runs.c.state)
    states = {str(state): 0 for state in State} | {str(state): n for state, n in connection.execute(counted)}
    waiting = sa.select(sa.func.min(_number(runs.c.created_at)), _number(now())).where(runs.c.state == State.QUEUED)
    first, present = connection.execute(waiting).one()
    silent = now(timedelta(seconds=-dead_after))
    alive = sa.select(sa.func.count()).where(workers.c.stopped_at.is_(None), workers.c.heartbeat_at >= silent)
    took = _number(runs.c.finished_at) - _number(runs.c.started_at)
    ended = sa.and_(runs.c.started_at.is_not(None), runs.c.finished_at.is_not(None), runs.c.reused_from.is_(None))
    sums = [sa.func.sum(sa.case((took <= limit * _MILLISECONDS, 1), else_=0)) for limit in limits]
    within = connection.execute(sa.select(sa.func.count(), sa.func.sum(took), *sums).where(ended)).one()
    return Facts(
        states=states,
        oldest=0.0 if first is None else (present - first) / _MILLISECONDS,
        workers=connection.execute(alive).scalar_one(),
        within=[int(n or 0) for n in within[2:]],
        solved=within[0],
        seconds=float(within[1] or 0) / _MILLISECONDS,
        size=_size(connection),
    )


def _number(moment: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """A point in time as its milliseconds."""
    return sa.type_coerce(moment, sa.BigInteger)


def _size(connection: sa.Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages, size = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
        )
        return int(pages) * int(size)
    return int(connection.execute(sa.text("SELECT pg_database_size(current_database())")).scalar_one())
