"""What the first stage may choose: windows of starts, facts, delay, overrun, ABL, pools, closing and converting."""

from __future__ import annotations

from typing import Any

import pytest

from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import Start
from tests.independent.hand import Hand
from tests.planning.worlds import problem_of, second_group, tiny, unit_index

FOUR = {2025: 3.0, 2026: 3.0, 2027: 3.0, 2028: 3.0}


def starts(hand: Hand, name: str = "nyt") -> list[Start]:
    problem = problem_of(hand)
    return [start for start in problem.starts if problem.units[start.unit].id == name]


def windows(hand: Hand, name: str = "nyt") -> list[tuple[int, int]]:
    return [(start.start_year, start.open_year) for start in starts(hand, name)]


def building(demand: dict[int, float] = FOUR, **changes: Any) -> Hand:
    hand = tiny(demand)
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0, **({"lead_time": 1, "spend_profile": "0.4;0.6"} | changes))
    return hand


def test_starts_lie_in_the_horizon_and_open_inside_it() -> None:
    assert windows(building()) == [(2025, 2026), (2026, 2027), (2027, 2028)]


def test_starts_lie_between_earliest_and_latest() -> None:
    assert windows(building(earliest=2026, latest=2026)) == [(2026, 2027)]


def test_delay_moves_the_opening_and_not_the_spending() -> None:
    hand = building()
    hand.set("levers", construction_delay=1)
    assert windows(hand) == [(2025, 2027), (2026, 2028)]
    assert starts(hand)[0].spending == pytest.approx((4, 6, 0, 0))


def test_overrun_raises_spending() -> None:
    hand = building()
    hand.set("levers", construction_overrun=0.5)
    assert starts(hand)[1].spending == pytest.approx((0, 6, 9, 0))
    assert starts(hand)[1].frame_draw == pytest.approx((0, 6, 9, 0))


def test_committed_before_the_horizon_is_the_only_start_and_what_was_spent_is_sunk() -> None:
    hand = building(earliest=2027)
    hand.candidate("andet", 4, 10.0, 1.0, 1.0, project="p-nyt")
    hand.set("projects", committed=[{"candidate": "nyt", "start": 2024}], only_owner_types=["region"])
    (start,) = starts(hand)
    assert start.committed and (start.start_year, start.open_year) == (2024, 2025)
    assert start.spending == pytest.approx((6, 0, 0, 0))
    assert starts(hand, "andet") == []


def test_committed_may_open_after_the_horizon() -> None:
    hand = building()
    hand.set("projects", committed=[{"candidate": "nyt", "start": 2028}])
    (start,) = starts(hand)
    assert start.open_year == 2029 and start.spending == pytest.approx((0, 0, 0, 4))


@pytest.mark.parametrize("name", ["nyt", "p-nyt"])
def test_forbidden_by_candidate_or_project(name: str) -> None:
    hand = building()
    hand.set("projects", forbidden=[name])
    assert starts(hand) == []


def test_only_some_owner_types_build() -> None:
    hand = building()
    hand.candidate("regionens", 4, 10.0, 1.0, 1.0, owner_type="region", owner="Region Syddanmark")
    hand.set("projects", only_owner_types=["region"])
    assert starts(hand) == []
    assert len(starts(hand, "regionens")) == 4


@pytest.mark.parametrize(
    ("basis", "owner_type", "exempt", "draws"),
    [
        ("abl105", "kommune", True, False),
        ("abl105", "kommune", False, True),
        ("abl105", "region", True, True),
        ("sel108", "kommune", True, True),
        ("sel108;abl105", "kommune", True, True),
    ],
)
def test_what_draws_on_a_frame(basis: str, owner_type: str, exempt: bool, draws: bool) -> None:
    owner = "561" if owner_type == "kommune" else "Region Syddanmark"
    hand = building(legal_basis=basis, owner_type=owner_type, owner=owner)
    hand.set("levers", abl_exempt=exempt)
    start = starts(hand)[0]
    assert start.frame_draw == pytest.approx((4, 6, 0, 0) if draws else (0, 0, 0, 0))
    assert start.spending == pytest.approx((4, 6, 0, 0))


