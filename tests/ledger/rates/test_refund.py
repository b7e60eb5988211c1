"""State refund (SEL §176) and PL-indexation by hand."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.ledger.indexation import pl_factor
from kapacitet.ledger.refund import RefundStep, refund_per_place_year, refund_rate
from kapacitet.region import load_region, shipped_region
from tests.independent.hand import YEAR, Hand
from tests.planning.worlds import region_of, tiny

LAW = ((830_000.0, 25.0), (1_630_000.0, 50.0), (2_050_000.0, 75.0))
STEPS = tuple(RefundStep(threshold, percent) for threshold, percent in LAW)


def thresholds(hand: Hand, year: int, *rows: tuple[float, float]) -> None:
    for threshold, percent in rows:
        hand.add("refund_thresholds", year=year, threshold=threshold, percent=percent)


def test_each_part_of_the_price_is_refunded_by_its_own_percent() -> None:
    """2.5 mio.: 0.25·800 000 + 0.5·420 000 + 0.75·450 000 = 747 500."""
    price = np.array([0.0, 830_000, 1_000_000, 1_630_000, 2_050_000, 2_500_000])
    refund = refund_per_place_year(price, STEPS)
    assert refund.tolist() == pytest.approx([0, 0, 42_500, 200_000, 410_000, 747_500])


def test_refund_is_of_any_shape_and_nothing_without_thresholds() -> None:
    price = np.array([[1_000_000.0, 2_500_000.0], [0.0, 1_630_000.0]])
    assert refund_per_place_year(price, STEPS) == pytest.approx(np.array([[42_500, 747_500], [0, 200_000]]))
    assert refund_per_place_year(price, ()).tolist() == [[0, 0], [0, 0]]


def test_a_year_takes_the_latest_rows_at_or_before_it_else_the_earliest() -> None:
    hand = tiny()
    thresholds(hand, YEAR, (200.0, 50.0), (100.0, 25.0))
    thresholds(hand, YEAR + 2, (300.0, 40.0))
    hand.add("pl_index", year=YEAR, index=100.0)
    hand.add("pl_index", year=YEAR + 2, index=100.0)
    rate = refund_rate(region_of(hand), range(YEAR - 1, YEAR + 4))
    early = (RefundStep(100, 25), RefundStep(200, 50))
    assert rate.by_year == (early, early, early, (RefundStep(300, 40),), (RefundStep(300, 40),))
    assert rate.warnings == ()


def test_refund_by_year_uses_the_steps_of_the_year() -> None:
    hand = tiny()
    thresholds(hand, YEAR, (100.0, 25.0))
    thresholds(hand, YEAR + 1, (200.0, 50.0))
    hand.add("pl_index", year=YEAR, index=100.0)
    hand.add("pl_index", year=YEAR + 1, index=100.0)
    rate = refund_rate(region_of(hand), (YEAR, YEAR + 1))
    assert rate.refund(np.array([300.0, 300.0])).tolist() == [50, 50]
    assert rate.refund(np.array([[300.0, 300.0], [100.0, 400.0]])).tolist() == [[50, 50], [0, 100]]


def test_thresholds_are_moved_to_the_price_year() -> None:
    """Index 80 in their year and 100 in the price year: 830 000 becomes 1 037 500."""
    hand = tiny()
    thresholds(hand, 2020, *LAW)
    hand.add("pl_index", year=2020, index=80.0)
    hand.add("pl_index", year=YEAR, index=100.0)
    rate = refund_rate(region_of(hand), (YEAR, YEAR + 9))
    assert [step.threshold for step in rate.by_year[1]] == pytest.approx([1_037_500, 2_037_500, 2_562_500])
    assert [step.percent for step in rate.by_year[0]] == [25, 50, 75]
    assert rate.warnings == ()


@pytest.mark.parametrize("known", [(), (2020,), (YEAR,)])
def test_thresholds_that_cannot_be_moved_stay_and_are_told(known: tuple[int, ...]) -> None:
    hand = tiny()
    thresholds(hand, 2020, *LAW)
    for year in known:
        hand.add("pl_index", year=year, index=80.0)
    rate = refund_rate(region_of(hand), (YEAR,))
    assert [step.threshold for step in rate.by_year[0]] == [830_000, 1_630_000, 2_050_000]
    (warning,) = rate.warnings
    assert (warning.severity, warning.table, warning.value) == ("advarsel", "refund_thresholds", "2020")
    assert "pl_index" in warning.message and "2020 og 2025" in warning.mend


def test_rows_no_year_uses_are_not_warned_of() -> None:
    hand = tiny()
    thresholds(hand, 2020, *LAW)
    thresholds(hand, YEAR, (100.0, 25.0))
    assert refund_rate(region_of(hand), (YEAR, YEAR + 1)).warnings == ()


def test_a_region_without_thresholds_refunds_nothing() -> None:
    rate = refund_rate(region_of(tiny()), (YEAR, YEAR + 1))
    assert rate.by_year == ((), ())
    assert rate.refund(np.array([9e6, 9e6])).tolist() == [0, 0]


def test_shipped_thresholds_of_2020_are_moved_to_2024_by_the_index() -> None:
    rate = refund_rate(load_region(shipped_region("syddanmark")), (2026,))
    expected = [threshold / 0.885 for threshold, _ in LAW]
    assert [step.threshold for step in rate.by_year[0]] == pytest.approx(expected)
    assert rate.warnings == ()


def test_pl_factor_is_the_index_over_that_of_the_price_year_and_never_a_guess() -> None:
    hand = tiny()
    for year, index in ((2024, 90.0), (YEAR, 120.0), (2027, 132.0)):
        hand.add("pl_index", year=year, index=index)
    factor = pl_factor(region_of(hand), (2024, YEAR, 2026, 2027))
    assert factor[[0, 1, 3]].tolist() == pytest.approx([0.75, 1, 1.1])
    assert np.isnan(factor[2])


def test_without_an_index_of_the_price_year_only_that_year_has_a_factor() -> None:
    hand = tiny()
    hand.add("pl_index", year=2024, index=90.0)
    factor = pl_factor(region_of(hand), (2024, YEAR))
    assert np.isnan(factor[0])
    assert factor[1] == 1
