"""The process against theory and against people moved one by one."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from kapacitet.demand.futures.moments import stock_moments
from kapacitet.demand.terms import Array

from ..worlds import group, living, need, world
from .worlds import YEARS, asked, drawn

COUNT = 6000
NEED = [8.0 + 0.5 * age for age in range(len(YEARS))]
HOMES = [living("410", "long", 3, as_of="2026-01-01"), living("410", "udenfor:autisme", 2, as_of="2026-01-01")]


def simulated(attrition: float, *, count: int = COUNT, **futures: float) -> Array:
    """d by future and year of one long-term cell with residents."""
    rows = [
        need(code, year, 0, value, 99) for code in ("410", "561") for year, value in zip(YEARS, NEED, strict=True)
    ]
    region = world(rows, HOMES, [group("autisme", attrition, 0.0)])
    return drawn(region, asked(count, **futures)).demand[:, 0]


@pytest.mark.parametrize(
    ("attrition", "dispersion", "growth_sd"),
    [
        (0.1, 1.0, 0.0),
        (0.1, 3.0, 0.0),
        (0.25, 1.0, 0.02),
        (0.5, 2.0, 0.05),
        (0.5, 1.0, 0.1),
        (0.0, 1.0, 0.0),
        (1.0, 1.0, 0.0),
    ],
)
def test_mean_and_spread_are_those_of_theory(attrition: float, dispersion: float, growth_sd: float) -> None:
    """Within 4.5 standard errors: σ/√n of a mean, σ²·√((κ − 1)/n) of a variance with sample kurtosis κ."""
    d = simulated(attrition, dispersion=dispersion, growth_sd=growth_sd)
    mean, variance = stock_moments(NEED, attrition, growth_sd=growth_sd, dispersion=dispersion)

    deviation = d - d.mean(axis=0)
    fourth = (deviation**4).mean(axis=0)
    error = np.sqrt(np.maximum(fourth - d.var(axis=0) ** 2, 0) / COUNT)
    assert (np.abs(d.mean(axis=0) - mean) <= 4.5 * np.sqrt(variance / COUNT) + 1e-9).all()
    assert (np.abs(d.var(axis=0) - variance) <= 4.5 * error + 1e-9).all()


def test_spread_grows_with_dispersion_and_growth() -> None:
    calm, lumpy, uncertain = (
        simulated(0.1, count=2000, dispersion=dispersion, growth_sd=sd)[:, -1].std()
        for dispersion, sd in ((1.0, 0.0), (3.0, 0.0), (1.0, 0.1))
    )

    assert lumpy > 1.15 * calm and uncertain > 1.5 * calm


def test_spread_of_ten_years_by_hand() -> None:
    """λ 10 throughout, attrition 0: nobody moves. Attrition 1: a Poisson number anew each year."""
    assert stock_moments([10] * 11, 0.0, growth_sd=0.0, dispersion=1.0)[1][-1] == 0
    assert stock_moments([10] * 11, 1.0, growth_sd=0.0, dispersion=1.0)[1][-1] == 10
    # Half leave: V = V/4 + 10/4 + 5 → 10, as a Poisson stock has.
    assert stock_moments([10] * 99, 0.5, growth_sd=0.0, dispersion=1.0)[1][-1] == pytest.approx(10)
    # Two years of a walk with sd 0.1 alone: 10²·(e^0.02 − 1).
    assert stock_moments([10] * 3, 0.0, growth_sd=0.1, dispersion=1.0)[1][2] == pytest.approx(2.0201340, abs=1e-6)


def one_by_one(rng: random.Random, attrition: float, growth_sd: float) -> list[int]:
    """One future with every person moved alone, and arrivals counted on an exponential clock."""
    people, walk, result = 8, 1.0, [8]
    for year in range(1, len(NEED)):
        before, walk = walk, walk * math.exp(rng.gauss(-(growth_sd**2) / 2, growth_sd))
        people = sum(rng.random() >= attrition for _ in range(people))
        mean = max(0.0, NEED[year] * walk - (1 - attrition) * NEED[year - 1] * before)
        clock = rng.expovariate(1.0)
        while clock < mean:
            people, clock = people + 1, clock + rng.expovariate(1.0)
        result.append(people)
    return result


def test_it_is_what_moving_people_one_by_one_gives() -> None:
    """Mean, spread and co-movement of two independent simulations within 4.5 standard errors of their difference."""
    rng = random.Random(5)
    slow = np.array([one_by_one(rng, 0.2, 0.03) for _ in range(4000)], dtype=np.float64)
    fast = simulated(0.2, growth_sd=0.03)

    gap = fast.mean(axis=0) - slow.mean(axis=0)
    error = np.sqrt(slow.var(axis=0) / len(slow) + fast.var(axis=0) / len(fast))
    assert (np.abs(gap) <= 4.5 * error + 1e-9).all()
    # The error of a standard deviation is about σ/√2n, here with room for tails heavier than normal.
    assert fast.std(axis=0)[1:] == pytest.approx(slow.std(axis=0)[1:], rel=4.5 * 1.3 / math.sqrt(2 * 4000) * 1.3)
    for near, far in ((1, 2), (5, 6), (1, 10)):
        both = [float(np.corrcoef(d[:, near], d[:, far])[0, 1]) for d in (slow, fast)]
        assert both[0] == pytest.approx(both[1], abs=4.5 * math.sqrt(1 / 4000 + 1 / COUNT))
