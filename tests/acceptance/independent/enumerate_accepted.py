"""Every plan that keeps the hard limits, what it costs and whether it is accepted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.independent.case import PRICE_YEAR, Tables
from tests.independent.limits import frame_cost
from tests.independent.plans import Plan, all_plans

from .accounts import Ledger
from .rules import DEFAULT_OPENINGS, Openings
from .verdict import NEAR, Verdict, judge, most_accepted, tail_mean
from .world import Futures, World

TIE = 1e-9


@dataclass(frozen=True)
class Judged:
    """A plan with its discounted resource cost and the verdict on it."""

    plan: Plan
    objective: float
    verdict: Verdict


def objective(world: World, plan: Plan, penalty: dict[int, float]) -> float:
    """Discounted resource cost; over futures (1 − λ)·mean + λ·CVaR of the recourse."""
    case = world.case
    states = world.states(plan)
    fixed = 0.0
    for at in states:
        parts = (world.standing.standing(at), world.standing.decided(plan, at.year))
        yearly = penalty.get(at.year, 0.0) + sum(sum(part.values()) for part in parts)
        fixed += case.discount(at.year) * yearly
    totals = np.array(
        [
            sum(case.discount(at.year) * sum(world.allocation(future, at).cost.values()) for at in states)
            for future in range(len(world.futures))
        ]
    )
    weight, level = world.tail
    tail = tail_mean(totals, world.probabilities, level) if weight else 0.0
    return fixed + (1.0 - weight) * float(np.dot(world.probabilities, totals)) + weight * tail


def every_plan(
    tables: Tables,
    scenario: dict[str, Any],
    futures: Futures | None = None,
    *,
    price_year: int = PRICE_YEAR,
    near: float = NEAR,
    openings: Openings = DEFAULT_OPENINGS,
) -> list[Judged]:
    """Every plan within the hard limits, cheapest first.

    Args:
        tables: table name to rows (columns as in DATA.md).
        scenario: keys of the scenario contract.
        futures: probability and demand of each future (see ``World``); None is the projection alone.
        price_year: price year of the package.
        near: amounts that differ by less than this share of a limit are equal.
        openings: how open questions are read.
    """
    world = World(tables, scenario, futures, price_year, openings)
    ledger = Ledger(world)
    most = most_accepted(ledger)
    found = []
    for plan in all_plans(world.case):
        penalty = frame_cost(world.case, plan)
        if penalty is None or world.standing.faults(plan, world.states(plan)):
            continue
        found.append(Judged(plan, objective(world, plan, penalty), judge(ledger, plan, most, near)))
    return sorted(found, key=lambda one: (one.objective, one.plan.builds))


def best_accepted(
    tables: Tables, scenario: dict[str, Any], futures: Futures | None = None, *, price_year: int = PRICE_YEAR
) -> tuple[float | None, list[Plan], Counter[str]]:
    """The cheapest accepted plan.

    Returns:
        its objective (None where no plan is accepted), every accepted plan within ``TIE`` of it, and counts:
        plans within the limits, accepted, refused by a builder, by a participant, and by all together.
    """
    judged = every_plan(tables, scenario, futures, price_year=price_year)
    counts = Counter({"plans": len(judged)})
    for one in judged:
        counts[kind_of(one.verdict)] += 1
    accepted = [one for one in judged if one.verdict.accepted]
    if not accepted:
        return None, [], counts
    least = accepted[0].objective
    ties = [one.plan for one in accepted if one.objective <= least + TIE * max(1.0, abs(least))]
    return least, ties, counts


def kind_of(verdict: Verdict) -> str:
    """accepted, builder, participant or together."""
    if verdict.accepted:
        return "accepted"
    if verdict.builders:
        return "builder"
    return "participant" if verdict.participants else "together"
