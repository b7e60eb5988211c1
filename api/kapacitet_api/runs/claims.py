"""A worker's hold on a run: only the holder of the newest attempt may write, so no run is finished twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from kapacitet_api.blobs import repository as blobs
from kapacitet_api.columns import now
from kapacitet_api.runs.repository import add_event, end_run, find_run
from kapacitet_api.runs.states import BEGUN, Cancel, State
from kapacitet_api.runs.tables import run_plans, runs, workers

LOCK = 0x6B_61_72
"""Number of the PostgreSQL lock under which slots are counted."""


class Refusal(Enum):
    """Why a run can't be begun: not yet, or never."""

    NOT_YET = "not yet"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt at a run.

    Attributes:
        attempt: number of the attempt, from 1; a later one takes the hold away.
        row: the run's row as it was claimed.
    """

    run_id: str
    worker: str
    attempt: int
    row: sa.Row[Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run has come; amounts in kr., None where they aren't known."""

    phase: str = ""
    share: float = 0.0
    best: float | None = None
    bound: float | None = None
    gap: float | None = None


def claim_run(
    connection: sa.Connection, id: str, worker: str, *, at_once: int, most_attempts: int
) -> Claim | Refusal:
    """Begin an attempt, if there is a free slot.

    Slots are counted here too, one claim at a time: the queue counts on a snapshot, and frees a slot before the
    solving process is gone.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    row = find_run(connection, id, lock=True)
    if row is None or State(row.state).ended:
        return Refusal.NEVER
    # Locked, so that whoever takes this worker for dead sees what it has claimed.
    alive = (
        sa.select(workers.c.id)
        .where(workers.c.id == worker, workers.c.stopped_at.is_(None))
        .with_for_update(read=True)
    )
    busy = sa.select(sa.func.count()).select_from(runs).where(runs.c.state.in_(BEGUN), runs.c.id != id)
    if row.state != State.QUEUED or connection.execute(alive).first() is None:
        return Refusal.NOT_YET
    if connection.execute(busy).scalar_one() >= at_once:
        return Refusal.NOT_YET
    if row.attempts >= most_attempts:
        end_run(connection, id, State.FAILED, error=given_up(row.attempts))
        return Refusal.NEVER
    state = State.RUNNING if row.cancel is None else State.CANCELLING
    attempt = row.attempts + 1
    started = sa.func.coalesce(runs.c.started_at, now())
    values = {"state": state, "worker": worker, "attempts": attempt, "started_at": started, "heartbeat_at": now()}
    connection.execute(runs.update().where(runs.c.id == id).values(values))
    add_event(connection, id, "state", {"state": state, "attempt": attempt})
    return Claim(id, worker, attempt, row)


def note_standing(
    connection: sa.Connection, claim: Claim, standing: Standing, plan: Mapping[str, Any] | None, version: str
) -> bool:
    """Write how far the run is, and the best plan if there is a new one; False if the claim isn't held any more."""
    told = {
        "phase": standing.phase,
        "share": standing.share,
        "best": standing.best,
        "bound": standing.bound,
        "gap": standing.gap,
    }
    if connection.execute(runs.update().where(*_held(claim)).values(told)).rowcount == 0:
        return False
    add_event(connection, claim.run_id, "progress", told)
    if plan is not None:
        connection.execute(run_plans.delete().where(run_plans.c.run_id == claim.run_id))
        row = {"decisions": plan["decisions"], "objective": plan["objective"], "version": version}
        connection.execute(run_plans.insert().values(run_id=claim.run_id, **row))
    return True


def kept_plan(connection: sa.Connection, id: str, version: str) -> Any | None:
    """The decisions of the best plan an earlier attempt of the same version of the program found."""
    query = sa.select(run_plans.c.decisions).where(run_plans.c.run_id == id, run_plans.c.version == version)
    return connection.execute(query).scalar_one_or_none()


def finish_run(
    connection: sa.Connection,
    claim: Claim,
    state: State,
    *,
    result: bytes | None = None,
    error: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
    figures: Mapping[str, Any] | None = None,
) -> bool:
    """End the run, all in this transaction; False, and nothing is written, if the claim isn't held any more.

    A run that was asked to stop at once before this moment is cancelled, whatever was found.
    """
    row = find_run(connection, claim.run_id, lock=True)
    if row is None or (row.worker, row.attempts) != (claim.worker, claim.attempt) or row.state not in BEGUN:
        return False
    if row.cancel == Cancel.AT_ONCE:
        end_run(connection, claim.run_id, State.CANCELLED)
        return True
    values: dict[str, Any] = {"error": error, "figures": figures}
    if standing is not None:
        values |= {"best": standing.best, "bound": standing.bound, "gap": standing.gap}
    if result is not None:
        values |= {"result_sha256": blobs.put(connection, result), "share": 1.0, "phase": ""}
    end_run(connection, claim.run_id, state, **values)
    return True


def given_up(attempts: int) -> dict[str, Any]:
    """The error of a run whose workers die again and again."""
    detail = f"Kørslen er begyndt {attempts} gange, og hver gang er processen bag den gået ned. Den er opgivet."
    return {"type": "/problems/given-up", "title": "Kørslen er opgivet", "status": 500, "detail": detail}


def _held(claim: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        runs.c.id == claim.run_id,
        runs.c.worker == claim.worker,
        runs.c.attempts == claim.attempt,
        runs.c.state.in_(BEGUN),
    )
