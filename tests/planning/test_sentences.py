"""Sentences of requirements as a planner reads them: Danish, with decimal commas."""

from __future__ import annotations

import pytest

from kapacitet.faults import FaultyInput
from kapacitet.planning.constraints import FAMILIES
from kapacitet.planning.extensive import build_extensive
from kapacitet.planning.problem import build_problem
from kapacitet.planning.rows import RowInfo
from kapacitet.scenario.models import Scenario
from tests.independent.hand import Hand
from tests.planning.worlds import buying, problem_of, tiny


def sentences(hand: Hand, family: str) -> list[str]:
    problem = problem_of(hand)
    found: list[RowInfo] = [info for info in build_extensive(problem).model.rows.values() if info.family == family]
    return [FAMILIES[family].sentence(problem, info.subject) for info in found]


def test_hires_with_a_decimal_comma() -> None:
    hand = tiny()
    hand.set("limits", staff="hard")
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0, staff_per_place=1.5)
    hand.add("staff_limits", area="561", year=2025, hires=12.5)
    assert sentences(hand, "staff") == ["nye tilbud i Kommune 561 kan højst ansætte 12,5 i 2025"]


def test_purchase_with_a_decimal_comma() -> None:
    hand = tiny()
    hand.tables["purchase_prices"].clear()
    buying(hand, "g", available=2.5)
    assert sentences(hand, "purchase") == ["Der kan højst købes 2,5 pladser til g i 2025"]


def test_share_with_a_decimal_comma() -> None:
    hand = tiny()
    hand.offer("hus", 4, 1.0, 1.0)
    hand.set("limits", public_share_min=0.125)
    assert sentences(hand, "public_share")[-1] == (
        "kommuner og region har pladser til mindst 12,5 % af behovet for g (langvarig) i 2025"
    )


def test_too_many_residents_with_decimal_commas() -> None:
    """5 residents fill 4 places with 25 % over-occupancy when the region is checked, but not without it."""
    hand = tiny({2025: 6.0, 2026: 6.0})
    hand.group("g", attrition=0.1)
    hand.set("limits", over_occupancy=0.25)
    hand.offer("hus", 4, 1.0, 1.0)
    hand.live(5, "hus")
    region_with_room = problem_of(hand).region
    hand.set("limits", over_occupancy=0.05)
    with pytest.raises(FaultyInput) as caught:
        build_problem(region_with_room, Scenario.model_validate(hand.scenario))
    texts = [fault.text() for fault in caught.value.faults]
    assert any("2025: 5 beboere, men kun plads til 4,2." in text for text in texts)
    assert any("2026: 4,5 beboere, men kun plads til 4,2." in text for text in texts)
