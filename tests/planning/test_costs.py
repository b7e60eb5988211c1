"""Costs worked out by hand: annuity, takst, reductions, rammebudget, prices of purchase, unmet need, top-ups."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from kapacitet.planning.costs import annuity, cost_factor, purchase_available, purchase_prices, unmet_rate
from kapacitet.planning.problem import Problem
from kapacitet.scenario.models import Scenario
from tests.independent.hand import Hand
from tests.planning.worlds import problem_of, region_of, second_group, tiny, unit_index

HOUSE = 36_000_000.0
YEARS = (2025, 2026, 2027, 2028)


def scenario(**sections: Any) -> Scenario:
    return Scenario.model_validate({"name": "Prøve", "region": "lille", **sections})


@pytest.mark.parametrize(
    ("rate", "life", "yearly"),
    [(0.0, 30, 1_200_000.0), (0.02, 30, 1_607_397.2), (0.05, 1, 37_800_000.0)],
)
def test_annuity(rate: float, life: float, yearly: float) -> None:
    assert annuity(HOUSE, rate, life) == pytest.approx(yearly, abs=0.1)


def test_annuity_recovers_what_was_lent() -> None:
    owed = HOUSE
    for _ in range(30):
        owed = owed * 1.02 - annuity(HOUSE, 0.02, 30)
    assert owed == pytest.approx(0, abs=1e-4)


def house(**changes: Any) -> Hand:
    """The 20-place house of the settlement example: F = 40 mio. in all, V = 10 mio./19, β = 0.95."""
    hand = tiny()
    hand.set("costs", capital_rate=0.02, capital_life=30)
    tilsyn = 100_000.0
    rest = 40_000_000.0 - annuity(HOUSE, 0.02, 30) - tilsyn
    values = {"yearly_tilsyn": tilsyn, "budgeted_occupancy": 0.95} | changes
    hand.candidate("nyt", 20, HOUSE, rest, 10_000_000 / 19, **values)
    return hand


def test_takst_of_the_house_of_twenty_places() -> None:
    problem = problem_of(house())
    u = unit_index(problem, "nyt")
    assert problem.costs.fixed[u, 0] == pytest.approx(40_000_000)
    assert problem.costs.takst["g"][u] == pytest.approx(50_000_000 / (0.95 * 20))
    assert problem.costs.takst["g"][u] == pytest.approx(2_631_578.95, abs=0.005)


def test_overrun_is_in_the_annuity_and_approval_is_apart() -> None:
    hand = house(approval_cost=500_000.0)
    hand.set("levers", construction_overrun=0.1)
    problem = problem_of(hand)
    u = unit_index(problem, "nyt")
    assert problem.costs.fixed[u, 0] == pytest.approx(40_000_000 + 0.1 * annuity(HOUSE, 0.02, 30))
    assert problem.costs.approval[u, 0] == 500_000
    assert problem.starts[0].construction_cost == pytest.approx(1.1 * HOUSE)


def test_a_cap_that_binds_new_offers_bars_the_house_above_it() -> None:
    for cap, starts in ((2_631_578.0, 0), (2_631_580.0, 1)):
        hand = house()
        hand.set("levers", takst_cap={"g": cap}, takst_cap_new="inden_for_loftet")
        assert len(problem_of(hand).starts) == starts


def support(hand: Hand, **levers: Any) -> Problem:
    """Groups g (3.5 steps) and h (1.5 steps) at 100 kr. a day: Y = 3·36 500 and 1·36 500 in 2025, share 0.2."""
    hand.tables["support_step_price"][0]["price"] = 100.0
    hand.group("g", support_step=3.5)
    second_group(hand, support_step=1.5)
    hand.offer("hus", 10, 1_000_000.0, 50_000.0, target_groups="g;h", budgeted_occupancy=0.9)
    hand.set("levers", **levers)
    return problem_of(hand)


def test_variable_cost_takes_the_varying_share_of_support() -> None:
    """V = 50 000 + 0.2·109 500 and + 0.2·36 500; r adds F/(β·P) = 111 111.11 and 0.8·(Y − 73 000)."""
    problem = support(tiny())
    u = unit_index(problem, "hus")
    assert problem.costs.marginal["g"][u, 0] == pytest.approx(71_900)
    assert problem.costs.marginal["h"][u, 0] == pytest.approx(57_300)
    assert problem.costs.takst["g"][u] == pytest.approx(1_000_000 / 9 + 71_900 + 29_200)
    assert problem.costs.takst["h"][u] == pytest.approx(1_000_000 / 9 + 57_300 - 29_200)
    assert problem.costs.fixed[u, 0] == 1_000_000


def test_rammebudget_is_one_price_with_the_mean_support_in_the_budget() -> None:
    """F = 1 000 000 + 0.2·73 000·0.9·10 = 1 131 400, V = 50 000 whoever lives there."""
    problem = support(tiny(), rammebudget=["hus"])
    u = unit_index(problem, "hus")
    assert problem.costs.fixed[u, 0] == pytest.approx(1_131_400)
    assert problem.costs.marginal["g"][u, 0] == problem.costs.marginal["h"][u, 0] == 50_000
    assert problem.costs.takst["g"][u] == problem.costs.takst["h"][u] == pytest.approx(1_131_400 / 9 + 50_000)


def test_progression_takes_steps_off_year_by_year_and_stops_at_nothing() -> None:
    problem = support(tiny(dict.fromkeys((2025, 2026, 2027), 1.0)), progression=1.0)
    u = unit_index(problem, "hus")
    assert problem.costs.marginal["g"][u] == pytest.approx([71_900, 64_600, 57_300])
    assert problem.costs.marginal["h"][u] == pytest.approx([57_300, 50_000, 50_000])


@pytest.mark.parametrize(
    ("owner", "shared", "factor"),
    [
        ("kommune", True, [0.98, 0.98, 0.98, 0.98]),
        ("region", True, [1, 0.95, 0.95, 0.9]),
        ("selvejende", True, [1, 1, 1, 1]),
        ("selvejende", False, [1, 1, 1, 1]),
        ("privat", False, [1, 1, 1, 1]),
    ],
)
def test_reduction_by_owner_type_and_year(owner: str, shared: bool, factor: list[float]) -> None:
    by = {"region": {"2028": 0.1, "2026": 0.05}, "selvejende": 0.0}
    levers = {"takst_reduction": 0.02, "takst_reduction_by": by}
    assert cost_factor(owner, shared, scenario(levers=levers), YEARS) == pytest.approx(factor)


def test_reduction_cuts_everything_but_the_capital_of_a_closed_house() -> None:
    hand = tiny()
    hand.offer("hus", 10, 1_000.0, 100.0, capital_charge=300.0, yearly_tilsyn=50.0)
    hand.candidate("nyt", 4, 0.0, 400.0, 10.0, approval_cost=20.0, housing_cost=70.0)
    hand.set("levers", takst_reduction=0.1)
    costs = problem_of(hand).costs
    assert costs.fixed[:, 0] == pytest.approx([0.9 * 1_050, 0.9 * 400])
    assert costs.marginal["g"][:, 0] == pytest.approx([90, 9])
    assert costs.staying[:, 0].tolist() == [300, 0]
    assert costs.approval[:, 0] == pytest.approx([0, 18])
    assert costs.housing.tolist() == [0, 70]


def purchases(*rows: tuple[int, float, float | None]) -> Hand:
    hand = tiny()
    hand.tables["purchase_prices"].clear()
    for year, price, available in rows:
        hand.add("purchase_prices", target_group="g", year=year, price=price, available=available)
    return hand


def test_years_without_a_price_take_the_nearest_earlier_row_moved_by_growth() -> None:
    levers = {"private_price_growth": 0.1}
    region = region_of(purchases((2024, 100.0, 7.0), (2027, 130.0, None)))
    prices = purchase_prices(region, scenario(levers=levers), YEARS)
    assert prices["g"] == pytest.approx([110, 121, 130, 143])
    assert purchase_available(region, ["g"], YEARS)["g"].tolist() == [7, 7, np.inf, np.inf]


def test_years_before_the_first_price_take_it_moved_back() -> None:
    levers = {"private_price_growth": 0.1}
    region = region_of(purchases((2027, 121.0, 3.0)))
    assert purchase_prices(region, scenario(levers=levers), YEARS)["g"] == pytest.approx([100, 110, 121, 133.1])
    assert purchase_available(region, ["g"], YEARS)["g"].tolist() == [3, 3, 3, 3]


def test_unmet_need_is_dearer_than_the_dearest_price() -> None:
    costs = {"unmet_penalty": 130.0}
    rate = unmet_rate(
        scenario(costs=costs), {"g": np.array([100.0, 110, 90, 90])}, [np.array([0.0, 0, 0, 200])], YEARS
    )
    assert rate.tolist() == [130, 137.5, 130, 250]


def test_private_offers_count_for_the_penalty_only_while_they_are_open_and_grow_in_price() -> None:
    hand = tiny(dict.fromkeys(YEARS[:3], 2.0))
    hand.private("fond", 4, 10.0, opened=2026, closes=2027)
    hand.set("levers", private_price_growth=0.5)
    problem = problem_of(hand)
    assert problem.costs.marginal["g"][0] == pytest.approx([10, 15, 22.5])
    assert problem.unmet_rate == pytest.approx([1.25, 1.25 * 15, 1.25 * 2.25])


def test_selvejende_outside_the_rammeaftale_is_paid_by_price() -> None:
    hand = tiny()
    hand.private("fond", 4, 10.0, owner_type="selvejende")
    hand.offer("inde", 4, 5.0, 3.0, owner_type="selvejende", owner="Fonden")
    problem = problem_of(hand)
    assert [(unit.id, unit.shared) for unit in problem.units] == [("fond", False), ("inde", True)]
    assert problem.costs.fixed[:, 0].tolist() == [0, 5]
    assert problem.costs.marginal["g"][:, 0].tolist() == [10, 3]


def test_top_up_is_a_cost_per_place_year_used() -> None:
    """Two places at 5 + top-up 2, one at a private price of 6 + 1: the private one is cheaper by use, 7 = 7 a tie."""
    hand = tiny()
    hand.offer("hus", 2, 0.0, 5.0, top_up=2.0)
    hand.private("fond", 2, 6.0, top_up=1.0)
    problem = problem_of(hand)
    assert problem.arc_cost[:, 0].tolist() == [7, 7]
    assert problem.arc_service_cost[np.argsort(problem.arcs.u), 0].tolist() == [6, 5]


def test_an_agreed_price_is_a_transfer() -> None:
    hand = tiny()
    hand.offer("hus", 2, 0.0, 5.0)
    before = problem_of(hand).arc_cost
    hand.add("agreed_prices", municipality="561", offer="hus", target_group="g", price=900.0)
    assert problem_of(hand).arc_cost == pytest.approx(before)
