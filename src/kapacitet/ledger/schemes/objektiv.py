"""Objektiv finansiering (model 2): a deficit is split the same year on all participants by a key.

Source: forslag A, "Et underskud fordeles ud fra en fastlagt nøgle, fx indbyggertal ... Alle betaler til
underskuddet, uanset om man køber pladser eller ej."
"""

from __future__ import annotations

import numpy as np

from kapacitet.ledger.arrays import Numbers, positive
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.exact import percent
from kapacitet.ledger.schemes.protocol import Need, Part
from kapacitet.ledger.schemes.standard import Standard, owner_then_users


class Objektiv(Standard):
    """The owner keeps ψ of a deficit, the participants share the rest; a surplus follows standard."""

    name = "objektiv"
    title = "Objektiv finansiering"
    sentence = "Et underskud deles samme år mellem alle deltagere efter en nøgle; et overskud følger standardreglen."
    needs: frozenset[Need] = frozenset({"key"})

    def cover(self, bill: Bill, deficit: Numbers) -> tuple[Part, ...]:
        """ψ·D on the owner, (1−ψ)·D by key, buyers or not, also with n = 0; a surplus is divided as in standard."""
        lacking = positive(deficit)
        kept = bill.psi * lacking
        return (
            Part("ejer", kept, lambda: f"Ejeren dækker {percent(bill.psi)} af underskuddet."),
            Part(
                "objektiv",
                bill.by_key(lacking - kept),
                lambda: "Underskuddet fordeles på alle deltagere efter nøglen.",
            ),
            *owner_then_users(bill, np.minimum(deficit, deficit * 0)),
        )
