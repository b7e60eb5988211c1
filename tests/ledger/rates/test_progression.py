"""Progression: the price falls by the whole ydelsestakst, the cost by a part; under a rammebudget only the cost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from kapacitet.insight.rate_tables import progression_table
from kapacitet.ledger.rates import UnitRates, plan_rates
from kapacitet.planning.allocation import allocate
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from tests.independent.hand import Hand
from tests.ledger.rates.houses import FULL, house, house_rates
from tests.planning.worlds import problem_of, random_problem


def progressing(**levers: object) -> Hand:
    """Y[g] is 109 500, 73 000 and 36 500; Y[h] is 36 500 and then 0; Ȳ is 73 000, 36 500 and 18 250."""
    hand = house()
    hand.set("levers", progression=1.0, **levers)
    return hand


def test_an_ordinary_price_falls_by_the_whole_ydelsestakst() -> None:
    rate = house_rates(progressing())
    assert rate.support.tolist() == [[109_500, 36_500], [73_000, 0], [36_500, 0]]
    assert rate.variable.tolist() == pytest.approx(np.array([[71_900, 57_300], [64_600, 50_000], [57_300, 50_000]]))
    start = FULL - 8_400
    expected = start + np.array([[109_500, 36_500], [73_000, 0], [36_500, 0]])
    assert rate.takst == pytest.approx(expected)
    assert rate.basistakst == pytest.approx(np.full((3, 2), start))


def test_a_rammebudget_keeps_its_price_while_its_budget_falls() -> None:
    rate = house_rates(progressing(rammebudget=["hus"]))
    assert rate.fixed.tolist() == pytest.approx([1_131_400, 1_065_700, 1_032_850])
    assert rate.supplement[:, 0].tolist() == pytest.approx([0, 7_300, 10_950])
    assert rate.takst == pytest.approx(np.full((3, 2), 1_131_400 / 9 + 50_000))


def test_a_reduction_cuts_the_price_of_a_rammebudget_once() -> None:
    rate = house_rates(progressing(rammebudget=["hus"], takst_reduction_by={"kommune": {"2027": 0.1}}))
    full = 1_131_400 / 9 + 50_000
    assert rate.takst[:, 0].tolist() == pytest.approx([full, full, 0.9 * full])


def result(rate: UnitRates, use: np.ndarray) -> np.ndarray:
    """Payments less cost by year at a use by group."""
    return np.asarray(((rate.takst - rate.variable) * use).sum(axis=1) - rate.fixed)


def everything(problem: Problem) -> Plan:
    """The first start of every candidate and the first conversion, whether or not they may go together."""
    first = {start.unit: i for i, start in reversed(list(enumerate(problem.starts)))}
    return Plan(tuple(sorted(first.values())), conversions=(0,) if problem.conversions else ())


@pytest.mark.parametrize("seed", range(30))
def test_full_use_pays_the_cost_but_for_what_progression_moves(seed: int) -> None:
    """At β·P place-years, equally many of each group: loss (1 − s)·ΔȲ·β·P, under a rammebudget gain s·ΔȲ·β·P."""
    problem = random_problem(seed, "all")
    levers, share = problem.scenario.levers, problem.scenario.costs.support_variable_share
    for rate in plan_rates(problem, everything(problem)):
        unit = problem.units[rate.unit]
        n = rate.occupancy * unit.places
        equally = rate.served / rate.served.sum(axis=1, keepdims=True)
        fallen = ((rate.support[0] - rate.support) * equally).sum(axis=1)
        left = np.array([problem.cost_share(unit, t) for t in range(len(problem.years))])
        moved = share if unit.id in levers.rammebudget else share - 1
        there = rate.open
        scale = rate.fixed[there].max() + 1.0
        found = result(rate, n * equally)[there]
        assert found == pytest.approx((left * moved * fallen * n)[there], abs=1e-9 * scale)


def full_house(futures: int = 1, **levers: object) -> list[dict[str, Any]]:
    """Six from g and three from h in every year, one of g from outside the region."""
    hand = progressing(**levers)
    hand.tables["demand"].clear()
    for year in (2025, 2026, 2027):
        hand.need("561", "g", year, 5.0)
        hand.need("561", "h", year, 3.0)
    for row in hand.tables["purchase_prices"]:
        row["price"] = 1e6
    hand.live(5, "hus", group="g")
    hand.live(3, "hus", group="h")
    hand.live(1, "hus", code="udenbys", group="g")
    problem = problem_of(hand)
    plan = Plan(())
    (future,) = problem.futures
    alike = (replace(future, probability=1 / futures),) * futures
    problem = replace(problem, futures=alike)
    table = progression_table(problem, plan, plan_rates(problem, plan), allocate(problem, plan))
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def test_what_the_house_loses_and_would_gain_with_a_rammebudget() -> None:
    """2026: 0.8·36 500·9; 2027: 0.8·(73 000·6 + 36 500·3). Rammebudget: −0.2·36 500·9 and −0.2·54 750·9."""
    rows = full_house()
    assert [row["year"] for row in rows] == [2026, 2027]
    assert [row["place_years"] for row in rows] == pytest.approx([9, 9])
    assert [row["loss"] for row in rows] == pytest.approx([262_800, 438_000])
    assert [row["loss_other_pricing"] for row in rows] == pytest.approx([-65_700, -98_550])
    assert [row["rammebudget"] for row in rows] == [False, False]


def test_futures_weigh_by_their_probability() -> None:
    for one, two in zip(full_house(), full_house(futures=2), strict=True):
        assert two == one | {key: pytest.approx(one[key]) for key in ("place_years", "loss", "loss_other_pricing")}


def test_a_rammebudget_gains_and_would_lose_priced_by_step() -> None:
    rows = full_house(rammebudget=["hus"])
    assert [row["loss"] for row in rows] == pytest.approx([-65_700, -98_550])
    assert [row["loss_other_pricing"] for row in rows] == pytest.approx([262_800, 438_000])
    assert all(row["rammebudget"] for row in rows)


def test_both_are_after_the_takst_reduction() -> None:
    rows = full_house(takst_reduction=0.1)
    assert rows[0]["loss"] == pytest.approx(0.9 * 262_800)
    assert rows[0]["loss_other_pricing"] == pytest.approx(0.9 * -65_700)


@pytest.mark.parametrize("budget", [(), ("hus",)])
def test_the_loss_is_the_difference_from_a_world_without_progression(budget: tuple[str, ...]) -> None:
    rows = full_house(rammebudget=list(budget))
    use = np.tile([6.0, 3.0], (3, 1))
    hand = house()
    hand.set("levers", rammebudget=list(budget))
    still = result(house_rates(hand), use)
    moving = result(house_rates(progressing(rammebudget=list(budget))), use)
    assert [row["loss"] for row in rows] == pytest.approx((still - moving)[1:])


def test_no_rows_without_progression() -> None:
    problem, plan = problem_of(house()), Plan(())
    assert progression_table(problem, plan, plan_rates(problem, plan), allocate(problem, plan)).empty
