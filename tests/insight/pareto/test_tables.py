"""The tables of a front and its knee, by hand; what the summary says of it."""

from __future__ import annotations

import pytest

from kapacitet.insight.pareto.book import Book, Point
from kapacitet.insight.pareto.front import Front, Supported
from kapacitet.insight.pareto.tables import front_table, knee, plans_table, yearly
from kapacitet.report.pareto import said
from tests.planning.worlds import problem_of, starts_of, tiny


def front_of(*pairs: tuple[float, float]) -> Front:
    """Points of (cost, private share), each bounded 1 kr. below its cost; the n-th builds the n-th start."""
    points = [Point(((n,), (), ()), cost, (goal,)) for n, (cost, goal) in enumerate(pairs)]
    return Front(tuple(Supported(p.goals, p, p.cost - 1.0, True) for p in points), Book(), True)


def test_the_knee_lies_farthest_below_the_line() -> None:
    assert knee(front_of((100.0, 0.30), (110.0, 0.20), (200.0, 0.10))) == 1
    assert knee(front_of((100.0, 0.30), (105.0, 0.28), (110.0, 0.15), (200.0, 0.10))) == 2


def test_no_knee_where_there_is_no_bend() -> None:
    assert knee(front_of((100.0, 0.30))) is None
    assert knee(front_of((100.0, 0.30), (200.0, 0.10))) is None
    assert knee(front_of((100.0, 0.30), (190.0, 0.20), (200.0, 0.10))) is None


def test_tables_and_the_sentence() -> None:
    """Three years at 10 %: a discounted krone is 1/(1 + 1/1.1 + 1/1.21) kr. every year."""
    hand = tiny({2025: 3.0, 2026: 3.0, 2027: 3.0})
    hand.set("costs", discount_rate=0.1)
    hand.candidate("hus", 3, 10.0, 1.0, 1.0)
    problem = problem_of(hand)
    factor = 1 + 1 / 1.1 + 1 / 1.21
    assert yearly(problem, factor * 7.0) == pytest.approx(7.0)
    found = front_of((100e6, 0.21), (100e6 + factor * 12e6, 0.15))
    table = front_table(problem, ["private"], found)
    assert table["extra_cost_per_year"].tolist() == pytest.approx([0.0, 12e6])
    assert said(["private"], table, None) == [
        "For 12,0 mio. kr. mere om året falder andelen af private pladser fra 21,0 til 15,0 %."
    ]
    plans = plans_table(problem, found)
    assert starts_of(problem, hus=2025) == (0,)
    assert plans[["name", "start_year", "plan-01", "plan-02"]].to_numpy().tolist() == [
        ["hus", 2025, 1, 0],
        ["hus", 2026, 0, 1],
    ]
    assert not plans["in_all"].any()
