"""Limits of the first stage: frames with loan pools, the reserve band and the public share."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
from scipy.optimize import linprog

from .case import TERMS, Case, parts
from .money import construction, is_shared, open_by_table
from .plans import Plan
from .recourse import Recourse, State

SLACK = 1e-7


def spending(case: Case, plan: Plan) -> dict[tuple[str, int], float]:
    """(candidate, year) to what counts on a frame or on liquidity; before the horizon it is sunk."""
    found: dict[tuple[str, int], float] = {}
    exempt = bool(case.key("levers", "abl_exempt"))
    for unit, start in plan.builds:
        row = case.candidates[unit]
        if case.abl(unit) and exempt and row["owner_type"] == "kommune":
            continue
        for lag, share in enumerate(parts(row["spend_profile"])):
            amount = construction(case, unit) * float(share)
            if start + lag in case.years and amount > 0:
                found[unit, start + lag] = amount
    return found


def mode(case: Case, name: str) -> str:
    """hard, soft or off; auto is soft for the joint frame and hard for liquidity where rows exist."""
    asked = str(case.key("limits", name))
    if asked != "auto":
        return asked
    if not case.tables.get(name):
        return "off"
    return "soft" if name == "joint_frame" else "hard"


def frame_rows(case: Case, spent: dict[tuple[str, int], float]) -> list[dict[str, Any]]:
    """One row per limit with spending on it: limit, soft or hard, year, and the spending it counts."""
    by_party: dict[tuple[str, str, int], list[tuple[str, int]]] = defaultdict(list)
    for unit, year in spent:
        row = case.candidates[unit]
        if row["owner_type"] == "region":
            by_party["region_liquidity", "region", year].append((unit, year))
        else:
            by_party["anlaegsramme", str(row["owner"]), year].append((unit, year))
            by_party["joint_frame", "faelles", year].append((unit, year))
    found = []
    for (name, party, year), items in by_party.items():
        how = mode(case, name)
        if how == "off":
            continue
        amount = next(
            float(row["amount"])
            for row in case.tables[name]
            if row["year"] == year and row.get("municipality", party) == party
        )
        found.append({"how": how, "year": year, "items": items, "limit": amount})
    return found


def pools_for(case: Case, unit: str, year: int) -> list[dict[str, Any]]:
    """Loan pools that may relieve the project's spending in the year."""
    row = case.candidates[unit]
    relieves = "likviditet" if row["owner_type"] == "region" else "anlaegsramme"
    window = case.key("levers", "loan_pool_window")
    found = []
    for pool in case.tables.get("loan_pools", []):
        first, last = window or (pool["first_year"], pool["last_year"])
        if (
            pool["relieves"] == relieves
            and first <= year <= last
            and case.basis(str(row["id"])) <= set(parts(pool["legal_basis"]))
            and set(parts(row["target_groups"])) <= set(parts(pool["target_groups"]))
        ):
            found.append(pool)
    return found


def frame_cost(case: Case, plan: Plan) -> dict[int, float] | None:
    """Least penalty on soft frames by year (undiscounted); None where a hard limit can't be kept."""
    spent = spending(case, plan)
    rows = frame_rows(case, spent)
    price = float(case.key("costs", "frame_penalty"))
    draws = [(item, pool) for item in spent for pool in pools_for(case, *item)]
    if not draws:
        cost: dict[int, float] = defaultdict(float)
        for row in rows:
            over = sum(spent[item] for item in row["items"]) - row["limit"]
            if over > SLACK * max(1.0, row["limit"]) and row["how"] == "hard":
                return None
            cost[row["year"]] += price * max(0.0, over) if row["how"] == "soft" else 0.0
        return dict(cost)
    return _with_pools(case, spent, rows, draws, price)


