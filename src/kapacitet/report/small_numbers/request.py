"""What is to be protected: how far from the truth an attacker must be left for every hidden cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kapacitet.report.small_numbers.table import Cell


@dataclass(frozen=True)
class Levels:
    """Protection of one hidden cell with value a, as in Fischetti & Salazar (2001); all ≥ 0.

    An attacker's interval [low, high] for the cell must have low ≤ a − ``lower``, high ≥ a + ``upper`` and
    high − low ≥ ``sliding``.
    """

    lower: float = 0.0
    upper: float = 0.0
    sliding: float = 0.0


@dataclass(frozen=True, eq=False)
class Request:
    """What must be hidden, and how well.

    Attributes:
        sensitive: cells that must be hidden, with their levels.
        others: levels of a cell that is hidden to protect another.
        weights: what is lost when the cell is hidden (> 0); of others than the sensitive it is to be least.
        shown: cells that are never hidden (true zeros); everybody knows them.
        floor, ceiling: what a reader knows of a hidden cell beforehand; 0 and no ceiling where not given.
        whole: whether cells are known to be whole numbers, per cell.
    """

    sensitive: Mapping[Cell, Levels]
    weights: Mapping[Cell, float]
    others: Levels = Levels(sliding=1.0)
    shown: frozenset[Cell] = frozenset()
    floor: Mapping[Cell, float] = field(default_factory=lambda: MappingProxyType({}))
    ceiling: Mapping[Cell, float] = field(default_factory=lambda: MappingProxyType({}))
    whole: frozenset[Cell] = frozenset()


@dataclass(frozen=True)
class Effort:
    """How hard to look for the least loss. Safety doesn't depend on it.

    Attributes:
        rounds: how many times the master is solved per system of linked cells; gives the same answer every time.
        nodes: nodes of each search of the master.
        seconds: when to stop looking whatever is left; a slow machine may then hide more than a quick one.
    """

    rounds: int = 60
    nodes: int = 2000
    seconds: float = 60.0
