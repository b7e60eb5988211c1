"""Who may live where: target group, legal basis, lock-in, ABL for complex groups, flexible approvals, routes."""

from __future__ import annotations

from typing import Any

import pytest

from kapacitet.faults import FaultyInput
from kapacitet.planning.eligibility import basis_fits, eligible, lock_in_price
from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import Cell, Term, Unit
from kapacitet.scenario.models import Scenario
from tests.planning.worlds import problem_of, second_group, tiny

LOCKED = {"levers": {"lock_in_cost": {"g": 700.0}}}


def unit(*basis: str, existing: bool = True) -> Unit:
    return Unit("u", "U", existing, "561", "kommune", "561", basis, ("g",), 4, 1.0, True, 0, 0, "illustrativ")


def cell(term: Term, *, complex: bool = True) -> Cell:
    return Cell("g", term, complex)


def scenario(**sections: Any) -> Scenario:
    return Scenario.model_validate({"name": "Prøve", "region": "lille", **sections})


@pytest.mark.parametrize(
    ("basis", "temporary", "long"),
    [
        (("sel107",), True, False),
        (("sel108",), False, True),
        (("abl105",), False, True),
        (("sel107", "sel108"), True, True),
        (("abl105", "sel107"), True, True),
    ],
)
def test_which_basis_fits_which_term(basis: tuple[str, ...], temporary: bool, long: bool) -> None:
    assert basis_fits(cell("midlertidig"), unit(*basis), abl_for_complex=True) is temporary
    assert basis_fits(cell("langvarig"), unit(*basis), abl_for_complex=True) is long


@pytest.mark.parametrize(
    ("existing", "complex", "allowed", "fits"),
    [
        (True, True, False, True),
        (False, True, False, False),
        (False, True, True, True),
        (False, False, False, True),
    ],
)
def test_abl_candidates_and_complex_groups(existing: bool, complex: bool, allowed: bool, fits: bool) -> None:
    place = unit("abl105", existing=existing)
    assert basis_fits(cell("langvarig", complex=complex), place, abl_for_complex=allowed) is fits


def test_a_mismatch_of_basis_is_open_at_its_price_only() -> None:
    assert lock_in_price(cell("langvarig"), unit("sel107"), scenario()) is None
    assert lock_in_price(cell("langvarig"), unit("sel107"), scenario(**LOCKED)) == 700
    assert lock_in_price(cell("midlertidig"), unit("sel108"), scenario(**LOCKED)) == 700
    assert lock_in_price(cell("langvarig"), unit("sel108"), scenario(**LOCKED)) == 0
    other = {"levers": {"lock_in_cost": {"h": 700.0}}}
    assert lock_in_price(cell("langvarig"), unit("sel107"), scenario(**other)) is None


@pytest.mark.parametrize("term", ["midlertidig", "langvarig"])
def test_a_price_does_not_open_an_abl_candidate_to_complex_groups(term: Term) -> None:
    place = unit("abl105", existing=False)
    assert lock_in_price(cell(term), place, scenario(**LOCKED)) is None
    allowed = scenario(**LOCKED, limits={"abl_for_complex": True})
    assert lock_in_price(cell(term), place, allowed) == (700 if term == "midlertidig" else 0)


def test_a_lock_in_is_not_eligibility() -> None:
    assert not eligible(cell("langvarig"), unit("sel107"), ("g",), scenario(**LOCKED))
    assert eligible(cell("langvarig"), unit("sel108"), ("g",), scenario())
    assert not eligible(cell("langvarig"), unit("sel108"), ("h",), scenario())


def arcs(problem: Problem) -> set[tuple[str, str, str, str, float]]:
    a = problem.arcs
    return {
        (
            problem.municipalities[k].code,
            problem.cells[c].group,
            problem.cells[c].term,
            problem.units[u].id,
            float(price),
        )
        for k, c, u, price in zip(a.k, a.c, a.u, a.lock_in, strict=True)
    }


def test_arcs_of_a_region_with_a_lock_in_and_a_flexible_offer() -> None:
    hand = tiny()
    second_group(hand)
    hand.set("levers", lock_in_cost={"g": 5.0}, flexible_107_108=["fleks"])
    hand.offer("fleks", 4, 1.0, 1.0, target_groups="h")
    hand.offer("kort", 4, 1.0, 1.0, legal_basis="sel107", target_groups="g;h")
    assert arcs(problem_of(hand)) == {
        ("561", "g", "midlertidig", "kort", 0.0),
        ("561", "g", "langvarig", "kort", 5.0),
        ("561", "h", "midlertidig", "kort", 0.0),
        ("561", "h", "midlertidig", "fleks", 0.0),
        ("561", "h", "langvarig", "fleks", 0.0),
    }


def test_the_cell_of_residents_follows_the_basis_of_their_offer_without_a_lock_in() -> None:
    """All of g is long-term by σ = 0, but who lives in a §107 house is temporary there, at no lock-in."""
    hand = tiny()
    hand.set("levers", lock_in_cost={"g": 5.0})
    hand.offer("kort", 4, 1.0, 1.0, legal_basis="sel107")
    hand.live(2, "kort")
    problem = problem_of(hand)
    (future,) = problem.futures
    lived = {
        problem.cells[c].term: (price, future.residents[a, 0])
        for a, (c, price) in enumerate(zip(problem.arcs.c, problem.arcs.lock_in, strict=True))
    }
    assert lived == {"midlertidig": (0.0, 2.0), "langvarig": (5.0, 0.0)}
    assert future.demand[0, :, 0].tolist() == [2.0, 1.0]


def test_no_route_no_arc() -> None:
    hand = tiny({2025: 3.0}, ("561", "573"))
    hand.tables["demand"][1].update(low=2.0, central=2.0, high=2.0)
    hand.offer("hus", 4, 1.0, 1.0)
    assert {code for code, *_ in arcs(problem_of(hand))} == {"561"}


def test_residents_without_a_route_are_a_fault() -> None:
    hand = tiny({2025: 3.0}, ("561", "573"))
    hand.tables["demand"][1].update(low=2.0, central=2.0, high=2.0)
    hand.offer("hus", 4, 1.0, 1.0)
    hand.live(1, "hus", code="573")
    with pytest.raises(FaultyInput, match=r"travel_times|rejse"):
        problem_of(hand)
