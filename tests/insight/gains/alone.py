"""A group's region written by hand from the rules: tables for the enumeration, and what outsiders pay.

Shares no code with the game: residents of the group in others' houses live in a private offer of their own whose
price is the takst, outsiders in the group's houses are ``udenbys``.
"""

from __future__ import annotations

import copy
import random
from typing import Any

from tests.independent.case import EXTERNAL, Case, blank_is_zero, parts
from tests.independent.money import is_shared, mean_support, open_by_table, support_price

from .worlds import Drawn

Row = dict[str, Any]

KNOWN = frozenset(
    {
        "abl", "agreed_prices", "anlaegsramme", "approval_and_tilsyn", "available", "closes", "committed",
        "critical_mass", "delay", "external", "flexible", "forbidden", "forced", "housing", "joint_frame", "lead",
        "loan_pools", "lock_in", "outside", "overrun", "region_liquidity", "top_up", "travel_times",
    }
)  # fmt: skip
"""Families under which a group's region can be written as tables of its own."""


def settled(drawn: Drawn, seed: int) -> Drawn:
    """The case with equal need in all years, prices that don't move, and a dear unmet need.

    So shares of demand are the same in every year, and a takst that counts as a price moves no penalty.
    """
    tables, keys = copy.deepcopy(drawn)
    rng = random.Random(seed)
    codes = [row["code"] for row in tables["municipalities"]]
    most: dict[tuple[str, str], float] = {}
    for row in tables["demand"]:
        key = (row["municipality"], row["target_group"])
        most[key] = max(most.get(key, 0.0), row["central"])
    for row in tables["demand"]:
        row["low"] = row["central"] = row["high"] = most[row["municipality"], row["target_group"]]
    for row in tables["offers"]:
        if row["owner_type"] == "selvejende" and row["in_rammeaftale"]:
            row["deficit_bearer"] = rng.choice([None, *codes])
    keys["levers"]["private_price_growth"] = 0.0
    case = Case(tables, keys)
    prices = [row["price"] for row in (*tables["offers"], *tables["purchase_prices"]) if row["price"] is not None]
    prices += [takst(case, row, group) for row in tables["offers"] for group in case.groups if is_shared(row)]
    keys["costs"]["unmet_penalty"] = 10.0 * max(prices)
    return tables, keys


def takst(case: Case, offer: Row, group: str) -> float:
    """r = F/(β·P) + V + (1 − s)·(Y − Ȳ), V = variable cost + s·Y."""
    share = float(case.key("costs", "support_variable_share"))
    y = support_price(case, group, case.first)
    mean = mean_support(case, frozenset(parts(offer["target_groups"])), case.first)
    fixed = float(offer["fixed_cost"]) + blank_is_zero(offer["yearly_tilsyn"])
    per_place = fixed / (float(offer["budgeted_occupancy"]) * float(offer["places"]))
    return per_place + float(offer["variable_cost"]) + share * y + (1 - share) * (y - mean)


def holder(offer: Row) -> str:
    """The municipality that brings a shared offer into a group; blank for the region."""
    if offer["owner_type"] == "selvejende":
        return str(offer["deficit_bearer"] or offer["municipality"])
    return str(offer["owner"]) if offer["owner_type"] == "kommune" else ""


def paid_by_outsiders(drawn: Drawn, group: set[str]) -> float:
    """Discounted takst and tillægsydelse of those outside ``group`` who live in its houses."""
    tables, keys = drawn
    case = Case(tables, keys)
    whole = group == set(case.municipalities)
    total = 0.0
    for row in tables["residents"]:
        offer = case.offers.get(row["offer"])
        if offer is None or row["municipality"] in group or not is_shared(offer):
            continue
        if whole or holder(offer) in group:
            price = takst(case, offer, row["target_group"]) + blank_is_zero(offer["top_up"])
            years = [year for year in case.years if open_by_table(offer, year)]
            total += sum(case.discount(year) for year in years) * price * row["count"]
    return total


