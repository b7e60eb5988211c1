"""In floats all years at once is what the second settlement, written from the rules alone, gives year by year."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from kapacitet.ledger import SCHEMES
from kapacitet.ledger.terms import OfferYear
from tests.ledger.bulk.booking import book_of, booked, settled
from tests.ledger.bulk.offers import PAYERS, RandomOffer, random_offer
from tests.ledger.independent_settlement import settle

NOISE = 1e-4
"""Both count in floats, and the second leaves amounts below a millionth out."""


def case_of(offer: RandomOffer, year: OfferYear) -> dict[str, Any]:
    """One year of an offer as the document of a case; every year is settled apart from the others."""
    agreement = offer.agreement
    return {
        "offer": {
            "owner": year.owner,
            "places": float(year.places),
            "fixed_cost": float(year.fixed_cost),
            "budgeted_occupancy": float(year.budgeted_occupancy),
            "startup_occupancy": [float(beta) for beta in year.startup_occupancy],
            "opened": year.year - year.operation_year,
            "groups": [
                {
                    "id": group,
                    "variable_cost": float(terms.variable_cost),
                    "supplement": float(terms.supplement),
                    "takst_cap": None if terms.ceiling is None else float(terms.ceiling),
                }
                for group, terms in year.groups.items()
            ],
        },
        "use": [
            {"year": year.year, "municipality": k, "group": g, "place_years": float(year.use.get((k, g), 0))}
            for k in PAYERS
            for g in year.groups
        ],
        "price": [{"municipality": k, "group": g, "price": float(price)} for (k, g), price in year.agreed.items()],
        "scheme": {
            **offer.scenario,
            "key": {code: float(weight) for code, weight in agreement.key.items()},
            "subscriptions": {
                k: {g: float(places) for (who, g), places in agreement.subscriptions.items() if who == k}
                for k, _ in agreement.subscriptions
            },
        },
    }


@pytest.mark.parametrize("scheme", SCHEMES)
def test_payments_are_those_of_the_second_settlement(scheme: str) -> None:
    for seed in range(900):
        offer = random_offer(seed)
        theirs: dict[tuple[int, str, str], float] = defaultdict(float)
        for t, year in offer.years.items():
            for (_, _, payer, kind), amount in settle(case_of(offer, year), scheme).items():
                theirs[t, book_of(kind), payer] += amount
        ours = booked(offer, settled(offer, scheme))
        for key in theirs.keys() | ours.keys():
            assert abs(theirs.get(key, 0.0) - ours.get(key, 0.0)) <= NOISE, (seed, key)
