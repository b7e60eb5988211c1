"""Sweeps: all runs at once or none, what is known isn't solved again, and figures as they come."""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.audit.tables import audit
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import Database
from kapacitet_api.runs.tables import runs
from kapacitet_api.settings import Settings
from kapacitet_api.sweeps.planning import MOST_HERE
from kapacitet_api.sweeps.tables import sweeps
from starlette.testclient import TestClient

from kapacitet.insight.pareto.front import front
from kapacitet.insight.pareto.hands import Hands
from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.insight.sweeps.axes import read_axes
from kapacitet.insight.sweeps.grid import build_grid
from kapacitet.planning.problem import build_problem
from kapacitet.report.point_figures import point_figures
from kapacitet.scenario.files import scenario_document
from tests.api.solved import FRONT, SWEEP
from tests.api.workers import ENDS, wait, worker
from tests.report import world

SWEEPS = "/api/v1/sweeps"
OVER = ["levers.construction_overrun=0,0.1", "levers.cost_growth=0,0.01"]
OVER_ONE = ["levers.construction_overrun=0,0.1,0.2"]


def post(client: TestClient, **more: Any) -> dict[str, Any]:
    answer = client.post(SWEEPS, json={"scenario": "proeve", "over": OVER_ONE, **more})
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_grid_is_the_command_lines(client: TestClient, database: Database) -> None:
    answer = client.post(SWEEPS, json={"scenario": "proeve", "over": OVER_ONE})
    sweep = answer.json()
    assert answer.headers["location"] == f"{SWEEPS}/{sweep['id']}"
    assert sweep["states"] == {"queued": 3} and [axis["values"] for axis in sweep["axes"]] == [[0, 0.1, 0.2]]
    points = build_grid(world.region(), world.scenario().model_copy(update={"name": "Proeve"}), read_axes(OVER_ONE))
    assert [one["values"] for one in sweep["points"]] == [
        {"levers.construction_overrun": point.values[0]} for point in points
    ]
    names = [client.get(f"/api/v1/runs/{one['run']}").json() for one in sweep["points"]]
    assert [one["name"] for one in names] == [point.scenario.name for point in points]
    assert {one["sweep"] for one in names} == {sweep["id"]}
    with database.read() as connection:
        told = connection.execute(sa.select(audit).where(audit.c.what == "sweep.create")).one()
    assert told.object == sweep["id"] and told.detail == {"kind": "grid", "points": 3, "runs": 3}


def test_a_large_grid_is_made_aside_and_is_the_same(client: TestClient, database: Database) -> None:
    over = ["levers.construction_overrun=" + ",".join(f"0.{i:02d}" for i in range(1, 7)), "levers.takst_reduction=0,0.01,0.02,0.03"]  # fmt: skip  # noqa: E501
    sweep = post(client, over=over)
    scenario = world.scenario().model_copy(update={"name": "Proeve"})
    points = build_grid(world.region(), scenario, read_axes(over))
    assert len(points) == 24 > MOST_HERE
    assert [tuple(one["values"].values()) for one in sweep["points"]] == [point.values for point in points]
    for one, point in list(zip(sweep["points"], points, strict=True))[::5]:
        with database.read() as connection:
            row = connection.execute(sa.select(runs).where(runs.c.id == one["run"])).one()
            kept = json.loads(blobs.get(connection, row.scenario_sha256))
        assert kept == json.loads(json.dumps(scenario_document(point.scenario)))
    wrong = client.post(SWEEPS, json={"scenario": "proeve", "over": [over[0] + ",99", over[1]]})
    assert wrong.status_code == 422 and "construction_overrun" in wrong.text


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_too_little_memory_aside_is_told(settings: Settings, database: Database, client: TestClient) -> None:
    with TestClient(create_app(replace(settings, memory_mb=50), database), headers=client.headers) as small:
        over = ["levers.construction_overrun=" + ",".join(f"0.{i:02d}" for i in range(1, 40))]
        answer = small.post(SWEEPS, json={"scenario": "proeve", "over": over})
    assert answer.status_code == 503 and "noteret" in answer.json()["detail"]


def test_a_repeated_request_is_one_sweep(client: TestClient, database: Database) -> None:
    headers, body = {"Idempotency-Key": "s-1"}, {"scenario": "proeve", "over": OVER_ONE}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: client.post(SWEEPS, json=body, headers=headers), range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotent-replayed" in answer.headers for answer in answers) == 3
    with database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(runs)).scalar_one() == 3
    other = client.post(SWEEPS, json={**body, "over": ["levers.construction_overrun=0"]}, headers=headers)
    assert other.status_code == 409


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"over": []}, "#/over"),
        ({"over": ["levers.findes_ikke=1"]}, "#/over"),
        ({"over": ["levers.construction_overrun"]}, "#/over"),
        ({"over": ["levers.construction_overrun=0," + ",".join(f"0.{i:04d}" for i in range(1, 300))]}, "#/over"),
        ({"over": ["levers.construction_overrun=0,99"]}, None),
        ({"over": ["projects.forced=['findes-ikke']"]}, None),
        ({"kind": "pareto"}, "#/goals"),
        ({"kind": "pareto", "goals": ["findes-ikke"]}, "#/goals/0"),
        ({"kind": "pareto", "goals": ["private", "private"]}, "#/goals"),
        ({"kind": "pareto", "goals": ["private"], "over": OVER_ONE}, "#/over"),
        ({"over": OVER_ONE, "goals": ["private"]}, "#/goals"),
        ({"kind": "andet", "over": OVER_ONE}, "#/kind"),
        ({"over": OVER_ONE, "scenario": "findes-ikke"}, "#/scenario"),
        ({"over": OVER_ONE, "options": {"time_limit": 7200}}, "#/options/time_limit"),
    ],
)
def test_wrong_sweeps_write_nothing(client: TestClient, database: Database, body: Any, wrong: str | None) -> None:
    answer = client.post(SWEEPS, json={"scenario": "proeve", **body})
    assert answer.status_code == 422, answer.text
    assert wrong is None or wrong in {one.get("pointer") for one in answer.json()["errors"]}
    with database.read() as connection:
        for table in (runs, sweeps):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() == 0


