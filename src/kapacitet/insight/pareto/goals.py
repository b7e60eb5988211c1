"""What plans are weighed by beside cost: unmet need, private places, travel and the largest burden.

A goal is a property of a plan: it is measured in the one allocation that follows from the plan (least cost, section 5
of the model). So a plan never looks good by refusing service or by placing people dearer than need be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from kapacitet.faults import Fault, FaultyInput
from kapacitet.ledger.acceptance.limits import heads
from kapacitet.ledger.acceptance.verdict import Jury
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array
from kapacitet.planning.plan import Outcome
from kapacitet.planning.problem import Problem
from kapacitet.scenario.suggest import suggestion


@dataclass(frozen=True)
class Weights:
    """What a place-year counts, the same in every year: on each arc (A,), bought, and not served."""

    arcs: Array
    bought: float
    unmet: float


@dataclass(frozen=True)
class Goal:
    """One goal; less is better.

    Attributes:
        key: its name on the command line and in tables.
        title: Danish, as an axis says it.
        weights: what place-years count, where it is a sum of them: then a search can be given a price on it.
        unit_of: what the sum is divided by.
    """

    key: str
    title: str
    weights: Callable[[Problem], Weights] | None
    unit_of: Callable[[Problem], float] = lambda _: 1.0


def _unmet(problem: Problem) -> Weights:
    return Weights(np.zeros(len(problem.arcs)), 0.0, 1.0)


def _private(problem: Problem) -> Weights:
    """Offers paid by price, as in the key figures: private ones, and selvejende outside the rammeaftale."""
    return Weights(np.where(problem.shared, 0.0, 1.0)[problem.arcs.u], 1.0, 0.0)


def _travel(problem: Problem) -> Weights:
    return Weights(problem.arcs.minutes, 0.0, 0.0)


def _need(problem: Problem) -> float:
    return float(problem.expected_demand().sum()) or 1.0


GOALS: Mapping[str, Goal] = {
    goal.key: goal
    for goal in (
        Goal("unmet", "Udækket behov, helårspladser", _unmet),
        Goal("private", "Andel af behovet i private tilbud og køb", _private, _need),
        Goal("travel", "Rejsetid, minutter pr. helårsplads i behovet", _travel, _need),
        Goal("burden", "Største merbyrde, kr. pr. indbygger", None),
    )
}
COST = "cost"
MOST_GOALS = 2


def read_goals(text: str) -> tuple[str, ...]:
    """The goals beside cost in ``cost,private``.

    Raises:
        FaultyInput: with every fault.
    """
    asked = [part.strip() for part in text.split(",")]
    known = [*GOALS, COST]
    mend = f"Skriv cost og et eller to af {', '.join(GOALS)}, fx cost,private."
    faults = [
        Fault("Målet findes ikke.", suggestion(key, known), column="--goals", value=key)
        for key in asked
        if key not in known
    ]
    goals = [key for key in asked if key != COST]
    if not faults and (not 0 < len(goals) <= MOST_GOALS or len(set(asked)) < len(asked)):
        faults.append(
            Fault("Fronten er mellem omkostning og et eller to andre mål.", mend, column="--goals", value=text)
        )
    if faults:
        raise FaultyInput(faults)
    return tuple(goals)


def amount(problem: Problem, weights: Weights, outcome: Outcome) -> float:
    """Σ weight·place-years over years, undiscounted, expected over futures."""
    total = 0.0
    for future, years in zip(problem.futures, outcome.years, strict=True):
        for year in years:
            placed = float(weights.arcs[year.used.index] @ year.used.values)
            total += future.probability * (
                placed + weights.bought * float(year.buy.sum()) + weights.unmet * float(year.unmet.sum())
            )
    return total


def largest_burden(world: World, jury: Jury) -> float:
    """The most that any municipality's account grows by from the world without joint places, kr. per inhabitant.

    Expected, discounted and over the whole horizon, under the agreements that make it least (section 7 of the model).
    """
    verdict = jury.judge(world)
    people = np.array([heads(m.population) for m in world.problem.municipalities])
    return float(((verdict.account - jury.baseline) / people).max(initial=-np.inf))
