"""Tables of counts that are published together: cells, and the additive relations that link them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kapacitet.faults import Fault, FaultyInput

Cell = tuple[str, ...]

RELATIVE = 1e-6
"""A relation holds if what is left is below this share of its largest cell."""


@dataclass(frozen=True)
class Relation:
    """Σ coefficient · cell = 0, known to every reader; ``terms`` has each cell once."""

    terms: tuple[tuple[Cell, float], ...]

    def left_over(self, values: Mapping[Cell, float]) -> float:
        """The sum of the terms; 0 where the relation holds."""
        return math.fsum(weight * values[cell] for cell, weight in self.terms)


def total(of: Cell, parts: Iterable[Cell]) -> Relation:
    """The relation ``of`` = sum of ``parts``."""
    return Relation(((of, 1.0), *((part, -1.0) for part in parts)))


@dataclass(frozen=True, eq=False)
class Table:
    """One or several linked tables; cells that mean the same are one cell.

    Attributes:
        values: count or expected count (≥ 0) of each cell, addressed by names of members.
        relations: what any reader can infer, such as totals, or demand = placed + unmet.
        together: cells that are all hidden or all shown, such as a series over years. Sets may not overlap.
        published: cells that can't be hidden, since they are known from elsewhere.

    Raises:
        FaultyInput: negative or missing values, relations that don't hold or name unknown cells.
    """

    values: Mapping[Cell, float]
    relations: tuple[Relation, ...] = ()
    together: tuple[frozenset[Cell], ...] = ()
    published: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(sorted(self.values.items()))))
        faults = [*self._bad_values(), *self._unknown_cells()]
        if not faults:
            faults = [*self._broken_relations(), *self._overlaps()]
        if faults:
            raise FaultyInput(faults)

    def _bad_values(self) -> Iterable[Fault]:
        for cell, value in self.values.items():
            if not math.isfinite(value) or value < 0:
                yield Fault(
                    f"Cellen {said(cell)} er ikke et antal.", "Ret den til et tal på mindst 0.", value=str(value)
                )

    def _unknown_cells(self) -> Iterable[Fault]:
        named = {cell for relation in self.relations for cell, _ in relation.terms}
        named |= {cell for cells in self.together for cell in cells} | self.published
        for cell in sorted(named - self.values.keys()):
            yield Fault(f"Cellen {said(cell)} er nævnt, men har intet tal.", "Tilføj den, eller fjern henvisningen.")

    def _broken_relations(self) -> Iterable[Fault]:
        for relation in self.relations:
            left = relation.left_over(self.values)
            scale = max((abs(weight) * self.values[cell] for cell, weight in relation.terms), default=0.0)
            if abs(left) > RELATIVE * max(scale, 1.0):
                yield Fault(
                    f"Summen i {said(relation.terms[0][0])} stemmer ikke; der mangler {-left:g}.",
                    "Ret tallene, så summen er summen af sine dele.",
                )

    def _overlaps(self) -> Iterable[Fault]:
        seen: set[Cell] = set()
        for cells in self.together:
            for cell in sorted(cells & seen):
                yield Fault(f"Cellen {said(cell)} er i to rækker, der skjules under ét.", "Lad den være i én.")
            seen |= cells


def said(cell: Cell) -> str:
    """A cell as a reader names it."""
    return "«" + " · ".join(cell) + "»"
