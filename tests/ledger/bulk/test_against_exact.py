"""In floats all years at once is what exact fractions give one by one, to the øre."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from kapacitet.ledger import SCHEMES, claims_of_year, settle_year
from kapacitet.ledger.bulk import settle_unit
from tests.ledger.bulk.booking import book_of, booked, settled
from tests.ledger.bulk.offers import PAYERS, random_offer

SEEDS = range(700)
CHUNK = 100
CLOSE = 1e-9
"""Of the amounts in play: floats carry about 16 digits, and a bill adds some dozen products."""


@pytest.mark.parametrize("first", range(SEEDS.start, SEEDS.stop, CHUNK))
@pytest.mark.parametrize("scheme", SCHEMES)
def test_payments_are_the_exact_claims(scheme: str, first: int) -> None:
    """now + later + own per payer: the sum of the claims as fractions, as near as floats come."""
    for seed in range(first, first + CHUNK):
        offer = random_offer(seed)
        exact: dict[tuple[int, str, str], float] = defaultdict(float)
        scale = 1.0
        for t, year in offer.years.items():
            for claim in claims_of_year(year, offer.agreement, SCHEMES[scheme]):
                exact[t, book_of(claim.kind), claim.payer] += float(claim.amount)
                scale = max(scale, abs(float(claim.amount)))
        ours = booked(offer, settled(offer, scheme))
        for key in exact.keys() | ours.keys():
            assert abs(exact.get(key, 0.0) - ours.get(key, 0.0)) <= CLOSE * scale, (seed, key)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_payments_are_the_entries_within_one_ore_each(scheme: str) -> None:
    for seed in range(0, SEEDS.stop, 5):
        offer = random_offer(seed)
        entries: dict[tuple[int, str, str], list[float]] = defaultdict(list)
        for t, year in offer.years.items():
            for entry in settle_year(year, offer.agreement, SCHEMES[scheme]):
                assert entry.booked_year - entry.concerns_year == offer.agreement.lag * (
                    book_of(entry.kind) == "later"
                )
                entries[t, book_of(entry.kind), entry.payer].append(float(entry.amount))
        ours = booked(offer, settled(offer, scheme))
        for key in entries.keys() | ours.keys():
            mine = entries.get(key, [])
            kinds = 3 if key[1] == "now" else 2 if key[1] == "own" else 1  # takst, abonnement, key; ψ and the rest
            assert abs(sum(mine) - ours.get(key, 0.0)) <= 0.01 * kinds + 1e-5, (seed, key)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_offer_year_is_paid_exactly_once(scheme: str) -> None:
    """now + later + own = F + Σ V·n; nothing in years without places."""
    for seed in SEEDS:
        offer = random_offer(seed)
        found = settled(offer, scheme)
        paid = found.now.sum(axis=-1) + found.later.sum(axis=-1) + found.own
        cost = np.array([float(offer.years[t].cost) if t in offer.years else 0.0 for t in range(len(paid))])
        np.testing.assert_allclose(paid, cost, rtol=0, atol=1e-6, err_msg=str(seed))  # of some 100 mio. kr.
        closed = [t for t in range(len(paid)) if t not in offer.years]
        assert not paid[closed].any() and not found.now[closed].any() and not found.refund[closed].any()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_outsiders_pay_takst_and_later_charges_alone(scheme: str) -> None:
    """udenbys is never charged by key or subscription and gets no refund: with nobody there it owes nothing."""
    for seed in SEEDS:
        offer = random_offer(seed)
        use = offer.use.copy()
        use[:, -1] = 0.0
        found = settle_unit(offer.rules, offer.rates, use, SCHEMES[scheme], offer.subscriptions)
        assert not found.now[:, -1].any() and not found.later[:, -1].any()
        assert not settled(offer, scheme).refund[:, -1].any()


def test_the_random_offers_are_of_every_kind() -> None:
    """Empty years, over-occupancy, start-up years, ceilings and prices that bind, closed years, outsiders."""
    offers = [random_offer(seed) for seed in SEEDS]
    years = [year for offer in offers for year in offer.years.values()]
    assert len(years) > 2_000
    for count in (
        sum(year.used == 0 for year in years),
        sum(year.used > year.places for year in years),
        sum(year.operation_year < len(year.startup_occupancy) for year in years),
        sum(bool(year.agreed) for year in years),
        sum(len(year.groups) == 3 for year in years),
        sum(("udenbys", "g") in year.use for year in years),
        sum(any(terms.ceiling is not None for terms in year.groups.values()) for year in years),
        sum(not offer.rates.open.all() for offer in offers),
        sum(bool(offer.subscriptions.any()) for offer in offers),
        sum(offer.owner not in PAYERS for offer in offers),
        sum(year.used == 0 and offer.subscriptions.any() for offer in offers for year in offer.years.values()),
    ):
        assert count > 100
