"""Workers' signs of life, and taking over the runs of those that give none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa

from kapacitet_api.columns import now
from kapacitet_api.runs.repository import add_event, end_run
from kapacitet_api.runs.states import BEGUN, Cancel, State
from kapacitet_api.runs.tables import runs, workers

KEPT = timedelta(days=7)
"""How long dead workers are remembered."""


def register(connection: sa.Connection, worker: str, version: str) -> None:
    """A worker begins; old dead ones are forgotten."""
    connection.execute(workers.insert().values(id=worker, version=version))
    connection.execute(workers.delete().where(workers.c.recovered_at < now(-KEPT)))


def beat(connection: sa.Connection, worker: str) -> bool:
    """A sign of life; False if others have taken the worker for dead."""
    alive = workers.update().where(workers.c.id == worker, workers.c.stopped_at.is_(None))
    if connection.execute(alive.values(heartbeat_at=now())).rowcount == 0:
        return False
    connection.execute(runs.update().where(runs.c.worker == worker).values(heartbeat_at=now()))
    return True


def wishes(connection: sa.Connection, worker: str) -> Mapping[str, Cancel]:
    """Runs of the worker that are asked to stop, and how."""
    query = sa.select(runs.c.id, runs.c.cancel).where(runs.c.worker == worker, runs.c.cancel.is_not(None))
    return {row.id: Cancel(row.cancel) for row in connection.execute(query)}


def leave(connection: sa.Connection, worker: str) -> None:
    """The worker takes no more runs; what it holds is free to be taken, from now on and once more if it has been."""
    connection.execute(workers.update().where(workers.c.id == worker).values(stopped_at=now(), recovered_at=None))


def dead(connection: sa.Connection, me: str, after: float) -> list[str]:
    """Workers that have left, or given no sign of life for ``after`` seconds, and whose runs aren't taken yet."""
    silent = workers.c.heartbeat_at < now(timedelta(seconds=-after))
    query = sa.select(workers.c.id).where(
        workers.c.id != me, workers.c.recovered_at.is_(None), sa.or_(workers.c.stopped_at.is_not(None), silent)
    )
    return list(connection.execute(query).scalars())


def is_gone(connection: sa.Connection, worker: str, after: float) -> bool:
    """Whether a worker has left, or given no sign of life for ``after`` seconds."""
    silent = workers.c.heartbeat_at < now(timedelta(seconds=-after))
    alive = sa.select(workers.c.id).where(workers.c.id == worker, workers.c.stopped_at.is_(None), sa.not_(silent))
    return connection.execute(alive).first() is None


def release(connection: sa.Connection, worker: str, after: float) -> bool:
    """Take a dead worker's runs from it: they wait again, or are cancelled as asked; False if it lives after all.

    From here on the worker can neither claim nor write, even if it wakes.
    """
    silent = workers.c.heartbeat_at < now(timedelta(seconds=-after))
    still = sa.and_(workers.c.id == worker, sa.or_(workers.c.stopped_at.is_not(None), silent))
    stopped = sa.func.coalesce(workers.c.stopped_at, now())
    if connection.execute(workers.update().where(still).values(stopped_at=stopped)).rowcount == 0:
        return False
    held = sa.select(runs.c.id, runs.c.cancel).where(runs.c.worker == worker, runs.c.state.in_(BEGUN))
    for row in connection.execute(held.with_for_update()).all():
        if row.cancel == Cancel.AT_ONCE:
            end_run(connection, row.id, State.CANCELLED)
            continue
        waiting = {"state": State.QUEUED, "worker": None, "heartbeat_at": None, "phase": "", "share": 0.0}
        connection.execute(runs.update().where(runs.c.id == row.id).values(waiting))
        add_event(connection, row.id, "state", {"state": State.QUEUED})
    return True


def recovered(connection: sa.Connection, worker: str) -> None:
    """All the worker held is back on the queue."""
    connection.execute(workers.update().where(workers.c.id == worker).values(recovered_at=now()))
