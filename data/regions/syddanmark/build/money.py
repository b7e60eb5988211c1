"""Prices of 2024 and the arithmetic that turns published figures into the cost of an offer or a house."""

from __future__ import annotations

from collections.abc import Sequence

PRICE_YEAR = 2024
DAYS = 365
STEP_PRICE = {2022: 317, 2024: 377}
PL_INDEX = {2020: 88.5, 2021: 89.9, 2022: 92.3, 2023: 96.1, 2024: 100.0}
SUPPORT_STEP = {"autisme": 10.0, "dom": 10.0, "dobbeltdiagnose": 9.0}
VARIABLE_SHARE = 0.2
FULL_USE = 0.95
CAPITAL_RATE, CAPITAL_LIFE = 0.02, 30
TILSYN = ((7, 38_158), (24, 45_790), (49, 76_317))
TILSYN_LARGE = 114_475
APPROVAL = ((7, 26_183), (24, 31_419), (49, 52_365))
APPROVAL_LARGE = 78_548


def by_size(places: int, steps: Sequence[tuple[int, int]], largest: int) -> int:
    """The Socialtilsyn's rate for an offer with so many places."""
    return next((rate for most, rate in steps if places <= most), largest)


def yearly_tilsyn(places: int) -> int:
    """Yearly basistakst of Socialtilsyn Syd, 2024 (kr.)."""
    return by_size(places, TILSYN, TILSYN_LARGE)


def approval_cost(places: int) -> int:
    """Approval of a new offer by Socialtilsyn Syd, 2024 (kr.)."""
    return by_size(places, APPROVAL, APPROVAL_LARGE)


def annuity(amount: float) -> float:
    """Yearly capital charge that recovers ``amount`` over its life at the real rate (kr. a year)."""
    return amount * CAPITAL_RATE / (1 - (1 + CAPITAL_RATE) ** -CAPITAL_LIFE)


def support(groups: Sequence[str]) -> float:
    """Mean ydelsestakst Y of the groups: (trin − ½) steps at the price of the price year (kr. a year)."""
    values = [(SUPPORT_STEP[group] - 0.5) * STEP_PRICE[PRICE_YEAR] * DAYS for group in groups]
    return sum(values) / len(values)


def to_price_year(amount: float, year: int) -> float:
    """``amount`` in the prices of ``year``, moved to the price year by the PL index."""
    return amount * PL_INDEX[PRICE_YEAR] / PL_INDEX[year]


def offer_costs(base_rate: float, groups: Sequence[str], places: int) -> tuple[float, float]:
    """Fixed cost (without tilsyn) and variable cost of an offer with this basistakst (kr. a day, price year).

    Full price q = 365·basistakst + Y; V = 0.2·q in all, of which 0.2·Y is added by the model, and
    F = 0.8·q·β·P, of which tilsyn has a column of its own.
    """
    full_price = DAYS * base_rate + support(groups)
    fixed = (1 - VARIABLE_SHARE) * full_price * FULL_USE * places - yearly_tilsyn(places)
    return round(fixed, 2), round(VARIABLE_SHARE * DAYS * base_rate, 2)
