"""The drawing surface of a map: outlines in metres, places in pixels, and where marks and dots go.

Outlines are drawn in EPSG:25832 with the identity projection, which doesn't care about the order of points in a
ring. Scale and shift are set here, not fitted by the renderer, so that labels can be placed without overlap.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from kapacitet.region.model import Region
from kapacitet.region.outlines import GEOGRAPHIC, METRIC

WIDTH = 860.0
TALLEST = 900.0
EDGE = 8.0
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
Point = tuple[float, float]


@dataclass(frozen=True)
class Canvas:
    """A map's surface: metres (EPSG:25832) to pixels, x to the right, y down.

    Attributes:
        width, height: size in pixels.
        scale: pixels per metre.
        shift: pixels added to scaled x and to scaled, mirrored y.
    """

    width: float
    height: float
    scale: float
    shift: Point

    @classmethod
    def around(cls, bounds: tuple[float, float, float, float]) -> Canvas:
        """The canvas that holds ``bounds`` (west, south, east, north in metres) with a narrow edge."""
        west, south, east, north = bounds
        across, up = max(east - west, 1.0), max(north - south, 1.0)
        scale = min((WIDTH - 2 * EDGE) / across, (TALLEST - 2 * EDGE) / up)
        return cls(WIDTH, up * scale + 2 * EDGE, scale, ((WIDTH - (east + west) * scale) / 2, north * scale + EDGE))

    def pixel[Metres: (float, np.ndarray)](self, x: Metres, y: Metres) -> tuple[Metres, Metres]:
        """Pixel of a point (or of many) in metres."""
        return x * self.scale + self.shift[0], self.shift[1] - y * self.scale

    @property
    def projection(self) -> dict[str, Any]:
        """The projection of a layer in metres, as Vega-Lite says it."""
        return {"type": "identity", "reflectY": True, "scale": self.scale, "translate": list(self.shift)}


def metric_outlines(outlines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The outlines in whole metres."""
    metric = outlines.to_crs(METRIC)
    return metric.set_geometry(shapely.set_precision(metric.geometry.to_numpy(), 1), crs=METRIC)


def features(metric: gpd.GeoDataFrame, properties: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """GeoJSON features by municipality code, coordinates in whole metres, with the given properties."""
    return [
        {
            "type": "Feature",
            "properties": {"kommune": name, **properties[code]},
            "geometry": _whole(json.loads(shapely.to_geojson(geometry))),
        }
        for code, name, geometry in zip(metric["kommunekode"], metric["navn"], metric.geometry, strict=True)
    ]


def _whole(geometry: Any) -> Any:
    if isinstance(geometry, dict):
        return {key: _whole(value) if key == "coordinates" else value for key, value in geometry.items()}
    if isinstance(geometry, list):
        return [_whole(part) for part in geometry]
    return round(geometry)


def seats(region: Region, canvas: Canvas) -> dict[str, Point]:
    """Pixel of each municipality's seat, by code."""
    table = region.tables["municipalities"]
    return dict(zip(table["code"].astype(str), pixels(table, canvas).values(), strict=True))


def pixels(table: pd.DataFrame, canvas: Canvas) -> dict[Any, Point]:
    """Pixel of each row with ``latitude`` and ``longitude``, by the row's index; rows without have no entry."""
    known = table[table["latitude"].notna() & table["longitude"].notna()]
    to_metres = Transformer.from_crs(GEOGRAPHIC, METRIC, always_xy=True)
    x, y = to_metres.transform(known["longitude"].to_numpy(), known["latitude"].to_numpy())
    return {index: canvas.pixel(px, py) for index, px, py in zip(known.index, x, y, strict=True)}


def shapes_in_pixels(metric: gpd.GeoDataFrame, canvas: Canvas) -> dict[str, BaseGeometry]:
    """The outline of each municipality in pixels, by code."""
    shapes = shapely.transform(metric.geometry.to_numpy(), lambda points: np.column_stack(canvas.pixel(*points.T)))
    return dict(zip(metric["kommunekode"].astype(str), shapes, strict=True))


def swarm(centre: Point, count: int, gap: float) -> list[Point]:
    """``count`` points evenly spread around ``centre``, about ``gap`` apart (a sunflower's pattern)."""
    result = []
    for i in range(count):
        radius, angle = gap * math.sqrt(i), i * GOLDEN_ANGLE
        result.append((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
    return result