def test_all_or_none_where_too_many_wait(settings: Settings, database: Database, client: TestClient) -> None:
    with TestClient(create_app(replace(settings, most_queued=4), database), headers=client.headers) as few:
        post(few)
        refused = few.post(SWEEPS, json={"scenario": "proeve", "over": ["levers.construction_overrun=0.3,0.4"]})
        assert refused.status_code == 429 and refused.headers["retry-after"] == "60"
        assert len(few.get("/api/v1/runs").json()["items"]) == 3 and len(few.get(SWEEPS).json()["items"]) == 1


def test_cancel_own_or_as_admin(client: TestClient, keys: dict[Scope, str], database: Database) -> None:
    with database.write() as connection:
        other = create_key(connection, "anden", [Scope.PLAN], "system")
    first, second = post(client)["id"], post(client, over=["levers.construction_overrun=0.5,0.6"])["id"]
    refused = client.post(f"{SWEEPS}/{first}/cancel", headers={"Authorization": f"Bearer {other}"})
    assert refused.status_code == 403
    mine = client.post(f"{SWEEPS}/{first}/cancel")
    assert mine.status_code == 202 and mine.json()["states"] == {"cancelled": 3}
    admin = {"Authorization": f"Bearer {keys[Scope.ADMIN]}"}
    assert client.post(f"{SWEEPS}/{second}/cancel", headers=admin).json()["states"] == {"cancelled": 2}
    assert client.post(f"{SWEEPS}/{first}/cancel").json()["states"] == {"cancelled": 3}  # again changes nothing
    with database.read() as connection:
        told = connection.execute(sa.select(audit.c.object).where(audit.c.what == "sweep.cancel")).scalars().all()
    assert sorted(told) == sorted([first, second])


def test_pages(client: TestClient) -> None:
    made = [post(client, over=[f"levers.construction_overrun=0.{i}"])["id"] for i in range(1, 6)]
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = client.get(SWEEPS, params={"limit": 2, **after}).json()
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert sorted(found) == sorted(made) and len(found) == 5


def test_points_that_are_finished_have_figures(client: TestClient, finished: Database) -> None:
    sweep = client.get(f"{SWEEPS}/{SWEEP}").json()
    assert sweep["states"] == {"done": 1, "queued": 1}
    done, waits = sweep["points"]
    assert done["figures"] == point_figures(world.result()) and waits["figures"] == {}
    table = pd.read_csv(io.BytesIO(client.get(f"{SWEEPS}/{SWEEP}?format=csv").content))
    assert list(table.columns[:3]) == ["point", "levers.construction_overrun", "state"]
    assert table["objective"][0] == world.result().summary["objective"] and pd.isna(table["objective"][1])
    assert client.get(f"{SWEEPS}/{SWEEP}", headers={"Accept": "image/png"}).status_code == 406


def test_solved_for_real(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    grid = post(client, over=OVER_ONE[:1])
    pareto = post(client, over=[], kind="pareto", goals=["private"], points=3)
    with worker(settings, tmp_path / "journal", real=True):
        for id in [*(one["run"] for one in grid["points"]), pareto["points"][0]["run"]]:
            wait(client, id, lambda run: run["state"] in ENDS, 120)
    found = client.get(f"{SWEEPS}/{grid['id']}").json()
    assert found["states"] == {"done": 3}
    for one in found["points"]:
        told = {"construction_overrun": one["values"]["levers.construction_overrun"]}
        true = run(world.region(), world.scenario(levers=told))
        assert isinstance(true, Result)
        figures = {name: value for name, value in point_figures(true).items() if name != "seconds"}
        assert {name: one["figures"][name] for name in figures} == pytest.approx(figures)
    again = post(client, over=OVER_ONE[:1])  # everything is known
    assert again["states"] == {"done": 3}
    assert [one["figures"] for one in again["points"]] == [one["figures"] for one in found["points"]]
    points = client.get(f"{SWEEPS}/{pareto['id']}").json()["points"]
    problem = build_problem(world.region(), world.scenario())
    true_front = front(Hands(problem, ["private"]), problem, 3)
    assert len(points) == len(true_front.points)
    for one, true_point in zip(points, true_front.points, strict=True):
        assert one["figures"]["private"] == pytest.approx(true_point.point.goals[0])
        assert one["figures"]["cost"] == pytest.approx(true_point.point.cost)
    listed = client.get(f"/api/v1/runs/{points[0]['run']}/tables").json()["items"]
    assert [one["name"] for one in listed] == ["pareto", "plans"]


def test_a_front_is_no_plan(client: TestClient, finished: Database, keys: dict[Scope, str]) -> None:
    admin = {"Authorization": f"Bearer {keys[Scope.ADMIN]}"}
    assert client.post(f"/api/v1/runs/{FRONT}/publish", headers=admin).status_code == 409
