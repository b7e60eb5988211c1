"""A random offer settled in bulk, as amounts by year, book and payer that can be set beside other settlements."""

from __future__ import annotations

from kapacitet.ledger import SCHEMES
from kapacitet.ledger.bulk import Settled, settle_unit
from tests.ledger.bulk.offers import PAYERS, RandomOffer


def settled(offer: RandomOffer, scheme: str) -> Settled:
    return settle_unit(offer.rules, offer.rates, offer.use, SCHEMES[scheme], offer.subscriptions)


def booked(offer: RandomOffer, found: Settled) -> dict[tuple[int, str, str], float]:
    """Kr. by (year index, book, payer), zero left out; book is now, later or own."""
    amounts = {
        (t, book, payer): float(values[t, k])
        for book, values in (("now", found.now), ("later", found.later))
        for t in range(len(values))
        for k, payer in enumerate(PAYERS)
    } | {(t, "own", offer.owner): float(amount) for t, amount in enumerate(found.own)}
    return {key: amount for key, amount in amounts.items() if amount}


def book_of(kind: str) -> str:
    return {"ejer": "own", "efterregulering": "later"}.get(kind, "now")
