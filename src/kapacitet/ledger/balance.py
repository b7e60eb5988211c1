"""The identity between the accounts and the plan's resource cost, checked in every run (MODEL, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kapacitet.ledger.claims import Entry
from kapacitet.ledger.exact import ORE
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import yearly_costs
from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem

NOT_PAID = ("udaekket", "rejse", "kritisk_masse", "rammestraf", "planaendring")
"""Components of the resource cost that nobody pays: unmet need, travel and penalties."""


@dataclass(frozen=True)
class Balance:
    """Accounts against resource cost, kr.

    Attributes:
        by_year: Σ of all entries concerning each year less the year's resource cost, shape (T,).
        allowed: what rounding every entry to the øre can come to, shape (T,).
        cost: discounted resource cost less unmet need, travel and penalties.
        booked: the same accounts discounted by the year they are booked in; what falls due beyond the horizon is
            discounted on.
        beyond: undiscounted sum of what falls due beyond the horizon.
    """

    by_year: Array
    allowed: Array
    cost: float
    booked: float
    beyond: float

    @property
    def holds(self) -> bool:
        """Whether every krone in is a krone out, each year."""
        return bool((np.abs(self.by_year) <= self.allowed).all())


def balance(problem: Problem, plan: Plan, outcome: Outcome, entries: Sequence[Entry]) -> Balance:
    """Check the entries of a plan with a single future against its resource cost.

    Every entry may be rounded by half an øre; amounts beyond that show a krone lost or made.
    """
    first, last = problem.years[0], problem.years[-1]
    costs = yearly_costs(problem, plan, outcome)
    paid = np.array(sum(amounts for name, amounts in costs.items() if name not in NOT_PAID))
    ore, count = np.zeros(len(problem.years)), np.zeros(len(problem.years))
    booked = beyond = 0.0
    rate = 1 + problem.scenario.costs.discount_rate
    for entry in entries:
        ore[entry.concerns_year - first] += entry.ore
        count[entry.concerns_year - first] += 1
        booked += entry.ore / ORE * rate ** (first - entry.booked_year)
        beyond += entry.ore / ORE * (entry.booked_year > last)
    scale = np.abs(paid) * 1e-12
    return Balance(
        by_year=ore / ORE - paid,
        allowed=(count + 1) / ORE / 2 + scale,
        cost=float(problem.discount @ paid),
        booked=booked,
        beyond=beyond,
    )
