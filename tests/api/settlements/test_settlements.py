"""The underskudsberegner as an endpoint: the same as the command line, to the øre, and bounded."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from kapacitet_api.settlements.schemas import CASE
from starlette.testclient import TestClient

from kapacitet.ledger import SCHEMES
from kapacitet.ledger.case import load_case
from kapacitet.ledger.futures import settle_case

PATH = "/api/v1/settlements"
EXAMPLE = Path(__file__).parents[3] / "docs" / "eksempler" / "settle.toml"
TOML = {"Content-Type": "application/toml"}


def example() -> str:
    """The documented case without its region, which isn't here."""
    return EXAMPLE.read_text(encoding="utf-8").replace('region = "syddanmark"', "")


def pointers(answer: Any) -> set[str]:
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {one["pointer"] for one in answer.json()["errors"]}


def test_the_documented_case_as_toml_and_json(client: TestClient, tmp_path: Path) -> None:
    path = tmp_path / "sag.toml"
    path.write_text(example(), encoding="utf-8")
    case = load_case(path, "alle")
    answer = client.post(PATH, content=example().encode(), headers=TOML)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert client.post(PATH, json=tomllib.loads(example())).json() == found
    assert [one["scheme"] for one in found["settlements"]] == list(SCHEMES)
    for one in found["settlements"]:
        wanted = settle_case(case, SCHEMES[one["scheme"]])
        assert [Decimal(entry["amount"]) for entry in one["entries"]] == [entry.amount for entry in wanted.expected]
        paid: Counter[str] = Counter()
        for entry in one["entries"]:
            paid[entry["payer"]] += Decimal(entry["amount"])  # type: ignore[assignment]
        assert {each["party"]: Decimal(each["total"]) for each in one["accounts"]} == dict(paid)
        for each in one["accounts"]:
            assert sum(map(Decimal, each["by_kind"].values())) == Decimal(each["total"])
        # conservation: whatever the scheme, together the parties pay the cost
        assert Decimal(one["total"]) == sum(paid.values())
        assert len(one["explanation"]) >= 3
    assert len({one["total"] for one in found["settlements"]}) == 1


def test_the_total_is_the_cost_by_hand(client: TestClient) -> None:
    found = client.post(PATH, json=CASE, params={"scheme": "standard"}).json()
    (one,) = found["settlements"]
    assert Decimal(one["total"]) == Decimal("40000000") + 10 * Decimal("526315.79")
    takst = (Decimal(40_000_000) / (Decimal("0.95") * 20) + Decimal("526315.79")) * 6
    varde, varde_takst = one["accounts"][1], Decimal(one["accounts"][0]["by_kind"]["takst"])
    assert abs(varde_takst - takst) <= Decimal("0.01") and varde["name"]


def test_one_scheme_and_csv(client: TestClient) -> None:
    body = example().replace('name = "Nyt botilbud i Varde"', 'name = "=1+1"')
    for params, headers in (({"format": "csv"}, {}), ({}, {"Accept": "text/csv"})):
        answer = client.post(
            PATH, content=body.encode(), headers=TOML | headers, params={"scheme": "garanti", **params}
        )
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert rows and {row["scheme"] for row in rows} == {"garanti"} and {row["offer"] for row in rows} == {"'=1+1"}
    assert client.post(PATH, json=CASE, headers={"Accept": "image/png"}).status_code == 406
    assert client.post(PATH, json=CASE, params={"scheme": "x"}).status_code == 422


def test_a_region_is_looked_up_by_id_and_never_by_path(client: TestClient) -> None:
    case = CASE | {"region": "proeve", "offer": CASE["offer"] | {"owner": "630"}, "scheme": {"key": "population"}}
    case["use"] = [{"year": 2026, "municipality": "575", "place_years": 4}]
    answer = client.post(PATH, json=case)
    assert answer.status_code == 200, answer.text
    names = {each["party"]: each["name"] for one in answer.json()["settlements"] for each in one["accounts"]}
    assert names["575"] == "Vejen" and names["630"] == "Vejle"
    for region in ("../../data/regions/syddanmark", "/tmp", "syddanmark", "."):
        assert pointers(client.post(PATH, json=case | {"region": region})) == {"#/region"}


def test_all_faults_with_pointers(client: TestClient) -> None:
    case = {
        "offer": CASE["offer"] | {"places": "tyve", "hest": 1},
        "use": [*CASE["use"], {"year": 2026.5, "municipality": "", "place_years": -1}],
        "scheme": {"name": "findes ikke", "subscriptions": {"561": "x"}},
    }
    assert pointers(client.post(PATH, json=case)) == {
        "#/offer/places",
        "#/offer/hest",
        "#/use/2/year",
        "#/use/2/municipality",
        "#/use/2/place_years",
        "#/scheme/name",
        "#/scheme/subscriptions/561",
    }
    assert pointers(client.post(PATH, json={})) >= {"#/offer", "#/use"}


def large(years: int = 1, buyers: int = 1, futures: int = 1, digits: int = 2) -> dict[str, Any]:
    """A case of some size."""
    share = "0." + "3" * digits
    codes = [str(100 + number) for number in range(buyers)]
    use = [
        {"year": 2000 + year, "municipality": code, "place_years": float(share), "future": f"f{number}"}
        for year in range(years)
        for code in codes
        for number in range(futures)
    ]
    offer = CASE["offer"] | {"owner": "100", "places": 9000, "startup_occupancy": [0.7, 0.8]}
    return {
        "offer": offer,
        "use": use,
        "scheme": {"subscriptions": dict.fromkeys(codes, 1), "key": dict.fromkeys(codes, 3)},
    }


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
@pytest.mark.parametrize("size", [(60, 50, 1), (12, 1, 19), (1, 200, 10), (100, 20, 1), (10, 4, 20)])
def test_the_largest_cases_are_taken(client: TestClient, size: tuple[int, int, int]) -> None:
    case = large(*size)
    assert len(case["use"]) <= 4000
    answer = client.post(PATH, json=case)
    assert answer.status_code in (200, 422), answer.text


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_larger_cases_are_refused(client: TestClient) -> None:
    for case in (large(60, 40), large(60, 1, 33), large(1, 300), large(101), large(10, 1, 100)):
        assert pointers(client.post(PATH, json=case)) <= {"#/use", "#/future"}
    text = example().replace("fixed_cost = 40_000_000", "fixed_cost = 1." + "3" * 5000)
    assert pointers(client.post(PATH, content=text.encode(), headers=TOML)) == {"#"}
    wide = large(2)
    wide["use"][0]["year"], wide["use"][1]["year"] = 1900, 2200
    assert pointers(client.post(PATH, json=wide)) == {"#/use"}
    huge = {"year": 10**400, "municipality": "1", "place_years": 1e300}
    assert client.post(PATH, json=CASE | {"use": [huge]}).status_code == 422
