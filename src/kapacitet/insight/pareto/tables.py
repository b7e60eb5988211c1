"""A front as tables: its points, and which projects are in which plan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kapacitet.insight.many import Decision, decisions_of
from kapacitet.insight.pareto.front import Front, Supported
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem


def plan_id(number: int) -> str:
    """What the plan of the front's point is called; the first is the cheapest."""
    return f"plan-{number:02d}"


def front_table(problem: Problem, goals: Sequence[str], found: Front) -> pd.DataFrame:
    """One row per point: goals, cost and bound (kr.), both also as even yearly amounts above the cheapest plan."""
    cheapest = found.points[0].point.cost if found.points else 0.0
    rows = [
        {
            "point": number,
            "plan": plan_id(number),
            **dict(zip(goals, one.point.goals, strict=True)),
            "cost": one.point.cost,
            "extra_cost_per_year": yearly(problem, one.point.cost - cheapest),
            "extra_bound_per_year": yearly(problem, one.bound - cheapest),
            **{f"limit_{key}": limit for key, limit in zip(goals, one.limits, strict=True)},
            "bound": one.bound,
            "gap": one.gap,
            "settled": one.settled,
        }
        for number, one in enumerate(found.points, 1)
    ]
    limits = [f"limit_{key}" for key in goals]
    first, last = (
        ["point", "plan", *goals, "cost", "extra_cost_per_year", "extra_bound_per_year"],
        [*limits, "bound", "gap", "settled"],
    )
    return pd.DataFrame(rows, columns=[*first, *last])


def yearly(problem: Problem, amount: float) -> float:
    """A discounted amount as the same amount every year of the horizon (kr.)."""
    return amount / float(problem.discount.sum())


def plans_table(problem: Problem, found: Front) -> pd.DataFrame:
    """One row per decision: in which of the plans it is (1 or 0), and whether it is in all."""
    titles = {unit.id: unit.name for unit in problem.units}
    decided = [set(_decisions(problem, one)) for one in found.points]
    plans = [plan_id(number) for number in range(1, len(decided) + 1)]
    rows = [
        {
            "kind": decision.kind,
            "name": decision.name,
            "title": titles[decision.name],
            "start_year": decision.start,
            "year": decision.effect,
            **{plan: int(decision in mine) for plan, mine in zip(plans, decided, strict=True)},
            "plans": sum(decision in mine for mine in decided),
            "in_all": all(decision in mine for mine in decided),
        }
        for decision in sorted(set().union(*decided))
    ]
    return pd.DataFrame(rows, columns=["kind", "name", "title", "start_year", "year", *plans, "plans", "in_all"])


def _decisions(problem: Problem, one: Supported) -> tuple[Decision, ...]:
    return decisions_of(problem, Plan(*one.point.decisions))


def knee(found: Front) -> int | None:
    """Position of the point that lies farthest below the line between the ends; None with two goals, or no bend.

    There a krone more begins to buy less (with both axes from end to end counted as 1).
    """
    points = [one.point for one in found.points]
    if len(points) < 3 or len(points[0].goals) != 1:
        return None
    costs, goals = np.array([p.cost for p in points]), np.array([p.goals[0] for p in points])
    across, up = (goals[0] - goals) / (goals[0] - goals[-1]), (costs - costs[0]) / (costs[-1] - costs[0])
    best = int(np.argmax(across - up))
    return best if across[best] - up[best] > 0 else None
