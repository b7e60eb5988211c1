"""Standard (rammeaftalen): the owner bears up to 5 % of C, the users the rest two years later.

Source: forslag A, "En sælgerkommune/region som har underskud på et botilbud, skal selv dække op til 5 % inden for
egen ramme. Underskud over 5% indregnes i taksten to år efter det år underskuddet vedrører og det dækkes blandt de
kommuner, der har haft borgere på tilbuddet." A surplus mirrors it. The later charge is a claim of its own, never a
part of a later C or takst, so it is settled also after the offer has closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Claim
from kapacitet.ledger.exact import percent
from kapacitet.ledger.schemes.protocol import Need
from kapacitet.ledger.terms import ZERO, OfferYear

NOBODY: Mapping[str, Fraction] = {}


class Standard:
    """The rule of the rammeaftale."""

    name = "standard"
    title = "Standard"
    sentence = (
        "Ejeren dækker et underskud op til sin grænse; resten betales af brugerne ved en efterregulering senere."
    )
    needs: frozenset[Need] = frozenset()

    def occupancy(self, year: OfferYear) -> Fraction:
        """β of full operation."""
        return year.budgeted_occupancy

    def cover(self, bill: Bill, deficit: Fraction) -> tuple[Claim, ...]:
        """The owner up to the limit, the users the rest."""
        return owner_then_users(bill, deficit)


def owner_then_users(bill: Bill, deficit: Fraction, unused: Mapping[str, Fraction] = NOBODY) -> tuple[Claim, ...]:
    """Settle what remains by the standard rule.

    min(D, 5 % of C) is the owner's; the rest is booked ``lag`` years later on those with citizens there, by n_k. A
    surplus mirrors it. With n = 0 the whole deficit is the owner's, and a surplus beyond the limit goes back to
    subscribers by what they paid for unused places.

    Args:
        bill: the offer-year, priced.
        deficit: what remains, kr.; below zero for a surplus.
        unused: kr. paid for unused subscribed places, by subscriber.
    """
    limit = bill.owner_limit
    own = min(deficit, limit) if deficit >= 0 else max(deficit, -limit)
    rest = deficit - own
    shares = bill.year.used_by_payer() or (unused if deficit < 0 else NOBODY)
    whole = sum(shares.values(), ZERO)
    if rest and not whole:
        own, rest = deficit, ZERO
    owner = Claim("ejer", bill.year.owner, own, bill.year.year, _owner_rule(bill, deficit, limit, own))
    if not rest:
        return (owner,)
    booked, rule = bill.year.year + bill.agreement.lag, _later_rule(bill, deficit)
    later = (Claim("efterregulering", payer, rest * share / whole, booked, rule) for payer, share in shares.items())
    return (owner, *later)


def _owner_rule(bill: Bill, deficit: Fraction, limit: Fraction, own: Fraction) -> str:
    share = percent(bill.agreement.owner_limit)
    if abs(own) > limit:
        return "Ingen har boet der, så ejeren bærer hele resultatet."
    if deficit < 0:
        return f"Ejeren beholder et overskud op til {share} af takstgrundlaget."
    return f"Ejeren dækker et underskud op til {share} af takstgrundlaget."


def _later_rule(bill: Bill, deficit: Fraction) -> str:
    share = percent(bill.agreement.owner_limit)
    if deficit > 0:
        return f"Underskud over {share} af takstgrundlaget, fordelt efter brugte helårspladser."
    if bill.year.used:
        return f"Overskud over {share} af takstgrundlaget tilbage, fordelt efter brugte helårspladser."
    return f"Overskud over {share} af takstgrundlaget tilbage til abonnenterne efter betaling for ubrugte pladser."
