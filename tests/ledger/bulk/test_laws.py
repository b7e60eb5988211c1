"""What holds of every settlement in bulk: a krone of cost is a krone paid, and schemes that can't differ don't."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from kapacitet.ledger import SCHEMES
from kapacitet.ledger.agreements import key_array
from kapacitet.ledger.bulk import Rules, Settled, settle_unit
from kapacitet.planning.costs import Array
from tests.ledger.bulk.bands import banded
from tests.ledger.bulk.offers import PAYERS, random_offer
from tests.planning.worlds import problem_of, tiny

SEEDS = range(200)


def total(found: Settled) -> Array:
    return np.asarray(found.now.sum(axis=-1) + found.later.sum(axis=-1) + found.own)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_krone_of_fixed_cost_in_one_year_is_a_krone_paid_for_that_year(scheme: str) -> None:
    for seed in SEEDS:
        offer = random_offer(seed)
        before = settle_unit(offer.rules, offer.rates, offer.use, SCHEMES[scheme], offer.subscriptions)
        for t in offer.years:
            krone = np.zeros(len(offer.rates.open))
            krone[t] = 1.0
            dearer = replace(offer.rates, fixed=offer.rates.fixed + krone)
            after = settle_unit(offer.rules, dearer, offer.use, SCHEMES[scheme], offer.subscriptions)
            np.testing.assert_allclose(total(after) - total(before), krone, rtol=0, atol=1e-6, err_msg=str(seed))


def test_every_scheme_gives_the_same_bill_where_takst_pays_it_all() -> None:
    """β·P = n, nobody subscribes to more than it uses, no ceilings or agreed prices, and supplements that cancel."""
    for seed in SEEDS:
        offer = random_offer(seed)
        rng = random.Random(seed)
        rates = offer.rates
        T, G = rates.variable.shape
        weight = np.array([[[rng.uniform(0.1, 1.0) for _ in range(G)] for _ in PAYERS] for _ in range(T)])
        n = rates.occupancy * rates.places
        use = weight * (n / weight.sum(axis=(1, 2)))[:, None, None]
        by_group = use.sum(axis=1)
        mean = (by_group * np.nan_to_num(rates.supplement)).sum(axis=1) / np.where(n > 0, n, 1.0)
        plain = replace(
            rates, startup=(), agreed={}, ceiling=np.full((T, G), np.inf), supplement=rates.supplement - mean[:, None]
        )
        some = use[rates.open].min(axis=0)[None] * rng.random()
        some[:, -1] = 0.0  # outsiders can't subscribe
        found = {name: settle_unit(offer.rules, plain, use, scheme, some) for name, scheme in SCHEMES.items()}
        for name, one in found.items():
            for book in ("now", "later", "own", "refund"):
                np.testing.assert_allclose(
                    getattr(one, book), getattr(found["standard"], book), rtol=0, atol=1e-5, err_msg=f"{seed} {name}"
                )
        assert np.abs(found["standard"].later).max() < 1e-5 and np.abs(found["standard"].own).max() < 1e-5


@pytest.mark.parametrize("chosen", ["all", ["420", "573"]])
def test_equal_populations_are_equal_shares(chosen: str | list[str]) -> None:
    """A population key where the same number lives everywhere gives what the key ``equal`` gives."""
    rules = {}
    for key in ("population", "equal"):
        hand = tiny(municipalities=PAYERS[:-1])
        hand.set("underskud", key=key, participants=chosen)
        problem = problem_of(hand)
        rules[key] = Rules.of(problem)
        weight = key_array(problem)
        shares = [1.0 if chosen == "all" or code in chosen else 0.0 for code in PAYERS[:-1]]
        assert (weight / weight.max()).tolist() == [*shares, 0.0]
    for seed in SEEDS:
        offer = random_offer(seed)
        for scheme in SCHEMES.values():
            by = {
                key: settle_unit(each, offer.rates, offer.use, scheme, offer.subscriptions)
                for key, each in (
                    (name, replace(one, problem=offer.rules.problem, refund=offer.refund))
                    for name, one in rules.items()
                )
            }
            for book in ("now", "later", "own", "refund"):
                np.testing.assert_allclose(
                    getattr(by["population"], book), getattr(by["equal"], book), rtol=1e-13, atol=1e-6
                )


def test_the_state_refunds_each_place_year_band_by_band() -> None:
    """25, 50 and 75 % of what lies in each band of the price a municipality pays, top-up included."""
    for seed in SEEDS:
        offer = random_offer(seed)
        for name, scheme in SCHEMES.items():
            found = settle_unit(offer.rules, offer.rates, offer.use, scheme, offer.subscriptions)
            for t in offer.years:
                for k, payer in enumerate(PAYERS[:-1]):
                    expected = sum(
                        offer.use[t, k, g]
                        * banded(
                            float(offer.rates.price(payer, group, startup="takststyring" in name)[t])
                            + offer.rates.top_up,
                            offer.refund.by_year[t],
                        )
                        for g, group in enumerate(offer.groups)
                    )
                    assert found.refund[t, k] == pytest.approx(expected, rel=1e-12, abs=1e-6)