def alone(drawn: Drawn, group: set[str]) -> Drawn:
    """Tables and scenario of a group that isn't everybody."""
    tables, keys = copy.deepcopy(drawn)
    case = Case(*copy.deepcopy(drawn))
    home = sorted(group)[0]
    new = {name: list(rows) for name, rows in tables.items()}
    for name in ("municipalities", "demand", "anlaegsramme"):
        new[name] = [row for row in tables[name] if row.get("municipality", row.get("code")) in group]
    committed = {one["candidate"] for one in keys["projects"]["committed"]}
    decided = {row["project"] for row in tables["candidates"] if row["id"] in committed}
    new["candidates"] = [
        row
        for row in tables["candidates"]
        if row["owner_type"] == "kommune"
        and row["owner"] in group
        and (row["id"] in committed or row["project"] not in decided)
    ]
    new["offers"], new["residents"], new["agreed_prices"], new["travel_links"] = [], [], [], []
    new["residents"] = [
        row for row in tables["residents"] if row["offer"].startswith("udenfor:") and row["municipality"] in group
    ]
    for offer in tables["offers"]:
        living = [row for row in tables["residents"] if row["offer"] == offer["id"]]
        inside = [row for row in living if row["municipality"] in group]
        if is_shared(offer) and holder(offer) in group:
            new["offers"].append(offer)
            new["residents"] += [row if row in inside else {**row, "municipality": EXTERNAL} for row in living]
        elif is_shared(offer):
            new["offers"] += [_elsewhere(case, offer, row, number) for number, row in enumerate(inside)]
            new["residents"] += [{**row, "offer": f"{offer['id']}-{number}"} for number, row in enumerate(inside)]
        else:
            _shrink(tables, offer, living, inside, group)
            new["offers"] += [offer] * (offer["places"] > 0)
            new["residents"] += inside
    new["travel_times"] = _times(case, new, group)
    for table in ("offers", "candidates"):
        for row in new[table]:
            row["municipality"] = row["municipality"] if row["municipality"] in group else home
    for row in new["purchase_prices"]:
        if row["available"] is not None:
            row["available"] = _part_of_purchase(tables, row, group)
    return new, _own_projects(keys, new)


def _elsewhere(case: Case, offer: Row, row: Row, number: int) -> Row:
    """A private offer that holds these residents and nobody else, at their takst."""
    price = takst(case, offer, row["target_group"])
    changed: Row = {"id": f"{offer['id']}-{number}", "owner_type": "privat", "in_rammeaftale": False, "price": price}
    if offer["id"] in case.key("levers", "flexible_107_108"):
        changed["legal_basis"] = "sel107;sel108"
    blank = dict.fromkeys(("minimum_residents", "closing_cost", "capital_charge", "earliest_close"))
    return {**offer, **changed, **blank, "places": row["count"]}


def _share(tables: dict[str, list[Row]], groups: set[str], members: set[str]) -> float:
    first = min(row["year"] for row in tables["demand"])
    need = {"in": 0.0, "all": 0.0}
    for row in tables["demand"]:
        if row["year"] == first and row["target_group"] in groups:
            need["all"] += row["central"]
            need["in"] += row["central"] * (row["municipality"] in members)
    return need["in"] / need["all"] if need["all"] else 0.0


def _shrink(tables: dict[str, list[Row]], offer: Row, living: list[Row], inside: list[Row], group: set[str]) -> None:
    """Of a private offer the group has its residents' places and, of what is free, its share by demand."""
    share = _share(tables, set(parts(offer["target_groups"])), group)
    free = offer["places"] - sum(row["count"] for row in living)
    offer["places"] = sum(row["count"] for row in inside) + share * free
    offer["minimum_residents"] = None


def _part_of_purchase(tables: dict[str, list[Row]], price: Row, group: set[str]) -> float:
    name = price["target_group"]
    living = {True: 0.0, False: 0.0}
    for row in tables["residents"]:
        if row["offer"] == f"udenfor:{name}" and row["target_group"] == name:
            living[row["municipality"] in group] += row["count"]
    free = max(price["available"] - living[True] - living[False], 0.0)
    return living[True] + free * _share(tables, {name}, group)


def _times(case: Case, new: dict[str, list[Row]], group: set[str]) -> list[Row]:
    """Every way of the group's, as it is in the whole region."""
    units = [row["id"] for table in ("offers", "candidates") for row in new[table]]
    found = []
    for code in sorted(group):
        for unit in units:
            old = unit if unit in case.offers or unit in case.candidates else unit.rpartition("-")[0]
            if (code, old) in case.minutes:
                minutes = case.minutes[code, old]
                found.append({"municipality": code, "offer_or_candidate": unit, "minutes": minutes})
    return found


def _own_projects(keys: dict[str, Any], new: dict[str, list[Row]]) -> dict[str, Any]:
    """The scenario with those forced and committed projects the group could build."""
    own = {name for row in new["candidates"] for name in (row["id"], row["project"])}
    projects = keys["projects"]
    projects["forced"] = [name for name in projects["forced"] if name in own]
    projects["committed"] = [one for one in projects["committed"] if one["candidate"] in own]
    return keys
