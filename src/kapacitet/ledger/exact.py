"""Exact numbers: fractions from decimal input, and back to text without a detour over floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

from babel.numbers import format_decimal

ORE = 100
LOCALE = "da_DK"

Exact = int | Decimal | Fraction


def exact(value: Exact | float) -> Fraction:
    """``value`` as a fraction; a float stands for the shortest decimal that reads back as it (0.1 is 1/10).

    Raises:
        ValueError: NaN.
        OverflowError: infinity.
    """
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves upwards."""
    return (2 * value + 1).__floor__() // 2


def kroner(ore: int) -> Decimal:
    """An amount in øre as kr. with two decimals, exactly."""
    return Decimal(ore).scaleb(-2)


@cache
def percent(share: Fraction) -> str:
    """A share in per cent as Danes write it, with at most four decimals: ``1/20`` as "5 %"."""
    rounded = Decimal(half_up(share * 1_000_000)).scaleb(-4)
    return f"{format_decimal(rounded, format='#,##0.####', locale=LOCALE)} %"
