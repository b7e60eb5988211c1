"""Offer-years settled: the parts every scheme makes, and one offer-year of them in whole øre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from kapacitet.ledger.arrays import Numbers
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.claims import Claim, Entry
from kapacitet.ledger.rounding import entries_of
from kapacitet.ledger.schemes.protocol import Part, Scheme
from kapacitet.ledger.terms import ZERO, Agreement, Cell, OfferYear


def parts_of(bill: Bill, scheme: Scheme) -> tuple[Part, ...]:
    """Every amount of the offer-years of ``bill``; for each they are together its cost F + Σ V·n."""
    takst = Part("takst", bill.paid, lambda: "Prisen for brugte helårspladser.")
    return (takst, *scheme.cover(bill, bill.cost - bill.paid.sum(axis=-1)))


def bill_of(year: OfferYear, agreement: Agreement, scheme: Scheme) -> Bill:
    """One offer-year in fractions, priced as ``scheme`` prices it; its leading axis has length 1."""
    groups = tuple(year.groups)
    payers = tuple(sorted({k for k, _ in (*year.use, *agreement.subscriptions)} | set(agreement.key) | {year.owner}))
    terms = [year.groups[group] for group in groups]
    operation_year = np.array([year.operation_year])
    agreed = {cell: price for cell, price in year.agreed.items() if cell[0] in payers}
    cells = [(payer, group) for payer in payers for group in groups]
    return Bill(
        payers=payers,
        use=_cells(year.use, payers, groups),
        places=_exact([year.places]),
        fixed_cost=_exact([year.fixed_cost]),
        variable_cost=_exact([one.variable_cost for one in terms])[None],
        supplement=_exact([one.supplement for one in terms])[None],
        ceiling=_exact([np.inf if one.ceiling is None else one.ceiling for one in terms])[None],
        agreed=_cells(agreed, payers, groups),
        is_agreed=np.array([cell in agreed for cell in cells]).reshape(1, len(payers), len(groups)),
        occupancy=scheme.occupancy(year.budgeted_occupancy, year.startup_occupancy, operation_year),
        operation_year=operation_year,
        subscriptions=_cells(agreement.subscriptions, payers, groups),
        key=_exact([agreement.key.get(payer, ZERO) for payer in payers]),
        owner_limit=agreement.owner_limit,
        alpha=agreement.alpha,
        psi=agreement.psi,
        guarantee_years=agreement.guarantee_years,
        guarantee_share=agreement.guarantee_share,
    )


def _exact(values: Sequence[Fraction | float]) -> Numbers:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _cells(amounts: Mapping[Cell, Fraction], payers: Sequence[str], groups: Sequence[str]) -> Numbers:
    """Amounts by payer and group, shape (1, K, G)."""
    values = [amounts.get((payer, group), ZERO) for payer in payers for group in groups]
    return _exact(values).reshape(1, len(payers), len(groups))


def claims_of_year(year: OfferYear, agreement: Agreement, scheme: Scheme) -> tuple[Claim, ...]:
    """Every exact amount of one offer-year that isn't zero; together they are its cost F + Σ V·n.

    Args:
        year: the offer in its year.
        agreement: parameters of the schemes; those of other schemes are ignored.
        scheme: who covers what takst doesn't.
    """
    bill = bill_of(year, agreement, scheme)
    found: list[Claim] = []
    for part in parts_of(bill, scheme):
        booked = year.year + (agreement.lag if part.kind == "efterregulering" else 0)
        payers = bill.payers if part.amount.ndim > 1 else (year.owner,)
        for payer, amount in zip(payers, part.amount.ravel(), strict=True):
            if amount:
                found.append(Claim(part.kind, payer, amount, booked, part.rule()))
    return tuple(found)


def settle_year(year: OfferYear, agreement: Agreement, scheme: Scheme) -> tuple[Entry, ...]:
    """Every entry of one offer-year in whole øre: together they are its cost, rounded half-up.

    Args:
        year: the offer in its year.
        agreement: parameters of the schemes.
        scheme: who covers what takst doesn't.
    """
    claims = claims_of_year(year, agreement, scheme)
    return entries_of(claims, offer=year.offer, owner=year.owner, concerns=year.year)
