"""The allocation rule solved head-on for one year: a linear program, then twice non-negative least squares.

(a) least cost; (b) at that cost least Σ n²/P; (c) with those n least Σ x²/d + Σ p²/d + Σ u²/d. Nothing is shared
with the planning package.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog, nnls

HEAVY = 1e4
"""Weight of a row that must hold; it is broken by about its multiplier over the square of this."""


@dataclass(frozen=True)
class Year:
    """One group in one year.

    Attributes:
        demand: d, shape (K,).
        places: P, shape (O,).
        residents: today's, who stay, shape (K, O).
        cost: per place-year, shape (K, O).
        price, available, penalty: of buying, and of not serving.
    """

    demand: np.ndarray
    places: np.ndarray
    residents: np.ndarray
    cost: np.ndarray
    price: float
    available: float
    penalty: float


def allocate(year: Year) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x (K, O), p (K,), u (K,)."""
    shape = year.cost.shape
    K, O = shape  # noqa: E741
    n = K * O + 2 * K
    unit = np.concatenate([year.cost.ravel(), np.full(K, year.price), np.full(K, year.penalty)])
    lower = np.concatenate([year.residents.ravel(), np.zeros(2 * K)])
    served = np.hstack([np.kron(np.eye(K), np.ones(O)), np.eye(K), np.eye(K)])
    houses = np.hstack([np.kron(np.ones(K), np.eye(O)), np.zeros((O, 2 * K))])
    bought = np.concatenate([np.zeros(K * O), np.ones(K), np.zeros(K)])
    most = np.append(year.places, year.available)
    above = np.vstack([houses, bought])
    first = linprog(unit, A_ub=above, b_ub=most, A_eq=served, b_eq=year.demand, bounds=[(low, None) for low in lower])
    assert first.success
    slacks = len(most)
    rows = np.vstack(
        [
            np.hstack([served, np.zeros((K, slacks))]),
            np.hstack([above, np.eye(slacks)]),
            np.append(unit, np.zeros(slacks))[None, :] / max(unit.max(), 1.0),
        ]
    )
    right = np.concatenate([year.demand, most, [first.fun / max(unit.max(), 1.0)]])
    base = np.append(lower, np.zeros(slacks))

    def least(weights: np.ndarray, of: np.ndarray, more: np.ndarray, equal: np.ndarray) -> np.ndarray:
        """z with least Σ weights·(of z)², keeping all rows and ``more`` z = ``equal``."""
        hard = np.vstack([rows, np.hstack([more, np.zeros((len(more), slacks))])])
        soft = np.sqrt(weights)[:, None] * np.hstack([of, np.zeros((len(of), slacks))])
        matrix = np.vstack([HEAVY * hard, soft])
        target = np.concatenate([HEAVY * np.append(right, equal), np.zeros(len(of))]) - matrix @ base
        return np.asarray((base + nnls(matrix, target)[0])[:n])

    second = least(1 / year.places, houses, houses[:0], np.zeros(0))
    need = np.concatenate([np.repeat(year.demand, O), year.demand, year.demand])
    third = least(1 / need, np.eye(n), houses, houses @ second)
    return third[: K * O].reshape(shape), third[K * O : K * O + K], third[K * O + K :]
