"""One offer-year settled: pure functions that a case, a plan and a comparison of schemes all call."""

from __future__ import annotations

from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Claim, Entry
from kapacitet.ledger.rounding import entries_of
from kapacitet.ledger.schemes.protocol import Scheme
from kapacitet.ledger.terms import ZERO, Agreement, OfferYear


def bill_of(year: OfferYear, agreement: Agreement, scheme: Scheme) -> Bill:
    """The offer-year priced as ``scheme`` prices it."""
    return Bill(year, agreement, scheme.occupancy(year))


def claims_of_year(year: OfferYear, agreement: Agreement, scheme: Scheme) -> tuple[Claim, ...]:
    """Every exact amount of one offer-year; together they are its cost F + Σ V·n.

    Args:
        year: the offer in its year.
        agreement: parameters of the schemes; those of other schemes are ignored.
        scheme: who covers what takst doesn't.
    """
    bill = bill_of(year, agreement, scheme)
    takst = bill.takst_claims()
    deficit = year.cost - sum((claim.amount for claim in takst), ZERO)
    return takst + tuple(claim for claim in scheme.cover(bill, deficit) if claim.amount)


def settle_year(year: OfferYear, agreement: Agreement, scheme: Scheme) -> tuple[Entry, ...]:
    """Every entry of one offer-year in whole øre: together they are its cost, rounded half-up.

    Args:
        year: the offer in its year.
        agreement: parameters of the schemes.
        scheme: who covers what takst doesn't.
    """
    claims = claims_of_year(year, agreement, scheme)
    return entries_of(claims, offer=year.offer, owner=year.owner, concerns=year.year)
