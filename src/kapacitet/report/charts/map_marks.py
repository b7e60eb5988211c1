"""What stands on the map, in pixels: existing offers, new builds, opening years and municipalities' names.

An offer or candidate with coordinates stands there. Others stand in their municipality: offers around its seat, new
builds where there is room, since their site isn't chosen yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from kapacitet.region.model import Region
from kapacitet.report import numbers, words
from kapacitet.report.charts import labels
from kapacitet.report.charts.blocks import ACROSS, placed_block
from kapacitet.report.charts.geography import Canvas, Point, pixels, seats, shapes_in_pixels, swarm
from kapacitet.report.records import Row, records
from kapacitet.report.words import Names

DOT = 2.7
TEXT_SIZE = 11.0
Rows = list[Row]


@dataclass(frozen=True)
class Marks:
    """Tables with ``x`` and ``y`` in pixels.

    Attributes:
        offers: existing offers (tekst).
        builds: new builds (places, radius, owner_type, decided, opening_year, tekst).
        years: opening years (text, opening_year).
        names: municipalities' names (text).
    """

    offers: pd.DataFrame
    builds: pd.DataFrame
    years: pd.DataFrame
    names: pd.DataFrame


def map_marks(builds: pd.DataFrame, region: Region, metric: gpd.GeoDataFrame, canvas: Canvas) -> Marks:
    """Marks of a plan on ``canvas``; ``metric`` holds the outlines in metres."""
    new = builds[builds["kind"] == "byg"]
    at_seat = seats(region, canvas)
    dots = _offers(region.tables["offers"], at_seat, canvas)
    drawn = _builds(new, region, at_seat, shapes_in_pixels(metric, canvas), dots, canvas)
    taken = [labels.box((row["x"], row["y"]), row["radius"]) for row in drawn]
    taken += [labels.box((dot["x"], dot["y"]), DOT) for dot in dots]
    years, names = _texts(drawn, taken, region, at_seat, canvas)
    return Marks(*(pd.DataFrame(rows) for rows in (dots, drawn, years, names)))


def radius(places: float) -> float:
    """Radius of a build's mark in pixels: larger for more places, always with room for the number."""
    return min(max(7.0 + 0.28 * places, 9.0), 16.0)


def _builds(
    new: pd.DataFrame,
    region: Region,
    at_seat: Mapping[str, Point],
    shapes: Mapping[str, BaseGeometry],
    dots: Rows,
    canvas: Canvas,
) -> Rows:
    names, candidates = Names.of(region), region.tables["candidates"].set_index("id")
    own = pixels(candidates[candidates.index.isin(new["candidate"])], canvas)
    taken = [(dot["x"], dot["y"]) for dot in dots]
    result: Rows = []
    for code, mine in new.groupby("municipality", sort=True):
        rows = records(mine)
        loose = [row["candidate"] for row in rows if row["candidate"] not in own]
        shape = shapes.get(str(code), shapely.Point(at_seat[str(code)]).buffer(ACROSS))
        spots = own | dict(zip(loose, placed_block(shape, taken, len(loose)), strict=True))
        result += [_build(row, spots[row["candidate"]], names) for row in rows]
    return result


def _build(row: Row, spot: Point, names: Names) -> Row:
    owner, count = names.owner(row["owner_type"], row["owner"]), numbers.places(row["places"])
    what = f"{words.groups(row['target_groups'])}, {words.legal_basis(row['legal_basis'])}"
    return {
        "x": spot[0],
        "y": spot[1],
        "places": count,
        "radius": radius(float(row["places"])),
        "owner_type": str(row["owner_type"]),
        "decided": bool(row["committed"]),
        "opening_year": int(row["opening_year"]),
        "tekst": f"{owner}: {count} pladser til {what}",
    }


def _offers(offers: pd.DataFrame, at_seat: Mapping[str, Point], canvas: Canvas) -> Rows:
    own = pixels(offers, canvas)
    spots = dict(own)
    for code, mine in offers[~offers.index.isin(list(own))].groupby("municipality", sort=True):
        spots |= dict(zip(mine.index, swarm(at_seat[str(code)], len(mine), 2.8 * DOT), strict=True))
    return [{"x": x, "y": y, "tekst": str(offers["name"][index])} for index, (x, y) in spots.items()]


def _texts(
    drawn: Rows, taken: Sequence[labels.Box], region: Region, at_seat: Mapping[str, Point], canvas: Canvas
) -> tuple[Rows, Rows]:
    """Opening years close to their marks, then names where there is room."""
    years = [
        labels.Label(str(row["opening_year"]), TEXT_SIZE, (row["x"], row["y"]), (row["radius"], row["radius"] + 1))
        for row in drawn
    ]
    table = region.tables["municipalities"]
    names = [
        labels.Label(str(name), TEXT_SIZE, at_seat[str(code)], (DOT * 4, DOT * 4))
        for code, name in zip(table["code"], table["name"], strict=True)
    ]
    spots = labels.placed([*years, *names], taken, canvas.width, canvas.height)
    texts: Rows = [
        {"x": x, "y": y, "text": label.text} for (x, y), label in zip(spots, [*years, *names], strict=True)
    ]
    opened = [row | {"opening_year": mark["opening_year"]} for row, mark in zip(texts, drawn, strict=False)]
    return opened, texts[len(years) :]
