"""The price of changing the previous plan: enumeration, both ways of solving, its limits, and the components' sum."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import objective, yearly_costs
from kapacitet.planning.optimise import Method, Optimum, optimise
from kapacitet.planning.problem import Problem
from kapacitet.planning.solver import Ending
from kapacitet.scenario.section_limits import DEAREST_CHANGE
from tests.planning.rolled import Builds, Families, changed, every_plan, rolled, some_previous
from tests.planning.worlds import problem_of, random_problem, starts_of, tiny

RELATIVE, ABSOLUTE = 1e-7, 1e-3
METHODS: tuple[Method, ...] = ("benders", "extensive")
CASES: list[tuple[Families, int]] = [("some", s) for s in range(900, 915)] + [("all", s) for s in range(900, 915)]
PRICES = (0.0, 0.3e6, 4e6)


def builds(problem: Problem, found: Optimum) -> Builds:
    assert found.plan is not None
    starts = [problem.starts[i] for i in found.plan.starts]
    return {problem.units[start.unit].id: start.start_year for start in starts}


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_the_optimum_is_that_of_looking_at_every_plan(families: Families, seed: int) -> None:
    bare = random_problem(seed, families)
    previous = some_previous(bare, seed)
    for price in PRICES:
        problem = rolled(bare, previous, price)
        totals = [cost + price * changed(plan, previous) for plan, cost in every_plan(seed, families)]
        for method in METHODS:
            solved = optimise(problem, method=method).solved
            if not totals:
                assert solved.ending is Ending.INFEASIBLE
                continue
            assert solved.objective == pytest.approx(min(totals), rel=RELATIVE, abs=ABSOLUTE)
            assert solved.bound is not None
            assert solved.bound <= min(totals) * (1 + RELATIVE) + ABSOLUTE


def test_the_cases_are_worth_solving() -> None:
    """The price decides: optima that change the previous plan for nothing keep more of it at a price."""
    changes = {price: 0 for price in PRICES}
    for families, seed in CASES:
        previous = some_previous(random_problem(seed, families), seed)
        for price in PRICES:
            totals = [(cost + price * changed(plan, previous), plan) for plan, cost in every_plan(seed, families)]
            if totals:
                changes[price] += changed(min(totals, key=lambda each: each[0])[1], previous)
    free, cheap, dear = (changes[price] for price in PRICES)
    assert free > cheap > dear > 0


@pytest.mark.parametrize("seed", range(930, 940))
def test_without_a_price_the_plan_is_as_if_there_had_been_none(seed: int) -> None:
    bare = random_problem(seed, "all")
    priceless = rolled(bare, some_previous(bare, seed))
    for method in METHODS:
        first, second = optimise(bare, method=method), optimise(priceless, method=method)
        assert (first.plan, first.solved.objective) == (second.plan, second.solved.objective)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("families", "seed"), CASES)
def test_the_dearest_price_keeps_what_can_be_kept(method: Method, families: Families, seed: int) -> None:
    bare = random_problem(seed, families)
    previous = some_previous(bare, seed)
    fewest = min((changed(plan, previous) for plan, _ in every_plan(seed, families)), default=None)
    problem = rolled(bare, previous, DEAREST_CHANGE)
    found = optimise(problem, method=method)
    if fewest is None:
        assert found.solved.ending is Ending.INFEASIBLE
        return
    chosen = builds(problem, found)
    assert sum(chosen.get(name) != year for name, year in previous.items()) == fewest


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_the_price_never_makes_more_changes_and_costs_no_less(families: Families, seed: int) -> None:
    """Of two prices the higher has at most as many changes, and at least the cost (exchange argument)."""
    bare = random_problem(seed, families)
    previous = some_previous(bare, seed)
    told = []
    for price in PRICES:
        problem = rolled(bare, previous, price)
        found = optimise(problem)
        if found.plan is None:
            return
        chosen = builds(problem, found)
        told.append((sum(chosen.get(n) != y for n, y in previous.items()), found.solved.objective or 0.0))
    assert [changes for changes, _ in told] == sorted((changes for changes, _ in told), reverse=True)
    costs = [cost for _, cost in told]
    assert all(after >= before * (1 - RELATIVE) - ABSOLUTE for before, after in pairwise(costs))


@pytest.mark.parametrize("seed", range(940, 955))
def test_components_add_up_and_the_price_is_one_of_them_in_the_first_year(seed: int) -> None:
    bare = random_problem(seed, "all")
    previous = some_previous(bare, seed)
    problem = rolled(bare, previous, 0.7e6)
    found = optimise(problem)
    if found.plan is None or found.outcome is None:
        return
    yearly = yearly_costs(problem, found.plan, found.outcome)
    changes = sum(builds(problem, found).get(name) != year for name, year in previous.items())
    assert yearly["planaendring"].tolist() == [pytest.approx(0.7e6 * changes), *np.zeros(len(problem.years) - 1)]
    total = sum(float(problem.discount @ amounts) for amounts in yearly.values())
    assert total == pytest.approx(found.solved.objective, rel=1e-9)
    assert objective(problem, yearly) == pytest.approx(total)
    without = yearly_costs(bare, found.plan, found.outcome)
    assert total == pytest.approx(objective(bare, without) + 0.7e6 * changes, rel=1e-9)


def two_years() -> Problem:
    """A house of 4 places that saves (100 − 1)·4 a year less 10; the previous plan has it a year too late."""
    hand = tiny({2025: 4.0, 2026: 4.0})
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.candidate("nyt", 4, 0.0, 10.0, 1.0)
    hand.set("costs", discount_rate=0.1)
    return problem_of(hand)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("price", "start", "cost"), [(385.0, 2025, 14 + 14 / 1.1 + 385), (387.0, 2026, 400 + 14 / 1.1)]
)
def test_by_hand(method: Method, price: float, start: int, cost: float) -> None:
    """A year earlier saves 400 − 14 = 386 in the year the price is paid: beyond that it isn't worth it."""
    problem = rolled(two_years(), {"nyt": 2026}, price)
    found = optimise(problem, method=method)
    assert builds(problem, found) == {"nyt": start}
    assert found.solved.objective == pytest.approx(cost)


def test_a_plan_that_can_no_longer_be_kept_costs_the_price_whatever_is_done() -> None:
    """The previous start isn't among the problem's: the price is a constant, told as a component all the same."""
    problem = rolled(two_years(), {"nyt": 2030}, 5.0)
    for method in METHODS:
        found = optimise(problem, method=method)
        assert builds(problem, found) == {"nyt": 2025}
        assert found.solved.objective == pytest.approx(14 + 14 / 1.1 + 5)


@pytest.mark.parametrize(("chosen", "price"), [({}, 50.0), ({"nyt": 2025}, 50.0), ({"nyt": 2026}, 0.0)])
def test_a_completed_plan_bears_the_price(chosen: Builds, price: float) -> None:
    bare = two_years()
    problem = rolled(bare, {"nyt": 2026}, 50.0)
    first, second = (Completion(each).complete(starts_of(each, **chosen)) for each in (bare, problem))
    assert first is not None and second is not None
    assert second.cost - first.cost == pytest.approx(price)
    assert objective(problem, yearly_costs(problem, second.plan, allocate(problem, second.plan))) == pytest.approx(
        objective(bare, yearly_costs(bare, first.plan, allocate(bare, first.plan))) + price
    )
