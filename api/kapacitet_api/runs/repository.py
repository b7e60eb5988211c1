"""Runs and their events as the API reads and makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kapacitet_api.columns import now
from kapacitet_api.runs.states import ENDS, Cancel, State
from kapacitet_api.runs.tables import run_events, runs

UNFINISHED = runs.c.state.not_in(ENDS)


def add_run(connection: sa.Connection, row: Mapping[str, Any]) -> None:
    """Insert a run with its first event."""
    connection.execute(runs.insert().values(dict(row)))
    kind = "end" if State(row["state"]).ended else "state"
    add_event(connection, row["id"], kind, {"state": row["state"]})


def find_run(connection: sa.Connection, id: str, *, lock: bool = False) -> sa.Row[Any] | None:
    """A run; None if there is none. With ``lock`` nobody else changes it before the transaction ends."""
    query = sa.select(runs).where(runs.c.id == id)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def find_by_key(connection: sa.Connection, principal: str, key: str) -> sa.Row[Any] | None:
    """The run a principal made with an idempotency key."""
    query = sa.select(runs).where(runs.c.created_by == principal, runs.c.idempotency_key == key)
    return connection.execute(query).one_or_none()


def find_equal(connection: sa.Connection, input_hash: str) -> sa.Row[Any] | None:
    """The newest run that has solved this input to its end itself."""
    query = (
        sa.select(runs)
        .where(runs.c.input_hash == input_hash, runs.c.state == State.DONE, runs.c.reused_from.is_(None))
        .order_by(runs.c.created_at.desc(), runs.c.id)
        .limit(1)
    )
    return connection.execute(query).one_or_none()


def count_unfinished(connection: sa.Connection) -> int:
    """Runs that haven't ended."""
    return connection.execute(sa.select(sa.func.count()).select_from(runs).where(UNFINISHED)).scalar_one()


def list_runs(
    connection: sa.Connection,
    *,
    limit: int,
    after: tuple[datetime, str] | None = None,
    state: State | None = None,
    scenario: str | None = None,
    dataset: str | None = None,
) -> Sequence[sa.Row[Any]]:
    """Runs, newest first.

    Args:
        after: time and id of the last run of the page before.
    """
    query = sa.select(runs).order_by(runs.c.created_at.desc(), runs.c.id.desc()).limit(limit)
    if after is not None:
        at, id = after
        earlier = sa.or_(runs.c.created_at < at, sa.and_(runs.c.created_at == at, runs.c.id < id))
        query = query.where(earlier)
    for column, wanted in ((runs.c.state, state), (runs.c.scenario_id, scenario), (runs.c.dataset_id, dataset)):
        if wanted is not None:
            query = query.where(column == wanted)
    return connection.execute(query).all()


def ask_to_stop(connection: sa.Connection, row: sa.Row[Any], how: Cancel) -> None:
    """Cancel a locked run that hasn't ended: one that waits ends now, one that runs is told."""
    if row.state == State.QUEUED and (how is Cancel.AT_ONCE or row.attempts == 0):
        end_run(connection, row.id, State.CANCELLED)
    elif row.cancel not in (Cancel.AT_ONCE, how):
        state = State.QUEUED if row.state == State.QUEUED else State.CANCELLING
        connection.execute(runs.update().where(runs.c.id == row.id).values(state=state, cancel=how))
        add_event(connection, row.id, "state", {"state": state})


def end_run(connection: sa.Connection, id: str, state: State, **values: Any) -> None:
    """Give a run its last state, and tell it."""
    ended = {"state": state, "finished_at": now(), "worker": None, "heartbeat_at": None, **values}
    connection.execute(runs.update().where(runs.c.id == id).values(ended))
    add_event(connection, id, "end", {"state": state, "error": values.get("error")})


def add_event(connection: sa.Connection, id: str, kind: str, payload: Mapping[str, Any]) -> None:
    """Number and insert an event, in a transaction that has changed the run's row (so that nobody else adds one)."""
    last = sa.select(sa.func.coalesce(sa.func.max(run_events.c.number), 0) + 1).where(run_events.c.run_id == id)
    row = {"run_id": id, "number": last.scalar_subquery(), "kind": kind, "payload": dict(payload)}
    connection.execute(run_events.insert().values(row))


def events_after(connection: sa.Connection, id: str, number: int, most: int = 500) -> Sequence[sa.Row[Any]]:
    """Events of a run above a number, in order."""
    query = sa.select(run_events).where(run_events.c.run_id == id, run_events.c.number > number)
    return connection.execute(query.order_by(run_events.c.number).limit(most)).all()


def last_numbers(connection: sa.Connection, ids: Sequence[str]) -> Mapping[str, int]:
    """The number of the newest event of each run."""
    query = sa.select(run_events.c.run_id, sa.func.max(run_events.c.number)).where(run_events.c.run_id.in_(ids))
    return {id: number for id, number in connection.execute(query.group_by(run_events.c.run_id))}
