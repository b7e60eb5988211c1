"""Weights on futures: (1 − λ)·π + λ·tail, where the tail is that of each future's total.

(1 − λ)·E + λ·CVaR_α is the largest weighted sum over all such weights (Rockafellar and Uryasev, *Journal of Risk* 2,
2000), so cuts that are added up with any of them bound it from below. Plain averages can't represent it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.problem import Problem


@dataclass(frozen=True, eq=False)
class Risk:
    """What the plan's many futures are worth together.

    Attributes:
        chances: π, shape (S,).
        level: α; the dearest futures with probability 1 − α are the tail.
        weight: λ.
    """

    chances: Array
    level: float
    weight: float

    @classmethod
    def of(cls, problem: Problem) -> Risk:
        """As the scenario asks."""
        settings = problem.scenario.futures
        chances = np.array([future.probability for future in problem.futures])
        return cls(chances, settings.cvar_level, settings.cvar_weight)

    @property
    def averse(self) -> bool:
        """Whether the tail counts for more than its probability."""
        return self.weight > 0 and self.level > 0 and len(self.chances) > 1

    def weights(self, totals: Array) -> Array:
        """Of each future when it costs ``totals``, shape (S,); ties of cost to the lowest index."""
        if not self.averse:
            return self.chances
        tail = 1 - self.level
        order, part = dearest(totals, self.chances, tail)
        share = np.zeros(len(totals))
        share[order] = part / tail
        return np.asarray((1 - self.weight) * self.chances + self.weight * share)

    def value(self, totals: Array) -> float:
        """(1 − λ)·E + λ·CVaR_α of ``totals``, shape (S,)."""
        return float(self.weights(totals) @ totals)


def dearest(amounts: npt.NDArray[Any], chances: npt.NDArray[Any], tail: Any) -> tuple[IntArray, npt.NDArray[Any]]:
    """The highest amounts that together have probability ``tail``, the last of them in part.

    Args:
        amounts: float64, or dtype object holding ``Fraction``; shape (S,).
        chances: probability of each, of the same kind.
        tail: above 0.

    Returns:
        all positions from the highest amount down, ties to the lowest index; and what each one has of the tail,
        in that order.
    """
    order = np.argsort(-amounts, kind="stable")
    left = tail - (np.cumsum(chances[order]) - chances[order])
    return order, np.minimum(np.where(left > 0, left, left * 0), chances[order])
