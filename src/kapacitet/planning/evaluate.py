"""What a plan costs, recomputed from its whole decisions and its allocation, each krone in one component."""

from __future__ import annotations

import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.planning.objective import move_cost, price_of_change
from kapacitet.planning.plan import Outcome, Plan, YearOutcome
from kapacitet.planning.problem import Problem

COMPONENTS = (
    "fast",
    "variabel",
    "bolig",
    "tillaegsydelse",
    "privat",
    "koeb",
    "udaekket",
    "rejse",
    "fastlaasning",
    "flytning",
    "kritisk_masse",
    "godkendelse",
    "lukning",
    "omlaegning",
    "rammestraf",
    "planaendring",
)


def open_share(problem: Problem, plan: Plan) -> Array:
    """Whether each unit has places under ``plan``, 0 or 1, shape (U, T)."""
    state = plan.state(problem)
    result = np.zeros((len(problem.units), len(problem.years)))
    for u, unit in enumerate(problem.units):
        for t in range(len(problem.years)):
            if unit.existing:
                result[u, t] = float(problem.places[u, t] > 0) - state.get(("closed", u, t), 0.0)
            else:
                result[u, t] = state.get(("open", u, t), 0.0)
    return np.maximum(result, 0.0)


def groups_served(problem: Problem, plan: Plan, u: int, t: int) -> tuple[str, ...]:
    """Target groups unit ``u`` serves in year index ``t`` once conversions have taken effect."""
    for i in plan.conversions:
        conversion = problem.conversions[i]
        if conversion.unit == u and conversion.year <= problem.years[t]:
            return conversion.groups_after
    return problem.units[u].groups


def fixed_cost(problem: Problem, plan: Plan) -> Array:
    """F of every unit that is open and shared, conversions included, kr., shape (U, T)."""
    shared = problem.shared
    result = shared[:, None] * open_share(problem, plan) * problem.costs.fixed
    for i in plan.conversions:
        conversion = problem.conversions[i]
        done = np.array(problem.years) >= conversion.year
        result[conversion.unit] += done * open_share(problem, plan)[conversion.unit] * conversion.fixed_change
    return np.asarray(result)


def guests(problem: Problem, plan: Plan, future: int) -> Array:
    """External residents who still have their place under ``plan``, shape (U, C, T)."""
    stays = problem.futures[future].external * open_share(problem, plan)[:, None, :]
    for i in plan.conversions:
        conversion = problem.conversions[i]
        lost = set(problem.units[conversion.unit].groups) - set(conversion.groups_after)
        for c, cell in enumerate(problem.cells):
            if cell.group in lost:
                stays[conversion.unit, c, np.array(problem.years) >= conversion.year] = 0.0
    return np.asarray(stays)


def yearly_costs(problem: Problem, plan: Plan, outcome: Outcome) -> dict[str, Array]:
    """Component -> undiscounted kr. by year, shape (T,), expected over futures."""
    T, costs, years = len(problem.years), problem.costs, problem.years
    result = {name: np.zeros(T) for name in COMPONENTS}
    result["fast"] += fixed_cost(problem, plan).sum(axis=0)
    result["bolig"] += (open_share(problem, plan) * costs.housing[:, None]).sum(axis=0)
    closed_by_plan = {problem.closures[i].unit for i in plan.closures}
    for u in range(len(problem.units)):
        if u not in closed_by_plan:
            result["lukning"] += problem.planned_closing[u]
    for i in plan.closures:
        closure = problem.closures[i]
        result["lukning"] += (np.array(years) >= closure.year) * costs.staying[closure.unit]
        result["lukning"][years.index(closure.year)] += closure.cost
    for i in plan.conversions:
        conversion = problem.conversions[i]
        result["omlaegning"][years.index(conversion.start_year)] += conversion.cost
    for i in plan.starts:
        start = problem.starts[i]
        if start.open_year in years:
            t = years.index(start.open_year)
            result["godkendelse"][t] += costs.approval[start.unit, t]
    for (_, _, t), amount in plan.excess.items():
        result["rammestraf"][t] += problem.scenario.costs.frame_penalty * amount
    result["planaendring"][0] += price_of_change(problem, plan.starts)
    for f, future in enumerate(problem.futures):
        present = guests(problem, plan, f)
        for t in range(T):
            for name, amount in _placed(problem, outcome.years[f][t], present[:, :, t], t).items():
                result[name][t] += future.probability * amount
    return result


def _placed(problem: Problem, year: YearOutcome, present: Array, t: int) -> dict[str, float]:
    """Kr. of one future and year that depend on who is placed where."""
    arcs, costs = problem.arcs, problem.costs
    shared = problem.shared
    service = problem.arc_service_cost[:, t] * year.use
    guest_cost = guest_top_up = 0.0
    for u, c in zip(*np.nonzero(present * shared[:, None]), strict=True):
        guest_cost += present[u, c] * costs.marginal[problem.cells[c].group][u, t]
        guest_top_up += present[u, c] * costs.top_up[u]
    return {
        "variabel": float(service[shared[arcs.u]].sum()) + float(guest_cost),
        "privat": float(service[~shared[arcs.u]].sum()),
        "tillaegsydelse": float(costs.top_up[arcs.u] @ year.use) + float(guest_top_up),
        "fastlaasning": float(arcs.lock_in @ year.use),
        "rejse": float(problem.arc_travel_cost @ year.use),
        "flytning": float(move_cost(problem, t) @ year.moved),
        "koeb": float((year.buy * problem.purchase_price[None, :, t]).sum()),
        "udaekket": float(year.unmet.sum() * problem.unmet_rate[t]),
        "kritisk_masse": float(year.short.sum() * problem.scenario.costs.critical_mass_penalty),
    }


def objective(problem: Problem, yearly: dict[str, Array]) -> float:
    """Discounted total in kr. of what ``yearly_costs`` returns."""
    return float(sum(problem.discount @ amounts for amounts in yearly.values()))
