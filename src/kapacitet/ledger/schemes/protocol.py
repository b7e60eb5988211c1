"""What a scheme of underskudsdækning is: the occupancy it prices by, and who covers what takst doesn't."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Protocol

from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Claim
from kapacitet.ledger.terms import OfferYear

Need = Literal["subscriptions", "key", "startup_occupancy"]
"""What a scheme can't do anything of its own without; named by the key of the contract."""


class Scheme(Protocol):
    """A scheme; it holds no figures of its own, so one object serves every offer and year."""

    @property
    def name(self) -> str:
        """The name of the contract, e.g. ``abonnement+takststyring``."""

    @property
    def title(self) -> str:
        """What it is called in Danish."""

    @property
    def sentence(self) -> str:
        """Its rule in a Danish sentence."""

    @property
    def needs(self) -> frozenset[Need]:
        """What must be agreed for it to differ from the standard rule."""

    def occupancy(self, year: OfferYear) -> Fraction:
        """β for takst, C and the owner's limit in that year."""

    def cover(self, bill: Bill, deficit: Fraction) -> tuple[Claim, ...]:
        """Who bears what takst leaves.

        Args:
            bill: the offer-year, priced.
            deficit: cost less takst, kr.; below zero for a surplus.

        Returns:
            claims that together are exactly ``deficit``; some may be zero.
        """
