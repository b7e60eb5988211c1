"""Opening, approval and start-up year by year, and which offers have rates at all."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.ledger.rates import LONG_OPEN, plan_rates
from kapacitet.planning.plan import Plan
from tests.ledger.rates.houses import house, house_rates, new_house, new_house_rates, rates_of
from tests.planning.worlds import problem_of, starts_of


def test_approval_is_part_of_the_fixed_cost_of_the_opening_year() -> None:
    """F = 460 and then 440 on 4 places, V = 10."""
    rate = new_house_rates(new_house())
    assert rate.open.tolist() == [False, True, True, True]
    assert rate.operation_year[1:].tolist() == [0, 1, 2]
    assert rate.fixed.tolist() == pytest.approx([0, 460, 440, 440])
    assert rate.approval.tolist() == [0, 20, 0, 0]
    assert rate.capital.tolist() == pytest.approx([0, 10, 10, 10])
    assert rate.tilsyn.tolist() == [0, 30, 30, 30]
    assert rate.rest.tolist() == pytest.approx([0, 400, 400, 400])
    assert rate.takst[1:, 0].tolist() == pytest.approx([125, 120, 120])
    assert np.isnan(rate.takst[0, 0])


def test_startup_occupancy_raises_the_first_years() -> None:
    """460/2 + 10, 440/3.2 + 10, then 440/4 + 10."""
    rate = new_house_rates(new_house())
    assert rate.startup == (0.5, 0.8)
    assert rate.starting_up.tolist() == [False, True, True, False]
    assert rate.startup_takst[1:, 0].tolist() == pytest.approx([240, 147.5, 120])
    assert rate.price("561", "g", startup=True)[1:].tolist() == pytest.approx([240, 147.5, 120])


def test_startup_of_the_scenario_goes_before_the_candidates_own() -> None:
    hand = new_house()
    hand.set("underskud", startup_occupancy=[0.4])
    rate = new_house_rates(hand)
    assert rate.startup_takst[1:, 0].tolist() == pytest.approx([460 / 1.6 + 10, 120, 120])


def test_a_ceiling_holds_in_startup_too() -> None:
    hand = new_house()
    hand.set("levers", takst_cap={"g": 150.0})
    assert new_house_rates(hand).price("561", "g", startup=True)[1:].tolist() == pytest.approx([150, 147.5, 120])


def test_without_startup_the_takst_of_takststyring_is_that_of_full_operation() -> None:
    rate = new_house_rates(new_house(startup_occupancy=None))
    assert not rate.starting_up.any()
    assert rate.startup_takst[1:] == pytest.approx(rate.takst[1:])


def test_reduction_is_taken_in_service_and_overrun_is_in_the_capital() -> None:
    """F = 0.9·(400 + 30 + 15 + 20) in the opening year; approval is cut as in the resource cost."""
    hand = new_house()
    hand.set("levers", takst_reduction=0.1, construction_overrun=0.5)
    rate = new_house_rates(hand)
    assert rate.fixed[1:].tolist() == pytest.approx([418.5, 400.5, 400.5])
    assert rate.capital[1:].tolist() == pytest.approx([15, 15, 15])
    assert rate.approval[1:].tolist() == pytest.approx([18, 0, 0])
    assert rate.rest[1:].tolist() == pytest.approx([355.5, 355.5, 355.5])


def test_a_committed_house_that_opened_before_the_horizon_is_not_new() -> None:
    hand = new_house()
    hand.set("projects", committed=[{"candidate": "nyt", "start": 2023}])
    problem = problem_of(hand)
    rate = rates_of(problem, Plan(starts_of(problem, nyt=2023)))["nyt"]
    assert rate.operation_year.tolist() == [1, 2, 3, 4]
    assert rate.fixed.tolist() == pytest.approx([440] * 4)
    assert rate.starting_up.tolist() == [True, False, False, False]
    assert rate.startup_takst[:, 0].tolist() == pytest.approx([147.5, 120, 120, 120])


def test_existing_offers_count_years_from_their_opening() -> None:
    assert house_rates(house(opened=2020)).operation_year.tolist() == [5, 6, 7]
    assert house_rates(house()).operation_year.tolist() == [LONG_OPEN] * 3
    assert house_rates(house()).startup == ()


def test_only_shared_offers_with_places_in_some_year_have_rates() -> None:
    hand = new_house()
    hand.offer("hus", 4, 10.0, 1.0)
    hand.offer("lukket", 4, 10.0, 1.0, closes=2025)
    hand.private("fond", 4, 10.0)
    hand.private("udenfor", 4, 10.0, owner_type="selvejende")
    problem = problem_of(hand)
    assert [rate.offer for rate in plan_rates(problem, Plan(()))] == ["hus"]
    rates = plan_rates(problem, Plan(starts_of(problem, nyt=2025)))
    assert [rate.offer for rate in rates] == ["hus", "nyt"]
    assert [problem.units[rate.unit].id for rate in rates] == ["hus", "nyt"]


def test_a_closure_ends_the_rates() -> None:
    hand = house(earliest_close=2026)
    hand.set("limits", closures=True)
    problem = problem_of(hand)
    closing = next(i for i, closure in enumerate(problem.closures) if closure.year == 2026)
    rate = rates_of(problem, Plan((), closures=(closing,)))["hus"]
    assert rate.open.tolist() == [True, False, False]
    assert rate.fixed.tolist() == [1_000_000, 0, 0]
