"""What one party owes another: exactly (:class:`Claim`) and as booked, in whole øre (:class:`Entry`)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from kapacitet.ledger.exact import kroner

Kind = Literal["takst", "abonnement", "ejer", "objektiv", "efterregulering", "garanti"]
OtherKind = Literal[
    "privat",
    "koeb",
    "tillaegsydelse",
    "fastlaasning",
    "flytning",
    "lukning",
    "omlaegning",
    "husleje",
    "statsrefusion",
    "regionens_resultat",
]
"""Kinds of entry of a whole plan, beside those that settle an offer-year."""
OTHER_KINDS: tuple[OtherKind, ...] = get_args(OtherKind)
KINDS: tuple[Kind, ...] = ("takst", "abonnement", "ejer", "objektiv", "efterregulering", "garanti")
"""Kinds of entry, in the order in which ties for an øre are decided."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An exact amount of an offer-year, before øre.

    Attributes:
        kind: what the amount is for.
        payer: code of who pays; for ``ejer`` the owner.
        amount: kr.; below zero for what the owner keeps of a surplus and for what is paid back.
        booked: the year it is booked in.
        rule: the rule that made it, in Danish.
    """

    kind: Kind
    payer: str
    amount: Fraction
    booked: int
    rule: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A booked amount.

    Attributes:
        booked_year: the year it is booked in.
        concerns_year: the year of operation it settles.
        payer: code of who pays.
        payee: code of who receives; a repayment is a negative amount, so the payee is the owner throughout.
        offer: the offer, or ``udenfor:<group>`` for what is bought outside the listed ones.
        kind: what the amount is for.
        ore: the amount in øre.
        rule: the rule that made it, in Danish.
        scheme: in a whole plan, the scheme the offer is settled by; blank for other kinds.
    """

    booked_year: int
    concerns_year: int
    payer: str
    payee: str
    offer: str
    kind: Kind | OtherKind
    ore: int
    rule: str
    scheme: str = ""

    @property
    def amount(self) -> Decimal:
        """The amount in kr. with two decimals."""
        return kroner(self.ore)
