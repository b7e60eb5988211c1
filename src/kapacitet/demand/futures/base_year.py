"""The base year in whole persons: residents, and the demand cells they are part of.

Systematic rounding (Madow, Annals of Mathematical Statistics 20, 1949): cumulated sums are rounded with one common
uniform number, ⌊Σ + u⌋, so every stretch of rows sums to its own sum rounded down or up, without bias.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.demand.terms import Array

_ROUNDING = 1e-9
_SINGLE = np.ones((1, 1))


def snapped(values: Array) -> Array:
    """``values`` with those that are whole but for rounding made whole."""
    whole = np.rint(values)
    return np.where(np.abs(values - whole) <= _ROUNDING, whole, values)


def systematic(means: Array, u: Array) -> Array:
    """Rows of ``means`` (N,) in whole persons in each future, shape (N, S), with the numbers ``u`` (S,).

    Each is its mean rounded down or up, and so is the sum of any consecutive rows; expectations are the means.
    """
    steps = np.floor(snapped(np.cumsum(means))[:, None] + u)
    return np.diff(steps, axis=0, prepend=np.zeros((1, len(u))))


def within_room(means: Array, room: float) -> Array:
    """``means`` (N,) scaled down to the whole part of ``room`` where rounding their sum up would go beyond it.

    That takes a room that isn't whole (over-occupancy) and a sum between its whole part and itself; less than one
    person is lost. A sum beyond the room is left as it is: that is a fault of its own.
    """
    total, whole = float(snapped(np.array(means.sum()))), np.floor(room + _ROUNDING)
    return means * (whole / total) if whole < total <= room + _ROUNDING else means


@dataclass(frozen=True, eq=False)
class PairRounding:
    """How the two cells of a municipality and group are rounded, given their residents in whole persons.

    With residents a, b of the cells: d = max(a + b, ⌊``total`` + u⌋) and d_first = clip(⌊``first`` + u⌋, a, d − b).
    ``total`` and ``first`` are set so that the expectations over u, a and b are exactly those asked for: without
    residents that are rounded they are the need itself.
    """

    total: float
    first: float

    def draw(self, a: Array, b: Array, u: Array) -> tuple[Array, Array]:
        """d of the two cells in each future, shape (S,) each; never below their residents."""
        both = np.maximum(a + b, np.floor(self.total + u))
        first = np.clip(np.floor(self.first + u), a, both - b)
        return first, both - first


def pair_rounding(need: tuple[float, float], homes: Array) -> PairRounding:
    """The rounding of two cells with ``need`` and the residents ``homes``, shape (H, 2): a row per home.

    The persons of a home are rounded together (first cell, then second), those of different homes
    independently, so a and b have a joint distribution that is summed up exactly.
    """
    a, b, chance = _residents(homes)
    needs = snapped(np.array([need[0] + need[1], need[0]]))
    both, first = max(needs[0], float(homes.sum())), needs[1]
    together, low, high = a + b, int((a + b).min()), int((a + b).max())
    total = both
    if both < high:
        levels = np.arange(low, high + 1)
        means = np.maximum(together[:, None], levels).T @ chance
        total = float(np.interp(both, means, levels))
    n, up = np.floor(total), total - np.floor(total)
    after = [np.maximum(together, n) - b, np.maximum(together, n + 1) - b]
    lowest, highest = a.min(), max(n + 1 - b.min(), a.max())
    if a.max() <= n - b.max():  # levels in between clip nobody
        if a.max() <= first <= n - b.max():
            return PairRounding(total, float(first))
        lowest, highest = (lowest, a.max()) if first < a.max() else (n - b.max(), highest)
    levels = np.arange(lowest, highest + 1)
    mean = np.empty((len(levels), 2))
    for knot, level in enumerate((levels, levels + 1)):  # levels m, and m + up, which is m + 1 wherever d is n + 1
        parts = [np.clip(picked[:, None], a, after[k]) @ chance for k, picked in enumerate((levels, level))]
        mean[:, knot] = (1 - up) * parts[0] + up * parts[1]
    knots = np.stack([levels, levels + up], axis=1)
    return PairRounding(total, float(np.interp(first, mean.reshape(-1), knots.reshape(-1))))


def _residents(homes: Array) -> tuple[Array, Array, Array]:
    """Values of a and b that can occur, and their chances, all of shape (M,)."""
    chance, base = _SINGLE, np.zeros(2)
    for first, second in snapped(homes):
        p, q = first % 1, second % 1
        base += (np.floor(first), np.floor(second))
        if p == q == 0:
            continue
        # ⌊p + u⌋ and ⌊p + q + u⌋ − ⌊p + u⌋: the second gets its person where the sum passes a whole number
        # that the first hasn't passed already.
        one = max(p + q - 1, 0.0)
        grown = np.zeros((chance.shape[0] + 1, chance.shape[1] + 1))
        for da, db, weight in ((1, 1, one), (1, 0, p - one), (0, 1, q - one), (0, 0, 1 - p - q + one)):
            grown[da : da + chance.shape[0], db : db + chance.shape[1]] += max(weight, 0.0) * chance
        chance = grown
    possible = np.argwhere(chance > 0)
    return base[0] + possible[:, 0], base[1] + possible[:, 1], chance[chance > 0]
