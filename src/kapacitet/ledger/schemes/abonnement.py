"""Abonnement (model 1): places are paid for in advance, used or not.

Source: forslag A, "De der deltager i abonnementsordningen, forpligtiger sig til at betale for et bestemt antal
pladser, uanset om man anvender dem eller ej." An owner may subscribe like anybody else.
"""

from __future__ import annotations

from fractions import Fraction

from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Claim
from kapacitet.ledger.exact import percent
from kapacitet.ledger.schemes.protocol import Need
from kapacitet.ledger.schemes.standard import Standard, owner_then_users
from kapacitet.ledger.terms import ZERO


class Abonnement(Standard):
    """Subscribers pay for places they don't use; what remains follows standard, shares by n_k."""

    name = "abonnement"
    title = "Abonnement"
    sentence = "Abonnenter betaler for deres pladser, brugte eller ej; det, der er tilbage, følger standardreglen."
    needs: frozenset[Need] = frozenset({"subscriptions"})

    def cover(self, bill: Bill, deficit: Fraction) -> tuple[Claim, ...]:
        """α·q·max(0, a − n) by subscriber, then standard."""
        unused = unused_payments(bill)
        rule = f"{percent(bill.agreement.alpha)} af prisen for abonnementspladser, der ikke er brugt."
        paid = tuple(
            Claim("abonnement", payer, amount, bill.year.year, rule) for payer, amount in unused.items() if amount
        )
        return paid + owner_then_users(bill, deficit - sum(unused.values(), ZERO), unused)


def unused_payments(bill: Bill) -> dict[str, Fraction]:
    """α·q·max(0, a − n) by subscriber, kr.; counted per target group, a group above doesn't net one below."""
    found: dict[str, Fraction] = {}
    for (payer, group), places in sorted(bill.agreement.subscriptions.items()):
        empty = max(ZERO, places - bill.year.use.get((payer, group), ZERO))
        found[payer] = found.get(payer, ZERO) + bill.agreement.alpha * bill.price(payer, group) * empty
    return found
