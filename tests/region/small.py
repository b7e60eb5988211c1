"""A small faultless region that uses every table, for tests to spoil one thing at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
from shapely.geometry import box

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region import Region, region_from_tables

type Rows = list[dict[str, Any]]
NAMES = {"410": "Middelfart", "575": "Vejen", "630": "Vejle"}
YEARS = (2026, 2027)
OUTSIDE = {"source": "prøve", "evidence": "illustrativ"}


def tables() -> dict[str, Rows]:
    """Every table of the small region, rows without source and evidence."""
    frame = {"year": 2026, "amount": 20_000_000.0}
    return {
        "municipalities": [
            {
                "code": code,
                "name": name,
                "population": 40_000,
                "seat": name,
                "latitude": 55.5,
                "longitude": 9.5,
                "group": "Trekanten" if code != "575" else None,
            }
            for code, name in NAMES.items()
        ],
        "target_groups": [
            {
                "id": id,
                "name": id.title(),
                "support_step": 8,
                "attrition": 0.1,
                "temporary_share": 0.25,
                "complex": True,
            }
            for id in ("autisme", "dom")
        ],
        "demand": [
            {
                "municipality": code,
                "target_group": group,
                "year": year,
                "low": 2.0,
                "central": 4.0,
                "high": 6.0,
                "tier": "retskrav",
            }
            for code in NAMES
            for group in ("autisme", "dom")
            for year in YEARS
        ],
        "demand_futures": [
            {
                "future": future,
                "probability": probability,
                "municipality": code,
                "target_group": "dom",
                "year": year,
                "place_years": 5.0,
            }
            for future, probability in (("lav", 0.4), ("høj", 0.6))
            for code in ("410", "575")
            for year in YEARS
        ],
        "demand_rates": [{"target_group": "dom", "age_from": 18, "age_to": 64, "rate": 0.001}],
        "population_projection": [
            {"municipality": code, "age_from": 18, "age_to": 64, "year": 2026, "persons": 25_000} for code in NAMES
        ],
        "offers": [
            {
                "id": "huset",
                "name": "Huset",
                "municipality": "575",
                "owner_type": "kommune",
                "owner": "575",
                "legal_basis": "sel107;sel108",
                "target_groups": "autisme",
                "places": 10,
                "fixed_cost": 20_000_000.0,
                "capital_charge": 1_000_000.0,
                "variable_cost": 400_000.0,
                "budgeted_occupancy": 0.95,
                "opened": 2010,
                "minimum_residents": 4,
                "in_rammeaftale": True,
                "deficit_bearer": "575",
                "as_of": "2026-01-01",
            },
            {
                "id": "privat",
                "name": "Den private",
                "municipality": "630",
                "owner_type": "privat",
                "owner": "Fonden",
                "legal_basis": "sel108",
                "target_groups": "dom",
                "places": 5,
                "price": 2_500_000.0,
                "budgeted_occupancy": 0.95,
                "in_rammeaftale": False,
                "as_of": "2026-01-01",
            },
        ],
        "residents": [
            {
                "municipality": "410",
                "target_group": "autisme",
                "offer": "huset",
                "count": 2,
                "as_of": "2026-01-01",
            },
            {
                "municipality": "630",
                "target_group": "dom",
                "offer": "udenfor:dom",
                "count": 1,
                "as_of": "2026-01-01",
            },
            {
                "municipality": "udenbys",
                "target_group": "autisme",
                "offer": "huset",
                "count": 1,
                "as_of": "2026-01-01",
            },
        ],
        "candidates": [
            {
                "id": "nyt-12",
                "project": "nyt",
                "name": "Nyt, 12 pladser",
                "municipality": "630",
                "owner_type": "kommune",
                "owner": "630",
                "legal_basis": "sel108",
                "target_groups": "autisme;dom",
                "places": 12,
                "construction_cost": 21_600_000.0,
                "spend_profile": "0.5;0.5",
                "lead_time": 2,
                "earliest": 2026,
                "latest": 2027,
                "fixed_cost": 15_000_000.0,
                "variable_cost": 400_000.0,
                "budgeted_occupancy": 0.95,
                "startup_occupancy": "0.7;0.85",
                "minimum_residents": 8,
            },
            {
                "id": "regionens",
                "project": "regionens",
                "name": "Regionens",
                "municipality": "410",
                "owner_type": "region",
                "owner": "Region Syddanmark",
                "legal_basis": "abl105",
                "target_groups": "dom",
                "places": 8,
                "construction_cost": 14_400_000.0,
                "spend_profile": "1",
                "lead_time": 0,
                "earliest": 2026,
                "latest": 2026,
                "fixed_cost": 9_000_000.0,
                "variable_cost": 400_000.0,
                "housing_cost": 900_000.0,
                "budgeted_occupancy": 1.0,
                "requires": "nyt",
            },
        ],
        "conversions": [
            {
                "offer": "huset",
                "from_groups": "autisme",
                "to_groups": "dom",
                "cost": 1_000_000.0,
                "years": 1,
                "earliest": 2026,
            }
        ],
        "anlaegsramme": [{"municipality": code, **frame} for code in NAMES],
        "joint_frame": [frame],
        "region_liquidity": [frame],
        "service_frame": [{"municipality": "410", **frame}],
        "staff_limits": [{"area": "Trekanten", "year": 2026, "hires": 40.0}],
        "loan_pools": [
            {
                "id": "pulje",
                "first_year": 2026,
                "last_year": 2027,
                "legal_basis": "sel107;sel108",
                "target_groups": "autisme;dom",
                "amount": 5_000_000.0,
                "relieves": "anlaegsramme",
            }
        ],
        "purchase_prices": [
            {"target_group": group, "year": 2026, "price": 3_000_000.0, "available": 4.0}
            for group in ("autisme", "dom")
        ],
        "agreed_prices": [{"municipality": "410", "offer": "huset", "target_group": "autisme", "price": 2_400_000.0}],
        "support_step_price": [{"year": 2026, "price": 377.0}],
        "pl_index": [{"year": 2026, "index": 100.0}],
        "refund_thresholds": [{"year": 2026, "threshold": 900_000.0, "percent": 25.0}],
        "keys": [{"key": "population", "municipality": code, "weight": 40_000.0} for code in NAMES],
        "travel_links": [
            {"from": "410", "to": "630", "kind": "road", "minutes": 32.0, "via": "Lillebælt"},
            {"from": "575", "to": "630", "kind": "ferry", "minutes": 38.0},
        ],
        "travel_times": [{"municipality": "410", "offer_or_candidate": "huset", "minutes": 20.5}],
        "figures": [
            {
                "id": "pladser",
                "figure": "Pladser",
                "value": "28990",
                "unit": "pladser",
                "period": "2022",
                "scope": "hele landet",
            }
        ],
    }


def outlines(names: Mapping[str, str] = NAMES) -> gpd.GeoDataFrame:
    """Squares side by side, one per municipality."""
    return gpd.GeoDataFrame(
        {"kommunekode": list(names), "navn": list(names.values())},
        geometry=[box(9 + 0.1 * place, 55, 9.1 + 0.1 * place, 55.1) for place in range(len(names))],
        crs="EPSG:4326",
    )


def build(content: Mapping[str, Sequence[Mapping[str, Any]]] | None = None, **options: Any) -> Region:
    """The small region, or one of other tables."""
    options = {"title": "Prøve", "outlines": outlines(), **OUTSIDE, **options}
    return region_from_tables("proeve", 2026, tables() if content is None else content, **options)


def faults_of(content: Mapping[str, Sequence[Mapping[str, Any]]], **options: Any) -> list[Fault]:
    """Faults and warnings of a region of these tables."""
    try:
        return list(build(content, **options).warnings)
    except FaultyInput as faulty:
        return list(faulty.faults)


def write_folder(folder: Path, content: Mapping[str, Rows] | None = None, **fields: Any) -> Path:
    """A region's folder as a user would write it: a short descriptor and plain CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    content = tables() if content is None else content
    for name, rows in content.items():
        header = list(dict.fromkeys(key for row in rows for key in {**row, **OUTSIDE}))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows({**OUTSIDE, **row} for row in rows)
    descriptor = {
        "name": "proeve",
        "title": "Prøve",
        "price_year": 2026,
        "resources": [{"name": name, "path": f"{name}.csv"} for name in content],
        **fields,
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (folder / "municipalities.geojson").write_text(outlines().to_json(drop_id=True), encoding="utf-8")
    return folder


def write_book(path: Path, content: Mapping[str, Rows] | None = None) -> Path:
    """A workbook as a user would type it, without formats."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "region"
    sheet.append(["id", "title", "price_year"])
    sheet.append(["proeve", "Prøve", 2026])
    for name, rows in (tables() if content is None else content).items():
        sheet = book.create_sheet(name)
        header = list(dict.fromkeys(key for row in rows for key in {**row, **OUTSIDE}))
        sheet.append(header)
        for row in rows:
            sheet.append([{**OUTSIDE, **row}.get(column) for column in header])
    book.save(path)
    return path
