"""The objective recomputed from the result tables alone, as they are read back from their CSV files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from kapacitet.insight.result import Result
from kapacitet.insight.store import read_result, write_tables
from tests.insight.results import random_result, result, shipped_result
from tests.planning.worlds import second_group, tiny

CASES = [("some", seed) for seed in range(600, 612)] + [("all", seed) for seed in range(600, 624)]
MONEY = {
    "capacity": ["fixed_cost", "variable_cost", "housing_cost", "top_up_cost", "shortfall_penalty"],
    "closed": ["cost"],
    "placements": ["top_up_cost", "lock_in_cost", "travel_cost", "move_cost"],
    "purchases": ["cost"],
    "unmet": ["penalty"],
    "frames": ["penalty"],
}
"""Columns that are a cost of their row's year. ``placements.cost`` is inside ``capacity.variable_cost``."""
ONE_OFF = {"byg": "opening_year", "omlaeg": "start_year"}
"""When a one-off cost of ``builds`` falls; that of a closure is in ``closed``."""


def read_back(found: Result, folder: Path) -> Result:
    write_tables(found, folder)
    return read_result(folder)


def recomputed(tables: Mapping[str, pd.DataFrame], rate: float, first: int) -> float:
    """Discounted sum of every krone in the tables."""
    parts = [tables[name].set_index("year")[columns].sum(axis=1) for name, columns in MONEY.items()]
    builds = tables["builds"]
    for kind, column in ONE_OFF.items():
        mine = builds[builds["kind"] == kind]
        parts.append(mine.set_index(column)["one_off_cost"])
    every = pd.concat([part.astype(float) for part in parts if len(part)])
    return float((every / (1 + rate) ** (every.index.to_numpy(dtype=float) - first)).sum())


def check(found: Result, folder: Path) -> None:
    again = read_back(found, folder)
    scenario = again.scenario
    total = recomputed(again.tables, scenario.costs.discount_rate, scenario.horizon.first)
    assert total == pytest.approx(again.summary["objective"], abs=1.0)
    assert again.tables["costs"]["discounted"].sum() == pytest.approx(again.summary["objective"], abs=1.0)


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_the_tables_hold_the_objective_of_random_cases(families: str, seed: int, tmp_path: Path) -> None:
    found = random_result(seed, families)  # type: ignore[arg-type]
    if isinstance(found, Result):
        check(found, tmp_path)


def test_most_random_cases_have_a_plan() -> None:
    found = [random_result(seed, families) for families, seed in CASES]  # type: ignore[arg-type]
    assert sum(isinstance(one, Result) for one in found) >= 24


def test_the_tables_hold_the_objective_of_the_shipped_region(tmp_path: Path) -> None:
    check(shipped_result(), tmp_path)


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_tables_agree_with_each_other(families: str, seed: int) -> None:
    found = random_result(seed, families)  # type: ignore[arg-type]
    if not isinstance(found, Result):
        return
    tables = found.tables
    used = tables["placements"].groupby(["year", "offer"])["place_years"].sum()
    capacity = tables["capacity"].set_index(["year", "offer"])
    assert (capacity["used"] - capacity["external"]).to_dict() == pytest.approx(
        {**dict.fromkeys(capacity.index, 0.0), **used.to_dict()}, abs=1e-6
    )
    over = 1 + found.scenario.limits.over_occupancy
    assert (capacity["used"] <= capacity["places"] * over + 1e-6).all()
    groups = tables["groups"].set_index(["year", "target_group"])
    served = groups[[*(c for c in groups if c.startswith("in_")), "purchased", "unmet"]].sum(axis=1)
    assert served.to_numpy() == pytest.approx(groups["demand"].to_numpy(), abs=1e-6)
    frames = tables["frames"]
    hard = frames[frames["mode"] == "hard"]
    assert (hard["draw"] <= hard["limit"] * (1 + 1e-6) + 1e-6).all()


