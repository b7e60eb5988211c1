"""Money has no natural unit, and one more thing that may be built is never a loss."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from .cases import SEEDS, Case, approx_money, assert_no_dearer, case, few, least_cost, least_cost_of_seed

MONEY = {
    "offers": ("fixed_cost", "capital_charge", "variable_cost", "price", "top_up", "closing_cost", "yearly_tilsyn"),
    "candidates": (
        "construction_cost",
        "fixed_cost",
        "variable_cost",
        "housing_cost",
        "approval_cost",
        "yearly_tilsyn",
    ),
    "conversions": ("cost",),
    "anlaegsramme": ("amount",),
    "joint_frame": ("amount",),
    "region_liquidity": ("amount",),
    "loan_pools": ("amount",),
    "purchase_prices": ("price",),
    "agreed_prices": ("price",),
    "support_step_price": ("price",),
}
RATES = ("travel_cost_per_minute", "unmet_penalty", "critical_mass_penalty")
PRICES = ("takst_cap", "lock_in_cost")


def scale(drawn: Case, factor: float) -> None:
    """Every amount of money times ``factor``."""
    tables, keys = drawn
    for table, columns in MONEY.items():
        for row in tables[table]:
            row.update({column: row[column] * factor for column in columns if row[column] is not None})
    keys["costs"].update({key: keys["costs"][key] * factor for key in RATES})
    for key in PRICES:
        keys["levers"][key] = {group: price * factor for group, price in keys["levers"].get(key, {}).items()}


@few(20)
@given(SEEDS, st.sampled_from((2.0**-16, 0.01, 7.0, 1000.0)))
def test_all_money_scaled_scales_the_cost(seed: tuple, factor: float) -> None:
    drawn = case(seed)
    scale(drawn, factor)
    before, after = least_cost_of_seed(seed), least_cost(drawn)
    assume(before != float("inf") or after != float("inf"))
    assert after == approx_money(before * factor)


@few(20)
@given(SEEDS, st.sampled_from((0.25, 1.0, 1.5)), st.booleans(), st.integers(0, 3))
def test_one_more_candidate_never_costs_more(seed: tuple, dear: float, variant: bool, which: int) -> None:
    """A variant of a project, or a project of its own. See ``relaxations.WIDENING`` for why nobody may move."""
    drawn = case(seed)
    assume(drawn[1]["limits"]["residents_stay"])
    rows = drawn[0]["candidates"]
    model = rows[which % len(rows)]
    more = model | {
        "id": "en-mere",
        "project": model["project"] if variant else "endnu-et",
        "places": model["places"] + 1,
        "minimum_residents": None,
        "fixed_cost": model["fixed_cost"] * dear,
        "construction_cost": model["construction_cost"] * dear,
    }
    rows.append(more)
    assert_no_dearer(least_cost(drawn), least_cost_of_seed(seed))
