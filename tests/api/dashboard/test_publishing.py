"""Publishing: who may, what counts, what is kept, and that the public gets it quickly and unchanged."""

from __future__ import annotations

import io
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
import sqlalchemy as sa
from kapacitet_api.access.principal import Scope
from kapacitet_api.audit.tables import audit
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.dashboard.tables import publications
from kapacitet_api.database import Database
from kapacitet_api.runs.states import State
from kapacitet_api.runs.tables import runs
from starlette.testclient import TestClient

from kapacitet.report.dashboard import ALL, COUNTS, counts_of, shown_in
from kapacitet.report.small_numbers import TOTAL
from tests.api.solved import BARE, RUN, WAITING, payload
from tests.report import world

SUMMARY = "/api/v1/dashboard/summary"
pytestmark = pytest.mark.usefixtures("finished")


@pytest.fixture
def admin(anonymous: TestClient, keys: dict[Scope, str]) -> TestClient:
    """A client of the secretariat."""
    anonymous.headers["Authorization"] = f"Bearer {keys[Scope.ADMIN]}"
    return anonymous


@pytest.fixture
def everybody(keys: dict[Scope, str]) -> dict[str, str]:
    """Headers of the public's key."""
    return {"Authorization": f"Bearer {keys[Scope.READ_PUBLIC]}"}


def test_the_public_gets_what_is_published(admin: TestClient, everybody: dict[str, str]) -> None:
    answer = admin.get(SUMMARY, params={"region": "proeve"}, headers=everybody)
    assert answer.content == payload() and answer.headers["cache-control"] == "public, no-cache"
    tag = answer.headers["etag"]
    again = admin.get(SUMMARY, params={"region": "proeve"}, headers={**everybody, "If-None-Match": tag})
    assert again.status_code == 304 and again.headers["etag"] == tag and again.content == b""
    text = admin.get(SUMMARY, params={"region": "proeve", "format": "csv"}, headers=everybody)
    table = pd.read_csv(io.BytesIO(text.content), dtype={"municipality": "str"})
    assert len(table) == len(answer.json()["rows"]) and text.headers["etag"] != tag
    for value in COUNTS:
        hidden = [row[value]["skjult"] for row in answer.json()["rows"]]
        assert table[value].isna().tolist() == hidden == table[f"{value}_skjult"].eq("ja").tolist()
    missing = admin.get(SUMMARY, params={"region": "en-anden"}, headers=everybody)
    assert missing.status_code == 404 and missing.json()["type"] == "/problems/not-found"
    for path in (f"/api/v1/runs/{RUN}/tables", "/api/v1/published", "/api/v1/sweeps"):
        assert admin.get(path, headers=everybody).status_code == 403


def test_it_is_quick(admin: TestClient, everybody: dict[str, str]) -> None:
    admin.get(SUMMARY, params={"region": "proeve"}, headers=everybody)
    took = []
    for _ in range(20):
        began = time.perf_counter()
        admin.get(SUMMARY, params={"region": "proeve"}, headers=everybody)
        took.append(time.perf_counter() - began)
    assert sorted(took)[10] < 0.03  # the client of the tests takes most of it


def test_a_run_takes_the_place_of_another(admin: TestClient, everybody: dict[str, str], finished: Database) -> None:
    before = admin.get(SUMMARY, params={"region": "proeve"}).json()
    answer = admin.post(f"/api/v1/runs/{BARE}/publish")
    assert answer.status_code == 200, answer.text
    told = admin.get(SUMMARY, params={"region": "proeve"}, headers=everybody).json()
    assert told["run"] == BARE and told["scenario"] == "Intet nyt"
    need = {cell for cell in shown_in(told) if cell[0] == "demand"}
    assert need <= {cell for cell in shown_in(before) if cell[0] == "demand"}
    history = admin.get("/api/v1/published").json()["items"]
    assert [one["run"] for one in history] == [BARE, RUN]
    assert history[0]["ended_at"] is None and history[1]["ended_at"] is not None
    assert admin.get(f"/api/v1/runs/{BARE}").json()["published_at"] is not None
    assert admin.get(f"/api/v1/runs/{RUN}").json()["published_at"] is None
    assert admin.post(f"/api/v1/runs/{BARE}/publish").json()["id"] == history[0]["id"]  # again changes nothing
    withdrawn = admin.post(f"/api/v1/runs/{BARE}/unpublish")
    assert withdrawn.status_code == 200 and withdrawn.json()["ended_at"] is not None
    assert admin.get(SUMMARY, params={"region": "proeve"}).status_code == 404
    assert admin.post(f"/api/v1/runs/{BARE}/unpublish").status_code == 409
    with finished.read() as connection:
        rows = connection.execute(sa.select(audit).where(audit.c.object == BARE).order_by(audit.c.id)).all()
    assert [row.what for row in rows] == ["run.publish", "run.unpublish"] and rows[0].detail["region"] == "proeve"
    page = admin.get("/api/v1/published", params={"limit": 1, "region": "proeve"}).json()
    rest = admin.get("/api/v1/published", params={"limit": 1, "after": page["next"]}).json()
    assert [one["run"] for one in (*page["items"], *rest["items"])] == [BARE, RUN] and rest["next"] is None


def test_what_cannot_be_published(admin: TestClient, finished: Database) -> None:
    waiting = admin.post(f"/api/v1/runs/{WAITING}/publish")
    assert waiting.status_code == 409 and waiting.json()["state"] == "queued"
    with finished.write() as connection:
        stopped = sa.update(runs).where(runs.c.id == BARE).values(state=State.STOPPED_WITH_PLAN)
        connection.execute(stopped)
    assert admin.post(f"/api/v1/runs/{BARE}/publish").status_code == 409
    assert admin.post("/api/v1/runs/00000000-0000-0000-0000-000000000000/publish").status_code == 404


def test_what_was_shown_before_can_forbid_it(admin: TestClient, finished: Database) -> None:
    """Had all but Fanø's need been shown once, a subtraction gives it: then nothing more is published."""
    shown = json.loads(payload())
    exact = counts_of(world.result(), world.region()).table.values
    for row in shown["rows"]:
        code, group = (TOTAL if row[name] == ALL else row[name] for name in ("municipality", "group"))
        for value in COUNTS:
            if code != "563":
                row[value] = {"value": int(exact[value, code, group, str(row["year"])] + 0.5), "skjult": False}
    with finished.write() as connection:
        sha256 = blobs.put(connection, json.dumps(shown).encode())
        connection.execute(sa.update(publications).values(payload_sha256=sha256))
    answer = admin.post(f"/api/v1/runs/{BARE}/publish")
    assert answer.status_code == 409 and "Små tal kan regnes ud" in answer.json()["detail"]
    assert any("offentliggjort" in one["detail"] for one in answer.json()["errors"])
    assert admin.get("/api/v1/published").json()["items"][0]["run"] == RUN


@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_two_at_the_same_moment(admin: TestClient, finished: Database) -> None:
    assert admin.post(f"/api/v1/runs/{RUN}/unpublish").status_code == 200
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda id: admin.post(f"/api/v1/runs/{id}/publish"), (RUN, BARE)))
    assert sorted(answer.status_code for answer in answers) == [200, 409], [answer.text for answer in answers]
    with finished.read() as connection:
        current = sa.select(publications.c.run_id).where(publications.c.ended_at.is_(None))
        assert connection.execute(current).scalar_one() in (RUN, BARE)


def test_the_payload_is_the_same_bytes_for_the_same_run() -> None:
    first = payload()
    payload.cache_clear()
    assert payload() == first and json.loads(first)["version"] == 1
