"""The plan against the world without new places: the change adds up, split in volume and unit cost."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from kapacitet.insight.baseline import delta, without_new_places
from kapacitet.insight.tables import result_tables
from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.optimise import optimise
from kapacitet.planning.problem import build_problem
from kapacitet.scenario.models import Scenario
from tests.insight.results import result
from tests.planning.worlds import random_problem, tiny

ELSEWHERE = ("godkendelse", "lukning", "omlaegning", "kritisk_masse", "rammestraf")
"""Components that are no service of a group; they are in the costs table alone."""


@cache
def both_worlds(seed: int) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]] | None:
    """Tables of the optimal plan and of its baseline."""
    problem = random_problem(seed, "some")
    best = optimise(problem, method="benders")
    if best.plan is None or best.outcome is None:
        return None
    bare = build_problem(problem.region, without_new_places(problem.scenario))
    done = Completion(bare).complete([i for i, start in enumerate(bare.starts) if start.committed])
    if done is None:
        return None
    base = result_tables(bare, done.plan, allocate(bare, done.plan))
    return result_tables(problem, best.plan, best.outcome), base


@pytest.mark.parametrize("seed", range(720, 745))
def test_the_change_adds_up(seed: int) -> None:
    """Σ change = change of all discounted cost but one-offs, penalties and what citizens from outside cost."""
    worlds = both_worlds(seed)
    if worlds is None:
        return
    plan, base = worlds
    table = delta(plan, base)
    assert (table["volume"] + table["unit_cost"]).to_numpy() == pytest.approx(table["change"].to_numpy())

    def service(tables: dict[str, pd.DataFrame]) -> float:
        costs = tables["costs"]
        factor = costs.drop_duplicates("year").set_index("year")["discount_factor"]
        total = float(costs.loc[~costs["component"].isin(ELSEWHERE), "discounted"].sum())
        here = tables["capacity"].merge(
            tables["placements"].groupby(["year", "offer"])["cost"].sum().reset_index(), how="left"
        )
        guests = here["variable_cost"] - here["cost"].fillna(0.0) + here["top_up_cost"]
        return total - float((guests * here["year"].map(factor)).sum())

    assert table["change"].sum() == pytest.approx(service(plan) - service(base), rel=1e-7, abs=1e-3)
    volumes = table[["place_years_plan", "place_years_baseline"]].sum()
    assert volumes.iloc[0] == pytest.approx(volumes.iloc[1], abs=1e-6)


def test_volume_and_unit_cost_by_hand() -> None:
    """4 bought at 10 = 40 become 4 in a house of F = 1 + 10/10 and V = 1: 6. All of the change is volume."""
    hand = tiny({2025: 4.0})
    hand.tables["purchase_prices"][0]["price"] = 10.0
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0)
    found = result(hand)
    rows = found.tables["baseline_delta"].set_index("served")
    assert rows.loc["koeb", ["change", "volume", "unit_cost"]].tolist() == pytest.approx([-40, -40, 0])
    assert rows.loc["offentlig", ["change", "volume", "unit_cost"]].tolist() == pytest.approx([6, 6, 0])
    assert rows.loc["offentlig", "unit_cost_plan"] == pytest.approx(1.5)
    assert found.summary["baseline"]["objective"] == pytest.approx(40)


def test_a_cheaper_house_is_volume_and_unit_cost() -> None:
    """A cheaper house beside a dear one lowers the public unit cost: told apart from the larger volume."""
    hand = tiny({2025: 4.0})
    hand.tables["purchase_prices"][0]["price"] = 10.0
    hand.offer("hus", 2, 8.0, 1.0)
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0)
    rows = result(hand).tables["baseline_delta"].set_index("served")
    # Two in hus at (8 + 2)/2 = 5 before; now 4 in public places at (8 + 4 + 1 + 1)/4 = 3.5.
    row = rows.loc["offentlig"]
    assert (row["unit_cost_baseline"], row["unit_cost_plan"]) == pytest.approx((5, 3.5))
    assert (row["volume"], row["unit_cost"]) == pytest.approx((2 * 5, 4 * (3.5 - 5)))
    assert row["change"] == pytest.approx(14 - 10)


def test_the_baseline_keeps_what_is_decided_and_drops_what_is_asked_of_a_plan() -> None:
    keys = {
        "name": "Prøve",
        "region": "lille",
        "projects": {"forced": ["a"], "committed": [{"candidate": "b", "start": 2024}]},
        "limits": {"closures": True, "conversions": True, "reserve_min": 0.1, "public_share_min": 0.5},
        "levers": {"takst_reduction": 0.02},
    }
    bare = without_new_places(Scenario.model_validate(keys))
    assert bare.projects.forced == () and len(bare.projects.committed) == 1
    assert bare.projects.only_owner_types == ()
    limits = bare.limits
    assert not limits.closures and not limits.conversions
    assert (limits.reserve_min, limits.reserve_max, limits.public_share_min) == (0, 1, 0)
    assert bare.levers.takst_reduction == 0.02
