"""Weighted sums and lexicographic order against every plan there is; one process and several."""

from __future__ import annotations

import multiprocessing

import numpy as np
import pytest

from kapacitet.insight.pareto.book import Book
from kapacitet.insight.pareto.front import ends, front
from kapacitet.insight.pareto.hands import Hands
from kapacitet.insight.pareto.search import Question

from .worlds import every_plan, exact_problem

CLOSE = 1e-6


@pytest.mark.parametrize("seed", [1, 3, 7])
@pytest.mark.parametrize("share", [0.01, 1.0])
def test_a_weighted_sum_is_the_least_of_all_plans(seed: int, share: float) -> None:
    problem = exact_problem(seed)
    plans = every_plan(problem, "private")
    if not plans:
        pytest.fail("the case has no plan: choose another")
    price = share * abs(min(cost for cost, _ in plans.values()))
    hands, book = Hands(problem, ["private"]), Book()
    hands.ask(book, [Question.weighted((price,))])
    best = book.best(hands.free, (price,))
    assert best is not None
    expected = min(cost + price * goal for cost, goal in plans.values())
    assert best.valued((price,)) == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize("seed", [1, 3, 7])
def test_ends_are_first_in_each_order(seed: int) -> None:
    problem = exact_problem(seed)
    plans = list(every_plan(problem, "private").values())
    hands, book = Hands(problem, ["private"]), Book()
    hands.ask(book, [Question.plain(hands.none)])
    ends(hands, book, 1e-9)
    least = min(cost for cost, _ in plans)
    cheapest = book.best(hands.free)
    assert cheapest is not None
    assert cheapest.cost == pytest.approx(least, rel=CLOSE)
    among = [goal for cost, goal in plans if cost <= least * (1 + 1e-12)]
    assert min(p.goals[0] for p in book.points.values() if p.cost <= least * (1 + CLOSE)) <= min(among) + CLOSE
    lowest = min(goal for _, goal in plans)
    assert min(p.goals[0] for p in book.points.values()) == pytest.approx(lowest, rel=1e-4, abs=1e-6)


def test_two_goals_are_bounded_too() -> None:
    problem = exact_problem(3)
    private, travel = every_plan(problem, "private"), every_plan(problem, "travel")
    for one in front(Hands(problem, ["private", "travel"]), problem, 3).points:
        within = [
            cost
            for decisions, (cost, goal) in private.items()
            if goal <= one.limits[0] + CLOSE and travel[decisions][1] <= one.limits[1] + CLOSE
        ]
        assert one.bound <= min(within) * (1 + CLOSE)
        assert min(within) <= one.point.cost * (1 + CLOSE)


def test_several_processes_find_the_same() -> None:
    problem = exact_problem(7)
    alone, many = (front(Hands(problem, ["private"], workers=n), problem, 4) for n in (1, 2))
    assert [one.point for one in alone.points] == [one.point for one in many.points]
    assert [one.bound for one in alone.points] == [one.bound for one in many.points]


def test_a_killed_process_is_made_good() -> None:
    problem, killed = exact_problem(7), []

    def kill_one() -> bool:
        if not killed and (children := multiprocessing.active_children()):
            children[0].kill()
            killed.append(children[0].pid)
        return False

    alone = front(Hands(problem, ["private"]), problem, 4)
    robbed = front(Hands(problem, ["private"], workers=2, stop=kill_one), problem, 4)
    assert killed
    assert [one.point for one in alone.points] == [one.point for one in robbed.points]
    assert [one.bound for one in alone.points] == [one.bound for one in robbed.points]


def test_the_burden_is_settled_by_ruling_plans_out() -> None:
    problem = exact_problem(3)
    found = front(Hands(problem, ["burden"]), problem, 3)
    assert found.points
    for one in found.points:
        assert one.bound <= one.point.cost
        assert one.point.goals[0] <= one.limits[0] + CLOSE
    assert np.all(np.diff([one.point.cost for one in found.points]) >= 0)
