"""A problem in which goals cost money: the same sets, rows and families, other costs of place-years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

import numpy as np

from kapacitet.insight.pareto.goals import Goal
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem


@dataclass(frozen=True)
class Priced(Problem):
    """A problem with a price on place-years.

    Attributes:
        arc_price: kr. per place-year on top of an arc's cost, shape (A, T).
    """

    arc_price: Array = field(default_factory=lambda: np.zeros((0, 0)))

    @cached_property
    def arc_cost(self) -> Array:
        """Cost of a place-year on each arc, the goals' price included, shape (A, T)."""
        return np.asarray(super().arc_cost + self.arc_price)


def priced(problem: Problem, goals: Sequence[Goal], prices: Sequence[float]) -> Problem:
    """``problem`` with each goal at its price, kr. per unit; itself where all prices are 0.

    A goal is undiscounted and costs are discounted, so a place-year's price grows as the discount factor falls. Where
    nobody can go unserved, since a place can always be bought for less, what is charged for a bought place is charged
    for an unserved person too: that changes no plan's allocation, and keeps the search from refusing service.

    Its optimum less Σ price·goal of any plan is at most that plan's cost: the plan's own allocation is one that the
    search may choose. Charges for moves only get smaller by it (they are measured against what can be bought).

    Raises:
        ValueError: a price on a goal that is no sum of place-years.
    """
    if not any(prices):
        return problem
    per_year = 1 / problem.discount
    arcs = np.zeros((len(problem.arcs), len(problem.years)))
    bought, unmet = np.zeros(len(problem.years)), np.zeros(len(problem.years))
    for goal, price in zip(goals, prices, strict=True):
        if goal.weights is None:
            if price:
                raise ValueError(f"{goal.key} can't be priced")
            continue
        weights, rate = goal.weights(problem), price / goal.unit_of(problem) * per_year
        arcs += weights.arcs[:, None] * rate
        bought += weights.bought * rate
        unmet += weights.unmet * rate
    costlier = replace(
        problem,
        purchase_price=problem.purchase_price + bought,
        unmet_rate=problem.unmet_rate + unmet + np.where(_always_served(problem), bought, 0.0),
    )
    return Priced(**{each.name: getattr(costlier, each.name) for each in fields(Problem)}, arc_price=arcs)


def _always_served(problem: Problem) -> np.ndarray:
    """Whether everybody can be bought a place for less than the charge for going unserved, shape (T,)."""
    unlimited = np.all([np.isinf(most) for most in problem.purchase_available.values()], axis=0)
    return np.asarray(unlimited & (problem.purchase_price < problem.unmet_rate).all(axis=0))
