"""Sentences that say the same of several years or amounts, told once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from kapacitet.scenario.coverage import year_ranges

YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
AMOUNT = re.compile(r"\d[\d.]*,\d+")


def alike[T](items: Iterable[T], text: Callable[[T], str], *patterns: re.Pattern[str]) -> list[list[T]]:
    """Items whose texts are the same but for what the patterns match, in order of the first of each."""
    found: dict[str, list[T]] = defaultdict(list)
    for item in items:
        shape = text(item)
        for pattern in patterns:
            shape = pattern.sub("{}", shape)
        found[shape].append(item)
    return list(found.values())


def years_of(texts: Iterable[str]) -> str:
    """All years named in the texts: "2026-2028, 2031"."""
    return year_ranges(int(year) for text in texts for year in YEAR.findall(text))


def worst_told(texts: Iterable[str]) -> tuple[str, ...]:
    """Of sentences alike but for years and amounts the one whose last amount is largest, and the other years."""
    return tuple(_worst(mine) for mine in alike(texts, str, AMOUNT, YEAR))


def _worst(mine: list[str]) -> str:
    worst = max(mine, key=_last_amount)
    others = [text for text in mine if text != worst]
    return f"{worst} Også i {years_of(others)}." if others else worst


def _last_amount(text: str) -> float:
    amounts = AMOUNT.findall(text)
    return float(amounts[-1].replace(".", "").replace(",", ".")) if amounts else 0.0
