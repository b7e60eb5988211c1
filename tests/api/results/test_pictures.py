"""Maps, charts and comparisons: the same figures as the tables, the same charts as the command line."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from starlette.testclient import TestClient

from kapacitet.report.charts.catalogue import TITLES, charts
from kapacitet.report.comparison import compare
from tests.api.solved import BARE, FRONT, RUN, bare
from tests.report import world

AT = f"/api/v1/runs/{RUN}"
pytestmark = pytest.mark.usefixtures("finished")


def test_the_map_tells_what_the_tables_tell(client: TestClient) -> None:
    answer = client.get(f"{AT}/map", params={"year": 2029})
    assert answer.headers["content-type"] == "application/geo+json"
    features = answer.json()["features"]
    towns = {f["properties"]["code"]: f for f in features if f["properties"]["kind"] == "municipality"}
    tables = world.result().tables
    assert towns.keys() == set(world.KOMMUNER)
    for code, feature in towns.items():
        west = 9.0 + 0.4 * list(world.KOMMUNER).index(code)
        xs = [x for x, _ in feature["geometry"]["coordinates"][0]]
        assert min(xs) == pytest.approx(west) and max(xs) == pytest.approx(west + 0.4)
        at = lambda name: tables[name][(tables[name]["year"] == 2029) & (tables[name]["municipality"] == code)]  # noqa: E731, B023
        said = feature["properties"]
        need = sum(float(at(name)["place_years"].sum()) for name in ("placements", "purchases", "unmet"))
        assert said["demand"] == pytest.approx(need) and said["places"] == at("capacity")["places"].sum()
        accounts = tables["accounts"]
        mine = accounts[(accounts["party"] == code) & (accounts["year"] == 2029)]
        assert said["account"] == float(mine["total"].iloc[0])
    assert sum(town["properties"]["demand"] for town in towns.values()) == pytest.approx(
        float(tables["groups"].query("year == 2029")["demand"].sum())
    )
    chosen = [
        f["properties"] for f in features if f["properties"]["kind"] == "candidate" and f["properties"]["chosen"]
    ]
    assert [one["id"] for one in chosen] == tables["builds"]["candidate"].tolist() and chosen[0]["open"]
    before = client.get(f"{AT}/map", params={"year": 2026}).json()["features"]
    assert not any(f["properties"].get("open") for f in before)
    again = client.get(f"{AT}/map", params={"year": 2029}, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    wrong = client.get(f"{AT}/map", params={"year": 2050})
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["detail"] == "Planen dækker 2026–2030."


def test_charts_are_those_the_command_line_draws(client: TestClient) -> None:
    mine = charts(world.result(), world.region())
    listed = client.get(f"{AT}/charts").json()["items"]
    assert [one["name"] for one in listed] == [name for name in TITLES if name in mine]
    assert len(listed) >= 5
    for one in listed:
        spec = client.get(f"{AT}/charts/{one['name']}").json()
        assert "vega-lite" in spec["$schema"] and len(spec["description"]) > 20
        assert spec["description"] == mine[one["name"]]()["description"]
    assert client.get(f"{AT}/charts/findes_ikke").status_code == 404


def test_compare(client: TestClient) -> None:
    found = client.get("/api/v1/compare", params={"runs": f"{RUN},{BARE}"}).json()
    true = compare([world.result(), bare()], ["a", "b"])
    assert found["columns"] == list(true.columns) == ["Prøve", "Intet nyt"]
    assert [(one["title"], one["values"], one["texts"]) for one in found["lines"]] == [
        (line.title, list(line.values), list(line.texts)) for line in true.lines
    ]
    places = next(one for one in found["lines"] if one["title"] == "Nye pladser")
    assert places["values"] == [12.0, 0.0] and places["differs"] == [False, True]
    table = pd.read_csv(io.BytesIO(client.get(f"/api/v1/compare?runs={RUN},{BARE}&format=csv").content))
    assert list(table.columns) == ["del", "emne", "Prøve", "Intet nyt"] and len(table) == len(true.lines)
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(f"/api/v1/compare?runs={RUN},{BARE}&format=xlsx").content)
    ).active
    assert sheet is not None and sheet.max_row == len(true.lines) + 1


@pytest.mark.parametrize(
    ("runs", "status"),
    [
        (RUN, 422),
        (f"{RUN},{RUN}", 422),
        (f"{RUN},x", 422),
        (",".join([RUN] * 9), 422),
        (f"{RUN},00000000-0000-0000-0000-000000000000", 404),
        (f"{RUN},{FRONT}", 409),
    ],
)
def test_what_cannot_be_compared(client: TestClient, runs: str, status: int) -> None:
    assert client.get("/api/v1/compare", params={"runs": runs}).status_code == status


def test_a_front_has_tables_but_no_map(client: TestClient) -> None:
    points = client.get(f"/api/v1/runs/{FRONT}/tables/pareto").json()["items"]
    assert points and points[0]["point"] == 1 and all(one["settled"] in (True, False) for one in points)
    for path in ("map", "charts"):
        assert client.get(f"/api/v1/runs/{FRONT}/{path}").status_code == 409
