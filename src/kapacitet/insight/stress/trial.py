"""A plan on trial: what every batch of futures shares, and what a batch says of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import DemandFutures, demand_futures, draw_futures, own_futures
from kapacitet.insight.stress.allocation import allocation
from kapacitet.insight.stress.economy import payment_labels, payments, yearly_cost
from kapacitet.insight.stress.fixed import only, plan_of
from kapacitet.insight.stress.occupancy import halves, offers, residents, served, served_labels, visitors
from kapacitet.insight.stress.spread import Kind, counted
from kapacitet.insight.stress.ties import checksums
from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.bulk import Rules
from kapacitet.ledger.world import World
from kapacitet.planning.futures import build_futures
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

Agreements = Mapping[str, Mapping[str, HouseAgreement]]
"""Scheme (or ``planens``) -> new house -> what is agreed about it."""
KINDS: Mapping[str, Kind] = {
    "offers": "persons",
    "halves": "persons",
    "served": "persons",
    "cost": "money",
    "payments": "money",
}
"""What is gathered, and how it is counted."""


@dataclass(frozen=True)
class Task:
    """What a trial is made from, so that another process can make the same.

    Attributes:
        scenario: the result's, with the futures of the trial.
        builds: the table of what the plan builds.
        agreements: whom the deficits of new houses fall on.
        count: number of futures.
    """

    region: Region
    scenario: Scenario
    builds: pd.DataFrame
    agreements: Agreements
    count: int


@dataclass(frozen=True, eq=False)
class Batch:
    """Some futures' quantities as they are counted: weights (S,), and by name of :data:`KINDS` an array (S, Q)."""

    weights: np.ndarray
    values: Mapping[str, np.ndarray]


class Trial:
    """The plan of a task, ready for futures."""

    def __init__(self, task: Task) -> None:
        """Set up the problem in which nothing but the plan can be built."""
        self._task = task
        region, scenario = task.region, task.scenario
        self._own = own_futures(region, scenario) if scenario.futures.source == "table" else None
        self._projection = cell_demand(region, scenario)
        demand = self._drawn(0, 1)
        whole = build_problem(region, scenario, demand)
        self.problem, self.plan = only(whole, plan_of(task.builds, whole))
        self.warnings = whole.warnings
        self._names = checksums(self.problem)
        self._rules = Rules.of(self.problem)
        self.offers = offers(self.problem, self.plan)
        self.served = served_labels(self.problem)
        self.payments = payment_labels(self.problem, self.plan, task.agreements)

    @property
    def count(self) -> int:
        """Number of futures."""
        return self._task.count if self._own is None else len(self._own.probability)

    def _drawn(self, first: int, count: int) -> DemandFutures:
        if self._own is None:
            return draw_futures(self._task.region, self._task.scenario, self._projection, first=first, count=count)
        part, own = slice(first, first + count), self._own
        return replace(
            own,
            probability=own.probability[part],
            demand=own.demand[part],
            residents=own.residents[part],
            external=own.external[part],
        )

    def world(self, first: int, count: int) -> tuple[World, np.ndarray]:
        """The plan in futures ``first`` up to ``first + count`` as if they were all, and their weights (S,)."""
        demand = self._drawn(first, count)
        count = len(demand.probability)
        futures = _with_futures(self.problem, replace(demand, probability=np.full(count, 1 / count)))
        weights = np.ones(count) if self._own is None else demand.probability
        outcome = allocation(futures, self.plan, first, self._names)
        return World.of(futures, self.plan, outcome, self._rules), weights

    def batch(self, first: int, count: int) -> Batch:
        """Everything gathered of futures ``first`` up to ``first + count``."""
        world, weights = self.world(first, count)
        present = visitors(world)
        there = residents(world, present)
        values = {
            "offers": there[:, [offer.unit for offer in self.offers]].reshape(len(weights), -1),
            "halves": halves(there, self.offers),
            "served": served(world),
            "cost": yearly_cost(world, present),
            "payments": payments(world, self._task.agreements, self.payments),
        }
        return Batch(weights, {name: counted(values[name], kind) for name, kind in KINDS.items()})


def planning_world(task: Task) -> World:
    """The plan in the futures its scenario asked for, as when it was chosen: what can be agreed rests on them."""
    demand = demand_futures(task.region, task.scenario, cell_demand(task.region, task.scenario))
    whole = build_problem(task.region, task.scenario, demand)
    fewer, plan = only(whole, plan_of(task.builds, whole))
    problem = _with_futures(fewer, demand)
    return World.of(problem, plan, allocation(problem, plan))


def _with_futures(problem: Problem, demand: DemandFutures) -> Problem:
    futures = build_futures(
        problem.scenario,
        demand,
        problem.municipalities,
        problem.cells,
        problem.units,
        problem.arcs,
        problem.places,
    )
    return replace(problem, futures=futures)
