"""Municipal outlines: reading and writing GeoJSON, areas, borders and neighbours.

Coordinates are kept as they were read (EPSG:4326). Lengths and areas are measured in EPSG:25832 (ETRS89 / UTM
zone 32N) and don't depend on the order of points in a ring, which GeoJSON files disagree about.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from kapacitet.faults import Fault
from kapacitet.region.cells import LONGEST_TEXT, as_text
from kapacitet.region.columns import OUTLINES_FILE, OUTLINES_SHEET

GEOGRAPHIC: Final = "EPSG:4326"
METRIC: Final = "EPSG:25832"
_WGS84_NAMES: Final = ("CRS84", "4326", "WGS84")


def read_geojson(data: bytes) -> tuple[gpd.GeoDataFrame | None, list[Fault]]:
    """Outlines from the bytes of a GeoJSON file with ``kommunekode``, ``navn`` and polygons.

    Returns:
        the frame (``kommunekode`` text, ``navn``, ``geometry``), None if anything is wrong, and all faults.
    """
    try:
        content = json.loads(data.decode("utf-8-sig"))
        features = content["features"]
        crs = json.dumps(content.get("crs", "CRS84"))
        if not isinstance(features, list):
            raise TypeError
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return None, [Fault("Filen er ikke GeoJSON i UTF-8.", "Hent omridsene igen.", OUTLINES_FILE)]
    faults: list[Fault] = []
    if not any(name in crs for name in _WGS84_NAMES):
        mend = "Gem omridsene i EPSG:4326 (længde- og breddegrader)."
        faults.append(Fault("Omridsene er i et andet koordinatsystem.", mend, OUTLINES_FILE))
    rows: list[tuple[str, str, BaseGeometry]] = []
    for number, feature in enumerate(features, start=1):
        row = _feature(feature)
        if isinstance(row, str):
            message = f"Omrids nummer {number}: {row}"
            faults.append(Fault(message, "Ret det, eller hent omridsene igen.", OUTLINES_FILE))
        else:
            rows.append(row)
    return _frame(rows, faults)


def read_wkt(parts: Iterable[tuple[str, str, int, str]]) -> tuple[gpd.GeoDataFrame | None, list[Fault]]:
    """Outlines from the parts that :func:`wkt_parts` cuts them in: code, name, number and text.

    Returns:
        as :func:`read_geojson`.
    """
    texts: dict[tuple[str, str], str] = {}
    for code, name, _, text in sorted(parts):
        texts[code, name] = texts.get((code, name), "") + text
    try:
        return _frame([(*who, shapely.from_wkt(text)) for who, text in texts.items()], [])
    except shapely.errors.ShapelyError:
        return None, [Fault("Arket kan ikke læses.", "Slet arket, eller eksportér det igen.", OUTLINES_SHEET)]


def wkt_parts(outlines: gpd.GeoDataFrame) -> list[tuple[str, str, int, str]]:
    """The outlines as well-known text with full precision, cut in parts that fit a workbook's cell."""
    return [
        (code, name, number, text[start : start + LONGEST_TEXT])
        for code, name, geometry in _sorted_rows(outlines)
        for text in (shapely.to_wkt(geometry, rounding_precision=-1),)
        for number, start in enumerate(range(0, len(text), LONGEST_TEXT), start=1)
    ]


def _frame(
    rows: Iterable[tuple[str, str, BaseGeometry]], faults: list[Fault]
) -> tuple[gpd.GeoDataFrame | None, list[Fault]]:
    """Check code, name and geometry of each outline and gather them in a frame.

    Args:
        rows: municipality code, name and geometry.
        faults: what is already known to be wrong; those found here are added.
    """
    seen: dict[str, tuple[str, BaseGeometry]] = {}
    for code, name, geometry in rows:
        if code in seen:
            fault = Fault("Koden har to omrids.", "Slå dem sammen.", OUTLINES_FILE, None, "kommunekode", code)
            faults.append(fault)
        elif wrong := _wrong_geometry(geometry):
            faults.append(Fault(f"Omridset af {code} {name} {wrong}", "Hent det igen.", OUTLINES_FILE))
        seen[code] = (name, geometry)
    if faults or not seen:
        if not faults:
            faults.append(Fault("Filen har ingen omrids.", "Hent omridsene igen, eller slet filen.", OUTLINES_FILE))
        return None, faults
    frame = gpd.GeoDataFrame(
        {
            "kommunekode": pd.Series(list(seen), dtype="str"),
            "navn": pd.Series([name for name, _ in seen.values()], dtype="str"),
        },
        geometry=[geometry for _, geometry in seen.values()],
        crs=GEOGRAPHIC,
    )
    return frame, []


