"""Futures, and ways to subscribe, may lie on axes in front: all at once is what one by one gives."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from kapacitet.ledger import SCHEMES
from kapacitet.ledger.bulk import Settled, settle_unit
from tests.ledger.bulk.offers import random_offer

SEEDS = range(60)
FUTURES = np.array([1.0, 0.0, 0.4, 1.7])
"""Use in each future, of the use drawn: as it is, nobody, and others."""
WAYS = np.array([0.0, 1.0, 0.3])
"""Subscriptions of each way, of those drawn."""


def same(one: Settled, many: Settled, at: tuple[int, ...], where: object) -> None:
    for name, tail in (("now", 2), ("later", 2), ("own", 1), ("refund", 2)):
        whole, part = getattr(many, name), getattr(one, name)
        lead = whole.shape[: whole.ndim - tail]
        shown = np.broadcast_to(whole, (*([1] * (len(at) - len(lead))), *lead, *whole.shape[whole.ndim - tail :]))
        index = tuple(i if size > 1 else 0 for i, size in zip(at, shown.shape, strict=False))
        np.testing.assert_allclose(shown[index], part, rtol=1e-13, atol=1e-6, err_msg=f"{where} {name}")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_several_futures_at_once(scheme: str) -> None:
    for seed in SEEDS:
        offer = random_offer(seed)
        use = FUTURES[:, None, None, None] * offer.use
        many = settle_unit(offer.rules, offer.rates, use, SCHEMES[scheme], offer.subscriptions)
        assert many.now.shape == many.refund.shape == use.shape[:-1] and many.own.shape == use.shape[:2]
        for f in range(len(FUTURES)):
            one = settle_unit(offer.rules, offer.rates, use[f], SCHEMES[scheme], offer.subscriptions)
            same(one, many, (f,), (seed, f))
            np.testing.assert_array_equal(one.loss, np.maximum(one.own, 0))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_several_futures_and_ways_to_subscribe_at_once(scheme: str) -> None:
    for seed in SEEDS:
        offer = random_offer(seed)
        use = FUTURES[:, None, None, None] * offer.use
        ways = WAYS[:, None, None, None, None] * offer.subscriptions
        many = settle_unit(offer.rules, offer.rates, use, SCHEMES[scheme], ways)
        for w, f in product(range(len(WAYS)), range(len(FUTURES))):
            one = settle_unit(offer.rules, offer.rates, use[f], SCHEMES[scheme], ways[w, 0])
            same(one, many, (w, f), (seed, w, f))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_years_do_not_touch_each_other(scheme: str) -> None:
    """A year alone is settled as among the others."""
    for seed in SEEDS:
        offer = random_offer(seed)
        whole = settle_unit(offer.rules, offer.rates, offer.use, SCHEMES[scheme], offer.subscriptions)
        for t in offer.years:
            alone = replace(offer.rates, open=np.arange(len(offer.rates.open)) == t)
            part = settle_unit(offer.rules, alone, offer.use, SCHEMES[scheme], offer.subscriptions)
            for name in ("now", "later", "own", "refund"):
                np.testing.assert_allclose(getattr(part, name)[t], getattr(whole, name)[t], rtol=1e-13, atol=1e-6)
