"""The occupancy at which a botilbud pays for itself, with use split between buyers as it is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from kapacitet.ledger.schemes import Scheme
from kapacitet.ledger.settle import bill_of
from kapacitet.ledger.terms import ONE, ZERO, Agreement, OfferYear


def break_even(year: OfferYear, agreement: Agreement, scheme: Scheme) -> Fraction | None:
    """The lowest occupancy n/P at which takst and subscriptions cover F + Σ V·n; None if there is none.

    Use is scaled with its split on buyers and groups kept (under n = 0: one buyer of the first group at the takst).
    The balance is linear between the points where somebody's use passes its subscription, so it is followed from
    point to point. With the takst as the price and no subscriptions the answer is β. It may be above 1.

    Args:
        year: the offer in its year.
        agreement: parameters; subscriptions count only under a scheme that needs them.
        scheme: gives β, and whether subscriptions are paid.
    """
    if "subscriptions" not in scheme.needs:
        agreement = replace(agreement, subscriptions={})
    used = year.used
    if not used:
        year = replace(year, use={("", next(iter(year.groups))): ONE})
        used = ONE
    turns = {places / year.use[cell] for cell, places in agreement.subscriptions.items() if year.use.get(cell)}
    points = [ZERO, *sorted(turns)]
    for start, end in zip(points, [*points[1:], points[-1] + 1], strict=True):
        here, there = _balance(year, agreement, scheme, start), _balance(year, agreement, scheme, end)
        if here >= 0:
            return start * used / year.places
        slope = (there - here) / (end - start)
        if slope > 0 and (start - here / slope <= end or end > points[-1]):
            return (start - here / slope) * used / year.places
    return None


def _balance(year: OfferYear, agreement: Agreement, scheme: Scheme, scale: Fraction) -> Fraction:
    """Takst and subscriptions less cost, kr., with all use multiplied by ``scale``."""
    scaled = replace(year, use={cell: n * scale for cell, n in year.use.items()})
    bill = bill_of(scaled, agreement, scheme)
    balance: Fraction = (bill.paid + bill.unused_paid).sum() - bill.cost.item()
    return balance
