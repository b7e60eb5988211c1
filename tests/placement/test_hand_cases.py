"""Cases small enough to place by hand."""

from __future__ import annotations

import pytest

from kapacitet.placement import Placement, place
from kapacitet.planning.allocation import allocate
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem, build_problem

from .worlds import candidate, group, living, need, offer, private_offer, scenario, world


def where(placement: Placement, year: int) -> dict[str, int]:
    rows = placement.persons[(placement.persons["year"] == year) & (placement.persons["persons"] > 0)]
    return rows.groupby("offer")["persons"].sum().to_dict()


def moves(placement: Placement) -> list[tuple[object, ...]]:
    columns = ["year", "from_offer", "to_offer", "persons", "reason"]
    return list(placement.moves[columns].itertuples(index=False, name=None))


def late_house(**sections: dict[str, object]) -> tuple[Problem, Plan]:
    """Two live in their own and two in private places when a cheaper house of three opens a year later."""
    region = world(
        [offer("hus", 2), private_offer("privat", 5)],
        need(4, 4),
        [living("hus", 1), living("privat", 1)],
        [candidate("nyt", 3)],
    )
    problem = build_problem(region, scenario(**sections))
    return problem, Plan(starts=(0,))


def test_price_of_continuity_by_hand() -> None:
    problem, plan = late_house()
    found = place(problem, plan, outcome=allocate(problem, plan))
    assert where(found, 2026) == where(found, 2027) == {"hus": 2, "privat": 2}
    assert found.moves.empty
    # Two years of the house, one of the new one, and 2 · 100 000 + 2 · 1 000 000 for the four each year.
    assert found.cost == pytest.approx(2 * 1_000_000 + 500_000 + 2 * 2_200_000)
    # With today's two held alone, one of the others is in the new house in 2027.
    assert found.reference_cost == pytest.approx(found.cost - 1_000_000 + 200_000)
    assert found.price_of_continuity == pytest.approx(800_000 / 6_100_000)
    assert found.rounding_cost == pytest.approx(0, abs=1e-3)
    (warning,) = found.warnings
    assert warning.severity == "advarsel" and "13,1 %" in warning.message and "0,8 mio. kr." in warning.message
    assert found.note


def test_nothing_is_saved_by_moving_anybody_so_nobody_is_moved() -> None:
    problem, plan = late_house(limits={"residents_stay": False})
    found = place(problem, plan)
    assert where(found, 2027) == {"hus": 2, "privat": 2}
    assert found.moves.empty and found.yearly["flytning"].sum() == 0


def test_a_move_may_assume_no_saving() -> None:
    near = [{"municipality": "410", "offer_or_candidate": o, "minutes": m} for o, m in (("hus", 200), ("nyt", 0))]
    region = world(
        [offer("hus", 2)],
        [*need(1, 1, code="410"), *need(0, 0)],
        [living("hus", 1, "410")],
        [candidate("nyt", 1, variable_cost=90_000)],
        codes=("561", "410"),
        travel_times=near,
    )
    problem = build_problem(region, scenario(limits={"residents_stay": False}))
    found = place(problem, Plan(starts=(0,)))
    assert moves(found) == [(2027, "hus", "nyt", 1, "tilladt flytning")]
    assert found.yearly["flytning"].tolist() == pytest.approx([0, 10_000])
    assert found.yearly["rejse"].tolist() == pytest.approx([200 * 300, 0])
    held = place(build_problem(region, scenario()), Plan(starts=(0,)))
    assert held.moves.empty and where(held, 2027) == {"hus": 1}


def test_closing_is_a_named_move() -> None:
    region = world(
        [offer("hus", 2, earliest_close=2027), offer("andet", 3, variable_cost=300_000)],
        need(2, 2),
        [living("hus", 2)],
    )
    problem = build_problem(region, scenario(limits={"closures": True}))
    found = place(problem, Plan((), closures=(0,)))
    assert where(found, 2026) == {"hus": 2} and where(found, 2027) == {"andet": 2}
    assert moves(found) == [(2027, "hus", "andet", 2, "lukning")]
    gone = found.persons[(found.persons["year"] == 2027) & (found.persons["offer"] == "hus")]
    assert gone[["persons", "stayed", "arrived", "left"]].to_numpy().tolist() == [[0, 0, 0, 2]]


def test_an_offer_that_ends_by_itself_is_a_named_move() -> None:
    region = world([offer("hus", 2, closes=2027), offer("andet", 3)], need(2, 2), [living("hus", 2)])
    assert moves(place(build_problem(region, scenario()), Plan(()))) == [(2027, "hus", "andet", 2, "lukning")]


def test_converting_moves_the_group_that_loses_its_places() -> None:
    region = world(
        [offer("hus", 4), offer("andet", 3)],
        [*need(2, 2), *need(0, 2, name="dom")],
        [living("hus", 2)],
        groups=[group(), group(id="dom", name="Dom")],
        conversions=[
            {"offer": "hus", "from_groups": "autisme", "to_groups": "dom", "cost": 0, "years": 1, "earliest": 2026}
        ],
    )
    problem = build_problem(region, scenario(limits={"conversions": True}))
    found = place(problem, Plan((), conversions=(0,)))
    assert moves(found) == [(2027, "hus", "andet", 2, "omlægning")]
    assert where(found, 2027) == {"hus": 2, "andet": 2}


