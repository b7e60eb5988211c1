"""Rounding of the base year: unbiased by enumeration, and never more people than places or need."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kapacitet.demand.futures.base_year import pair_rounding, systematic, within_room

GRID = 20
"""Means are multiples of 1/20, so numbers in the middle of twentieths enumerate every outcome equally often."""
MIDDLES = (np.arange(GRID) + 0.5) / GRID
small = st.integers(0, GRID + 5).map(lambda n: n / GRID)
twentieths = st.integers(0, 3 * GRID).map(lambda n: n / GRID)


@given(st.lists(twentieths, min_size=1, max_size=8))
def test_systematic_rounding_is_whole_near_and_unbiased(means: list[float]) -> None:
    drawn = systematic(np.array(means), MIDDLES)

    assert np.array_equal(drawn, np.rint(drawn))
    assert drawn.mean(axis=1) == pytest.approx(means)
    for first in range(len(means)):
        for last in range(first, len(means)):
            part = sum(means[first : last + 1])
            assert (np.abs(drawn[first : last + 1].sum(axis=0) - part) < 1 - 1e-9).all()


@given(st.lists(twentieths, min_size=1, max_size=8), st.integers(0, 400), st.integers(0, 19))
def test_residents_never_exceed_the_room_that_their_mean_is_within(
    means: list[float], places: int, over: int
) -> None:
    room = places * (1 + over / GRID)
    fitted = within_room(np.array(means), room)

    assert fitted.sum() > sum(means) - 1
    if sum(means) <= room:
        assert (systematic(fitted, MIDDLES).sum(axis=0) <= room + 1e-9).all()
    else:
        assert fitted.tolist() == means


def test_over_occupancy_that_is_no_whole_person_is_rounded_down() -> None:
    assert within_room(np.array([5.1, 5.1]), 10.5) == pytest.approx([5.0, 5.0])
    assert within_room(np.array([5.0, 4.9]), 10.5).tolist() == [5.0, 4.9]


def expected(need: tuple[float, float], homes: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    """Mean of both cells, and the smallest d − residents, over every outcome with its chance."""
    rounding = pair_rounding(need, np.array(homes).reshape(-1, 2))
    breaks = sorted({0.0, 1 - rounding.total % 1, 1 - rounding.first % 1, 1.0})
    outcomes = [systematic(np.array(home), MIDDLES).T for home in homes]
    mean, slack = np.zeros(2), np.full(2, np.inf)
    for living in product(*outcomes):
        a, b = np.sum(living, axis=0) if homes else (0.0, 0.0)
        for low, high in pairwise(breaks):
            d = np.array(rounding.draw(np.array([a]), np.array([b]), np.array([(low + high) / 2])))[:, 0]
            mean += d * (high - low) / GRID ** len(homes)
            slack = np.minimum(slack, d - [a, b])
    return mean, slack


@settings(max_examples=60, deadline=None)
@given(small, small, st.lists(st.tuples(twentieths, twentieths), max_size=2))
@example(0.0, 0.0, [(0.5, 0.0), (0.5, 0.0)])
@example(0.1, 0.0, [(0.5, 0.25), (0.6, 0.3)])
def test_both_cells_keep_their_mean_and_their_residents(
    free: float, other: float, homes: list[tuple[float, float]]
) -> None:
    need = (free + sum(a for a, _ in homes), other + sum(b for _, b in homes))
    mean, slack = expected(need, homes)

    assert mean == pytest.approx(need, abs=1e-9)
    assert (slack >= 0).all()


def test_three_homes_that_fill_the_cells() -> None:
    mean, slack = expected((1.05, 2.45), [(0.35, 0.65), (0.35, 0.65), (0.35, 0.65)])

    assert mean == pytest.approx((1.05, 2.45))
    assert slack.min() == 0


@given(twentieths, twentieths, st.integers(0, 3), st.integers(0, 3))
def test_whole_residents_leave_need_rounded_down_or_up(first: float, second: float, a: int, b: int) -> None:
    need = np.array([first + a, second + b])
    rounding = pair_rounding((need[0], need[1]), np.array([[a, b]], dtype=float))
    d = np.array(rounding.draw(np.full(GRID, float(a)), np.full(GRID, float(b)), MIDDLES))

    assert (np.abs(d - need[:, None]) < 1).all()
    assert (np.abs(d.sum(axis=0) - need.sum()) < 1).all()
    assert d.mean(axis=1) == pytest.approx(need)


def test_whole_need_with_flexible_residents_is_the_need_of_the_two_cells_together() -> None:
    rounding = pair_rounding((1.4, 2.6), np.array([[0.35, 0.65]] * 3))
    for a in range(4):
        d = np.array(rounding.draw(np.full(GRID, float(a)), np.full(GRID, 3.0 - a), MIDDLES))
        assert (d.sum(axis=0) == 4).all()
