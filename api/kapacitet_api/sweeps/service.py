"""What can be done with sweeps."""

from __future__ import annotations

import itertools
import json
import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from kapacitet.faults import FaultyInput
from kapacitet.insight.run import refuse_unfit
from kapacitet.insight.sweeps.axes import OVER, Axis, read_axes
from kapacitet.insight.sweeps.grid import build_grid
from kapacitet.report.point_figures import FIGURES
from kapacitet.scenario.models import Scenario
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.audit.repository import record
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.problems import Problem, place
from kapacitet_api.results.aside import computed
from kapacitet_api.results.reading import Results
from kapacitet_api.results.writing import rows as plain_rows
from kapacitet_api.runs import service as runs
from kapacitet_api.runs.front import POINTS
from kapacitet_api.runs.service import Asked, hash_of
from kapacitet_api.runs.states import Cancel, State
from kapacitet_api.service import Service
from kapacitet_api.sweeps import child, repository
from kapacitet_api.sweeps.schemas import AxisInfo, Point, Sweep, SweepRequest, SweepSummary

MOST_HERE = 20
"""Points that are checked while the request waits here: a fiftieth of a second each."""
PATIENCE = 300
"""Seconds that a large grid may take."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A sweep to be made.

    Attributes:
        points: values of each point, and what its run shall solve; equal ones are solved once.
    """

    asked: Asked
    axes: tuple[Axis, ...]
    points: tuple[tuple[dict[str, Any], Asked], ...]


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
    planned = _planned(service, results, asked, wanted)
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
    told = [_front(results, points[0])] if row.kind == "pareto" else [[_point(one) for one in points]]
    return Sweep(**shown(row, counted).model_dump(), points=told[0])


def shown(row: sa.Row[Any], states: dict[str, int]) -> SweepSummary:
    """A row as it is answered."""
    return SweepSummary(
        id=row.id,
        kind=row.kind,
        name=row.name,
        dataset=row.dataset_id,
        scenario=row.scenario_id,
        scenario_version=row.scenario_version,
        axes=[AxisInfo(**axis) for axis in row.axes],
        goals=row.request["goals"],
        states=states,
        created_by=row.created_by,
        created_at=row.created_at,
    )


def flat(sweep: Sweep) -> list[dict[str, Any]]:
    """One row per point with the same columns, for a table."""
    figures = list(dict.fromkeys(name for point in sweep.points for name in point.figures))
    levers = [axis.key for axis in sweep.axes]
    return [
        {
            "point": one.point,
            **{key: _told(one.values.get(key)) for key in levers},
            "state": one.state,
            **{name: one.figures.get(name) for name in figures if name != "point"},
            "run": one.run,
        }
        for one in sweep.points
    ]


def _told(value: Any) -> Any:
    """A value as one cell: lists and tables as JSON."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _planned(service: Service, results: Results, asked: Asked, wanted: SweepRequest) -> Planned:
    """Every point's scenario, checked against the region before anything is written."""
    try:
        if wanted.kind == "pareto":
            _refuse(wanted.goals == [], "goals", "Nævn et eller to mål ud over omkostningen.")
            _refuse(len(set(wanted.goals)) < len(wanted.goals), "goals", "Målet er nævnt to gange.")
            _refuse(bool(wanted.over), "over", "En front har mål, ikke håndtag.")
            region = results.region(asked.dataset.sha256, asked.scenario.limits.over_occupancy)
            refuse_unfit(region, asked.scenario)
            front = {"goals": list(wanted.goals), "points": wanted.points}
            whole = replace(asked, options={**asked.options, "front": front})
            return Planned(asked, (), (({}, whole),))
        _refuse(not wanted.over, "over", "Nævn mindst ét håndtag med værdier.")
        _refuse(bool(wanted.goals), "goals", "Et gitter har håndtag, ikke mål.")
        axes = read_axes(wanted.over)
        count, most = math.prod(len(axis.values) for axis in axes), service.settings.most_points
        _refuse(count > most, "over", f"Gitteret har {count} punkter; højst {most} er tilladt. Giv færre værdier.")
        scenarios = _grid(service, results, asked, axes, wanted.over, count)
    except FaultyInput as error:
        raise _faulty([place(fault) for fault in error.faults]) from None
    keys, values = [axis.key for axis in axes], itertools.product(*(axis.values for axis in axes))
    told = [
        (dict(zip(keys, each, strict=True)), replace(asked, scenario=scenario))
        for each, scenario in zip(values, scenarios, strict=True)
    ]
    return Planned(asked, axes, tuple(told))