def _with_pools(
    case: Case,
    spent: dict[tuple[str, int], float],
    rows: list[dict[str, Any]],
    draws: list[tuple[tuple[str, int], dict[str, Any]]],
    price: float,
) -> dict[int, float] | None:
    """Draws chosen so that the discounted penalty is least (amounts scaled to the largest)."""
    unit = max(spent.values())
    soft = [row for row in rows if row["how"] == "soft"]
    excess = {id(row): len(draws) + i for i, row in enumerate(soft)}
    size = len(draws) + len(soft)
    c = np.zeros(size)
    a: list[np.ndarray] = []
    b: list[float] = []
    for row in soft:
        c[excess[id(row)]] = price * case.discount(row["year"])
    for row in rows:
        line = np.zeros(size)
        for i, (item, _) in enumerate(draws):
            line[i] = -1.0 if item in row["items"] else 0.0
        if row["how"] == "soft":
            line[excess[id(row)]] = -1.0
        a.append(line)
        b.append((row["limit"] - sum(spent[item] for item in row["items"])) / unit)
    for item in spent:
        a.append(np.array([float(i < len(draws) and draws[i][0] == item) for i in range(size)]))
        b.append(spent[item] / unit)
    for pool in {entry["id"]: entry for _, entry in draws}.values():
        chosen = [float(i < len(draws) and draws[i][1]["id"] == pool["id"]) for i in range(size)]
        a.append(np.array(chosen))
        b.append(float(pool["amount"]) / unit)
    done = linprog(c, A_ub=np.array(a), b_ub=b, bounds=(0, None), method="highs-ds")
    if done.status != 0 or done.x is None:
        return None
    cost: dict[int, float] = defaultdict(float)
    for row in soft:
        cost[row["year"]] += price * float(done.x[excess[id(row)]]) * unit
    return dict(cost)


def places_can_be_planned(recourse: Recourse, state: State) -> bool:
    """Whether some s ≥ 0 with Σ_g s = P keeps the reserve band and the public share in the year."""
    case, year = recourse.case, state.year
    low, high = case.key("limits", "reserve_min"), case.key("limits", "reserve_max")
    share = case.key("limits", "public_share_min")
    band = year >= (case.key("limits", "reserve_from") or case.first) and (low > 0 or high < 1)
    public = year >= (case.key("limits", "public_share_from") or case.first) and share > 0
    if not band and not public:
        return True
    cells = [(group, term) for group in case.groups for term in TERMS]
    need = dict.fromkeys(cells, 0.0)
    for (_, group, term), amount in recourse.people[year].demand.items():
        need[group, term] += amount
    planned = state.groups(case)
    arcs = [
        (unit, cell)
        for unit, groups in planned.items()
        if _counts_for_reserve(case, unit)
        for cell in cells
        if cell[0] in groups and case.may_serve(unit, cell[0]) and _fits(case, unit, cell)
    ]
    ge: list[tuple[list[float], float]] = []
    for cell in cells:
        own = [float(arc[1] == cell) for arc in arcs]
        if band and low > 0:
            ge.append((own, need[cell] / (1 - low)))
        if band and high < 1:
            most = max(_existing_places(case, cell, year), need[cell] / (1 - high))
            ge.append(([-x for x in own], -most))
        if public and case.groups[cell[0]]["complex"]:
            mine = [x * float(_public(case, arc[0])) for x, arc in zip(own, arcs, strict=True)]
            ge.append((mine, share * need[cell]))
    if not ge:
        return True
    if not arcs:
        return all(right <= SLACK for _, right in ge)
    units = sorted({unit for unit, _ in arcs})
    equal = [[float(arc[0] == unit) for arc in arcs] for unit in units]
    done = linprog(
        np.zeros(len(arcs)),
        A_ub=-np.array([line for line, _ in ge]),
        b_ub=[SLACK - right for _, right in ge],
        A_eq=np.array(equal),
        b_eq=[float(case.site(unit)["places"]) for unit in units],
        bounds=(0, None),
        method="highs-ds",
    )
    return bool(done.status == 0)


def _counts_for_reserve(case: Case, unit: str) -> bool:
    row = case.site(unit)
    if case.readings.reserve_offers == "shared":
        return is_shared(row)
    return bool(row["owner_type"] != "privat")


def _fits(case: Case, unit: str, cell: tuple[str, str]) -> bool:
    locked = case.readings.lock_in_counts_for_reserve and cell[0] in case.key("levers", "lock_in_cost")
    return locked or case.fits(unit, cell[1])


def _existing_places(case: Case, cell: tuple[str, str], year: int) -> float:
    """Places of existing offers open by the tables that are adequate for the cell."""
    return sum(
        float(row["places"])
        for unit, row in case.offers.items()
        if _counts_for_reserve(case, unit)
        and open_by_table(row, year)
        and cell[0] in parts(row["target_groups"])
        and _fits(case, unit, cell)
    )


def _public(case: Case, unit: str) -> bool:
    return case.site(unit)["owner_type"] in ("kommune", "region")
