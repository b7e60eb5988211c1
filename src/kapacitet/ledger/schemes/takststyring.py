"""Takststyring (model 3): a lower budgeted occupancy, so a higher takst, in the first years of operation.

Source: forslag A, "Belægningsprocenten kan ved nystartede tilbud budgetteres lavere end den forventede belægning ved
fuld drift. ... Denne model kan kombineres med model 1 og 2." C, the owner's limit and subscriptions use that β too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from kapacitet.ledger.arrays import Numbers
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.schemes.protocol import Need, Part, Scheme
from kapacitet.ledger.schemes.standard import Standard


class Takststyring:
    """Another scheme, priced by the start-up occupancy of the year of operation."""

    def __init__(self, inner: Scheme) -> None:
        """Price ``inner`` by the start-up occupancy."""
        alone = isinstance(inner, Standard) and inner.name == Standard.name
        self.inner = inner
        self.name = "takststyring" if alone else f"{inner.name}+takststyring"
        self.title = "Takststyring" if alone else f"{inner.title} med takststyring"
        self.sentence = f"Taksten er højere i de første driftsår. {inner.sentence}"
        self.needs: frozenset[Need] = inner.needs | {"startup_occupancy"}

    def occupancy(self, budgeted: Any, startup: Sequence[Any], operation_year: npt.NDArray[np.int64]) -> Numbers:
        """β of the year of operation; that of full operation once the start-up years are over."""
        found = self.inner.occupancy(budgeted, startup, operation_year)
        for year, lower in enumerate(startup):
            found = np.where(operation_year == year, lower, found)
        return found

    def cover(self, bill: Bill, deficit: Numbers) -> tuple[Part, ...]:
        """As the scheme it is combined with."""
        return self.inner.cover(bill, deficit)
