"""Real results of the small region, solved once, put into a test's database as finished runs."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from kapacitet_api.archive import packed
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.columns import now
from kapacitet_api.dashboard import child as publishing
from kapacitet_api.dashboard import repository as publications
from kapacitet_api.dashboard.schemas import VERSION
from kapacitet_api.database import Database
from kapacitet_api.runs.child import write
from kapacitet_api.runs.front import solve_front
from kapacitet_api.runs.repository import add_run
from kapacitet_api.runs.states import State
from kapacitet_api.sweeps import repository as sweeps

from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.report.point_figures import point_figures
from tests.api.small import archive
from tests.report import world

RUN = "11111111-1111-4111-8111-111111111111"
BARE = "22222222-2222-4222-8222-222222222222"
FRONT = "33333333-3333-4333-8333-333333333333"
WAITING = "44444444-4444-4444-8444-444444444444"
SWEEP = "55555555-5555-4555-8555-555555555555"
NOTHING_NEW: dict[str, Any] = {"projects": {"forbidden": ["nyt"]}}
"""Nobody builds."""


@cache
def bare() -> Result:
    """The plan that builds nothing."""
    found = run(world.region(), world.scenario(**NOTHING_NEW).model_copy(update={"name": "Intet nyt"}))
    assert isinstance(found, Result)
    return found


@cache
def packed_result(name: str = RUN) -> bytes:
    """The packed result of one of the runs."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text) / "result"
        if name == FRONT:
            wanted = {"goals": ["private"], "points": 3}
            solve_front(world.region(), world.scenario(), wanted, folder, lambda: False, lambda _: None)
        else:
            write(world.result() if name == RUN else bare(), world.region(), folder)
        return packed(folder.iterdir())


@cache
def payload() -> bytes:
    """What is published of the small region."""
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        (folder / publishing.REGION).write_bytes(archive())
        (folder / publishing.RESULT).write_bytes(packed_result())
        told = {"version": VERSION, "generated_at": "2026-11-23T08:15:00Z", "run": RUN, "input_hash": "0" * 64}
        (folder / publishing.TOLD).write_text(json.dumps(told), encoding="utf-8")
        return publishing.make(folder)


def row(id: str, result: str | None, **more: Any) -> dict[str, Any]:
    """A run that was made without a worker; finished where it has a result."""
    finished = {} if result is None else {"finished_at": now(), "share": 1.0}
    return {
        "id": id,
        "dataset_id": "proeve-1",
        "scenario_id": "proeve",
        "scenario_version": 1,
        "scenario_sha256": "0" * 64,
        "name": "Prøve",
        "options": {},
        "input_hash": id.replace("-", "").ljust(64, "0"),
        "state": State.QUEUED if result is None else State.DONE,
        "created_by": "user:planlaegger",
        "request_hash": "0" * 64,
        "result_sha256": result,
        **finished,
        **more,
    }


def furnish(database: Database) -> None:
    """Three finished runs, one that waits, a sweep of two, and a publication."""
    with database.write() as connection:
        for id in (RUN, BARE, FRONT):
            figures = None if id == FRONT else point_figures(world.result() if id == RUN else bare())
            front = {"options": {"front": {"goals": ["private"], "points": 3}}} if id == FRONT else {}
            sha256 = blobs.put(connection, packed_result(id))
            add_run(connection, row(id, sha256, figures=figures, sweep_id=SWEEP if id == RUN else None, **front))
        add_run(connection, row(WAITING, None, sweep_id=SWEEP))
        _sweep(connection)
        values = {"id": SWEEP, "region": "proeve", "run_id": RUN, "published_by": "system"}
        publications.add(connection, {**values, "payload_sha256": blobs.put(connection, payload())})


def _sweep(connection: sa.Connection) -> None:
    axis = {"key": "levers.construction_overrun", "title": "Anlægsbudget", "values": [0, 0.1]}
    sweep = {
        "id": SWEEP,
        "kind": "grid",
        "name": "Prøve",
        "dataset_id": "proeve-1",
        "scenario_id": "proeve",
        "scenario_version": 1,
        "request": {"goals": []},
        "axes": [axis],
        "request_hash": "0" * 64,
        "created_by": "user:planlaegger",
    }
    points = [
        {"sweep_id": SWEEP, "number": number, "values": {axis["key"]: value}, "run_id": run}
        for number, (value, run) in enumerate(((0, RUN), (0.1, WAITING)), 1)
    ]
    sweeps.add(connection, sweep, points)
