"""Inverse distribution functions of counts: the smallest k with P(K ≤ k) ≥ u, element by element.

Sums of the probabilities' own recurrences where counts are small, SciPy's functions elsewhere. An inverse rises
with u and with the mean, which is what couples two projections drawn with the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import stats

from kapacitet.demand.terms import Array

_SMALL = 60.0
"""Mean up to which the probabilities are summed."""
_SMALL_VARIANCE = 3600.0
_NEGLIGIBLE = 1e-18


def binomial(u: Array, trials: Array, chance: Array) -> Array:
    """Successes in ``trials`` (whole) of probability ``chance``; shapes broadcast to that of ``u``."""
    trials, chance = np.broadcast_to(trials, u.shape), np.broadcast_to(chance, u.shape)
    turned = chance > 0.5  # count the rarer of success and failure
    rare, v = np.where(turned, 1 - chance, chance), np.where(turned, 1 - u, u)
    found = np.zeros(u.shape)
    least = np.exp(trials * np.log1p(-rare))
    small = trials * rare <= _SMALL
    some = (v > least) & small
    if some.any():
        n, p = trials[some], rare[some]
        odds = p / (1 - p)
        found[some] = _summed(v[some], least[some], lambda k, at: (n[at] - k) / (k + 1) * odds[at])
    if not small.all():
        found[~small] = stats.binom.ppf(v[~small], trials[~small], rare[~small])
    return np.where(turned, trials - found, found)


def arrivals(u: Array, mean: Array, dispersion: float) -> Array:
    """Counts of mean ``mean`` and variance ``dispersion``·mean: Poisson where it is 1, else negative binomial.

    The negative binomial has size r = mean/(dispersion − 1) and success probability 1/dispersion.
    """
    found = np.zeros(u.shape)
    small = (mean <= _SMALL) & (mean * dispersion <= _SMALL_VARIANCE)
    large = ~small
    if dispersion == 1:
        least = np.exp(-mean)
        some = (u > least) & small
        m = mean[some]
        found[some] = _summed(u[some], least[some], lambda k, at: m[at] / (k + 1))
        if large.any():
            found[large] = stats.poisson.ppf(u[large], mean[large])
        return found
    size = mean / (dispersion - 1)
    least = np.exp(-size * np.log(dispersion))
    some = (u > least) & small
    r, q = size[some], 1 - 1 / dispersion
    found[some] = _summed(u[some], least[some], lambda k, at: (r[at] + k) / (k + 1) * q)
    if large.any():
        found[large] = stats.nbinom.ppf(u[large], size[large], 1 / dispersion)
    return found


def _summed(u: Array, least: Array, ratio: Callable[[int, np.ndarray], Array]) -> Array:
    """The inverse by summing probabilities from P(0) = ``least`` < u on; elements leave as they are found.

    Args:
        ratio: P(k + 1)/P(k) of the elements at the given positions.
    """
    found = np.zeros(u.shape)
    at = np.arange(len(u))
    chance, total, k = least.copy(), least.copy(), 0
    while len(at):
        step = ratio(k, at)
        chance = chance * step
        total = total + chance
        k += 1
        # Past the mode and below the last bit of the sum nothing more can be added.
        done = (u[at] <= total) | ((chance < _NEGLIGIBLE) & (step < 1))
        found[at[done]] = k
        at, chance, total = at[~done], chance[~done], total[~done]
    return found
