"""Worlds of many plans: a year that looks the same under several is allocated once, a house is rated once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from kapacitet.ledger.bulk import Rules
from kapacitet.ledger.rates import UnitRates, plan_rates
from kapacitet.ledger.use import use_of_units
from kapacitet.ledger.world import World
from kapacitet.planning.allocation import Recourses
from kapacitet.planning.plan import Outcome, Plan, YearOutcome
from kapacitet.planning.problem import Problem

State = tuple[tuple[str, int], ...]
Ended = tuple[tuple[int, ...], tuple[int, ...]]
"""Closures and conversions."""


@dataclass
class Worlds:
    """Plans with their allocation and rates, remembered from one plan to the next."""

    problem: Problem
    recourses: Recourses
    rules: Rules
    _years: dict[tuple[int, int, State], YearOutcome] = field(default_factory=dict)
    _rates: dict[Ended, dict[tuple[int, int | None], UnitRates]] = field(default_factory=dict)

    def of(self, plan: Plan) -> World:
        """The world of ``plan``."""
        return self.with_outcome(plan, self.outcome(plan))

    def with_outcome(self, plan: Plan, outcome: Outcome) -> World:
        """The world of ``plan`` when ``outcome`` is who lives where."""
        rates = self.rates(plan)
        use = use_of_units(self.problem, plan, outcome, rates)
        return World(self.problem, plan, outcome, self.rules, rates, use)

    def outcome(self, plan: Plan) -> Outcome:
        """The allocation of ``plan`` in every future and year."""
        state = plan.state(self.problem)
        years = range(len(self.problem.years))
        return Outcome(tuple(tuple(self.year(f, t, state) for t in years) for f in range(len(self.recourses))))

    def year(self, f: int, t: int, state: dict[tuple[str, int, int], float]) -> YearOutcome:
        """The allocation of one future and year under ``state``."""
        on = tuple(sorted((kind, member) for (kind, member, year), value in state.items() if year == t and value))
        if (f, t, on) not in self._years:
            self._years[f, t, on] = self.recourses[f][t].allocate(state)
        return self._years[f, t, on]

    def rates(self, plan: Plan) -> tuple[UnitRates, ...]:
        """As ``plan_rates``: what an offer costs depends on its own start, and on closures and conversions."""
        ended = (plan.closures, plan.conversions)
        if ended not in self._rates:
            self._rates[ended] = self._rated(ended)
        known, starts = self._rates[ended], {self.problem.starts[i].unit: i for i in plan.starts}
        return tuple(known[u, starts.get(u)] for u in range(len(self.problem.units)) if (u, starts.get(u)) in known)

    def _rated(self, ended: Ended) -> dict[tuple[int, int | None], UnitRates]:
        """(unit, its start; None for existing offers) -> rates, for units with places in some year."""
        found: dict[tuple[int, int | None], UnitRates] = {}
        for some in self._rounds:
            start_of = {self.problem.starts[i].unit: i for i in some}
            for one in plan_rates(self.problem, Plan(some, *ended)):
                found[one.unit, start_of.get(one.unit)] = one
        return found

    @cached_property
    def _rounds(self) -> tuple[tuple[int, ...], ...]:
        """Every start in some round, at most one of each unit in a round; at least one round."""
        nth: dict[int, int] = {}
        rounds: list[list[int]] = [[]]
        for i, start in enumerate(self.problem.starts):
            n = nth[start.unit] = nth.get(start.unit, -1) + 1
            if n == len(rounds):
                rounds.append([])
            rounds[n].append(i)
        return tuple(map(tuple, rounds))
