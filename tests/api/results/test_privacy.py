"""A reader of one municipality sees what is its own, and nothing of others, wherever it looks."""

from __future__ import annotations

import io
import json

import pandas as pd
import pyarrow.parquet as pq
import pytest
from kapacitet_api.access.principal import Principal, Scope
from kapacitet_api.problems import Problem
from kapacitet_api.results.privacy import CHARTS_OF_ALL, PRIVACY, visible
from starlette.testclient import TestClient

from tests.api.solved import BARE, FRONT, RUN, SWEEP
from tests.report import world

AT = f"/api/v1/runs/{RUN}"
pytestmark = pytest.mark.usefixtures("finished")


def test_whose_rows() -> None:
    def principal(scope: Scope, municipality: str | None) -> Principal:
        return Principal("key:x", "x", "key", None, frozenset([scope]), municipality)

    assert principal(Scope.READ, "575").own == "575"
    assert principal(Scope.READ, None).own is None
    assert principal(Scope.PLAN, "575").own is None
    assert principal(Scope.ADMIN, "575").own is None


@pytest.mark.parametrize("own", world.KOMMUNER)
def test_all_tables_in_all_formats(anonymous: TestClient, readers: dict[str, dict[str, str]], own: str) -> None:
    told = {one["name"]: one for one in anonymous.get(f"{AT}/tables", headers=readers[own]).json()["items"]}
    others = set(world.KOMMUNER) - {own}
    for name, table in world.result().tables.items():
        said, path = PRIVACY[name], f"{AT}/tables/{name}"
        answer = anonymous.get(path, headers=readers[own], params={"limit": 10_000})
        if not said.own and said.persons:
            assert answer.status_code == 403 and "andre kommuners borgere" in answer.json()["detail"]
            assert told[name]["withheld"] and told[name]["rows"] is None
            for kind in ("csv", "parquet", "xlsx"):
                assert anonymous.get(path, headers=readers[own], params={"format": kind}).status_code == 403
            continue
        rows = answer.json()["items"]
        files = {kind: anonymous.get(f"{path}?format={kind}", headers=readers[own]) for kind in ("csv", "parquet")}
        assert len(pd.read_csv(io.BytesIO(files["csv"].content))) == len(rows) == told[name]["rows"]
        assert pq.read_table(io.BytesIO(files["parquet"].content)).num_rows == len(rows)
        if said.own:
            assert all(own in [row[column] for column in said.own] for row in rows)
            mine = table[[own in row for row in table[list(said.own)].astype(str).itertuples(index=False, name=None)]]
            assert len(rows) == len(mine)
            for other in others:  # asked for straight out
                for column in said.own:
                    found = anonymous.get(path, headers=readers[own], params={column: other}).json()["items"]
                    assert all(own in [row[one] for one in said.own] for row in found)
        else:
            assert not set(said.masked) & set(rows[0] if rows else ())


def test_what_is_of_all_is_withheld(anonymous: TestClient, readers: dict[str, dict[str, str]]) -> None:
    headers = readers["630"]
    for path in (f"{AT}/download", f"/api/v1/compare?runs={RUN},{BARE}", f"/api/v1/sweeps/{SWEEP}"):
        assert anonymous.get(path, headers=headers).status_code == 403
    for one in anonymous.get(f"{AT}/charts", headers=headers).json()["items"]:
        status = anonymous.get(f"{AT}/charts/{one['name']}", headers=headers).status_code
        assert status == (200 if one["name"] in CHARTS_OF_ALL else 403) and one["withheld"] == (status == 403)
    assert anonymous.get(f"/api/v1/runs/{FRONT}/tables/pareto", headers=headers).status_code == 403


def test_the_map_has_figures_of_its_own_alone(anonymous: TestClient, readers: dict[str, dict[str, str]]) -> None:
    shown = anonymous.get(f"{AT}/map?year=2029", headers=readers["630"]).json()["features"]
    for feature in shown:
        said = feature["properties"]
        if said["kind"] == "municipality":
            assert said["skjult"] == (said["code"] != "630")
            assert (said["demand"] is None) == said["skjult"] == (said["account"] is None)
        if said["kind"] == "offer":
            assert said["skjult"] == (said["owner"] != "630") == (said["residents"] is None)
    text = json.dumps(shown)
    whole = anonymous.get(f"{AT}/map?year=2029", headers=readers["575"]).text
    assert text != whole


def test_a_municipality_gets_other_tags_than_others(
    anonymous: TestClient, readers: dict[str, dict[str, str]]
) -> None:
    tags = {anonymous.get(f"{AT}/tables/builds", headers=one).headers["etag"] for one in readers.values()}
    assert len(tags) == len(readers)


def test_a_table_nobody_has_declared_is_withheld() -> None:
    with pytest.raises(Problem, match="kan kun ses"):
        visible("en_ny", pd.DataFrame({"municipality": ["575"]}), "575")
    assert len(visible("en_ny", pd.DataFrame({"municipality": ["575"]}), None)) == 1
