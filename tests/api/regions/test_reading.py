"""Regions and datasets as they are read: lists, tables, downloads, differences, and who sees what."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.database import Database
from kapacitet_api.regions.stored import Stored
from starlette.testclient import TestClient

from kapacitet.region import TABLES, region_from_tables
from tests.api.regions import files
from tests.api.regions.files import WORKBOOK, ZIP, archive, book, changed
from tests.report.world import region, tables

REGIONS = "/api/v1/regions"
ONE = f"{REGIONS}/proeve/datasets/1"


@pytest.fixture
def vejle(anonymous: TestClient, database: Database) -> TestClient:
    """A client that reads for Vejle."""
    with database.write() as connection:
        key = create_key(connection, "Vejle", [Scope.READ], "system", municipality="630")
    anonymous.headers["Authorization"] = f"Bearer {key}"
    return anonymous


def test_a_region(client: TestClient) -> None:
    page = client.get(REGIONS).json()
    (found,) = page["items"]
    assert page["next"] is None and client.get(f"{REGIONS}/proeve").json() == found
    assert (found["title"], found["newest"]["id"], found["datasets"]) == ("Prøveregion", "proeve-1", 1)
    assert found["counts"] == {"municipalities": 3, "target_groups": 1, "offers": 2, "candidates": 2, "residents": 2}
    assert client.get(f"{REGIONS}/findes-ikke").status_code == 404


def test_a_dataset(client: TestClient) -> None:
    answer = client.get(ONE)
    found = answer.json()
    assert found["input_hash"] == region().content_hash and found["price_year"] == 2026 and found["outlines"] == 3
    assert {one["name"]: one["rows"] for one in found["tables"]} == {
        name: len(frame) for name, frame in region().tables.items()
    }
    assert found["warning_count"] == len(found["warnings"]) == len(region().warnings)
    assert client.get(ONE).json() == found  # found once, then kept
    again = client.get(ONE, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_pages_of_datasets(client: TestClient) -> None:
    for number in range(3):
        client.post(
            f"{REGIONS}/proeve/datasets",
            content=book(changed(**{"575": str(number)})),
            headers={"Content-Type": WORKBOOK},
        )
    first = client.get(f"{REGIONS}/proeve/datasets", params={"limit": 3}).json()
    assert [one["version"] for one in first["items"]] == [4, 3, 2]
    rest = client.get(f"{REGIONS}/proeve/datasets", params={"limit": 3, "after": first["next"]}).json()
    assert [one["version"] for one in rest["items"]] == [1] and rest["next"] is None


@pytest.mark.parametrize("name", [name for name, frame in region().tables.items() if len(frame)])
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_every_table_as_json_and_csv(client: TestClient, name: str) -> None:
    frame = region().tables[name]
    rows: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = client.get(f"{ONE}/tables/{name}", params={"limit": 4, **after}).json()
        rows += page["items"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    wanted = [
        {key: None if value != value else value for key, value in row.items()} for row in frame.to_dict("records")
    ]
    assert rows == wanted and page["total"] == len(frame)
    assert [one["name"] for one in page["columns"]] == list(frame.columns)
    assert all(row["source"] and row["evidence"] for row in rows)
    for answer in (
        client.get(f"{ONE}/tables/{name}", params={"format": "csv"}),
        client.get(f"{ONE}/tables/{name}", headers={"Accept": "text/csv;q=0.9, application/json;q=0.1"}),
    ):
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert len(list(csv.DictReader(io.StringIO(answer.text)))) == len(frame)
    assert client.get(f"{ONE}/tables/{name}", headers={"Accept": "image/png"}).status_code == 406


def test_csv_carries_no_formulas(client: TestClient) -> None:
    data = book(changed(**{"575": "=HYPERLINK(1)"}))
    made = client.post(f"{REGIONS}/proeve/datasets", content=data, headers={"Content-Type": WORKBOOK})
    assert made.status_code == 201
    two = f"{REGIONS}/proeve/datasets/2"
    text = client.get(f"{two}/tables/municipalities", params={"format": "csv"}).text
    assert "'=HYPERLINK(1)" in text and ",=HYPER" not in text
    assert "=HYPERLINK(1)" in [row["seat"] for row in client.get(f"{two}/tables/municipalities").json()["items"]]
    whole = files.parts(client.get(f"{two}/download?format=xlsx").content)
    assert not any(b"<f>" in part for name, part in whole.items() if "worksheets" in name)


def test_wrong_addresses(client: TestClient) -> None:
    for path, status in (
        (f"{REGIONS}/proeve/datasets/2", 404),
        (f"{REGIONS}/proeve/datasets/0", 422),
        (f"{REGIONS}/proeve/datasets/99999999999", 422),
        (f"{REGIONS}/proeve/datasets/x", 422),
        (f"{REGIONS}/findes-ikke/datasets", 404),
        (f"{REGIONS}?after=%00", 422),
        (f"{REGIONS}/proeve/datasets?after=x", 422),
        (f"{ONE}/tables/findes_ikke", 404),
        (f"{ONE}/tables/..%2Fx", 404),
        (f"{ONE}/tables/offers?format=xml", 422),
        (f"{ONE}/tables/offers?limit=100000", 422),
        (f"{ONE}/diff?from=7", 404),
        (f"{ONE}/diff?table=findes_ikke", 404),
        (f"{ONE}/download?format=exe", 422),
    ):
        answer = client.get(path)
        assert answer.status_code == status, (path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_municipalitys_reader_sees_its_own_rows(vejle: TestClient) -> None:
    for name, table in TABLES.items():
        columns = [column.name for column in table.columns if "municipalities.code" in column.references]
        page = vejle.get(f"{ONE}/tables/{name}").json()
        if columns:
            assert all(any("630" in str(row[column]).split(";") for column in columns) for row in page["items"])
            text = vejle.get(f"{ONE}/tables/{name}?format=csv").text
            assert page["total"] == len(page["items"]) == len(list(csv.DictReader(io.StringIO(text))))
        else:
            assert page["total"] == len(region().tables[name])
    assert vejle.get(f"{ONE}/tables/residents").json()["total"] == 1
    assert vejle.get(f"{ONE}/download").status_code == 403
    assert vejle.get(f"{ONE}/diff").status_code == 403
    assert vejle.get(ONE).json()["warnings"] == []


def test_tags_tell_readers_apart(vejle: TestClient, keys: dict[Scope, str]) -> None:
    own = vejle.get(f"{ONE}/tables/residents").headers["etag"]
    headers = {"Authorization": f"Bearer {keys[Scope.PLAN]}", "If-None-Match": own}
    answer = vejle.get(f"{ONE}/tables/residents", headers=headers)
    assert answer.status_code == 200 and answer.json()["total"] == 2


def test_what_differs(client: TestClient) -> None:
    rows = tables()
    rows["municipalities"].reverse()  # the order doesn't count
    rows["demand"].sort(key=lambda row: -row["year"])
    rows["offers"][0]["places"] = 14
    rows["candidates"].pop()
    rows["candidates"].append(dict(rows["candidates"][0], id="nyt-10", places=10))
    rows["travel_links"][0] |= {"from": "630", "to": "575"}  # the same link
    outlines = region().outlines
    assert outlines is not None
    outlines = outlines.iloc[::-1].reset_index(drop=True)
    outlines.loc[0, "geometry"] = outlines.geometry[0].buffer(-0.01)
    new = region_from_tables(
        "proeve", 2026, rows, title="Nyt navn", source="prøve", evidence="illustrativ", outlines=outlines
    )
    made = client.post(f"{REGIONS}/proeve/datasets", content=book(new), headers={"Content-Type": WORKBOOK})
    assert made.status_code == 201, made.text
    found = client.get(f"{REGIONS}/proeve/datasets/2/diff").json()
    assert (found["from"], found["to"]) == (1, 2)
    assert found["fields"] == [{"column": "title", "old": "Prøveregion", "new": "Nyt navn"}]
    assert found["outlines"] == {"added": 0, "removed": 0, "changed": 1}
    counts = {one["table"]: (one["added"], one["removed"], one["changed"]) for one in found["tables"]}
    assert {name: count for name, count in counts.items() if any(count)} == {
        "offers": (0, 0, 1),
        "candidates": (1, 1, 0),
    }
    assert found["items"][0] == {
        "table": "offers",
        "kind": "changed",
        "key": {"id": "aahuset"},
        "columns": [{"column": "places", "old": 12, "new": 14}],
    }
    added, removed = found["items"][1:]
    assert (added["kind"], added["key"], removed["kind"], removed["key"]) == (
        "added", {"id": "nyt-10"}, "removed", {"id": "nyt-12"},
    )  # fmt: skip
    assert {"column": "places", "old": None, "new": 10} in added["columns"]
    back = client.get(f"{REGIONS}/proeve/datasets/1/diff?from=2").json()
    assert {(one["kind"], *one["key"].values()) for one in back["items"]} == {
        ("changed", "aahuset"), ("removed", "nyt-10"), ("added", "nyt-12"),
    }  # fmt: skip
    pages = []
    after: dict[str, str] = {}
    while True:
        page = client.get(f"{REGIONS}/proeve/datasets/2/diff", params={"limit": 1, **after}).json()
        pages += page["items"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert pages == found["items"]
    only = client.get(f"{REGIONS}/proeve/datasets/2/diff?table=candidates").json()["items"]
    assert only == [added, removed]
    assert client.get(f"{REGIONS}/proeve/datasets/2/diff?from=2").json()["items"] == []


def test_order_makes_no_difference() -> None:
    """A hundred thousand rows of need in other order, with one changed."""
    from kapacitet_api.regions.differences import differences

    header = "municipality,target_group,year,low,central,high,tier,source,evidence\n"
    lines = [f"{number},g,2026,1,{number}.5,3,,x,illustrativ\n" for number in range(100_000)]
    sent = files.with_part("demand.csv", (header + "".join(lines)).encode())
    lines[7] = lines[7].replace("7.5", "8.5")
    other = files.with_part("demand.csv", (header + "".join(reversed(lines))).encode())
    found = differences(Stored(sent), Stored(other))
    assert found["rows"] == [
        {
            "table": "demand",
            "kind": "changed",
            "key": {"municipality": "7", "target_group": "g", "year": 2026},
            "columns": [{"column": "central", "old": 7.5, "new": 8.5}],
        }
    ]


def test_a_large_dataset_is_read_in_a_process(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from kapacitet_api.regions import stored

    small = {
        path: client.get(path).content
        for path in (ONE, f"{ONE}/download?format=xlsx", f"{ONE}/diff?from=1", f"{ONE}/tables/offers?format=csv")
    }
    monkeypatch.setattr(stored, "SMALL", 10)
    for path, content in small.items():
        assert client.get(path).content == content
    assert (
        client.post(f"{REGIONS}/proeve/datasets", content=archive(), headers={"Content-Type": ZIP}).status_code == 200
    )
