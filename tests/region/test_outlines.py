"""Areas, borders and neighbours, whatever way the rings turn."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Polygon, box

from kapacitet.region import load_region, shipped_region
from kapacitet.region.outlines import (
    areas_km2,
    canonical_text,
    neighbours,
    perimeters_km,
    read_geojson,
    read_wkt,
    to_geojson,
    to_metric,
    wkt_parts,
)
from tests.region import small


def turned(outlines: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The same outlines with every ring the other way round."""
    return outlines.set_geometry(shapely.reverse(outlines.geometry.to_numpy()), crs=outlines.crs)


def test_areas_and_lengths_are_metric() -> None:
    metres = gpd.GeoDataFrame(
        {"kommunekode": ["1"], "navn": ["A"]},
        geometry=[box(500_000, 6_100_000, 510_000, 6_120_000)],
        crs="EPSG:25832",
    )
    outlines = metres.to_crs("EPSG:4326")
    assert areas_km2(outlines)["1"] == pytest.approx(200, rel=1e-3)
    assert perimeters_km(outlines)["1"] == pytest.approx(60, rel=1e-3)


def test_the_way_rings_turn_does_not_count() -> None:
    outlines = small.outlines()
    other = turned(outlines)
    assert other.geometry.iloc[0].exterior.is_ccw != outlines.geometry.iloc[0].exterior.is_ccw
    assert areas_km2(other).tolist() == pytest.approx(areas_km2(outlines).tolist())
    assert canonical_text(other) == canonical_text(outlines)
    assert canonical_text(outlines.iloc[::-1]) == canonical_text(outlines)
    assert all(shape.exterior.is_ccw for each in (outlines, other) for shape in to_metric(each).geometry)
    assert small.build(outlines=other) == small.build()


def test_neighbours() -> None:
    outlines = small.outlines()
    assert neighbours(outlines) == {frozenset({"410", "575"}), frozenset({"575", "630"})}
    apart = outlines.set_geometry(
        [box(9, 55, 9.1, 55.1), box(9.103, 55, 9.2, 55.1), box(9.4, 55, 9.5, 55.1)], crs="EPSG:4326"
    )
    assert neighbours(apart) == {frozenset({"410", "575"})}
    assert neighbours(apart, within_m=50) == set()


def test_geojson_and_well_known_text_lose_nothing() -> None:
    ring = [(9 + i / 7e3, 55 + (i % 97) / 3e4) for i in range(4_000)]
    big = Polygon([*ring, (9.6, 56.0), (9.0, 56.0)]).buffer(0)
    outlines = small.outlines().set_geometry([big, *small.outlines().geometry[1:]], crs="EPSG:4326")
    parts = wkt_parts(outlines)
    assert max(len(text) for *_, text in parts) <= 30_000
    assert len(parts) > 3
    for again, faults in (read_geojson(to_geojson(outlines).encode()), read_wkt(reversed(parts))):
        assert faults == [] and again is not None
        assert canonical_text(again) == canonical_text(outlines)
        assert again.geometry.to_wkt().tolist() == outlines.geometry.to_wkt().tolist()


def test_the_shipped_outlines() -> None:
    outlines = load_region(shipped_region("syddanmark")).outlines
    assert outlines is not None
    areas = areas_km2(outlines)
    assert areas.sum() == pytest.approx(12_200, rel=0.05)
    assert areas["575"] == pytest.approx(814, rel=0.1)
    joined = neighbours(outlines)
    assert frozenset({"575", "573"}) in joined
    assert not any("492" in pair for pair in joined)
