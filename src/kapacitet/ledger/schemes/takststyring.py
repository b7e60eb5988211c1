"""Takststyring (model 3): a lower budgeted occupancy, so a higher takst, in the first years of operation.

Source: forslag A, "Belægningsprocenten kan ved nystartede tilbud budgetteres lavere end den forventede belægning ved
fuld drift. ... Denne model kan kombineres med model 1 og 2." C, the owner's limit and subscriptions use that β too.
"""

from __future__ import annotations

from fractions import Fraction

from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Claim
from kapacitet.ledger.schemes.protocol import Need, Scheme
from kapacitet.ledger.schemes.standard import Standard
from kapacitet.ledger.terms import OfferYear


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

    def occupancy(self, year: OfferYear) -> Fraction:
        """β of the year of operation; that of full operation once the start-up years are over."""
        if 0 <= year.operation_year < len(year.startup_occupancy):
            return year.startup_occupancy[year.operation_year]
        return self.inner.occupancy(year)

    def cover(self, bill: Bill, deficit: Fraction) -> tuple[Claim, ...]:
        """As the scheme it is combined with."""
        return self.inner.cover(bill, deficit)
