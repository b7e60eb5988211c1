"""Abonnement (model 1): places are paid for in advance, used or not.

Source: forslag A, "De der deltager i abonnementsordningen, forpligtiger sig til at betale for et bestemt antal
pladser, uanset om man anvender dem eller ej." An owner may subscribe like anybody else.
"""

from __future__ import annotations

from kapacitet.ledger.arrays import Numbers
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.exact import percent
from kapacitet.ledger.schemes.protocol import Need, Part
from kapacitet.ledger.schemes.standard import Standard, owner_then_users


class Abonnement(Standard):
    """Subscribers pay for places they don't use; what remains follows standard, shares by n_k."""

    name = "abonnement"
    title = "Abonnement"
    sentence = "Abonnenter betaler for deres pladser, brugte eller ej; det, der er tilbage, følger standardreglen."
    needs: frozenset[Need] = frozenset({"subscriptions"})

    def cover(self, bill: Bill, deficit: Numbers) -> tuple[Part, ...]:
        """α·q·max(0, a − n) by subscriber, then standard."""
        paid = bill.unused_paid
        return (
            Part(
                "abonnement",
                paid,
                lambda: f"{percent(bill.alpha)} af prisen for abonnementspladser, der ikke er brugt.",
            ),
            *owner_then_users(bill, deficit - paid.sum(axis=-1), paid),
        )
