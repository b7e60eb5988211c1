"""The protected table: what may be published, and what it cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kapacitet.report.small_numbers.table import Cell


class Reason(Enum):
    """Why a cell is hidden. Not for the reader: who knows which hidden cells are small knows more of them."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True, eq=False)
class Protected:
    """The outcome of protecting a table.

    Attributes:
        published: values of the cells that may be seen. Expected counts are to be rounded to whole persons before
            they are printed: decimals, and the growth of each series, give hidden ones away over several years.
        hidden: the others, with the reason.
        loss: weight of the cells hidden to protect others. Not for the reader: by value it is their sum.
        bound: no safe choice loses less.
        proven: whether the time was enough; if not, another run may hide less.
    """

    published: Mapping[Cell, float]
    hidden: Mapping[Cell, Reason]
    loss: float
    bound: float
    proven: bool

    @property
    def gap(self) -> float:
        """(loss − bound) / loss; 0 where nothing was lost."""
        return max(self.loss - self.bound, 0.0) / self.loss if self.loss > 0 else 0.0
