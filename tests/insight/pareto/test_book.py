"""What a book of plans says of limits, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.insight.pareto.book import Book, Bound, Point


def book() -> Book:
    """Three plans: 100 kr. with a goal of 10, 130 with 6, 200 with 5."""
    found = Book()
    for i, (cost, goal) in enumerate([(100.0, 10.0), (130.0, 6.0), (200.0, 5.0)]):
        found.points[(i,), (), ()] = Point(((i,), (), ()), cost, (goal,))
    return found


def test_the_cheapest_plan_within_the_limit() -> None:
    assert [getattr(book().best([limit]), "cost", None) for limit in (12, 10, 9.9, 6, 5, 4)] == [
        100.0, 100.0, 130.0, 130.0, 200.0, None,
    ]  # fmt: skip


def test_weights_choose_between_plans() -> None:
    assert [getattr(book().best([np.inf], [price]), "cost", None) for price in (1.0, 8.0, 80.0)] == [
        100.0, 130.0, 200.0,
    ]  # fmt: skip


def test_a_bound_is_on_plans_not_met() -> None:
    """At 10 kr. a unit the rest costs at least 185: under a limit of 8 that is 105, and no more than a plan met."""
    known = book()
    known.bounds.append(Bound((10.0,), 185.0))
    assert known.least([8.0]) == pytest.approx(105.0)
    assert known.least([2.0]) == pytest.approx(165.0)
    assert known.least([5.0]) == pytest.approx(135.0)
    known.bounds.append(Bound((0.0,), np.inf))
    assert known.least([8.0]) == 130.0
    assert known.least([4.0]) == np.inf


def test_the_best_price_is_the_slope_of_the_hull() -> None:
    """Between 10 and 6 the hull falls 7.5 kr. a unit, between 6 and 5 it falls 70."""
    assert book().steepest([8.0], np.array([1000.0]))[0] == pytest.approx(7.5, rel=1e-3)
    assert book().steepest([5.5], np.array([1000.0]))[0] == pytest.approx(70.0, rel=1e-3)
    assert book().steepest([5.5], np.array([0.0])) == (0.0,)
