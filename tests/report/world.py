"""A small region that builds, with a loan pool and outlines, and its result."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.region import Region, export_folder, region_from_tables
from kapacitet.report.words import Names
from kapacitet.scenario.models import Scenario

YEARS = range(2026, 2031)
KOMMUNER = {"575": "Vejen", "630": "Vejle", "563": "Fanø"}
NAMES = Names({**KOMMUNER, "410": "Middelfart"})


def region(**fields: Any) -> Region:
    """Three municipalities and one group whose need grows beyond the one house there is."""
    outlines = gpd.GeoDataFrame(
        {"kommunekode": list(KOMMUNER), "navn": list(KOMMUNER.values())},
        geometry=[box(9 + 0.4 * i, 55, 9.4 + 0.4 * i, 55.3) for i in range(3)],
        crs="EPSG:4326",
    )
    told = {"title": "Prøveregion", "source": "prøve", "evidence": "illustrativ", "outlines": outlines, **fields}
    return region_from_tables("proeve", 2026, tables(), **told)


def tables() -> dict[str, list[dict[str, Any]]]:
    """The region's tables."""
    need = {"575": 6.0, "630": 10.0, "563": 2.0}
    return {
        "municipalities": [
            {
                "code": code,
                "name": name,
                "population": 40_000,
                "seat": name,
                "latitude": 55.15,
                "longitude": 9.2 + 0.4 * i,
            }
            for i, (code, name) in enumerate(KOMMUNER.items())
        ],
        "target_groups": [
            {
                "id": "autisme",
                "name": "Autisme",
                "support_step": 8,
                "attrition": 0.0,
                "temporary_share": 0.0,
                "complex": True,
            }
        ],
        "demand": [
            {
                "municipality": code,
                "target_group": "autisme",
                "year": year,
                "low": n,
                "central": n + i,
                "high": n + 2 * i,
            }
            for code, n in need.items()
            for i, year in enumerate(YEARS)
        ],
        "offers": [
            _offer("aahuset", "Åhuset", "575", "kommune", "575", 12, fixed_cost=20e6, variable_cost=0.4e6),
            _offer("fonden", "Fondens hus", "630", "privat", "Fonden", 4, price=2.5e6, in_rammeaftale=False),
        ],
        "residents": [
            {"municipality": "575", "target_group": "autisme", "offer": "aahuset", "count": 5, "as_of": "2026-01-01"},
            {"municipality": "630", "target_group": "autisme", "offer": "fonden", "count": 3, "as_of": "2026-01-01"},
        ],
        "candidates": [_candidate(places) for places in (8, 12)],
        "anlaegsramme": [{"municipality": "630", "year": year, "amount": 10e6} for year in YEARS],
        "loan_pools": [
            {
                "id": "pulje",
                "first_year": 2026,
                "last_year": 2027,
                "legal_basis": "sel108",
                "target_groups": "autisme",
                "amount": 5e6,
                "relieves": "anlaegsramme",
            }
        ],
        "purchase_prices": [{"target_group": "autisme", "year": 2026, "price": 4e6}],
        "support_step_price": [{"year": 2026, "price": 377.0}],
        "travel_links": [
            {"from": "575", "to": "630", "kind": "road", "minutes": 30.0},
            {"from": "563", "to": "575", "kind": "ferry", "minutes": 60.0},
        ],
    }


def _offer(
    name: str, title: str, place: str, owner_type: str, owner: str, places: int, **more: Any
) -> dict[str, Any]:
    return {
        "id": name,
        "name": title,
        "municipality": place,
        "owner_type": owner_type,
        "owner": owner,
        "legal_basis": "sel107;sel108",
        "target_groups": "autisme",
        "places": places,
        "budgeted_occupancy": 0.95,
        "in_rammeaftale": True,
        "as_of": "2026-01-01",
        **more,
    }


def _candidate(places: int) -> dict[str, Any]:
    return {
        "id": f"nyt-{places}",
        "project": "nyt",
        "name": f"Nyt hus, {places} pladser",
        "municipality": "630",
        "owner_type": "kommune",
        "owner": "630",
        "legal_basis": "sel108",
        "target_groups": "autisme",
        "places": places,
        "construction_cost": 1.8e6 * places,
        "spend_profile": "0.5;0.5",
        "lead_time": 2,
        "earliest": 2026,
        "latest": 2028,
        "fixed_cost": 1.2e6 * places,
        "variable_cost": 0.4e6,
        "budgeted_occupancy": 0.95,
    }


def scenario(**sections: Mapping[str, Any]) -> Scenario:
    """Five years in the small region."""
    horizon = {"first": YEARS[0], "last": YEARS[-1]}
    return Scenario.model_validate({"name": "Prøve", "region": "proeve", "horizon": horizon, **sections})


@cache
def result() -> Result:
    """The plan of the small region."""
    found = run(region(), scenario())
    assert isinstance(found, Result)
    return found


def write_scenario(folder: Path, **sections: Mapping[str, Any]) -> Path:
    """The region and a scenario for it as files; the scenario's path."""
    export_folder(region(), folder / "proeve")
    path = folder / "prøve.json"
    path.write_text(scenario(**sections).model_dump_json(), encoding="utf-8")
    return path


def build(**changes: Any) -> dict[str, Any]:
    """A row of the result table ``builds``."""
    row = {
        "kind": "byg",
        "project": "p",
        "candidate": "p-12",
        "name": "Nyt",
        "owner_type": "kommune",
        "owner": "575",
        "municipality": "575",
        "legal_basis": "sel107",
        "target_groups": "autisme",
        "places": 12.0,
        "start_year": 2027,
        "opening_year": 2029,
        "construction_cost": 21.6e6,
        "one_off_cost": 31_419.0,
        "loan": 0.0,
        "committed": False,
        "evidence": "faktisk",
    }
    return row | changes


def builds(*rows: dict[str, Any]) -> pd.DataFrame:
    """A table ``builds``, with its columns also when it is empty."""
    return pd.DataFrame(list(rows), columns=list(build()))


def assert_selfcontained(text: str) -> None:
    """A page's elements must load nothing, and its policy must forbid the rest."""
    from html.parser import HTMLParser

    loads: list[str] = []

    class Loads(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            loads.extend(
                f"{tag} {name}={value}" for name, value in attrs if name in ("src", "href", "data", "srcset")
            )

    Loads().feed(text)
    assert not loads
    assert "default-src 'none'" in text
    assert "@import" not in text and "url(" not in text.split("</style>")[0]


def spec_of(text: str) -> dict[str, Any]:
    """The specifications inside a page."""
    start = text.index('id="charts">') + len('id="charts">')
    return dict(json.loads(text[start : text.index("</script>", start)]))