def pooled(**changes: Any) -> Problem:
    hand = tiny(FOUR)
    second_group(hand)
    hand.candidate("g107", 4, 10.0, 1.0, 1.0, legal_basis="sel107")
    hand.candidate("g108", 4, 10.0, 1.0, 1.0)
    hand.candidate("begge", 4, 10.0, 1.0, 1.0, legal_basis="sel107;sel108")
    hand.candidate("gh108", 4, 10.0, 1.0, 1.0, target_groups="g;h")
    hand.candidate("region", 4, 10.0, 1.0, 1.0, owner_type="region", owner="Region Syddanmark")
    pool = {
        "id": "p",
        "first_year": 2025,
        "last_year": 2026,
        "legal_basis": "sel108",
        "target_groups": "g",
        "amount": 5.0,
        "relieves": "anlaegsramme",
    }
    hand.set("levers", **changes.pop("levers", {}))
    hand.add("loan_pools", **(pool | changes))
    return problem_of(hand)


@pytest.mark.parametrize(
    ("changes", "qualified"),
    [
        ({}, {"g108"}),
        ({"legal_basis": "sel107;sel108"}, {"g107", "g108", "begge"}),
        ({"target_groups": "g;h"}, {"g108", "gh108"}),
        ({"relieves": "likviditet"}, {"region"}),
        ({"levers": {"flexible_107_108": ["g108"]}}, set()),
    ],
)
def test_every_group_and_basis_of_a_candidate_must_be_named_by_the_pool(
    changes: dict[str, Any], qualified: set[str]
) -> None:
    problem = pooled(**changes)
    assert {problem.units[u].id for u in problem.pools[0].units} == qualified


def test_the_window_of_the_scenario_replaces_that_of_the_pool() -> None:
    (pool,) = pooled(levers={"loan_pool_window": [2027, 2028]}).pools
    assert (pool.first_year, pool.last_year) == (2027, 2028)


def test_closing_needs_the_switch_a_first_year_and_an_open_shared_offer() -> None:
    hand = tiny(FOUR)
    hand.offer("hus", 4, 1.0, 1.0, earliest_close=2026, closing_cost=9.0, closes=2028)
    hand.offer("uden", 4, 1.0, 1.0)
    assert problem_of(hand).closures == ()
    hand.set("limits", closures=True)
    problem = problem_of(hand)
    assert [(problem.units[c.unit].id, c.year, c.cost) for c in problem.closures] == [
        ("hus", 2026, 9.0),
        ("hus", 2027, 9.0),
    ]


def test_closing_by_the_table_costs_that_year_and_leaves_the_capital_charge() -> None:
    hand = tiny(FOUR)
    hand.offer("hus", 4, 5.0, 1.0, closes=2026, closing_cost=9.0, capital_charge=2.0)
    hand.offer("sunket", 4, 5.0, 1.0, closes=2024, closing_cost=9.0, capital_charge=3.0)
    problem = problem_of(hand)
    assert problem.planned_closing[unit_index(problem, "hus")].tolist() == [0, 11, 2, 2]
    assert problem.planned_closing[unit_index(problem, "sunket")].tolist() == [3, 3, 3, 3]
    assert problem.places[unit_index(problem, "hus")].tolist() == [4, 0, 0, 0]


def test_conversions_take_effect_inside_the_horizon() -> None:
    hand = tiny(FOUR)
    second_group(hand)
    hand.offer("hus", 4, 1.0, 1.0)
    hand.add("conversions", offer="hus", from_groups="g", to_groups="h", cost=7.0, years=2, earliest=2024)
    assert problem_of(hand).conversions == ()
    hand.set("limits", conversions=True)
    found = problem_of(hand).conversions
    assert [(c.start_year, c.year, c.groups_after, c.cost) for c in found] == [
        (2025, 2027, ("h",), 7.0),
        (2026, 2028, ("h",), 7.0),
    ]


def test_a_converted_rammebudget_follows_the_groups() -> None:
    """F holds s·Ȳ·β·P: from Y_g = 2·36 500 to Y_h = 4·36 500 with s = 0.2, β·P = 4: + 58 400."""
    hand = tiny()
    second_group(hand, support_step=4.5)
    hand.group("g", support_step=2.5)
    hand.tables["support_step_price"][0]["price"] = 100.0
    hand.offer("hus", 4, 1.0, 1.0)
    hand.add("conversions", offer="hus", from_groups="g", to_groups="h", cost=7.0, years=0, earliest=2025)
    hand.set("limits", conversions=True)
    hand.set("levers", rammebudget=["hus"])
    assert problem_of(hand).conversions[0].fixed_change == pytest.approx((58_400,))
