"""Values of levers as a planner reads them: Danish numbers, shares in per cent, choices in words."""

from __future__ import annotations

from collections.abc import Mapping

from babel.numbers import format_decimal
from pydantic import BaseModel

LONGEST_LIST = 8
CHOICES = {
    "low": "lav",
    "high": "høj",
    "hard": "hård",
    "soft": "blød",
    "off": "slået fra",
    "auto": "automatisk",
    "all": "alle",
    "population": "efter indbyggertal",
    "equal": "lige",
    "inden_for_loftet": "inden for loftet",
}


def worded(value: object, unit: str = "") -> str:
    """``value`` with its unit in Danish: ``0.03`` as "3 % pr. år", ``4000000.0`` as "4.000.000 kr."."""
    match value:
        case None:
            return "ikke angivet"
        case ():
            return "ingen"
        case bool():
            return "ja" if value else "nej"
        case int() | float():
            return _number(value, unit)
        case str():
            return CHOICES.get(value, value)
        case Mapping():
            return ", ".join(f"{key}: {worded(entry, unit)}" for key, entry in value.items()) or "ingen"
        case BaseModel():
            return " ".join(_entry(part, "årstal") for part in value.__dict__.values())
        case tuple():
            shown = ", ".join(_entry(entry, unit) for entry in value[:LONGEST_LIST])
            more = len(value) - LONGEST_LIST
            return f"{shown} og {more} til" if more > 0 else shown
    raise TypeError(f"no scenario holds a {type(value).__name__}")


def _entry(value: object, unit: str) -> str:
    """An entry of a list: a name stands as it is, whatever it would mean as a choice."""
    return value if isinstance(value, str) else worded(value, unit)


def _number(value: float, unit: str) -> str:
    if unit == "årstal":
        return str(value)
    if unit.split(" ")[0] == "andel":
        value, unit = round(value * 100, 9), "%" + unit.removeprefix("andel")
    return f"{format_decimal(value, format='#,##0.#########', locale='da_DK')} {unit}".strip()
