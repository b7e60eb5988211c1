"""Result tables of a plan and its allocation: everything the objective can be recomputed from.

Floats are kept as computed (shortest round-trip text in files), so sums of the tables are sums of the plan.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kapacitet.ledger.ended import closing_by_unit
from kapacitet.planning.evaluate import fixed_cost, groups_served, guests, open_share, yearly_costs
from kapacitet.planning.objective import move_cost
from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import JOINT_PARTY, REGION_PARTY, Start
from kapacitet.planning.variables import POOL_RELIEVES, limit_mode

DUST = 1e-9


def result_tables(problem: Problem, plan: Plan, outcome: Outcome, future: int = 0) -> dict[str, pd.DataFrame]:
    """builds, capacity, closed, placements, unmet, purchases, frames, costs and groups of one future."""
    placements = _placements(problem, outcome, future)
    capacity = _capacity(problem, plan, outcome, future)
    unmet, purchases = _unmet(problem, outcome, future), _purchases(problem, outcome, future)
    return {
        "builds": _builds(problem, plan),
        "capacity": capacity,
        "closed": _closed(problem, plan),
        "placements": placements,
        "unmet": unmet,
        "purchases": purchases,
        "frames": _frames(problem, plan),
        "costs": _costs(problem, plan, outcome),
        "groups": _groups(problem, plan, placements, unmet, purchases, future),
    }


def _frame(rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns)


def _builds(problem: Problem, plan: Plan) -> pd.DataFrame:
    columns = [
        "kind",
        "project",
        "candidate",
        "name",
        "owner_type",
        "owner",
        "municipality",
        "legal_basis",
        "target_groups",
        "places",
        "start_year",
        "opening_year",
        "construction_cost",
        "one_off_cost",
        "loan",
        "committed",
        "evidence",
    ]
    rows: list[dict[str, object]] = []
    for i in plan.starts:
        start = problem.starts[i]
        loan = sum(amount for (_, u, _), amount in plan.draws.items() if u == start.unit)
        rows.append(
            {
                **_identity(problem, start.unit),
                "kind": "byg",
                "start_year": start.start_year,
                "opening_year": start.open_year,
                "construction_cost": start.construction_cost,
                "one_off_cost": _approval(problem, start),
                "loan": loan,
                "committed": start.committed,
            }
        )
    for i in plan.closures:
        closure = problem.closures[i]
        rows.append(
            {
                **_identity(problem, closure.unit),
                "kind": "luk",
                **_event(closure.year, closure.year, closure.cost),
            }
        )
    for i in plan.conversions:
        conversion = problem.conversions[i]
        event = _event(conversion.start_year, conversion.year, conversion.cost)
        groups = ";".join(conversion.groups_after)
        rows.append({**_identity(problem, conversion.unit), "kind": "omlaeg", **event, "target_groups": groups})
    return _frame(rows, columns).sort_values(["start_year", "candidate"], ignore_index=True)


def _approval(problem: Problem, start: Start) -> float:
    if start.open_year not in problem.years:
        return 0.0
    return float(problem.costs.approval[start.unit, problem.years.index(start.open_year)])


def _identity(problem: Problem, u: int) -> dict[str, object]:
    unit = problem.units[u]
    return {
        "project": unit.project,
        "candidate": unit.id,
        "name": unit.name,
        "owner_type": unit.owner_type,
        "owner": unit.owner,
        "municipality": unit.municipality,
        "legal_basis": ";".join(unit.legal_basis),
        "target_groups": ";".join(unit.groups),
        "places": unit.places,
        "evidence": unit.evidence,
    }


def _event(start: int, effect: int, cost: float) -> dict[str, object]:
    return {
        "start_year": start,
        "opening_year": effect,
        "construction_cost": 0.0,
        "one_off_cost": cost,
        "loan": 0.0,
        "committed": False,
    }


def _capacity(problem: Problem, plan: Plan, outcome: Outcome, future: int) -> pd.DataFrame:
    used, present = outcome.occupancy(problem, future), guests(problem, plan, future)
    is_open, costs, fixed = open_share(problem, plan), problem.costs, fixed_cost(problem, plan)
    shortfall_rate = problem.scenario.costs.critical_mass_penalty
    rows: list[dict[str, object]] = []
    for u, unit in enumerate(problem.units):
        for t, year in enumerate(problem.years):
            if not is_open[u, t]:
                continue
            places = unit.places * is_open[u, t]
            external = float(present[u, :, t].sum())
            service = sum(
                present[u, c, t] * problem.costs.marginal[cell.group][u, t]
                for c, cell in enumerate(problem.cells)
                if unit.shared and present[u, c, t] > 0
            )
            mine = problem.arcs.u == u
            own = float(problem.arc_service_cost[mine, t] @ outcome.years[future][t].use[mine])
            total = used[u, t] + external
            rows.append(
                {
                    "year": year,
                    "offer": unit.id,
                    "name": unit.name,
                    "existing": unit.existing,
                    "shared": unit.shared,
                    "owner_type": unit.owner_type,
                    "owner": unit.owner,
                    "municipality": unit.municipality,
                    "target_groups": ";".join(groups_served(problem, plan, u, t)),
                    "places": places,
                    "used": total,
                    "external": external,
                    "occupancy": total / places if places else np.nan,
                    "shortfall": outcome.years[future][t].short[u],
                    "shortfall_penalty": outcome.years[future][t].short[u] * shortfall_rate,
                    "fixed_cost": fixed[u, t],
                    "variable_cost": own + float(service),
                    "housing_cost": costs.housing[u],
                    "top_up_cost": external * costs.top_up[u] if unit.shared else 0.0,
                    "evidence": unit.evidence,
                }
            )
    columns = [
        "year",
        "offer",
        "name",
        "existing",
        "shared",
        "owner_type",
        "owner",
        "municipality",
        "target_groups",
        "places",
        "used",
        "external",
        "occupancy",
        "shortfall",
        "shortfall_penalty",
        "fixed_cost",
        "variable_cost",
        "housing_cost",
        "top_up_cost",
        "evidence",
    ]
    return _frame(rows, columns).sort_values(["year", "offer"], ignore_index=True)


def _closed(problem: Problem, plan: Plan) -> pd.DataFrame:
    """What closed offers still cost by year: closing cost in the first year without places, then capital charge.

    ``decided`` is True where the plan closes the offer, False where its own ``closes`` does.
    """
    closed_by_plan = {problem.closures[i].unit for i in plan.closures}
    rows: list[dict[str, object]] = [
        {
            "year": year,
            "offer": problem.units[u].id,
            "name": problem.units[u].name,
            "owner_type": problem.units[u].owner_type,
            "owner": problem.units[u].owner,
            "municipality": problem.units[u].municipality,
            "decided": u in closed_by_plan,
            "cost": float(amounts[t]),
            "evidence": problem.units[u].evidence,
        }
        for u, amounts in closing_by_unit(problem, plan).items()
        for t, year in enumerate(problem.years)
        if amounts[t]
    ]
    columns = ["year", "offer", "name", "owner_type", "owner", "municipality", "decided", "cost", "evidence"]
    return _frame(rows, columns).sort_values(["year", "offer"], ignore_index=True)


def _placements(problem: Problem, outcome: Outcome, future: int) -> pd.DataFrame:
    arcs, costs = problem.arcs, problem.costs
    rows: list[dict[str, object]] = []
    for t, year in enumerate(problem.years):
        outcome_year, move = outcome.years[future][t], move_cost(problem, t)
        for a in np.flatnonzero((outcome_year.use > DUST) | (outcome_year.moved > DUST)):
            cell, used = problem.cells[arcs.c[a]], float(outcome_year.use[a])
            unit_cost = float(problem.arc_service_cost[a, t])
            rows.append(
                {
                    "year": year,
                    "municipality": problem.municipalities[arcs.k[a]].code,
                    "target_group": cell.group,
                    "term": cell.term,
                    "offer": problem.units[arcs.u[a]].id,
                    "place_years": used,
                    "residents": float(problem.futures[future].residents[a, t]),
                    "unit_cost": unit_cost,
                    "cost": unit_cost * used,
                    "top_up_cost": float(costs.top_up[arcs.u[a]]) * used,
                    "lock_in_cost": float(arcs.lock_in[a]) * used,
                    "minutes": float(arcs.minutes[a]),
                    "travel_cost": float(problem.arc_travel_cost[a]) * used,
                    "moved": float(outcome_year.moved[a]),
                    "move_cost": float(move[a] * outcome_year.moved[a]),
                }
            )
    columns = [
        "year",
        "municipality",
        "target_group",
        "term",
        "offer",
        "place_years",
        "residents",
        "unit_cost",
        "cost",
        "top_up_cost",
        "lock_in_cost",
        "minutes",
        "travel_cost",
        "moved",
        "move_cost",
    ]
    return _frame(rows, columns)


def _by_cell(problem: Problem, outcome: Outcome, future: int, name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for t, year in enumerate(problem.years):
        amounts = getattr(outcome.years[future][t], name)
        for k, c in zip(*np.nonzero(amounts > DUST), strict=True):
            rows.append(
                {
                    "year": year,
                    "municipality": problem.municipalities[k].code,
                    "target_group": problem.cells[c].group,
                    "term": problem.cells[c].term,
                    "place_years": float(amounts[k, c]),
                    "rate": float(problem.unmet_rate[t] if name == "unmet" else problem.purchase_price[c, t]),
                }
            )
    return rows


def _unmet(problem: Problem, outcome: Outcome, future: int) -> pd.DataFrame:
    columns = ["year", "municipality", "target_group", "term", "place_years", "rate"]
    table = _frame(_by_cell(problem, outcome, future, "unmet"), columns).rename(columns={"rate": "penalty_rate"})
    return table.assign(penalty=table["place_years"] * table["penalty_rate"])


def _purchases(problem: Problem, outcome: Outcome, future: int) -> pd.DataFrame:
    columns = ["year", "municipality", "target_group", "term", "place_years", "rate"]
    table = _frame(_by_cell(problem, outcome, future, "buy"), columns).rename(columns={"rate": "price"})
    return table.assign(cost=table["place_years"] * table["price"])


def _frames(problem: Problem, plan: Plan) -> pd.DataFrame:
    """Every frame with a figure, or with spending, by year: also those the scenario doesn't enforce."""
    rows: list[dict[str, object]] = []
    for (kind, party), limits in problem.frames.items():
        for t, year in enumerate(problem.years):
            spending = sum(
                problem.starts[i].frame_draw[t]
                for i in plan.starts
                if _counts(kind, party, problem.units[problem.starts[i].unit].frame_party)
            )
            if np.isnan(limits[t]) and not spending:
                continue
            pool = sum(
                amount
                for (p, u, s), amount in plan.draws.items()
                if s == t
                and problem.pools[p].relieves == POOL_RELIEVES[kind]
                and _counts(kind, party, problem.units[u].frame_party)
            )
            excess = max(spending - pool - float(limits[t]), 0.0) if not np.isnan(limits[t]) else np.nan
            mode = limit_mode(problem, kind)
            factor = problem.scenario.costs.frame_penalty if mode == "soft" else 0.0
            rows.append(
                {
                    "year": year,
                    "party": party,
                    "kind": kind,
                    "mode": mode,
                    "limit": float(limits[t]),
                    "spending": float(spending),
                    "pool": float(pool),
                    "draw": float(spending - pool),
                    "excess": excess,
                    "penalty": factor * plan.excess.get((kind, party, t), 0.0),
                }
            )
    columns = ["year", "party", "kind", "mode", "limit", "spending", "pool", "draw", "excess", "penalty"]
    return _frame(rows, columns).sort_values(["kind", "party", "year"], ignore_index=True)


