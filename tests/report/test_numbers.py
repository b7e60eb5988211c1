"""Danish numbers: thousands, decimals, money, shares, durations, dates, and what is missing."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapacitet.report import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1_238_406, 0, "1.238.406"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (-0.04, 1, "0,0"),
        (1234.567, 2, "1.234,57"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert numbers.number(value, decimals) == text


def test_signed_number() -> None:
    assert [numbers.number(value, 1, signed=True) for value in (2, -2, 0)] == ["+2,0", "-2,0", "0,0"]


@pytest.mark.parametrize("value", [None, math.nan, math.inf])
def test_what_is_missing_is_a_dash(value: float | None) -> None:
    shown = {numbers.number(value), numbers.places(value), numbers.kroner(value), numbers.millions(value)}
    shown |= {numbers.money(value), numbers.percent(value), numbers.gap(value), numbers.seconds(value)}
    assert shown == {"–"}


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (36e6, "36,0 mio. kr."),
        (1_065.7e6, "1.065,7 mio. kr."),
        (31_419.0, "31.419 kr."),
        (-2e6, "-2,0 mio. kr."),
        (0.0, "0 kr."),
    ],
)
def test_money(amount: float, text: str) -> None:
    assert numbers.money(amount) == text


def test_places_have_a_decimal_only_where_it_says_something() -> None:
    assert [numbers.places(value) for value in (12.0, 12.5, 12.04, 0.0)] == ["12", "12,5", "12", "0"]


def test_shares_and_gaps() -> None:
    assert numbers.percent(0.123) == "12,3 %"
    assert [numbers.gap(gap) for gap in (0.0, 0.00001, 0.0054)] == ["0,00 %", "under 0,01 %", "0,54 %"]


def test_durations_and_dates() -> None:
    assert [numbers.seconds(value) for value in (4.23, 59.94, 185.2)] == ["4,2 sek.", "59,9 sek.", "3 min. 5 sek."]
    assert numbers.date(dt.date(2026, 11, 22)) == "22. november 2026"


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_a_number_can_be_read_back(value: float, decimals: int) -> None:
    back = float(numbers.number(value, decimals).replace(".", "").replace(",", "."))
    assert abs(back - value) <= 0.5 * 10**-decimals + abs(value) * 1e-12