def _grid(
    service: Service, results: Results, asked: Asked, axes: Sequence[Axis], over: Sequence[str], count: int
) -> list[Scenario]:
    """The scenario of each point, the last axis running fastest; a large grid is made in a process of its own.

    Raises:
        FaultyInput, Problem: with every fault of every value.
    """
    if count <= MOST_HERE:
        region = results.region(asked.dataset.sha256, asked.scenario.limits.over_occupancy)
        return [point.scenario for point in build_grid(region, asked.scenario, axes)]
    with service.database.read() as connection:
        data = blobs.get(connection, asked.dataset.sha256)
    files = {
        child.REGION: data,
        child.SCENARIO: asked.scenario.model_dump_json().encode(),
        child.OVER: json.dumps(list(over)).encode(),
    }
    made = computed(child.__name__, files, service.settings.memory_mb, PATIENCE)
    if child.FAULTS in made:
        raise _faulty(json.loads(made[child.FAULTS]))
    return [Scenario.model_validate_json(text) for text in json.loads(made[child.POINTS])]


def _faulty(errors: list[dict[str, Any]]) -> Problem:
    """Faults, those of the levers with a pointer to where they were written."""
    for one in errors:
        if one.get("column") == OVER:
            del one["column"]
            one["pointer"] = "#/over"
    return Problem("invalid", "Der er fejl i det, der ønskes.", errors=errors)


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


def _point(row: sa.Row[Any]) -> Point:
    figures = row.figures or ({} if row.best is None or row.result_sha256 is None else {"objective": row.best})
    first = [name for name in ("objective", "bound", "gap", "new_places") if name in figures]
    groups = [name for name in figures if name.startswith("places_")]
    order = [*first, *groups, *(name for name in FIGURES if name in figures and name not in first)]
    return Point(
        point=row.number,
        values=row.values,
        run=row.run_id,
        state=row.state,
        figures={name: figures[name] for name in order},
    )


def _front(results: Results, row: sa.Row[Any]) -> list[Point]:
    """The points of a front when it is found; until then one without figures."""
    if row.result_sha256 is None:
        return [Point(point=1, values={}, run=row.run_id, state=row.state, figures={})]
    found = plain_rows(results.table(row.result_sha256, POINTS))
    return [
        Point(
            point=number,
            values={},
            run=row.run_id,
            state=row.state,
            figures={name: value for name, value in one.items() if name != "point"},
        )
        for number, one in zip(itertools.count(1), found, strict=False)
    ]


def _before(connection: sa.Connection, principal: Principal, key: str | None, request_hash: str) -> str | None:
    row = None if key is None else repository.find_by_key(connection, principal.id, key)
    if row is None:
        return None
    if row.request_hash != request_hash:
        raise Problem("conflict", "Idempotency-Key er brugt til en anden forespørgsel. Brug en ny.")
    return str(row.id)


def _refuse(wrong: bool, field: str, detail: str) -> None:
    if wrong:
        raise runs.missing(field, detail)


def _unknown() -> Problem:
    return Problem("not-found", "Der er ingen serie med det id.")


def counts(connection: sa.Connection, rows: Sequence[sa.Row[Any]]) -> list[SweepSummary]:
    """Sweeps as they are listed."""
    states = repository.states(connection, [row.id for row in rows])
    return [shown(row, states[row.id]) for row in rows]