def test_those_who_wait_come_before_newcomers_and_bought_long_term_is_a_home() -> None:
    prices = [{"target_group": "autisme", "year": 2026, "price": 1_200_000, "available": 1}]
    region = world(
        [offer("hus", 1)],
        need(3, 4),
        [living("hus", 1)],
        [candidate("nyt", 1)],
        purchase_prices=[*prices, {"target_group": "autisme", "year": 2027, "price": 1_200_000, "available": 1}],
    )
    found = place(build_problem(region, scenario()), Plan(starts=(0,)))
    assert where(found, 2026) == {"hus": 1, "koeb": 1, "udaekket": 1}
    assert where(found, 2027) == {"hus": 1, "koeb": 1, "nyt": 1, "udaekket": 1}
    assert moves(found) == [(2027, "udaekket", "nyt", 1, "fra udækket til plads")]


def test_bought_temporary_places_are_left_when_a_house_opens() -> None:
    region = world(
        [offer("hus", 1, legal_basis="sel107")],
        need(2, 2),
        [living("hus", 1)],
        [candidate("nyt", 1, legal_basis="sel107")],
        groups=[group(temporary_share=1.0)],
    )
    found = place(build_problem(region, scenario()), Plan(starts=(0,)))
    assert moves(found) == [(2027, "koeb", "nyt", 1, "fra køb til plads")]


def test_fewer_bought_places_end_a_stay() -> None:
    prices = [
        {"target_group": "autisme", "year": year, "price": 1_200_000, "available": available}
        for year, available in ((2026, 2), (2027, 1))
    ]
    region = world([offer("hus", 1)], need(3, 3), [living("hus", 1)], purchase_prices=prices)
    found = place(build_problem(region, scenario()), Plan(()))
    assert moves(found) == [(2027, "koeb", "udaekket", 1, "færre pladser at købe")]


def test_attrition_adds_up_over_the_years() -> None:
    region = world([offer("hus", 5)], need(*[4.0] * 6), [living("hus", 4)], groups=[group(attrition=0.25)])
    found = place(build_problem(region, scenario(last=2031)), Plan(()))
    assert found.persons["left"].tolist() == [0, 1, 1, 1, 1, 1]
    assert found.persons["persons"].tolist() == [4] * 6


def test_a_need_that_falls_faster_than_attrition_takes_those_last_placed() -> None:
    region = world([offer("hus", 9)], need(6, 3, 2), [living("hus", 2)])
    found = place(build_problem(region, scenario(last=2028)), Plan(()))
    assert found.persons[["persons", "left"]].to_numpy().tolist() == [[6, 0], [3, 3], [2, 1]]


def test_need_is_rounded_once_for_the_region_not_by_municipality() -> None:
    codes = ("410", "561", "573", "607")
    region = world([offer("hus", 9)], [row for code in codes for row in need(0.5, 0.6, code=code)], codes=codes)
    found = place(build_problem(region, scenario()), Plan(()))
    by_year = found.persons.groupby("year")["persons"].sum()
    assert by_year.to_dict() == {2026: 2, 2027: 2}
    assert found.moves.empty and (found.persons["left"] == 0).all()


def test_temporary_and_long_term_share_a_flexible_house_whole() -> None:
    codes = ("410", "561", "573", "607")
    region = world(
        [offer("hus", 9, legal_basis="sel107;sel108")],
        [row for code in codes for row in need(1, 1, code=code)],
        [living("hus", 1, code) for code in codes],
        groups=[group(temporary_share=0.25)],
        codes=codes,
    )
    found = place(build_problem(region, scenario()), Plan(()))
    by_term = found.persons.groupby(["year", "term"])["persons"].sum().to_dict()
    assert by_term == {(y, t): n for y in (2026, 2027) for t, n in (("langvarig", 3), ("midlertidig", 1))}
    assert (found.persons.groupby(["year", "municipality"])["persons"].sum() == 1).all()


def test_residents_from_outside_the_region_take_their_place() -> None:
    region = world([offer("hus", 2)], need(2, 2), [living("hus", 1), living("hus", 1, "udenbys")])
    found = place(build_problem(region, scenario()), Plan(()))
    assert where(found, 2026) == {"hus": 2, "koeb": 1}
    assert set(found.persons["municipality"]) == {"561", "udenbys"}


def test_residents_of_unlisted_offers_stay_there() -> None:
    region = world([offer("hus", 3)], need(2, 2), [living("udenfor:autisme", 1)])
    found = place(build_problem(region, scenario()), Plan(()))
    assert where(found, 2027) == {"hus": 1, "udenfor:autisme": 1}
    assert found.yearly["koeb"].tolist() == [1_200_000.0, 1_200_000.0]


def test_nobody_to_place() -> None:
    found = place(build_problem(world([offer("hus", 2)], need(0, 0)), scenario()), Plan(()))
    assert found.persons.empty and found.moves.empty
    assert found.cost == found.reference_cost == 2_000_000
