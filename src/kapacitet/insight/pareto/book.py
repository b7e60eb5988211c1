"""What is known of a front: plans met, and bounds on those not met."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from kapacitet.planning.costs import Array
from kapacitet.planning.plan import Decisions

SAME = 1e-9
"""Goals that differ by less, relatively, are the same."""
DIGITS = 2
"""Of a price: any price gives a bound, and those that hardly differ give the same, so they are searched at once."""


@dataclass(frozen=True)
class Point:
    """A plan with its cost (kr., discounted, without prices on goals) and its goals."""

    decisions: Decisions
    cost: float
    goals: tuple[float, ...]

    def meets(self, most: Sequence[float]) -> bool:
        """Whether no goal is above its limit."""
        return all(goal <= limit + SAME * max(1.0, abs(limit)) for goal, limit in zip(self.goals, most, strict=True))

    def valued(self, prices: Sequence[float]) -> float:
        """Cost with the goals at their prices."""
        return self.cost + float(np.dot(prices, self.goals))


@dataclass(frozen=True)
class Bound:
    """At these prices no plan that hasn't been met costs less than ``least``, goals included."""

    prices: tuple[float, ...]
    least: float


@dataclass
class Book:
    """Plans met and bounds on the rest.

    A bound taken at some time holds for ever: plans not met then that have been met since are known exactly.
    """

    points: dict[Decisions, Point] = field(default_factory=dict)
    bounds: list[Bound] = field(default_factory=list)

    def best(self, most: Sequence[float], prices: Sequence[float] | None = None) -> Point | None:
        """The cheapest plan met (goals at ``prices``) that keeps every goal at or below its limit.

        Of equally cheap plans the one with the lower goals.
        """
        weights = prices if prices is not None else [0.0] * len(most)
        able = [point for point in self.points.values() if point.meets(most)]
        return min(able, key=lambda point: (point.valued(weights), point.goals, point.decisions), default=None)

    def least(self, most: Sequence[float]) -> float:
        """No plan that keeps the limits costs less (kr.)."""
        unmet = max((b.least - _dot(b.prices, most) for b in self.bounds), default=-math.inf)
        best = self.best(most)
        return unmet if best is None else min(unmet, best.cost)

    def steepest(self, most: Sequence[float], ceiling: Array) -> tuple[float, ...]:
        """Prices at which the plans met bound the cost under these limits best, each at most its ceiling.

        max over prices ≥ 0 of min over plans of cost + Σ price·(goal − limit): a linear program (Kelley's cuts).
        """
        scale = max(abs(point.cost) for point in self.points.values()) or 1.0
        gains = np.array([np.subtract(point.goals, most) * ceiling for point in self.points.values()]) / scale
        costs = np.array([point.cost for point in self.points.values()]) / scale
        rows = np.column_stack([-gains, np.ones(len(costs))])
        tie = np.full(len(most), 1e-7)  # of equally good prices the lowest
        found = linprog(
            np.append(tie, -1.0),
            A_ub=rows,
            b_ub=costs,
            bounds=[*[(0.0, 1.0)] * len(most), (None, None)],
            method="highs",
        )
        shares = np.asarray(found.x, dtype=np.float64)[:-1]
        return tuple(float(f"{price:.{DIGITS}g}") for price in shares * ceiling)


def _dot(prices: Sequence[float], most: Sequence[float]) -> float:
    """Σ price·limit, where an infinite limit at price 0 counts nothing."""
    return sum(price * limit for price, limit in zip(prices, most, strict=True) if price)
