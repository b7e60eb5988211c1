"""Goals by hand, prices on them, and what the command line says of them."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.faults import FaultyInput
from kapacitet.insight.kpis import key_figures
from kapacitet.insight.pareto.goals import GOALS, amount, read_goals
from kapacitet.insight.pareto.priced import priced
from kapacitet.insight.tables import result_tables
from kapacitet.planning.allocation import allocate
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from tests.planning.worlds import problem_of, random_problem, tiny


def problem() -> Problem:
    """Five persons: two in a private house 10 minutes away, the other three bought a place."""
    hand = tiny({2025: 5.0, 2026: 5.0}, ("561", "573"))
    for row in hand.tables["demand"]:
        if row["municipality"] == "573":
            row.update(low=0.0, central=0.0, high=0.0)
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.set("costs", travel_cost_per_minute=0.0, discount_rate=0.1)
    hand.add("travel_links", from_="561", to="573", kind="road", minutes=10)
    hand.offer("hus", 2, 0.0, 0.0, municipality="573", owner_type="privat", owner="Fonden", price=1.0)
    return problem_of(hand)


def test_goals_are_totals_over_years() -> None:
    case = problem()
    outcome = allocate(case, Plan(()))
    private, travel, unmet = (GOALS[key] for key in ("private", "travel", "unmet"))
    assert private.weights and travel.weights and unmet.weights
    assert amount(case, private.weights(case), outcome) == pytest.approx(10.0)
    assert private.unit_of(case) == pytest.approx(10.0)
    assert amount(case, travel.weights(case), outcome) == pytest.approx(2 * 2 * 10.0)
    assert amount(case, unmet.weights(case), outcome) == pytest.approx(0.0)


@pytest.mark.parametrize("seed", range(8))
def test_goals_are_the_key_figures(seed: int) -> None:
    case = random_problem(seed, "some")
    outcome = allocate(case, Plan(()))
    figures = key_figures(case, result_tables(case, Plan(()), outcome))
    values = {
        key: amount(case, goal.weights(case), outcome) / goal.unit_of(case)
        for key, goal in GOALS.items()
        if goal.weights is not None
    }
    assert values["private"] == pytest.approx(figures["privat_andel"], abs=1e-9)
    assert values["unmet"] == pytest.approx(figures["udaekket_helaarspladser"], abs=1e-9)


@pytest.mark.parametrize("key", ["private", "travel", "unmet"])
@pytest.mark.parametrize("seed", range(6))
def test_a_price_charges_a_plans_own_allocation_its_goal(key: str, seed: int) -> None:
    """The allocation of a plan costs just price·goal more, discounting undone, where nobody is unserved for it."""
    case, goal, price = random_problem(seed, "some"), GOALS[key], 7.0
    costlier = priced(case, [goal], [price])
    outcome = allocate(case, Plan(()))
    assert goal.weights is not None
    added = 0.0
    for future, years in zip(case.futures, outcome.years, strict=True):
        for t, year in enumerate(years):
            dearer = (costlier.arc_cost - case.arc_cost)[:, t] @ year.use
            dearer += float((year.buy * (costlier.purchase_price - case.purchase_price)[None, :, t]).sum())
            dearer += float(year.unmet.sum() * (costlier.unmet_rate - case.unmet_rate)[t])
            added += future.probability * case.discount[t] * dearer
    expected = price * amount(case, goal.weights(case), outcome) / goal.unit_of(case)
    assert added == pytest.approx(expected, rel=1e-9, abs=1e-6 * price)
    cheapest = [year.cost for year in allocate(costlier, Plan(())).years[0]]
    own = [year.cost for year in outcome.years[0]]
    assert case.discount @ cheapest <= case.discount @ own + expected * (1 + 1e-9) + 1e-6


def test_nothing_is_priced_at_nothing() -> None:
    case = problem()
    assert priced(case, [GOALS["private"]], [0.0]) is case
    with pytest.raises(ValueError, match="burden"):
        priced(case, [GOALS["burden"]], [1.0])


def test_service_is_never_refused_to_look_good() -> None:
    """However dear private places are made, a person who can be bought a place gets it."""
    case = priced(problem(), [GOALS["private"]], [1e6])
    outcome = allocate(case, Plan(()))
    assert np.allclose([year.unmet.sum() for year in outcome.years[0]], 0.0)


def test_goals_are_read() -> None:
    assert read_goals("cost,private") == ("private",)
    assert read_goals("travel, unmet") == ("travel", "unmet")


@pytest.mark.parametrize("text", ["", "cost", "cost,private,private", "private,travel,unmet", "cost,pris"])
def test_other_goals_are_faults(text: str) -> None:
    with pytest.raises(FaultyInput) as told:
        read_goals(text)
    assert all(fault.column == "--goals" and fault.mend for fault in told.value.faults)
