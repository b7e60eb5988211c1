"""Runs from the request to the result, with real solves of a small region."""

from __future__ import annotations

from pathlib import Path

import pytest
from kapacitet_api.archive import unpacked
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import Database
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.insight.store import read_result
from tests.api.workers import ended, submit, wait, worker
from tests.report.world import region, scenario


def test_the_plan_is_the_one_the_command_line_finds(
    client: TestClient, database: Database, settings: Settings, tmp_path: Path
) -> None:
    with worker(settings, tmp_path / "journal", real=True):
        done = wait(client, submit(client, "proeve")["id"], ended, 90)
    assert (done["state"], done["share"], done["error"], done["attempts"]) == ("done", 1.0, None, 1)
    with database.read() as connection:
        archive = blobs.get(connection, done["result"])
    (tmp_path / "svar").mkdir()
    found = read_result(unpacked(archive, tmp_path / "svar"))
    direct = run(region(), scenario())
    assert isinstance(direct, Result)
    assert found.summary["objective"] == direct.summary["objective"] == done["best"]
    assert set(found.tables) == set(direct.tables)
    assert found.tables["builds"]["candidate"].tolist() == direct.tables["builds"]["candidate"].tolist()
    assert "Vejle" in (tmp_path / "svar" / "plan.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_other_ends(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    hurried = {"scenario": "proeve", "options": {"time_limit": 0.0001, "gap": 0.0}}
    with worker(settings, tmp_path / "journal", real=True):
        ids = [submit(client, name)["id"] for name in ("umulig", "fejl")]
        stopped = wait(client, client.post("/api/v1/runs", json=hurried).json()["id"], ended, 90)
        contradiction, faults = (wait(client, id, ended, 90)["error"] for id in ids)
    assert stopped["state"] == "stopped_with_plan" and stopped["result"]
    assert stopped["gap"] is None or stopped["gap"] > 0
    assert contradiction["type"] == "/problems/contradiction"
    assert any("anlægsramme" in one["text"] for one in contradiction["requirements"])
    assert faults["type"] == "/problems/faulty-input"
    assert any("findes-ikke" in str(one) for one in faults["errors"])
    with worker(settings, tmp_path / "journal", real=True, memory_mb=200):
        short = wait(client, submit(client, "proeve")["id"], ended, 90)
    assert short["state"] == "failed" and short["error"]["type"] == "/problems/out-of-memory"
