"""What ending an offer's service costs: closing, the capital charge that stays, and conversion."""

from __future__ import annotations

import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem


def closing_by_unit(problem: Problem, plan: Plan) -> dict[int, Array]:
    """Unit -> closing cost in the first year without places, then the capital charge, kr. by year, shape (T,).

    A closure the plan decides takes the place of the offer's own ``closes``.
    """
    years = np.array(problem.years)
    found = {u: amounts for u, amounts in enumerate(problem.planned_closing) if amounts.any()}
    for i in plan.closures:
        closure = problem.closures[i]
        staying = (years >= closure.year) * problem.costs.staying[closure.unit]
        found[closure.unit] = staying + (years == closure.year) * closure.cost
    return found


def converting_by_unit(problem: Problem, plan: Plan) -> dict[int, Array]:
    """Unit -> cost of its conversion in the year it is begun, kr. by year, shape (T,)."""
    years = np.array(problem.years)
    chosen = (problem.conversions[i] for i in plan.conversions)
    return {conversion.unit: (years == conversion.start_year) * conversion.cost for conversion in chosen}
