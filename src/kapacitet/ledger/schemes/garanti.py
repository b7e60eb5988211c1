"""Garanti (as in Hovedstaden): participants pay for empty places in the first years, the rest follows standard."""

from __future__ import annotations

from fractions import Fraction

from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Claim
from kapacitet.ledger.exact import percent
from kapacitet.ledger.schemes.keys import key_shares
from kapacitet.ledger.schemes.protocol import Need
from kapacitet.ledger.schemes.standard import Standard, owner_then_users
from kapacitet.ledger.terms import ZERO


class Garanti(Standard):
    """min(D, φ·r·max(0, P − n)) by key in the first ``guarantee_years``; the rest standard."""

    name = "garanti"
    title = "Underskudsgaranti"
    sentence = (
        "I de første driftsår betaler deltagerne for tomme pladser efter en nøgle; resten følger standardreglen."
    )
    needs: frozenset[Need] = frozenset({"key"})

    def cover(self, bill: Bill, deficit: Fraction) -> tuple[Claim, ...]:
        """The guarantee, at most the deficit, then standard. r is the takst at the offer's mean V̄."""
        promised = min(max(deficit, ZERO), guaranteed(bill))
        if not promised:
            return owner_then_users(bill, deficit)
        rule = f"Garanti: {percent(bill.agreement.guarantee_share)} af taksten for tomme pladser, efter nøglen."
        shared = (
            Claim("garanti", payer, amount, bill.year.year, rule)
            for payer, amount in key_shares(bill.agreement.key, promised).items()
        )
        return (*shared, *owner_then_users(bill, deficit - promised))


def guaranteed(bill: Bill) -> Fraction:
    """φ·r·max(0, P − n) while the guarantee lasts, else 0; kr."""
    if bill.year.operation_year >= bill.agreement.guarantee_years:
        return ZERO
    empty = max(ZERO, bill.year.places - bill.year.used)
    return bill.agreement.guarantee_share * bill.mean_takst * empty
