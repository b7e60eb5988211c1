"""Garanti (as in Hovedstaden): participants pay for empty places in the first years, the rest follows standard."""

from __future__ import annotations

import numpy as np

from kapacitet.ledger.arrays import Numbers, positive
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.exact import percent
from kapacitet.ledger.schemes.protocol import Need, Part
from kapacitet.ledger.schemes.standard import Standard, owner_then_users


class Garanti(Standard):
    """min(D, φ·r·max(0, P − n)) by key in the first ``guarantee_years``; the rest standard."""

    name = "garanti"
    title = "Underskudsgaranti"
    sentence = (
        "I de første driftsår betaler deltagerne for tomme pladser efter en nøgle; resten følger standardreglen."
    )
    needs: frozenset[Need] = frozenset({"key"})

    def cover(self, bill: Bill, deficit: Numbers) -> tuple[Part, ...]:
        """The guarantee, at most the deficit, then standard. r is the takst at the offer's mean V̄."""
        promised = np.minimum(positive(deficit), guaranteed(bill))
        share = bill.guarantee_share
        return (
            Part(
                "garanti",
                bill.by_key(promised),
                lambda: f"Garanti: {percent(share)} af taksten for tomme pladser, efter nøglen.",
            ),
            *owner_then_users(bill, deficit - promised),
        )


def guaranteed(bill: Bill) -> Numbers:
    """φ·r·max(0, P − n) while the guarantee lasts, else 0; kr., shape (…)."""
    empty = positive(bill.places - bill.used)
    lasts = bill.operation_year < bill.guarantee_years
    return np.where(lasts, bill.guarantee_share * bill.mean_takst * empty, empty * 0)
