"""Placing labels on a map so that they hide neither marks nor each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LETTER = 0.6
"""Width of an average letter over its size in a sans-serif."""
LINE = 1.2
Box = tuple[float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A text to be placed.

    Attributes:
        text: one line.
        size: letter size in pixels.
        anchor: what it names, in pixels.
        reach: how far from the anchor it must stay at least, across and up/down.
    """

    text: str
    size: float
    anchor: Point
    reach: Point


def placed(labels: Sequence[Label], marks: Iterable[Box], width: float, height: float) -> list[Point]:
    """The middle of each label: the nearest spot that overlaps least with marks and with labels placed before it."""
    taken = list(marks)
    result: list[Point] = []
    for label in labels:
        across, up = LETTER * label.size * len(label.text), LINE * label.size
        spots = [_box(x, y, across, up) for x, y in _spots(label, across, up)]
        costs = [sum(_shared(spot, other) for other in taken) + 5 * _outside(spot, width, height) for spot in spots]
        best = spots[min(range(len(spots)), key=lambda i: (costs[i], i))]
        taken.append(best)
        result.append(((best[0] + best[2]) / 2, (best[1] + best[3]) / 2))
    return result


def _spots(label: Label, across: float, up: float) -> list[Point]:
    """Below, above, right, left and the corners; then the same farther out."""
    (x, y), (reach_x, reach_y) = label.anchor, label.reach
    spots = []
    for far in (0.0, 0.7, 1.5):
        dx, dy = reach_x + across / 2 + far * up, reach_y + up / 2 + far * up
        half = across / 2
        spots += [(x, y + dy), (x, y - dy), (x + dx, y), (x - dx, y)]
        spots += [(x + half, y + dy), (x - half, y + dy), (x + half, y - dy), (x - half, y - dy)]
    return spots


def box(centre: Point, radius: float) -> Box:
    """The square around a round mark."""
    return _box(*centre, 2 * radius, 2 * radius)


def _box(x: float, y: float, across: float, up: float) -> Box:
    return x - across / 2, y - up / 2, x + across / 2, y + up / 2


def _shared(a: Box, b: Box) -> float:
    return max(min(a[2], b[2]) - max(a[0], b[0]), 0.0) * max(min(a[3], b[3]) - max(a[1], b[1]), 0.0)


def _outside(a: Box, width: float, height: float) -> float:
    whole = (a[2] - a[0]) * (a[3] - a[1])
    return whole - _shared(a, (0.0, 0.0, width, height))
