"""How large a case may be that is settled while one waits: at most about a second for all schemes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kapacitet_api.problems import Problem

MOST_ROWS = 2_000
MOST_BUYERS = 200
MOST_YEARS = 100
MOST_DIGITS = 60
MOST_WORK = 4_000
PER_YEAR = 16
"""A year of a future costs as much by itself as so many buyers do in it (measured)."""


def refuse_large(document: Mapping[str, Any]) -> None:
    """Refuse a case that takes long, before anything is reckoned.

    Raises:
        Problem: what there is too much of, and how much there may be.
    """
    rows = _rows(document.get("use"))
    futures = max(len(_rows(document.get("future"))), len({str(row.get("future")) for row in rows}), 1)
    years = {row["year"] for row in rows if isinstance(row.get("year"), int)}
    buyers = len({str(row.get("municipality")) for row in rows} | _agreed(document.get("scheme")))
    span = max(years) - min(years) + 1 if years else 0
    work = len(years) * futures * (PER_YEAR + buyers)
    for told, most, what, pointer in (
        (len(rows), MOST_ROWS, "rækker med brug", "#/use"),
        (span, MOST_YEARS, "år fra det første til det sidste", "#/use"),
        (buyers, MOST_BUYERS, "betalere", "#/use"),
        (work, MOST_WORK, f"år gange fremtider gange (betalere + {PER_YEAR})", "#/use"),
        (_digits(document), MOST_DIGITS, "cifre i et tal", "#"),
    ):
        if told > most:
            detail = f"Sagen er for stor: der er {told} {what}, og der kan være {most}. Del den i flere."
            raise Problem("invalid", detail, errors=[{"detail": detail, "pointer": pointer}])


def _agreed(scheme: object) -> set[str]:
    """Codes in the key and the subscriptions."""
    if not isinstance(scheme, Mapping):
        return set()
    parts = (scheme.get(name) for name in ("key", "subscriptions"))
    return {str(code) for part in parts if isinstance(part, Mapping) for code in part}


def _rows(value: object) -> Sequence[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _digits(value: object) -> int:
    """Digits of the longest number; exact reckoning takes longer the more there are."""
    if isinstance(value, Mapping):
        return max((_digits(inner) for inner in value.values()), default=0)
    if isinstance(value, list):
        return max((_digits(inner) for inner in value), default=0)
    if isinstance(value, Decimal):
        return len(value.as_tuple().digits)
    return value.bit_length() // 3 if isinstance(value, int) else 0