def test_closing_by_hand() -> None:
    """hus (F = 50) closes in 2026, the first year it may: 9 kr. then, 2 kr. of capital from then on."""
    hand = tiny({2025: 1.0, 2026: 1.0, 2027: 1.0})
    hand.offer("hus", 2, 50.0, 1.0, earliest_close=2026, closing_cost=9.0, capital_charge=2.0)
    hand.offer("gammelt", 2, 50.0, 1.0, closes=2026, closing_cost=4.0, capital_charge=3.0)
    hand.set("limits", closures=True)
    found = result(hand)
    closed = found.tables["closed"]
    assert closed[["year", "offer", "decided", "cost"]].to_numpy().tolist() == [
        [2026, "gammelt", False, 7.0],
        [2026, "hus", True, 11.0],
        [2027, "gammelt", False, 3.0],
        [2027, "hus", True, 2.0],
    ]
    builds = found.tables["builds"]
    assert builds[["kind", "candidate", "start_year", "opening_year", "one_off_cost"]].to_numpy().tolist() == [
        ["luk", "hus", 2026, 2026, 9.0]
    ]
    assert set(found.tables["capacity"]["year"]) == {2025}
    assert found.summary["objective"] == pytest.approx(50 + 50 + 1 + (7 + 11 + 1) + (3 + 2 + 1))


def test_converting_by_hand() -> None:
    """hus (4 places, V = 0.1) is for g, whom nobody needs a place for; h buys at 10 kr.: converted at once for 5."""
    hand = tiny({2025: 0.0})
    second_group(hand, amount=3.0)
    hand.tables["purchase_prices"][1]["price"] = 10.0
    hand.offer("hus", 4, 2.0, 0.1)
    hand.add("conversions", offer="hus", from_groups="g", to_groups="h", cost=5.0, years=0, earliest=2025)
    hand.set("limits", conversions=True)
    found = result(hand)
    (row,) = found.tables["builds"].to_dict("records")
    assert (row["kind"], row["candidate"], row["target_groups"], row["one_off_cost"]) == ("omlaeg", "hus", "h", 5.0)
    assert found.tables["capacity"]["target_groups"].tolist() == ["h"]
    assert found.summary["objective"] == pytest.approx(2 + 5 + 0.3)


def test_soft_frame_loans_and_builds_by_hand() -> None:
    """Spending 10 of a frame of 4, a pool of 3: 3 drawn, excess 3 at 0.25 kr. = 0.75, discounted by year."""
    hand = tiny({2025: 4.0})
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0)
    hand.set("limits", anlaegsramme="soft")
    hand.add("anlaegsramme", municipality="561", year=2025, amount=4.0)
    hand.add(
        "loan_pools",
        id="p",
        first_year=2025,
        last_year=2025,
        legal_basis="sel108",
        target_groups="g",
        amount=3.0,
        relieves="anlaegsramme",
    )
    found = result(hand)
    frames = found.tables["frames"].set_index("kind")
    frame = frames.loc["anlaegsramme"]
    amounts = {key: frame[key] for key in ("limit", "spending", "pool", "draw", "excess", "penalty")}
    assert amounts == pytest.approx({"limit": 4, "spending": 10, "pool": 3, "draw": 7, "excess": 3, "penalty": 0.75})
    assert frames.loc["faellesramme", "spending"] == 10 and frames.loc["faellesramme", "penalty"] == 0
    (build,) = found.tables["builds"].to_dict("records")
    assert build["loan"] == pytest.approx(3) and build["construction_cost"] == 10
    assert found.summary["objective"] == pytest.approx(1 + 10 / 10 + 4 * 1 + 0.75)


def test_private_use_and_external_residents_by_hand() -> None:
    """One from outside in hus: V = 5 and top-up 2 are the region's. Private use is price and top-up by place-year."""
    hand = tiny({2025: 2.0})
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.offer("hus", 2, 50.0, 5.0, top_up=2.0)
    hand.private("fond", 4, 9.0, top_up=1.0)
    hand.live(1, "hus", code="udenbys")
    found = result(hand)
    capacity = found.tables["capacity"].set_index("offer")
    assert capacity["external"].to_dict() == {"fond": 0, "hus": 1}
    assert capacity["variable_cost"].to_dict() == pytest.approx({"fond": 9, "hus": 10})
    assert capacity["fixed_cost"].to_dict() == {"fond": 0, "hus": 50}
    assert capacity["top_up_cost"].to_dict() == pytest.approx({"fond": 0, "hus": 2})
    costs = found.tables["costs"].set_index("component")["amount"]
    assert {name: amount for name, amount in costs.items() if amount} == pytest.approx(
        {"fast": 50, "variabel": 10, "privat": 9, "tillaegsydelse": 2 + 2 + 1}
    )
