"""Objektiv finansiering (model 2): a deficit is split the same year on all participants by a key.

Source: forslag A, "Et underskud fordeles ud fra en fastlagt nøgle, fx indbyggertal ... Alle betaler til
underskuddet, uanset om man køber pladser eller ej."
"""

from __future__ import annotations

from fractions import Fraction

from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Claim
from kapacitet.ledger.exact import percent
from kapacitet.ledger.schemes.keys import key_shares
from kapacitet.ledger.schemes.protocol import Need
from kapacitet.ledger.schemes.standard import Standard, owner_then_users


class Objektiv(Standard):
    """The owner keeps ψ of a deficit, the participants share the rest; a surplus follows standard."""

    name = "objektiv"
    title = "Objektiv finansiering"
    sentence = "Et underskud deles samme år mellem alle deltagere efter en nøgle; et overskud følger standardreglen."
    needs: frozenset[Need] = frozenset({"key"})

    def cover(self, bill: Bill, deficit: Fraction) -> tuple[Claim, ...]:
        """ψ·D on the owner, (1−ψ)·D by key, buyers or not, also with n = 0."""
        if deficit <= 0:
            return owner_then_users(bill, deficit)
        kept = bill.agreement.psi * deficit
        year = bill.year.year
        own = Claim(
            "ejer", bill.year.owner, kept, year, f"Ejeren dækker {percent(bill.agreement.psi)} af underskuddet."
        )
        rule = "Underskuddet fordeles på alle deltagere efter nøglen."
        shared = (
            Claim("objektiv", payer, amount, year, rule)
            for payer, amount in key_shares(bill.agreement.key, deficit - kept).items()
        )
        return (own, *shared)
