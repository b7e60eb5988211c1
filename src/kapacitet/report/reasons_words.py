"""How sure a difference is, in words that can be read aloud."""

from __future__ import annotations

import math
from typing import Any

from kapacitet.report import numbers

Row = dict[str, Any]


def between(low: float, high: float) -> str:
    """Bounds of an amount in brackets; blank where it is known exactly."""
    if numbers.millions(low) == numbers.millions(high):
        return ""
    if math.isfinite(low) and math.isfinite(high):
        return f" (sikkert mellem {numbers.number(low / numbers.MILLION, 1)} og {numbers.millions(high)})"
    if math.isfinite(low):
        return f" (mindst {numbers.millions(low)})"
    return ""


def dearer(what: str, row: Row, *, thing: str = "planen") -> str:
    """«what» makes the plan dearer or cheaper by ``change`` of the row."""
    change, low, high, sure = row["change"], row["change_low"], row["change_high"], row["sureness"]
    plain = what.rstrip(",")
    if sure == "umulig":
        return f"{what} kan de øvrige krav ikke opfyldes."
    if sure == "ikke regnet":
        return f"{plain}: ikke regnet."
    if sure == "ingen forskel":
        return f"{what} bliver {thing} hverken dyrere eller billigere."
    if sure == "under usikkerheden":
        if math.isfinite(high) and low >= 0:
            most = f"højst {numbers.millions(high)} dyrere"
            if not math.isfinite(change):
                return f"{what} bliver {thing} {most}; om den bliver det, er under usikkerheden."
            guess = numbers.millions(change)
            if guess == numbers.millions(0):
                return f"{plain}: ingen merudgift fundet; den er {most.removesuffix(' dyrere')}."
            return f"{what} ser {thing} ud til at blive {guess} dyrere; det er under usikkerheden ({most})."
        return f"{plain}: forskellen er under usikkerheden{between(low, high)}."
    if not math.isfinite(change):
        return f"{what} bliver {thing} mindst {numbers.millions(low)} dyrere."
    word = "dyrere" if change > 0 else "billigere"
    low, high = sorted((abs(low), abs(high)))
    return f"{what} bliver {thing} {numbers.millions(abs(change))} {word}{between(low, high)}."


def saving(row: Row) -> str:
    """What a limit relaxed by a step saves."""
    what, saves, low, high = (row[name] for name in ("relaxed", "saves", "saves_low", "saves_high"))
    what = f"{what[0].upper()}{what[1:]}"
    match row["sureness"]:
        case "ikke regnet":
            return f"{what}: ikke regnet."
        case "ingen forskel":
            return f"{what} sparer intet."
        case "under usikkerheden":
            if not (math.isfinite(saves) and math.isfinite(high)):
                return f"{what}: virkningen er under usikkerheden."
            most = f"højst {numbers.millions(high)}"
            if numbers.millions(saves) == numbers.millions(0):
                return f"{what}: ingen besparelse fundet; den er {most}."
            return f"{what} ser ud til at spare {numbers.millions(saves)}; det er under usikkerheden ({most})."
    return f"{what} sparer {numbers.millions(saves)}{between(low, high)}."
