"""Where in a municipality a handful of marks stands: inside its outline, clear of what is drawn already."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

ACROSS, DOWN = 34.0, 40.0
"""Room for one mark with its year below, in pixels."""
STEP = 6.0
HIT = 0.15
FAR = 3000.0
Point = tuple[float, float]


def placed_block(shape: BaseGeometry, obstacles: Sequence[Point], count: int) -> list[Point]:
    """Middles of ``count`` marks in one to several rows, together as far inside ``shape`` as they can be.

    Among spots equally far inside that hide equally few ``obstacles`` the one nearest the shape's middle wins.
    """
    best, spots = -math.inf, [(0.0, 0.0)] * count
    for columns in range(count, 0, -1):
        rows = math.ceil(count / columns)
        score, (x, y) = _best_centre(shape, obstacles, columns * ACROSS, rows * DOWN)
        if score > best + 1e-9:
            best, spots = score, _grid(x, y, count, columns, rows)
    return spots


def _best_centre(shape: BaseGeometry, obstacles: Sequence[Point], across: float, down: float) -> tuple[float, Point]:
    west, north, east, south = shape.bounds
    part = max(getattr(shape, "geoms", [shape]), key=lambda each: each.area)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(part, tolerance=1), 0)
    columns, rows = np.meshgrid(np.arange(west, east, STEP), np.arange(north, south, STEP))
    x, y = np.append(columns, middle.x), np.append(rows, middle.y)
    boxes = shapely.box(x - across / 2, y - down / 2, x + across / 2, y + down / 2)
    shapely.prepare(shape)
    inside = shapely.area(shapely.intersection(boxes, shape)) / (across * down)
    hits = sum(
        ((abs(x - px) < across / 2 + 3) & (abs(y - py) < down / 2 + 3)).astype(np.float64) for px, py in obstacles
    )
    score = inside - HIT * hits - np.hypot(x - middle.x, y - middle.y) / FAR
    pick = int(np.argmax(score))
    return float(score[pick]), (float(x[pick]), float(y[pick]))


def _grid(x: float, y: float, count: int, columns: int, rows: int) -> list[Point]:
    """Marks row by row; the year stands below each, so a mark sits a little above the middle of its room."""
    left, top = x - ACROSS * (columns - 1) / 2, y - DOWN * (rows - 1) / 2 - 6
    return [(left + ACROSS * (i % columns), top + DOWN * (i // columns)) for i in range(count)]
