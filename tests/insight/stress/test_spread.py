"""Streamed distributions against numpy on all values at once."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.insight.stress.spread import ACCURACY, Kind, Spread, counted
from kapacitet.ledger.arrays import tail_mean

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def gathered(amounts: np.ndarray, kind: Kind, batch: int, weights: np.ndarray | None = None) -> Spread:
    spread = Spread(amounts.shape[1], kind)
    weights = np.ones(len(amounts)) if weights is None else weights
    for first in range(0, len(amounts), batch):
        part = slice(first, first + batch)
        spread.add(counted(amounts[part], kind), weights[part])
    return spread


def test_persons_are_exact() -> None:
    rng = np.random.default_rng(1)
    amounts = np.stack([rng.binomial(20, 0.3, 997), rng.poisson(500, 997), np.zeros(997)], axis=1).astype(float)
    spread = gathered(amounts, "persons", 100)
    assert spread.mean == pytest.approx(amounts.mean(axis=0), rel=1e-12)
    assert (spread.low == amounts.min(axis=0)).all() and (spread.high == amounts.max(axis=0)).all()
    for level in LEVELS:
        assert (spread.quantile(level) == np.quantile(amounts, level, axis=0, method="inverted_cdf")).all()
    assert spread.below(np.array([6.0, 500.0, 0.0])) == pytest.approx(
        [(amounts[:, 0] < 6).mean(), (amounts[:, 1] < 500).mean(), 0.0]
    )
    chances = np.full(997, 1 / 997)
    assert spread.tail(0.95) == pytest.approx([tail_mean(amounts[:, q], chances, 0.05) for q in range(3)])


def test_money_is_exact_in_the_mean_and_within_the_accuracy_elsewhere() -> None:
    rng = np.random.default_rng(2)
    amounts = np.stack(
        [
            np.exp(rng.normal(15, 2, 5000)),
            -np.exp(rng.normal(10, 1, 5000)),
            rng.normal(0, 1e6, 5000) * rng.integers(0, 2, 5000),
        ],
        axis=1,
    ).round(2)
    spread = gathered(amounts, "money", 333)
    assert spread.mean == pytest.approx(amounts.mean(axis=0), rel=1e-12)
    for level in LEVELS:
        exact = np.quantile(amounts, level, axis=0, method="inverted_cdf")
        assert (np.abs(spread.quantile(level) - exact) <= 2 * ACCURACY * np.abs(exact) + 1).all()
    chances = np.full(5000, 1 / 5000)
    exact = np.array([tail_mean(amounts[:, q], chances, 0.05) for q in range(3)])
    assert spread.tail(0.95) == pytest.approx(exact, rel=1e-3)


@pytest.mark.parametrize("kind", ["persons", "money"])
def test_batches_change_nothing(kind: Kind) -> None:
    rng = np.random.default_rng(3)
    amounts, weights = rng.normal(1e3, 400, (500, 4)).round(3), rng.random(500)
    one, other = (gathered(amounts, kind, batch, weights) for batch in (500, 7))
    assert (one.mean == other.mean).all() and (one.tail(0.95) == other.tail(0.95)).all()
    assert all((one.quantile(level) == other.quantile(level)).all() for level in LEVELS)


def test_weights_are_probabilities() -> None:
    spread = gathered(np.array([[1.0], [2.0], [9.0]]), "persons", 2, np.array([0.5, 0.3, 0.2]))
    assert spread.mean == pytest.approx([2.9])
    assert (spread.quantile(0.5), spread.quantile(0.75), spread.quantile(0.81)) == (1.0, 2.0, 9.0)
    assert spread.tail(0.75) == pytest.approx([(0.2 * 9 + 0.05 * 2) / 0.25])
    assert spread.below(np.array([9.0])) == pytest.approx([0.8])


def test_memory_does_not_grow_with_the_futures() -> None:
    rng = np.random.default_rng(4)
    few, many = (gathered(rng.normal(2e7, 5e6, (count, 20)), "money", 1000) for count in (2_000, 40_000))
    assert many.size < 1.7 * few.size


def test_nothing_to_gather() -> None:
    spread = gathered(np.zeros((5, 0)), "persons", 2)
    assert spread.weight == 5 and spread.mean.shape == (0,) and spread.quantile(0.5).shape == (0,)
