"""Takst and price worked out by hand: several groups, conversion, reduction, ceiling, agreed prices."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.planning.plan import Plan
from tests.independent.hand import Hand
from tests.ledger.rates.houses import FULL, converting, house, house_rates
from tests.planning.worlds import problem_of

G, H = FULL + 71_900 + 29_200, FULL + 57_300 - 29_200


def test_takst_differs_by_the_whole_ydelsestakst_and_the_basistakst_is_one() -> None:
    rate = house_rates(house())
    assert rate.groups == ("g", "h")
    assert rate.variable[0].tolist() == pytest.approx([71_900, 57_300])
    assert rate.support[0].tolist() == pytest.approx([109_500, 36_500])
    assert rate.supplement[0].tolist() == pytest.approx([29_200, -29_200])
    assert rate.takst == pytest.approx(np.tile([G, H], (3, 1)))
    assert rate.basistakst == pytest.approx(np.full((3, 2), FULL - 8_400))
    assert rate.takst[0, 0] - rate.takst[0, 1] == pytest.approx(109_500 - 36_500)


def test_takst_in_the_first_year_is_the_one_planning_uses() -> None:
    for levers in ({}, {"rammebudget": ["hus"]}):
        hand = house()
        hand.set("levers", **levers)
        problem = problem_of(hand)
        rate = house_rates(hand)
        assert rate.takst[0].tolist() == pytest.approx([problem.costs.takst[g][0] for g in ("g", "h")])


def test_reduction_from_a_year_takes_the_same_share_of_every_takst() -> None:
    hand = house(yearly_tilsyn=9_000.0, capital_charge=200_000.0)
    hand.set("levers", takst_reduction_by={"kommune": {"2026": 0.1}})
    rate = house_rates(hand)
    assert rate.fixed.tolist() == pytest.approx([1_009_000, 908_100, 908_100])
    assert rate.takst[0].tolist() == pytest.approx([G + 1_000, H + 1_000])
    assert rate.takst[1:] == pytest.approx(np.tile([0.9 * (G + 1_000), 0.9 * (H + 1_000)], (2, 1)))
    assert rate.support[1].tolist() == pytest.approx([109_500, 36_500])
    assert rate.capital.tolist() == [200_000] * 3
    assert rate.tilsyn.tolist() == [9_000] * 3
    assert rate.rest.tolist() == pytest.approx([800_000, 699_100, 699_100])


def conversion_plan() -> Plan:
    return Plan((), conversions=(0,))


def test_conversion_moves_the_mean_and_so_every_price() -> None:
    """From 2026 for g and i: r[g] = FULL + 71 900 − 0.8·36 500, r[i] = FULL + 86 500 + 0.8·36 500."""
    hand = converting(house())
    assert problem_of(hand).conversions[0].year == 2026
    rate = house_rates(hand, conversion_plan())
    assert rate.groups == ("g", "h", "i")
    assert rate.served.tolist() == [[True, True, False], [True, False, True], [True, False, True]]
    assert rate.takst[0, :2].tolist() == pytest.approx([G, H])
    assert rate.takst[1, [0, 2]].tolist() == pytest.approx([FULL + 71_900 - 29_200, FULL + 86_500 + 29_200])


def test_without_the_conversion_its_groups_are_known_but_not_served() -> None:
    rate = house_rates(converting(house()))
    assert rate.groups == ("g", "h", "i")
    assert rate.served.tolist() == [[True, True, False]] * 3


@pytest.mark.parametrize("progression", [0.0, 1.0])
def test_conversion_of_a_rammebudget_moves_the_budget_but_progression_does_not(progression: float) -> None:
    """The price is 1 mio./9 + 50 000 + 0.2·Ȳ at the starting level: 175 711.11, then 190 311.11."""
    hand = converting(house())
    hand.set("levers", rammebudget=["hus"], progression=progression)
    rate = house_rates(hand, conversion_plan())
    for year, price in enumerate([FULL + 50_000 + 14_600, FULL + 50_000 + 29_200, FULL + 50_000 + 29_200]):
        assert rate.takst[year].tolist() == pytest.approx([price] * 3)


def test_a_ceiling_holds_for_its_group_and_an_agreed_price_overrides_it() -> None:
    hand = house()
    hand.set("levers", takst_cap={"g": 200_000.0})
    hand.add("agreed_prices", municipality="561", offer="hus", target_group="g", price=205_000.0)
    rate = house_rates(hand)
    assert rate.ceiling[0].tolist() == [200_000, np.inf]
    assert rate.agreed == {("561", "g"): 205_000}
    assert rate.price("561", "g").tolist() == [205_000] * 3
    assert rate.price("udenbys", "g").tolist() == [200_000] * 3
    assert rate.price("561", "h") == pytest.approx([H] * 3)


def test_no_price_while_the_house_is_shut() -> None:
    hand = house(opened=2026, closes=2027)
    hand.add("agreed_prices", municipality="561", offer="hus", target_group="g", price=205_000.0)
    rate = house_rates(hand)
    assert rate.open.tolist() == [False, True, False]
    assert rate.places.tolist() == [0, 10, 0]
    assert rate.fixed.tolist() == [0, 1_000_000, 0]
    assert rate.operation_year[1] == 0
    for price in (rate.price("561", "g"), rate.price("561", "h"), rate.takst[:, 0]):
        assert np.isnan(price).tolist() == [True, False, True]


def owner_of(**values: object) -> str:
    hand: Hand = house(**values)
    return house_rates(hand).owner


def test_who_bears_the_result() -> None:
    assert owner_of() == "561"
    assert owner_of(owner_type="region", owner="Region Syddanmark") == "region"
    selvejende = {"owner_type": "selvejende", "owner": "Fonden"}
    assert owner_of(**selvejende) == "Fonden"
    assert owner_of(**selvejende, deficit_bearer="561") == "561"
    assert owner_of(**selvejende, deficit_bearer="region") == "region"


def test_the_region_is_the_same_party_by_its_name() -> None:
    hand = house(owner_type="selvejende", owner="Fonden", deficit_bearer="Region Syddanmark")
    hand.offer("andet", 4, 0.0, 0.0, owner_type="region", owner="Region Syddanmark")
    assert house_rates(hand).owner == "region"
