"""Tables of the literature and small ones where every pattern can be tried."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.report.small_numbers import Cell, Levels, Reason, Request, Rule, Table, protect_counts, suppress
from tests.report.small_numbers.attacker import cheapest, interval
from tests.report.small_numbers.tables import linked, table

INVESTMENT = [[20, 50, 10], [8, 19, 22], [17, 32, 12]]
"""Fischetti & Salazar (2001), figure 1: investment of enterprises by activity (rows) and region."""


def test_published_example_hides_the_known_cells_and_leaves_the_known_interval() -> None:
    shown = table(INVESTMENT)
    asked = Request({("r1", "k2"): Levels(lower=5, upper=8)}, weights=shown.values, others=Levels())
    outcome = suppress(shown, asked)
    assert set(outcome.hidden) == {("r1", "k0"), ("r1", "k2"), ("r2", "k0"), ("r2", "k2")}
    assert sum(shown.values[cell] for cell in outcome.hidden) == 59
    assert outcome.loss == 59 - 22
    assert outcome.gap < 1e-6 and outcome.proven
    assert interval(shown, outcome.hidden, ("r1", "k2")) == pytest.approx((5, 30))


@pytest.mark.parametrize("levels", [Levels(5, 9), Levels(20, 0), Levels(sliding=26), Levels(10, 12, 30)])
def test_published_example_with_other_levels_loses_no_more_than_any_pattern(levels: Levels) -> None:
    shown, cell = table(INVESTMENT), ("r1", "k2")

    def is_safe(hidden: frozenset[Cell]) -> bool:
        low, high = interval(shown, hidden, cell)
        value = shown.values[cell]
        narrow = high - low < levels.sliding - 1e-6
        return low <= value - levels.lower + 1e-6 and high >= value + levels.upper - 1e-6 and not narrow

    outcome = suppress(shown, Request({cell: levels}, weights=shown.values, others=Levels()))
    assert is_safe(frozenset(outcome.hidden))
    assert outcome.loss == pytest.approx(cheapest(shown, [cell], shown.values, is_safe))


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 5, 7, 8, 10, 11])
def test_no_pattern_loses_less(seed: int) -> None:
    rng = np.random.default_rng(seed)
    if seed % 3:
        shown = table(rng.choice([0, 2, 3, 6, 7, 9, 12], size=(3, 3)))
    else:
        unmet = rng.choice([0, 0, 1, 6], size=(2, 2))
        shown = linked(unmet + rng.choice([0, 3, 7, 8], size=(2, 2)), unmet)
    rule = Rule(loss="antal" if seed % 2 else "vaerdi", width=2)
    small = [cell for cell, value in shown.values.items() if 0 < value < 5]
    zeros = [cell for cell, value in shown.values.items() if value == 0]
    everything = frozenset(shown.values) - frozenset(zeros)
    loss = {cell: max(value, 1.0) if rule.loss == "vaerdi" else 1.0 for cell, value in shown.values.items()}
    widest = {cell: bounds(shown, everything, cell) for cell in everything}

    def is_safe(hidden: frozenset[Cell]) -> bool:
        for cell in sorted(hidden, key=lambda cell: cell not in small):
            (low, high), (least, _) = bounds(shown, hidden, cell), widest[cell]
            if cell in small and (low > max(1, least) or high < 5):
                return False
            if cell not in small and high - low < 2:
                return False
        return True

    outcome = protect_counts(shown, rule)
    assert {cell for cell, reason in outcome.hidden.items() if reason is Reason.PRIMARY} == set(small)
    assert is_safe(frozenset(outcome.hidden))
    assert outcome.proven
    assert outcome.loss == pytest.approx(cheapest(shown, small, loss, is_safe, never=zeros))


def bounds(shown: Table, hidden: frozenset[Cell], cell: Cell) -> tuple[float, float]:
    """The interval of whole numbers from 1 on, ends rounded."""
    low, high = interval(shown, hidden, cell, known=lambda _: (1.0, 10_000.0), whole=True)
    return round(low, 6), round(high, 6)
