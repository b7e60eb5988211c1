"""The least core among known groups, and the point of it nearest to a reference."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np
import scipy.sparse as sp

from kapacitet.insight.gains.costs import Cost
from kapacitet.planning.arrays import highs_lp, loaded
from kapacitet.planning.costs import Array
from kapacitet.planning.quadratic import minimise

ROUNDING = 1e-9


def least_excess(costs: Sequence[Cost], total: float, municipalities: int) -> float:
    r"""ε = min max_S {x(S) − c(S)} over divisions x with x(N) = ``total`` (kr.), S among ``costs``.

    Groups that can't stand alone ask nothing. −infinite where no group that can is known.
    """
    known = [cost for cost in costs if np.isfinite(cost.cost) and len(cost.group) < municipalities]
    if not known:
        return -np.inf
    unit = _unit(total, known)
    inside = _inside(known, municipalities)
    matrix = sp.vstack(
        [
            sp.hstack([inside, sp.csr_array(-np.ones((len(known), 1)))]),
            sp.csr_array(np.append(np.ones(municipalities), 0.0)[None, :]),
        ],
        format="csr",
    )
    upper = np.append([cost.cost / unit for cost in known], total / unit)
    lower = np.append(np.full(len(known), -np.inf), total / unit)
    free = np.full(municipalities + 1, np.inf)
    cost = np.append(np.zeros(municipalities), 1.0)
    highs = loaded(highs_lp(cost, matrix, lower, upper, -free, free), threads=1)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return -np.inf  # the groups known don't cover everybody: somebody could still be asked for less
    return float(highs.getObjectiveValue()) * unit


def nearest(costs: Sequence[Cost], level: float, reference: Array, population: Array) -> Array:
    r"""The division x nearest to ``reference`` with x(N) kept and x(S) ≤ c(S) + ``level`` for known S, shape (K,).

    Least Σ (x − reference)²/population: equal deviations per inhabitant count alike however the inhabitants are
    spread on municipalities. Strictly convex, so unique and independent of names and order. ``level`` must be at
    least the least excess of ``costs``.
    """
    known = [cost for cost in costs if np.isfinite(cost.cost) and len(cost.group) < len(reference)]
    unit = _unit(float(reference.sum()), known)
    inside = _inside(known, len(reference))
    room = np.array([cost.cost + level for cost in known]) - inside @ reference
    if np.all(room >= 0):
        return reference
    free = np.full(len(reference), np.inf)
    moved = minimise(
        population.mean() / population,
        sp.vstack([inside, sp.csr_array(np.ones((1, len(reference))))], format="csr"),
        np.append(np.full(len(known), -np.inf), 0.0),
        np.append(room / unit + ROUNDING, 0.0),
        -free,
        free,
    )
    return np.asarray(reference + moved * unit)


def _inside(costs: Sequence[Cost], municipalities: int) -> sp.csr_array:
    rows = [[float(k in cost.group) for k in range(municipalities)] for cost in costs]
    return sp.csr_array(np.array(rows).reshape(len(costs), municipalities))


def _unit(total: float, costs: Sequence[Cost]) -> float:
    """Kr. per unit, so that solver tolerances mean the same whatever the amounts are."""
    return max([abs(total), *(abs(cost.cost) for cost in costs)]) or 1.0
