"""Words and amounts that the pages on who gains have in common."""

from __future__ import annotations

import numpy as np

from kapacitet.insight.gains.result import ACCOUNTS, DEMAND, KEY, POPULATION, Gains
from kapacitet.insight.gains.world import Group
from kapacitet.report import numbers

DIVISION_NAMES = {POPULATION: "folketal", DEMAND: "behov", ACCOUNTS: "regnskab", KEY: "forslaget"}
MILLIONS, KRONER = "mio. kr.", "kr."
SMALL = 1e7
FULL = 3


def division_word(name: str) -> str:
    """How a division begins a sentence."""
    return f"Delt efter {DIVISION_NAMES[name]}"


def amount(kr: float) -> str:
    """Kr. in a sentence."""
    return numbers.money(kr)


def column_unit(gains: Gains) -> str:
    """What the tables count in."""
    return MILLIONS if abs(gains.together.cost) >= SMALL else KRONER


def in_unit(kr: float, unit: str) -> str:
    """An amount in a column of ``unit``."""
    return numbers.number(kr / numbers.MILLION, 1) if unit == MILLIONS else numbers.number(kr)


def names(gains: Gains, group: Group) -> list[str]:
    """Names of the members."""
    return [gains.problem.municipalities[k].name for k in sorted(group)]


def shown_divisions(gains: Gains) -> list[str]:
    """The divisions worth a column: the key only where it differs from population."""
    same = KEY in gains.divisions and np.allclose(gains.divisions[KEY], gains.divisions[POPULATION])
    return [name for name in gains.divisions if not (name == KEY and same)]


def with_columns(gains: Gains) -> list[str]:
    """The divisions that have columns: by demand only where there is room for it."""
    shown = shown_divisions(gains)
    return shown if len(shown) < FULL else [name for name in shown if name != DEMAND]