def _feature(feature: Any) -> tuple[str, str, BaseGeometry] | str:
    """Code, name and geometry of a GeoJSON feature, or what is wrong with it."""
    try:
        properties = feature["properties"]
        code, name = as_text(properties["kommunekode"]), as_text(properties["navn"])
        geometry = shapely.from_geojson(json.dumps(feature["geometry"]))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, shapely.errors.ShapelyError):
        return "mangler kommunekode, navn eller geometri."
    if code is None or name is None or geometry is None:
        return "mangler kommunekode, navn eller geometri."
    return code, name, geometry


def _wrong_geometry(geometry: BaseGeometry) -> str | None:
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.is_empty:
        return "er ikke en flade."
    west, south, east, north = geometry.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return "har koordinater, der ikke er længde- og breddegrader."
    return None if geometry.is_valid else "er ikke en gyldig flade."


def to_geojson(outlines: gpd.GeoDataFrame) -> str:
    """The outlines as GeoJSON text with full precision, in the order of their codes."""
    features = [
        {
            "type": "Feature",
            "properties": {"kommunekode": code, "navn": name},
            "geometry": shapely.geometry.mapping(geometry),
        }
        for code, name, geometry in _sorted_rows(outlines)
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'


def canonical_text(outlines: gpd.GeoDataFrame | None) -> str:
    """The outlines as text that depends neither on the order of rows, rings nor points; blank for None."""
    if outlines is None:
        return ""
    return "\n".join(
        json.dumps([code, name, shapely.to_wkt(geometry.normalize(), rounding_precision=-1)], ensure_ascii=False)
        for code, name, geometry in _sorted_rows(outlines)
    )


def _sorted_rows(outlines: gpd.GeoDataFrame) -> list[tuple[str, str, BaseGeometry]]:
    return sorted(
        zip(outlines["kommunekode"], outlines["navn"], outlines.geometry, strict=True), key=lambda row: row[0]
    )


def to_metric(outlines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The outlines in metres (EPSG:25832), exterior rings counter-clockwise whatever they were."""
    metric = outlines.to_crs(METRIC)
    return metric.set_geometry(shapely.orient_polygons(metric.geometry.to_numpy()), crs=METRIC)


def areas_km2(outlines: gpd.GeoDataFrame) -> pd.Series:
    """Area of each municipality in km², by code."""
    return pd.Series(to_metric(outlines).area.to_numpy() / 1e6, index=outlines["kommunekode"].to_numpy(), name="km2")


def perimeters_km(outlines: gpd.GeoDataFrame) -> pd.Series:
    """Length of each municipality's border and coast in km, by code."""
    return pd.Series(to_metric(outlines).length.to_numpy() / 1e3, index=outlines["kommunekode"].to_numpy(), name="km")


def neighbours(outlines: gpd.GeoDataFrame, within_m: float = 500.0) -> frozenset[frozenset[str]]:
    """Pairs of codes whose outlines touch, or nearly do since published outlines are generalised.

    Args:
        outlines: the region's outlines.
        within_m: the largest gap in metres between two neighbours.
    """
    metric = to_metric(outlines)
    rows = list(zip(outlines["kommunekode"], metric.geometry, strict=True))
    return frozenset(
        frozenset((first, second))
        for (first, here), (second, there) in combinations(rows, 2)
        if here.dwithin(there, within_m)
    )
