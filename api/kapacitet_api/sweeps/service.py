"""What can be done with sweeps."""

from __future__ import annotations

import json
import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.audit.repository import record
from kapacitet_api.problems import Problem
from kapacitet_api.results.reading import Results
from kapacitet_api.runs import service as runs
from kapacitet_api.runs.service import hash_of
from kapacitet_api.runs.states import Cancel, State
from kapacitet_api.service import Service
from kapacitet_api.sweeps import planning, repository
from kapacitet_api.sweeps.planning import Planned
from kapacitet_api.sweeps.schemas import Sweep, SweepRequest
from kapacitet_api.sweeps.showing import front_points, grid_point, shown


def create(
    service: Service, results: Results, principal: Principal, wanted: SweepRequest, key: str | None
) -> tuple[Sweep, bool]:
    """A new sweep, all its runs on the queue at once, and whether it is new.

    Raises:
        Problem: what is asked has faults, is too large, or too much waits already.
    """
    request_hash = hash_of(wanted.model_dump(mode="json"))
    with service.database.read() as connection:
        before = _before(connection, principal, key, request_hash)
        asked = None if before is not None else runs.asked_of(connection, service, wanted)
    if asked is None:
        return find(service, results, str(before)), False
    planned = planning.planned(service, results, asked, wanted)
    try:
        with service.database.write() as connection:
            before = _before(connection, principal, key, request_hash)
            id = before or _put(connection, service, principal, wanted, planned, key, request_hash)
    except IntegrityError:  # the same key at the same moment
        with service.database.read() as connection:
            before = _before(connection, principal, key, request_hash)
        if before is None:
            raise
        id = before
    return find(service, results, id), before is None


def cancel(service: Service, results: Results, principal: Principal, id: str) -> Sweep:
    """Let every run of a sweep stop that hasn't ended.

    Raises:
        Problem: 404 there is no such sweep, 403 it is another's.
    """
    with service.database.write() as connection:
        row = repository.find(connection, id)
        if row is None:
            raise _unknown()
        if row.created_by != principal.id and not principal.may(Scope.ADMIN):
            raise Problem("forbidden", "Serien er en andens; kun sekretariatet kan standse den.")
        waiting = repository.lock_unfinished(connection, id)
        for run in waiting:
            runs.stop(connection, service, run, Cancel.AT_ONCE)
        if waiting:
            record(connection, principal.id, "sweep.cancel", id, detail={"runs": len(waiting)})
    for run in waiting:
        if run.state == State.QUEUED:
            runs.drop(service, run.id)
    return find(service, results, id)


def find(service: Service, results: Results, id: str) -> Sweep:
    """A sweep with its points as they are.

    Raises:
        Problem: 404.
    """
    with service.database.read() as connection:
        row = repository.find(connection, id)
        if row is None:
            raise _unknown()
        counted = repository.states(connection, [id])[id]
        points = repository.points(connection, id)
    told = front_points(results, points[0]) if row.kind == "pareto" else [grid_point(one) for one in points]
    return Sweep(**shown(row, counted).model_dump(), points=told)


def _put(
    connection: sa.Connection,
    service: Service,
    principal: Principal,
    wanted: SweepRequest,
    planned: Planned,
    key: str | None,
    request_hash: str,
) -> str:
    """Write the sweep and its runs; its id."""
    id, asked = str(uuid.uuid4()), planned.asked
    rows: dict[str, dict[str, Any]] = {}
    points = []
    for number, (values, each) in enumerate(planned.points, 1):
        row = runs.new_row(connection, each, by=principal.id, request_hash=request_hash, again=wanted.again)
        row = rows.setdefault(row["input_hash"], row | {"sweep_id": id})
        points.append({"sweep_id": id, "number": number, "values": _plain(values), "run_id": row["id"]})
    runs.refuse_too_many(connection, service, sum(row["state"] == State.QUEUED for row in rows.values()))
    for row in rows.values():
        runs.put(connection, service, row)
    sweep = {
        "id": id,
        "kind": wanted.kind,
        "name": asked.scenario.name,
        "dataset_id": asked.dataset.id,
        "scenario_id": asked.scenario_id,
        "scenario_version": asked.version,
        "request": wanted.model_dump(mode="json"),
        "axes": [_plain({"key": one.key, "title": one.title, "values": list(one.values)}) for one in planned.axes],
        "idempotency_key": key,
        "request_hash": request_hash,
        "created_by": principal.id,
    }
    repository.add(connection, sweep, points)
    detail = {"kind": wanted.kind, "points": len(points), "runs": len(rows)}
    record(connection, principal.id, "sweep.create", id, input_hash=hash_of(sorted(rows)), detail=detail)
    return id


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON has them; a date is text."""
    found: dict[str, Any] = json.loads(json.dumps(values, default=str))
    return found


def _before(connection: sa.Connection, principal: Principal, key: str | None, request_hash: str) -> str | None:
    row = None if key is None else repository.find_by_key(connection, principal.id, key)
    if row is None:
        return None
    if row.request_hash != request_hash:
        raise Problem("conflict", "Idempotency-Key er brugt til en anden forespørgsel. Brug en ny.")
    return str(row.id)


def _unknown() -> Problem:
    return Problem("not-found", "Der er ingen serie med det id.")
