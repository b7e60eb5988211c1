"""Shortages that are certain before anything is solved."""

from __future__ import annotations

import pytest

from kapacitet.insight.precheck import shortages
from kapacitet.planning.optimise import optimise
from tests.independent.hand import Hand
from tests.planning.worlds import problem_of, random_problem, second_group, tiny


def lacking(hand: Hand) -> list[tuple[str, int, float]]:
    return [(one.group, one.year, one.missing) for one in shortages(problem_of(hand))]


def growing() -> Hand:
    """Need of 8 and 14; 4 places stand, a project of 3 or 5 places may open in 2026, a private house has 2."""
    hand = tiny({2025: 8.0, 2026: 14.0})
    hand.offer("hus", 4, 1.0, 1.0)
    hand.private("fond", 2, 1.0)
    for places in (3, 5):
        hand.candidate(f"nyt-{places}", places, 1.0, 1.0, 1.0, project="nyt", lead_time=1)
    return hand


def test_only_the_largest_variant_counts_and_only_from_its_opening() -> None:
    """2025: 8 − 6. 2026: 14 − (4 + 2 + 5)."""
    assert lacking(growing()) == [("g", 2025, pytest.approx(2)), ("g", 2026, pytest.approx(3))]


def test_over_occupancy_stretches_every_place() -> None:
    """2025: 8 − 1.25·6 = 0.5. 2026: 14 − 1.25·11 = 0.25."""
    hand = growing()
    hand.set("limits", over_occupancy=0.25)
    assert lacking(hand) == [("g", 2025, pytest.approx(0.5)), ("g", 2026, pytest.approx(0.25))]


def test_places_of_another_group_do_not_count_and_shared_ones_count_for_each() -> None:
    hand = tiny({2025: 3.0})
    second_group(hand, amount=6.0)
    hand.offer("faelles", 4, 1.0, 1.0, target_groups="g;h")
    hand.offer("kun-g", 9, 1.0, 1.0)
    assert lacking(hand) == [("h", 2025, pytest.approx(2))]


def test_the_words() -> None:
    (one, _) = shortages(problem_of(growing()))
    assert one.text() == (
        "2025: behovet for g er 8,0 helårspladser, men der kan højst være 6,0 egnede pladser; "
        "mindst 2,0 må købes eller mangler."
    )


@pytest.mark.parametrize("seed", range(700, 715))
def test_no_plan_does_better_than_what_is_certain(seed: int) -> None:
    """Bought and unmet place-years of a group are never below its shortage."""
    problem = random_problem(seed, "some")
    found = optimise(problem, method="benders")
    if found.outcome is None:
        return
    for one in shortages(problem):
        year = found.outcome.years[0][problem.years.index(one.year)]
        cells = [c for c, cell in enumerate(problem.cells) if cell.group == one.group]
        assert float((year.buy + year.unmet)[:, cells].sum()) >= one.missing - 1e-6
