"""Danish numbers, money, shares and dates: the one place where figures become text.

Missing figures (None, NaN) become an en dash, never 0. Rounding is half-up, as readers do it by hand.
"""

from __future__ import annotations

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "da_DK"
MISSING = "–"
MILLION = 1e6
SMALL_GAP = 1e-4


def number(value: float | None, decimals: int = 0, *, signed: bool = False) -> str:
    """``value`` with a fixed number of decimals: ``1238406`` as "1.238.406".

    Args:
        value: None, NaN and infinity become a dash.
        decimals: decimals shown, also when they are zeros.
        signed: put a plus before what is above zero.
    """
    if value is None or not math.isfinite(value):
        return MISSING
    rounded = Decimal(str(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), format=pattern, locale=LOCALE)
    if rounded == 0:
        return text
    return ("-" if rounded < 0 else "+" if signed else "") + text


def places(value: float | None, *, signed: bool = False) -> str:
    """Places or place-years: at most one decimal, none where it would be zero ("12", "12,5")."""
    return number(value, 1, signed=signed).removesuffix(",0")


def kroner(value: float | None, *, signed: bool = False) -> str:
    """Whole kroner: "1.238.406 kr."."""
    text = number(value, signed=signed)
    return text if text == MISSING else f"{text} kr."


def millions(value: float | None, *, signed: bool = False) -> str:
    """Kr. in millions with one decimal: ``36e6`` as "36,0 mio. kr."."""
    if value is None or not math.isfinite(value):
        return MISSING
    return f"{number(value / MILLION, 1, signed=signed)} mio. kr."


def money(value: float | None) -> str:
    """Kr. as a reader says it: in millions from one million on, else whole kroner."""
    if value is not None and math.isfinite(value) and abs(value) < MILLION:
        return kroner(value)
    return millions(value)


def percent(share: float | None, decimals: int = 1) -> str:
    """A share in per cent: ``0.123`` as "12,3 %"."""
    if share is None or not math.isfinite(share):
        return MISSING
    return f"{number(share * 100, decimals)} %"


def gap(share: float | None) -> str:
    """The distance to the optimum in per cent; a tiny one is "under 0,01 %"."""
    if share is not None and 0 < share < SMALL_GAP:
        return "under 0,01 %"
    return percent(share, 2)


def seconds(value: float | None) -> str:
    """A duration: "4,2 sek.", "3 min. 5 sek."."""
    if value is None or not math.isfinite(value):
        return MISSING
    if value < 60:
        return f"{number(value, 1)} sek."
    minutes, rest = divmod(round(value), 60)
    return f"{number(minutes)} min. {rest} sek."


def date(day: dt.date) -> str:
    """A day: "22. november 2026"."""
    return format_date(day, format="d. MMMM y", locale=LOCALE)
