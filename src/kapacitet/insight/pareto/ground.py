"""One problem on which plans are measured and searched for, remembered from one search to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from kapacitet.insight.pareto.book import Point
from kapacitet.insight.pareto.goals import Goal, amount, largest_burden
from kapacitet.insight.pareto.priced import priced
from kapacitet.insight.run import asks_consent
from kapacitet.ledger.acceptance.admission import admission
from kapacitet.ledger.acceptance.worlds import Worlds
from kapacitet.ledger.bulk import Rules
from kapacitet.planning.allocation import year_recourses
from kapacitet.planning.completion import Completion
from kapacitet.planning.exclusions import Admit
from kapacitet.planning.plan import Decisions, Outcome
from kapacitet.planning.problem import Problem
from kapacitet.planning.risk import Risk


class Ground:
    """A problem, its goals, and what its plans come to.

    Attributes:
        judge: who must accept a plan; None where nobody is asked.
    """

    def __init__(self, problem: Problem, goals: Sequence[Goal]) -> None:
        self.problem, self.goals = problem, tuple(goals)
        self._risk = Risk.of(problem)
        self._completion = Completion(problem)
        burdened = any(goal.weights is None for goal in goals)
        court = admission(problem) if burdened or asks_consent(problem.scenario) else None
        self._jury = None if court is None else court.jury
        self._worlds = court.worlds if court else Worlds(problem, year_recourses(problem), Rules.of(problem))
        self.judge: Admit | None = court if asks_consent(problem.scenario) else None
        self._known: dict[Decisions, Point | None] = {}

    @property
    def has_price(self) -> tuple[bool, ...]:
        """Whether a search can be given a price on each goal: on sums of place-years it can."""
        return tuple(goal.weights is not None for goal in self.goals)

    @property
    def sound(self) -> bool:
        """Whether a search at prices bounds plans' costs: a goal's mean has no place in the tail of cost."""
        return not self._risk.averse

    def point(self, decisions: Decisions) -> Point | None:
        """What a plan comes to; None if it breaks a limit."""
        if decisions not in self._known:
            self._known[decisions] = self._measured(decisions)
        return self._known[decisions]

    def _measured(self, decisions: Decisions) -> Point | None:
        completed = self._completion.complete(*decisions)
        if completed is None:
            return None
        outcome = self._worlds.outcome(completed.plan)
        totals = np.array([self.problem.discount @ [year.cost for year in years] for years in outcome.years])
        cost = completed.cost + self._risk.value(totals)
        return Point(decisions, cost, tuple(self._goal(goal, decisions, outcome) for goal in self.goals))

    def _goal(self, goal: Goal, decisions: Decisions, outcome: Outcome) -> float:
        if goal.weights is not None:
            return amount(self.problem, goal.weights(self.problem), outcome) / goal.unit_of(self.problem)
        assert self._jury is not None
        completed = self._completion.complete(*decisions)
        assert completed is not None  # it was measured
        return largest_burden(self._worlds.with_outcome(completed.plan, outcome), self._jury)

    def at(self, prices: Sequence[float], seconds: float) -> Problem:
        """The problem with goals at these prices, to be searched for at most ``seconds``."""
        scenario = self.problem.scenario
        hurried = scenario.solver.model_copy(update={"time_limit": seconds})
        limited = replace(self.problem, scenario=scenario.model_copy(update={"solver": hurried}))
        return priced(limited, self.goals, prices)

    def pricer(self, prices: Sequence[float]) -> Callable[[Decisions], float]:
        """Tells what a plan costs at least with goals at these prices, when people may be placed as it suits them."""
        if not any(prices):
            return self._cost
        costlier = priced(self.problem, self.goals, prices)
        worlds = Worlds(costlier, year_recourses(costlier), Rules.of(self.problem))

        def value(decisions: Decisions) -> float:
            completed = self._completion.complete(*decisions)
            assert completed is not None  # it was measured
            outcome = worlds.outcome(completed.plan)
            totals = [costlier.discount @ [year.cost for year in years] for years in outcome.years]
            return completed.cost + self._risk.value(np.array(totals))

        return value

    def _cost(self, decisions: Decisions) -> float:
        point = self.point(decisions)
        assert point is not None
        return point.cost
