"""A plan on a map as GeoJSON (RFC 7946): municipalities with a year's figures, offers and candidates as points."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from kapacitet.insight.result import Result
from kapacitet.region.model import Region
from kapacitet.region.tables import split_list
from kapacitet.report.records import Row, records

FIGURES = ("demand", "unmet", "bought", "places", "residents", "occupancy", "account", "account_per_inhabitant")
"""Of a municipality in a year: what its citizens need, aren't given and are bought (place-years); places in offers
there, their residents (place-years, guests included) and residents over places; what it pays (kr.)."""


def map_features(result: Result, region: Region, year: int, own: str | None = None) -> dict[str, Any]:
    """A FeatureCollection in WGS84.

    Args:
        year: one of the plan's.
        own: the one municipality whose figures are shown; figures of others are null. All where None.
    """
    figures = municipal_figures(result.tables, year)
    municipalities = records(region.tables["municipalities"])
    shapes = _shapes(region)
    features = []
    for row in municipalities:
        code = str(row["code"])
        shown = own is None or own == code
        mine = figures.get(code, {}) if shown else {}
        features.append(
            _feature(
                shapes.get(code) or _point(row),
                {
                    "kind": "municipality",
                    "code": code,
                    "name": str(row["name"]),
                    "year": year,
                    **{name: _plain(mine.get(name)) for name in FIGURES},
                    "skjult": not shown,
                },
            )
        )
    seats = {str(row["code"]): _point(row) for row in municipalities}
    features += _offers(result.tables, region, seats, year, own)
    features += _candidates(result.tables, region, seats, year)
    return {"type": "FeatureCollection", "features": features}


def municipal_figures(tables: Mapping[str, pd.DataFrame], year: int) -> dict[str, dict[str, float]]:
    """Municipality's code -> the figures of the year."""
    parts = {name: _summed(tables[name], year, "place_years") for name in ("placements", "purchases", "unmet")}
    demand = pd.concat(list(parts.values())).groupby(level=0).sum()
    capacity, accounts = tables["capacity"], tables["accounts"]
    places, used = _summed(capacity, year, "places"), _summed(capacity, year, "used")
    towns = accounts[(accounts["role"] == "kommune") & (accounts["year"] == year)].set_index("party")
    found: dict[str, dict[str, float]] = {}
    for code in towns.index.astype(str):
        there = float(places.get(code, 0.0))
        found[code] = {
            "demand": float(demand.get(code, 0.0)),
            "unmet": float(parts["unmet"].get(code, 0.0)),
            "bought": float(parts["purchases"].get(code, 0.0)),
            "places": there,
            "residents": float(used.get(code, 0.0)),
            "account": float(towns["total"][code]),
            "account_per_inhabitant": float(towns["per_inhabitant"][code]),
        }
        if there:
            found[code]["occupancy"] = found[code]["residents"] / there
    return found


def _summed(table: pd.DataFrame, year: int, column: str) -> pd.Series:
    here = table[table["year"] == year]
    return here.groupby(here["municipality"].astype(str))[column].sum()


def _offers(
    tables: Mapping[str, pd.DataFrame], region: Region, seats: Mapping[str, Any], year: int, own: str | None
) -> list[dict[str, Any]]:
    """Offers that are open in the year, new ones too."""
    known = {str(row["id"]): row for name in ("offers", "candidates") for row in records(region.tables[name])}
    capacity = tables["capacity"]
    features = []
    for row in records(capacity[capacity["year"] == year]):
        shown = own is None or own == str(row["owner"])
        where = known.get(str(row["offer"]), {})
        features.append(
            _feature(
                _point(where) or seats.get(str(row["municipality"])),
                {
                    "kind": "offer",
                    **_named(row, "offer"),
                    "existing": bool(row["existing"]),
                    "year": year,
                    "places": _plain(row["places"]),
                    "residents": _plain(row["used"]) if shown else None,
                    "occupancy": _plain(row["occupancy"]) if shown else None,
                    "skjult": not shown,
                },
            )
        )
    return features


def _candidates(
    tables: Mapping[str, pd.DataFrame], region: Region, seats: Mapping[str, Any], year: int
) -> list[dict[str, Any]]:
    """Candidates; ``chosen`` are in the plan, ``open`` those that have places in the year."""
    new = tables["builds"][tables["builds"]["kind"] == "byg"].set_index("candidate")["opening_year"]
    features = []
    for row in records(region.tables["candidates"]):
        opening = new.get(str(row["id"]))
        features.append(
            _feature(
                _point(row) or seats.get(str(row["municipality"])),
                {
                    "kind": "candidate",
                    **_named(row, "id"),
                    "places": _plain(row["places"]),
                    "chosen": opening is not None,
                    "opening_year": None if opening is None else int(opening),
                    "open": opening is not None and int(opening) <= year,
                },
            )
        )
    return features


def _named(row: Row, id: str) -> dict[str, Any]:
    return {
        "id": str(row[id]),
        "name": str(row["name"]),
        "municipality": str(row["municipality"]),
        "owner_type": str(row["owner_type"]),
        "owner": str(row["owner"]),
        "target_groups": list(split_list(row["target_groups"])),
    }


def _shapes(region: Region) -> dict[str, Any]:
    if region.outlines is None:
        return {}
    codes = region.outlines["kommunekode"].astype(str)
    return {
        code: json.loads(shapely.to_geojson(geometry))
        for code, geometry in zip(codes, region.outlines.geometry, strict=True)
    }


def _point(row: Mapping[str, Any]) -> dict[str, Any] | None:
    place = (_plain(row.get("longitude")), _plain(row.get("latitude")))
    return None if None in place else {"type": "Point", "coordinates": list(place)}


def _feature(geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _plain(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
