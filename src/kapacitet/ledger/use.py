"""Who uses an offer: place-years by future, year, payer and target group, external residents included."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kapacitet.ledger.rates import UnitRates
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import guests
from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem

DUST = 1e-9  # place-years: less is rounding, and nobody should pay for an empty house because of it


def use_of_units(problem: Problem, plan: Plan, outcome: Outcome, rates: Sequence[UnitRates]) -> tuple[Array, ...]:
    """n for each of ``rates``, shape (Ω, T, K+1, G): payers as ``parties.payers``, groups as the rates'."""
    arcs, K, T = problem.arcs, len(problem.municipalities), len(problem.years)
    placed = np.array([[year.use for year in future] for future in outcome.years])
    present = np.array([guests(problem, plan, f) for f in range(len(problem.futures))])
    groups = [cell.group for cell in problem.cells]
    mine: dict[int, list[int]] = {}
    for a, u in enumerate(arcs.u.tolist()):
        mine.setdefault(u, []).append(a)
    found = []
    for one in rates:
        use = np.zeros((len(placed), T, K + 1, len(one.groups)))
        for a in mine.get(one.unit, ()):
            use[:, :, arcs.k[a], one.groups.index(groups[arcs.c[a]])] += placed[:, :, a]
        for c, group in enumerate(groups):
            if present[:, one.unit, c].any():
                use[:, :, K, one.groups.index(group)] += present[:, one.unit, c]
        found.append(np.where(use > DUST, use, 0.0))
    return tuple(found)
