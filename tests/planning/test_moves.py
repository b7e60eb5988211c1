"""Who is moved: those who lose their place to somebody else's, never those whose house has closed."""

from __future__ import annotations

import pytest

from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.plan import YearOutcome
from tests.independent.hand import Hand
from tests.planning.worlds import problem_of, tiny


def allocated(hand: Hand, *, close: bool) -> YearOutcome:
    problem = problem_of(hand)
    done = Completion(problem).complete((), (0,) if close else ())
    assert done is not None
    return allocate(problem, done.plan).years[0][0]


def movable() -> Hand:
    """Two live in dyr (V = 5), which may close; billig (V = 1) has room, so a move is charged 4 and saves nothing."""
    hand = tiny({2025: 2.0})
    hand.set("limits", residents_stay=False, closures=True)
    hand.set("costs", travel_cost_per_minute=0.0)
    hand.tables["purchase_prices"][0]["price"] = 9.0
    hand.offer("dyr", 2, 5.0, 5.0, earliest_close=2025)
    hand.offer("billig", 2, 5.0, 1.0)
    hand.live(2, "dyr")
    return hand


def test_nobody_is_moved_from_a_closed_house() -> None:
    year = allocated(movable(), close=True)
    assert year.moved.tolist() == [0, 0]
    assert year.cost == pytest.approx(2)


@pytest.mark.parametrize("variable", [0.0, 1.0, 5.0])
def test_what_is_moved_is_what_is_missing_in_the_house(variable: float) -> None:
    """Free or not, a move counts those of R who don't live there any more, and no others."""
    hand = movable()
    hand.tables["offers"][0]["variable_cost"] = variable
    problem = problem_of(hand)
    year = allocated(hand, close=False)
    missing = (problem.futures[0].residents[:, 0] - year.use).clip(min=0)
    assert year.moved == pytest.approx(missing, abs=1e-9)


def test_shortfall_is_what_is_missing_also_where_it_costs_nothing() -> None:
    """hus should have 3 residents and has 1, nyhus 2 and has 1 (equally full): 2 and 1 are missing."""
    hand = tiny({2025: 2.0})
    hand.set("costs", critical_mass_penalty=0.0, travel_cost_per_minute=0.0)
    hand.tables["purchase_prices"][0]["price"] = 9.0
    hand.offer("hus", 4, 5.0, 1.0, minimum_residents=3)
    hand.offer("nyhus", 4, 5.0, 1.0, minimum_residents=2)
    year = allocated(hand, close=False)
    assert year.use == pytest.approx([1, 1])
    assert year.short == pytest.approx([2, 1])