def _counts(kind: str, party: str, builder: str) -> bool:
    if kind == "faellesramme":
        return party == JOINT_PARTY and builder not in ("", REGION_PARTY)
    return builder == party


def _costs(problem: Problem, plan: Plan, outcome: Outcome) -> pd.DataFrame:
    rows: list[dict[str, object]] = [
        {
            "year": year,
            "component": component,
            "amount": float(amounts[t]),
            "discount_factor": float(problem.discount[t]),
            "discounted": float(amounts[t] * problem.discount[t]),
        }
        for component, amounts in yearly_costs(problem, plan, outcome).items()
        for t, year in enumerate(problem.years)
    ]
    return _frame(rows, ["year", "component", "amount", "discount_factor", "discounted"])


def _groups(
    problem: Problem,
    plan: Plan,
    placements: pd.DataFrame,
    unmet: pd.DataFrame,
    purchases: pd.DataFrame,
    future: int,
) -> pd.DataFrame:
    """Per group and year: need, and where it is met. Places are not summed here: an offer may serve several."""
    owner = {unit.id: "privat" if not unit.shared else unit.owner_type for unit in problem.units}
    demand = problem.futures[future].demand.sum(axis=0)
    rows: list[dict[str, object]] = []
    placed = placements.assign(owner=placements["offer"].map(owner))
    for group in sorted({cell.group for cell in problem.cells}):
        mine = [c for c, cell in enumerate(problem.cells) if cell.group == group]
        for t, year in enumerate(problem.years):
            here = placed[(placed["target_group"] == group) & (placed["year"] == year)]
            by_owner = here.groupby("owner")["place_years"].sum()
            rows.append(
                {
                    "year": year,
                    "target_group": group,
                    "demand": float(demand[mine, t].sum()),
                    **{f"in_{kind}": float(by_owner.get(kind, 0.0)) for kind in OWNER_TYPES},
                    "purchased": _sum(purchases, group, year),
                    "unmet": _sum(unmet, group, year),
                }
            )
    columns = [
        "year",
        "target_group",
        "demand",
        *(f"in_{kind}" for kind in OWNER_TYPES),
        "purchased",
        "unmet",
    ]
    return _frame(rows, columns)


OWNER_TYPES = ("kommune", "region", "selvejende", "privat")


def _sum(table: pd.DataFrame, group: str, year: int) -> float:
    return float(table.loc[(table["target_group"] == group) & (table["year"] == year), "place_years"].sum())
