"""Tables of a finished run: everything that is there, to the last bit, in every format; and what isn't."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa
from kapacitet_api.database import Database
from kapacitet_api.results.filters import filtered
from kapacitet_api.results.privacy import PRIVACY
from kapacitet_api.results.reading import typed
from kapacitet_api.results.writing import csv_bytes, workbook_bytes
from kapacitet_api.runs.states import State
from kapacitet_api.runs.tables import runs
from starlette.testclient import TestClient

from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.report.result_columns import TITLES, Meaning, meaning
from tests.api.solved import FRONT, RUN, WAITING
from tests.report import world

AT = f"/api/v1/runs/{RUN}/tables"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pytestmark = pytest.mark.usefixtures("finished")


def same(found: object, true: object) -> bool:
    """Equal to the last bit; missing is missing."""
    missing = true is None or true is pd.NA or (isinstance(true, float) and np.isnan(true)) or true == ""
    return found is None if missing else bool(found == true)


def test_every_table_is_listed_with_its_columns(client: TestClient) -> None:
    told = {one["name"]: one for one in client.get(AT).json()["items"]}
    tables = world.result().tables
    assert told.keys() == tables.keys()
    for name, table in tables.items():
        assert told[name]["rows"] == len(table) and not told[name]["withheld"]
        assert [column["name"] for column in told[name]["columns"]] == list(table.columns)
        assert all(column["text"] for column in told[name]["columns"])
        assert told[name]["title"] == TITLES[name]


def test_every_table_is_declared_and_described(client: TestClient) -> None:
    for id in (RUN, FRONT):
        for one in client.get(f"/api/v1/runs/{id}/tables").json()["items"]:
            assert one["name"] in PRIVACY and one["name"] in TITLES
            assert set(PRIVACY[one["name"]].own) <= {column["name"] for column in one["columns"]}
            assert all(meaning(one["name"], column["name"]).text for column in one["columns"])
    assert PRIVACY.keys() == TITLES.keys()


def test_tables_that_only_some_scenarios_have_are_declared_and_described_too() -> None:
    asked = {"levers": {"takst_reduction": 0.01}, "futures": {"count": 3, "source": "draw"}}
    found = run(world.region(), world.scenario(**asked))
    assert isinstance(found, Result)
    assert PRIVACY.keys() == found.tables.keys() | {"pareto", "plans"}
    for name, table in found.tables.items():
        assert set(PRIVACY[name].own) <= set(table.columns)
        assert all(meaning(name, str(column)).text for column in table.columns)


def test_numbers_are_exact(client: TestClient) -> None:
    for name, table in world.result().tables.items():
        answer = client.get(f"{AT}/{name}", params={"limit": 10_000}).json()
        assert answer["total"] == len(table) == len(answer["items"]) and answer["next"] is None
        for mine, true in zip(answer["items"], table.to_dict("records"), strict=True):
            assert mine.keys() == true.keys()
            assert all(same(mine[column], true[column]) for column in true), (name, mine, true)


def test_pages_are_the_whole(client: TestClient) -> None:
    whole = client.get(f"{AT}/ledger", params={"limit": 10_000}).json()["items"]
    found: list[Any] = []
    after: int | None = 0
    while after is not None:
        page = client.get(f"{AT}/ledger", params={"limit": 7, "after": after}).json()
        found, after = found + page["items"], page["next"]
    assert found == whole and len(whole) > 14


def test_filters(client: TestClient) -> None:
    table = world.result().tables["placements"]
    answer = client.get(f"{AT}/placements?municipality=575&year=2028").json()
    assert answer["total"] == int(((table["municipality"] == "575") & (table["year"] == 2028)).sum()) > 0
    both = client.get(f"{AT}/placements?municipality=575&municipality=630").json()
    assert both["total"] == int(table["municipality"].isin(["575", "630"]).sum())
    assert client.get(f"{AT}/capacity?existing=false").json()["total"] == int(
        (~world.result().tables["capacity"]["existing"].astype(bool)).sum()
    )
    wrong = client.get(f"{AT}/placements?munincipality=575&year=x")
    assert wrong.status_code == 422
    errors = {one["parameter"]: one["detail"] for one in wrong.json()["errors"]}
    assert "Mente du «municipality»?" in errors["munincipality"] and errors["year"] == "Skal være et tal."


def test_csv_parquet_and_excel_hold_the_same(client: TestClient) -> None:
    for name, table in world.result().tables.items():
        true = typed(name, table.map(lambda value: None if isinstance(value, str) and value == "" else value))
        texts = {column: "str" for column in table if meaning(name, str(column)).kind == "text"}
        text = client.get(f"{AT}/{name}", headers={"Accept": "text/csv"})
        assert text.headers["content-type"] == "text/csv; charset=utf-8"
        cells = pd.read_csv(io.BytesIO(text.content), dtype=texts, keep_default_na=False, na_values=[""])
        read = typed(name, cells)
        pd.testing.assert_frame_equal(read, true, check_exact=True, check_dtype=False)
        parquet = pq.read_table(io.BytesIO(client.get(f"{AT}/{name}?format=parquet").content))
        kinds = {"text": "string", "whole": "int64", "number": "double", "boolean": "bool"}
        assert {field.name: str(field.type) for field in parquet.schema} == {
            column: kinds[meaning(name, column).kind] for column in table.columns
        }
        for column in table.columns:
            pairs = zip(parquet[column].to_pylist(), true[column].tolist(), strict=True)
            assert all(same(mine, theirs) for mine, theirs in pairs), (name, column)
    answer = client.get(f"{AT}/builds", headers={"Accept": XLSX})
    assert answer.headers["content-disposition"] == 'attachment; filename="builds.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None and sheet.freeze_panes == "A2" and sheet.auto_filter.ref is not None
    header = [cell.value for cell in sheet[1]]
    assert header == list(world.result().tables["builds"].columns)
    cells = dict(zip(header, sheet[2], strict=True))
    assert cells["construction_cost"].number_format == "#,##0.00" and cells["start_year"].number_format == "0"
    assert cells["construction_cost"].value == world.result().tables["builds"]["construction_cost"][0]
    assert cells["committed"].value is False


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_is_never_a_formula(start: str) -> None:
    evil = f"{start}cmd|' /C calc'!A0"
    table = pd.DataFrame({"name": [evil, "Åhuset"], "amount": [-1.5, 2.0]})
    said = {"name": Meaning("Navn"), "amount": Meaning("Beløb", "kr.", "number")}
    read = pd.read_csv(io.BytesIO(csv_bytes(table)))
    assert read["name"][0].startswith("'") and read["name"][1] == "Åhuset" and read["amount"][0] == -1.5
    sheet = openpyxl.load_workbook(io.BytesIO(workbook_bytes("=1+1", table, said))).active
    assert sheet is not None and sheet["A2"].data_type == "s" and str(sheet["A2"].value).startswith("'")
    assert sheet["B2"].value == -1.5


def test_what_can_be_accepted(client: TestClient) -> None:
    accepted = {
        "*/*": "application/json",
        "text/*;q=0.5, application/json;q=0.1": "text/csv; charset=utf-8",
        "text/html, application/xhtml+xml, */*;q=0.8": "application/json",
        "application/vnd.apache.parquet": "application/vnd.apache.parquet",
        "application/json;q=0, text/csv": "text/csv; charset=utf-8",
    }
    for accept, kind in accepted.items():
        assert client.get(f"{AT}/costs", headers={"Accept": accept}).headers["content-type"] == kind
    for wrong in ({"headers": {"Accept": "image/png"}}, {"params": {"format": "pdf"}}):
        answer = client.get(f"{AT}/costs", **wrong)
        assert answer.status_code == 406 and answer.json()["type"] == "/problems/not-acceptable"


def test_tags(client: TestClient) -> None:
    asked = [("costs", {}), ("costs", {"year": "2027"}), ("costs", {"format": "csv"}), ("groups", {}), ("costs", {"limit": "5"})]  # fmt: skip  # noqa: E501
    tags = [client.get(f"{AT}/{name}", params=params).headers["etag"] for name, params in asked]
    assert len(set(tags)) == len(tags)
    for (name, params), tag in zip(asked, tags, strict=True):
        again = client.get(f"{AT}/{name}", params=params, headers={"If-None-Match": f'"x", {tag}'})
        assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    listed = client.get(AT)
    assert client.get(AT, headers={"If-None-Match": listed.headers["etag"]}).status_code == 304


def test_the_whole_result(client: TestClient) -> None:
    answer = client.get(f"/api/v1/runs/{RUN}/download")
    names = set(zipfile.ZipFile(io.BytesIO(answer.content)).namelist())
    assert {"result.json", "scenario.json", "plan.md", "ledger.csv"} <= names


def test_a_run_without_result(client: TestClient, finished: Database) -> None:
    for path in ("tables", "tables/builds", "download", "map", "charts", "charts/kort"):
        answer = client.get(f"/api/v1/runs/{WAITING}/{path}")
        assert answer.status_code == 409 and answer.json()["state"] == "queued"
        missing = client.get(f"/api/v1/runs/00000000-0000-0000-0000-000000000000/{path}")
        assert missing.status_code == 404
    with finished.write() as connection:
        connection.execute(sa.update(runs).where(runs.c.id == WAITING).values(state=State.FAILED))
    assert client.get(f"/api/v1/runs/{WAITING}/tables").json()["state"] == "failed"
    unknown = client.get(f"{AT}/bilds")
    assert unknown.status_code == 404 and "Mente du «builds»?" in unknown.json()["detail"]


def test_a_table_is_read_quickly_again(client: TestClient) -> None:
    client.get(f"{AT}/ledger")
    began = time.perf_counter()
    for _ in range(10):
        client.get(f"{AT}/ledger?limit=100")
    assert (time.perf_counter() - began) / 10 < 0.05


def test_filters_know_types() -> None:
    table = pd.DataFrame({"flag": pd.array([True, False, None], "boolean"), "n": pd.array([1, 2, None], "Int64")})
    assert filtered(table, {"flag": ["True"]}).index.tolist() == [0]
    assert filtered(table, {"n": ["2.0", "1"]}).index.tolist() == [0, 1]
