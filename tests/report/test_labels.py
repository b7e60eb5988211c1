"""Marks and labels on a map keep clear of each other and inside."""

from __future__ import annotations

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from kapacitet.report.charts.blocks import ACROSS, DOWN, placed_block
from kapacitet.report.charts.geography import Canvas, swarm
from kapacitet.report.charts.labels import Label, box, placed

SQUARE = shapely.box(0, 0, 200, 150)


def test_labels_keep_clear_of_marks_and_each_other() -> None:
    labels = [Label("Vejen", 11, (100, 100), (8, 8)), Label("Vejle", 11, (110, 100), (8, 8))]
    spots = placed(labels, [box((100, 100), 8), box((110, 100), 8)], 300, 300)
    boxes = [shapely.box(x - 16, y - 6, x + 16, y + 6) for x, y in spots]
    assert not boxes[0].intersects(boxes[1])


def test_a_label_stays_on_the_canvas() -> None:
    ((x, y),) = placed([Label("Sønderborg", 11, (3, 3), (5, 5))], [], 300, 300)
    assert x > 30 and y > 5


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 6))
def test_a_block_stands_inside_its_municipality(count: int) -> None:
    spots = placed_block(SQUARE, [(100.0, 75.0)], count)
    assert len(set(spots)) == count
    rooms = [shapely.box(x - ACROSS / 2, y - DOWN / 2 + 6, x + ACROSS / 2, y + DOWN / 2 + 6) for x, y in spots]
    assert all(SQUARE.buffer(0.1).covers(room) for room in rooms)
    assert shapely.area(shapely.union_all(rooms)) > 0.999 * count * ACROSS * DOWN


def test_a_block_moves_away_from_what_is_there() -> None:
    ((x, y),) = placed_block(SQUARE, [(100.0, 75.0)] * 3, 1)
    assert abs(x - 100) > ACROSS / 2 or abs(y - 75) > DOWN / 2


def test_swarm_points_are_apart() -> None:
    points = shapely.points(swarm((50.0, 50.0), 12, 7.0))
    tree = shapely.STRtree(points)
    assert tree.query_nearest(points, exclusive=True, return_distance=True)[1].min() > 5


def test_canvas_fits_any_shape() -> None:
    for bounds in ((0.0, 0.0, 1e5, 1e4), (5e5, 6e6, 5e5 + 1e3, 6e6 + 1e5), (1.0, 1.0, 1.0, 1.0)):
        canvas = Canvas.around(bounds)
        for x, y in ((bounds[0], bounds[1]), (bounds[2], bounds[3])):
            px, py = canvas.pixel(x, y)
            assert 0 <= px <= canvas.width and 0 <= py <= canvas.height <= 900.001
