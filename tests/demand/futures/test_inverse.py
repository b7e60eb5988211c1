"""Inverse distribution functions against SciPy's, and that they rise with the mean."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import stats

from kapacitet.demand.futures.inverse import arrivals, binomial

U = (np.arange(2000) + 0.5) / 2000
EXTREME = np.array([2.0**-54, 1e-12, 0.5, 1 - 1e-12, 1 - 2.0**-53])


@pytest.mark.parametrize("chance", [0.0, 0.03, 0.5, 0.6, 0.96, 1.0])
@pytest.mark.parametrize("trials", [0, 1, 7, 40, 900, 30_000])
def test_binomial_is_the_inverse(trials: int, chance: float) -> None:
    assert np.array_equal(binomial(U, np.array(trials), np.array(chance)), stats.binom.ppf(U, trials, chance).clip(0))


@pytest.mark.parametrize("mean", [0.0, 1e-9, 0.2, 3.0, 40.0, 59.9, 60.1, 4000.0])
def test_arrivals_of_dispersion_1_are_poisson(mean: float) -> None:
    assert np.array_equal(arrivals(U, np.full_like(U, mean), 1.0), stats.poisson.ppf(U, mean))


@pytest.mark.parametrize("dispersion", [1.001, 3.0, 1000.0])
@pytest.mark.parametrize("mean", [0.01, 0.7, 3.0, 59.0, 300.0])
def test_arrivals_of_higher_dispersion_are_negative_binomial(mean: float, dispersion: float) -> None:
    theory = stats.nbinom(mean / (dispersion - 1), 1 / dispersion)

    assert theory.mean() == pytest.approx(mean) and theory.var() == pytest.approx(dispersion * mean)
    assert np.array_equal(arrivals(U, np.full_like(U, mean), dispersion), theory.ppf(U))


def test_nobody_arrives_where_nobody_is_expected() -> None:
    assert not arrivals(EXTREME, np.zeros(5), 1.0).any() and not arrivals(EXTREME, np.zeros(5), 5.0).any()


def test_the_ends_of_the_unit_interval_end() -> None:
    assert np.isfinite(arrivals(EXTREME, np.full(5, 30.0), 1.0)).all()
    assert np.isfinite(arrivals(EXTREME, np.full(5, 3.0), 50.0)).all()
    assert (binomial(EXTREME, np.full(5, 20.0), np.full(5, 0.9)) <= 20).all()


@pytest.mark.parametrize("dispersion", [1.0, 2.5])
def test_more_expected_is_never_fewer(dispersion: float) -> None:
    drawn = [arrivals(U, np.full_like(U, mean), dispersion) for mean in (0.0, 0.1, 0.5, 2.0, 20.0, 58.0)]

    assert all((more >= less).all() for less, more in itertools.pairwise(drawn))


def test_one_more_person_is_at_most_one_more_who_stays() -> None:
    drawn = [binomial(U, np.array(trials), np.array(0.93)) for trials in range(30)]

    assert all(np.isin(more - less, (0, 1)).all() for less, more in itertools.pairwise(drawn))
