"""A plan with everything settlement needs of it: rates and use of its shared offers, and how each is settled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kapacitet.ledger.agreements import STANDARD_AGREEMENT, HouseAgreement
from kapacitet.ledger.bulk import Rules, Settled, settle_unit
from kapacitet.ledger.owners import bearers
from kapacitet.ledger.rates import UnitRates, plan_rates
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.use import use_of_units
from kapacitet.planning.costs import Array
from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem


@dataclass(frozen=True)
class World:
    """A plan and who lives where under it in each future.

    Attributes:
        rates, use: of every shared offer with places in some year, in the same order.
    """

    problem: Problem
    plan: Plan
    outcome: Outcome
    rules: Rules
    rates: tuple[UnitRates, ...]
    use: tuple[Array, ...]

    @classmethod
    def of(cls, problem: Problem, plan: Plan, outcome: Outcome, rules: Rules | None = None) -> World:
        """The world of a plan."""
        rates = plan_rates(problem, plan)
        return cls(
            problem, plan, outcome, rules or Rules.of(problem), rates, use_of_units(problem, plan, outcome, rates)
        )

    @cached_property
    def probability(self) -> Array:
        """π of each future, shape (Ω,)."""
        return np.array([future.probability for future in self.problem.futures])

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """Who bears the result of each of the problem's units."""
        return bearers(self.problem)

    @cached_property
    def houses(self) -> tuple[int, ...]:
        """Positions in ``rates`` of the new houses, those of committed projects included."""
        return tuple(i for i, one in enumerate(self.rates) if not self.problem.units[one.unit].existing)

    @cached_property
    def standing(self) -> tuple[int, ...]:
        """Positions in ``rates`` of existing offers."""
        return tuple(i for i, one in enumerate(self.rates) if self.problem.units[one.unit].existing)

    def fixed_agreement(self, i: int) -> HouseAgreement:
        """What an existing offer is settled by: the scenario's own choice, else standard."""
        scheme = self.problem.scenario.underskud.scheme_by_offer.get(self.rates[i].offer)
        return HouseAgreement(scheme) if scheme else STANDARD_AGREEMENT

    def settled(self, i: int, agreement: HouseAgreement) -> Settled:
        """The i-th offer settled in every future and year."""
        return settle_unit(
            self.rules,
            self.rates[i],
            self.use[i],
            SCHEMES[agreement.scheme],
            self.subscription_array(i, agreement),
        )

    def subscription_array(self, i: int, agreement: HouseAgreement) -> Array:
        """a as an array, shape (1, K+1, G)."""
        rates, payers = self.rates[i], self.rules.payers
        found = np.zeros((1, len(payers), len(rates.groups)))
        for (payer, group), places in agreement.subscriptions.items():
            found[0, payers.index(payer), rates.groups.index(group)] = places
        return found


def committed_units(world: World) -> frozenset[int]:
    """Units of projects that are decided already."""
    starts = world.problem.starts
    return frozenset(starts[i].unit for i in world.plan.starts if starts[i].committed)
