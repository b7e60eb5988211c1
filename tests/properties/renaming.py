"""The same case under other names, in another order; and cases in which much costs the same."""

from __future__ import annotations

import random
from typing import Any

from .cases import Case

OUTSIDE = "udenfor:"


def renamed(drawn: Case, seed: int) -> tuple[Case, dict[str, str]]:
    """Other codes and ids, which sort otherwise, and rows of every table in another order.

    Returns:
        the case, and old name to new name.
    """
    rng, (tables, keys) = random.Random(seed), drawn
    new = _names(tables, rng)
    shuffled = {
        name: [{key: _value(cell, new) for key, cell in row.items()} for row in rows] for name, rows in tables.items()
    }
    for rows in shuffled.values():
        rng.shuffle(rows)
    prose = {key: keys[key] for key in ("name", "region", "description")}
    return (shuffled, _deep(keys, new) | prose), new


def _names(tables: dict[str, list[dict[str, Any]]], rng: random.Random) -> dict[str, str]:
    """Codes get codes, ids ids; in random order, so that no sorting is the same."""
    new: dict[str, str] = {}
    kinds = (
        ("municipalities", "code", ""),
        ("target_groups", "id", "g"),
        ("offers", "id", "u"),
        ("candidates", "id", "v"),
        ("candidates", "project", "w"),
        ("loan_pools", "id", "z"),
    )
    for table, column, letter in kinds:
        old = sorted({row[column] for row in tables[table]})
        numbers = rng.sample(range(100, 999), len(old))
        new |= {name: f"{letter}{number}" for name, number in zip(old, numbers, strict=True)}
    return new


def _value(cell: Any, new: dict[str, str]) -> Any:
    if not isinstance(cell, str):
        return cell
    if cell.startswith(OUTSIDE):
        return OUTSIDE + new[cell.removeprefix(OUTSIDE)]
    return ";".join(new.get(part, part) for part in cell.split(";"))


def _deep(value: Any, new: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {_value(key, new): _deep(inner, new) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_deep(inner, new) for inner in value]
    return _value(value, new)


def tied(drawn: Case) -> Case:
    """All prices alike and no travel cost, so that nothing but the rule says who lives where."""
    tables, keys = drawn
    keys["costs"]["travel_cost_per_minute"] = 0.0
    for group in tables["target_groups"]:
        group["support_step"] = 0.5
    shared = [row["variable_cost"] for row in (*tables["offers"], *tables["candidates"]) if row["variable_cost"]]
    for row in (*tables["offers"], *tables["candidates"]):
        if row["variable_cost"] is not None:
            row["variable_cost"] = shared[0]
        if row.get("price") is not None:
            row["price"] = shared[0]
        if "top_up" in row:
            row["top_up"] = None
        row["minimum_residents"] = None
    keys["levers"] |= {"private_price_growth": 0.0, "takst_reduction": 0.0, "takst_reduction_by": {}}
    prices = [row["price"] for row in tables["purchase_prices"]]
    for row in tables["purchase_prices"]:
        row["price"] = prices[0]
    keys["levers"]["lock_in_cost"] = dict.fromkeys(keys["levers"].get("lock_in_cost", {}), 0.0)
    return drawn
