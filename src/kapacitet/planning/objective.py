"""The objective: discounted regional resource cost. Transfers between parties are not in it.

Coefficients are kr. divided by ``problem.money_unit``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair
from kapacitet.planning.variables import FirstStage, Recourse


def master_cost(problem: Problem, v: FirstStage) -> Iterator[Pair]:
    r"""Σ_t δ_t·{(F + housing)·open + approval + closing − F that ends + conversion + frame penalties}
    − Σ_{starts of the previous plan} price of change·y, undiscounted.
    """
    costs, years, unit = problem.costs, problem.years, problem.money_unit
    for (u, t), column in v.state.open.items():
        yield column, problem.discount[t] * (costs.fixed[u, t] + costs.housing[u]) / unit
    for y, start, saved in zip(v.start, problem.starts, saved_by_keeping(problem), strict=True):
        own = -float(saved)
        if start.open_year in years:
            t = years.index(start.open_year)
            own += problem.discount[t] * costs.approval[start.unit, t]
        if own or start.open_year in years:
            yield y, own / unit
    for (u, t), column in v.state.closed.items():
        is_open = problem.places[u, t] > 0
        before = costs.fixed[u, t] if is_open else problem.planned_closing[u, t]
        saved = before - costs.staying[u, t]
        yield column, -problem.discount[t] * (saved + _guest_cost(problem, u, t)) / unit
    for x, closure in zip(v.close, problem.closures, strict=True):
        yield x, problem.discount[years.index(closure.year)] * closure.cost / unit
    for x, conversion in zip(v.convert, problem.conversions, strict=True):
        yield x, problem.discount[years.index(conversion.start_year)] * conversion.cost / unit
    for (row, t), column in v.state.converted.items():
        u, after = problem.conversion_rows[row]
        lost = [g for g in problem.units[u].groups if g not in after]
        change = problem.budget_change[row][t] - _guest_cost(problem, u, t, lost)
        yield column, problem.discount[t] * change / unit
    for (_, _, t), excess in v.excess.items():
        yield excess, problem.discount[t] * problem.scenario.costs.frame_penalty


def recourse_cost(problem: Problem, v: Recourse) -> Iterator[Pair]:
    r"""δ_t·{Σ (V or price + tillægsydelse + lock-in + travel)·x + price·p + penalty·u + shortfall + moves}.

    Not weighted by the future's probability.
    """
    t, scale = v.t, problem.discount[v.t] / problem.money_unit
    cost, move = problem.arc_cost, move_cost(problem, v.t)
    for a, x in v.use.items():
        yield x, scale * cost[a, t]
    for (_, c), p in v.buy.items():
        yield p, scale * problem.purchase_price[c, t]
    for u in v.unmet.values():
        yield u, scale * problem.unmet_rate[t]
    for short in v.short.values():
        yield short, scale * problem.scenario.costs.critical_mass_penalty
    for a, moved in v.moved.items():
        yield moved, scale * move[a]


def move_cost(problem: Problem, t: int) -> Array:
    """Charge per place-year moved away from each arc, shape (A,): moving a resident may assume no saving.

    The marginal cost of the place left less the cheapest marginal cost that could be open to that cell, purchase
    included and conversions apart, if positive (trials with more moves made the moved citizens' places slightly
    dearer: expert committee, April 2024).
    """
    arcs, cost = problem.arcs, problem.arc_service_cost[:, t]
    can = np.array([problem.can_be_open(u, t) for u in range(len(problem.units))], dtype=np.bool_)[arcs.u]
    cheapest = np.full((len(problem.municipalities), len(problem.cells)), np.inf)
    serves = np.array(
        [problem.cells[c].group in problem.units[u].groups for c, u in zip(arcs.c, arcs.u, strict=True)],
        dtype=np.bool_,
    )
    free = can & serves & ~arcs.resident_only
    np.minimum.at(cheapest, (arcs.k[free], arcs.c[free]), cost[free])
    cheapest = np.minimum(cheapest, problem.purchase_price[None, :, t])
    return np.asarray(np.maximum(cost - cheapest[arcs.k, arcs.c], 0.0))


def constant_cost(problem: Problem) -> float:
    """Discounted cost that no choice changes, in money units: existing F, planned closings, V of external residents,
    and the price of changing every project of the previous plan, which each start kept takes off again.

    Housing cost exists for candidates only; external use is the mean over futures.
    """
    total = price_of_change(problem)
    for u, unit in enumerate(problem.units):
        if not unit.existing or not unit.shared:
            continue
        for t, factor in enumerate(problem.discount):
            if problem.places[u, t] > 0:
                total += factor * (problem.costs.fixed[u, t] + _guest_cost(problem, u, t))
            total += factor * problem.planned_closing[u, t]
    return total / problem.money_unit


def saved_by_keeping(problem: Problem) -> Array:
    """Undiscounted kr. that each start takes off the price of change, shape (S,): that price where it is the previous
    plan's candidate in the previous plan's year, else 0.
    """
    previous = {(one.candidate, one.start) for one in problem.scenario.projects.previous}
    kept = [(problem.units[start.unit].id, start.start_year) in previous for start in problem.starts]
    return np.array(kept, dtype=np.float64) * problem.scenario.projects.change_price


def price_of_change(problem: Problem, starts: Sequence[int] = ()) -> float:
    """Kr. paid in the first year, so undiscounted, for projects of the previous plan that ``starts`` don't keep."""
    projects = problem.scenario.projects
    return projects.change_price * len(projects.previous) - float(saved_by_keeping(problem)[list(starts)].sum())


def _guest_cost(problem: Problem, u: int, t: int, groups: list[str] | None = None) -> float:
    """Expected V and tillægsydelse (kr.) of external residents in shared unit ``u``, of all or some groups."""
    if not problem.units[u].shared:
        return 0.0
    guests = problem.expected_guests
    return sum(
        float(guests[u, c, t]) * (float(problem.costs.marginal[cell.group][u, t]) + float(problem.costs.top_up[u]))
        for c, cell in enumerate(problem.cells)
        if guests[u, c, t] > 0 and (groups is None or cell.group in groups)
    )
