"""Plans for many futures: Benders against the extensive form, with and without weight on the tail; the bounds; the
same answer wherever futures are solved."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from kapacitet.faults import FaultyInput
from kapacitet.planning.allocation import allocate
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import objective, yearly_costs
from kapacitet.planning.optimise import optimise
from kapacitet.planning.plan import Outcome
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.risk import Risk
from kapacitet.planning.solver import Ending, Progress
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.hand import YEAR
from tests.independent.tiny_regions import PRICE_YEAR, random_case
from tests.planning.worlds import problem_of, tiny

RELATIVE, ABSOLUTE = 1e-7, 1e-3
Families = Literal["some", "all"]


def second_stage_costs(problem: Problem, outcome: Outcome) -> Array:
    """Discounted cost (kr.) of each future's placements, told by the allocation."""
    return np.array([sum(problem.discount[t] * year.cost for t, year in enumerate(years)) for years in outcome.years])


def drawn(seed: int, families: Families, count: int, weight: float = 0.0, level: float = 0.6) -> Problem:
    """A random tiny region in ``count`` drawn futures."""
    tables, keys = random_case(seed, families=families)
    futures = {"count": count, "seed": seed, "growth_sd": 0.2, "cvar_weight": weight, "cvar_level": level}
    scenario = Scenario.model_validate({**keys, "futures": futures})
    over = scenario.limits.over_occupancy
    return build_problem(region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=over), scenario)


def cases() -> list[tuple[Families, int, int, float]]:
    rng = random.Random(7)
    kinds: tuple[Families, ...] = ("some", "all")
    return [
        (kinds[i % 2], 600 + i, rng.randint(2, 5), 0.0 if i % 4 < 2 else rng.choice((0.3, 0.7, 1.0)))
        for i in range(100)
    ]


@pytest.mark.parametrize(("families", "seed", "count", "weight"), cases())
def test_same_optimum_as_the_extensive_form(families: Families, seed: int, count: int, weight: float) -> None:
    problem = drawn(seed, families, count, weight)
    told: list[Progress] = []
    benders = optimise(problem, method="benders", progress=told.append)
    whole = optimise(problem, method="extensive")
    assert benders.solved.ending is whole.solved.ending
    if whole.solved.objective is None or benders.plan is None or benders.outcome is None or benders.completed is None:
        assert benders.plan is None
        return
    least = whole.solved.objective
    slack = RELATIVE * abs(least) + ABSOLUTE
    assert benders.solved.objective == pytest.approx(least, abs=slack)
    assert benders.solved.bound is not None and benders.solved.bound <= least + slack
    assert all(event.bound <= least + slack for event in told)
    again = benders.completed.cost + Risk.of(problem).value(second_stage_costs(problem, benders.outcome))
    assert again == pytest.approx(benders.solved.objective, rel=1e-12)
    expected = objective(problem, yearly_costs(problem, benders.plan, benders.outcome))
    assert expected <= benders.solved.objective + slack
    if not weight:
        assert expected == pytest.approx(benders.solved.objective, rel=1e-9, abs=ABSOLUTE)


@pytest.mark.parametrize("seed", range(700, 708))
@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_where_futures_are_sampled_the_answer_is_still_exact(seed: int, weight: float) -> None:
    """More futures than are solved each time: the pool of duals bounds the rest, and the best plan is confirmed."""
    problem = drawn(seed, "some", 20, weight, level=0.8)
    benders, whole = optimise(problem, method="benders"), optimise(problem, method="extensive")
    assert benders.solved.ending is whole.solved.ending
    if whole.solved.objective is not None:
        slack = RELATIVE * abs(whole.solved.objective) + ABSOLUTE
        assert benders.solved.objective == pytest.approx(whole.solved.objective, abs=slack)
        assert benders.solved.bound is not None and benders.solved.bound <= whole.solved.objective + slack


@pytest.mark.parametrize("seed", range(600, 612))
def test_one_future_is_the_deterministic_model(seed: int) -> None:
    """The same future many times over, whatever the tail weighs, has the optimum of that future alone."""
    problem = drawn(seed, "all", 1)
    alone = optimise(problem, method="benders")
    thrice = replace(problem, futures=tuple(replace(problem.futures[0], probability=p) for p in (0.5, 0.3, 0.2)))
    settings = problem.scenario.futures.model_copy(update={"cvar_weight": 0.5, "cvar_level": 0.5})
    thrice = replace(thrice, scenario=problem.scenario.model_copy(update={"futures": settings}))
    many = optimise(thrice, method="benders")
    assert many.solved.ending is alone.solved.ending
    if alone.solved.objective is not None:
        assert many.solved.objective == pytest.approx(alone.solved.objective, rel=1e-7, abs=ABSOLUTE)


def test_more_weight_on_the_tail_never_costs_less_and_makes_the_tail_cheaper() -> None:
    """The optimum rises with λ; and the CVaR of the plan chosen falls, as far as plans differ."""
    for seed in (604, 610, 616, 622):
        found = [optimise(drawn(seed, "some", 4, weight)) for weight in (0.0, 0.5, 1.0)]
        values = [one.solved.objective for one in found]
        if any(value is None for value in values):
            continue
        assert values == sorted(values, key=lambda v: float(v or 0.0))
        tails = []
        for one in found:
            assert one.outcome is not None and one.completed is not None
            problem = drawn(seed, "some", 4, 1.0)
            tails.append(one.completed.cost + Risk.of(problem).value(second_stage_costs(problem, one.outcome)))
        assert tails[2] <= min(tails) * (1 + RELATIVE) + ABSOLUTE


def test_the_weights_of_a_tail_by_hand() -> None:
    """Costs 1, 2, 4, 3 alike likely; the dearest half is 4 and 3: CVaR 3.5, mean 2.5."""
    risk = Risk(np.full(4, 0.25), 0.5, 0.4)
    totals = np.array([1.0, 2.0, 4.0, 3.0])
    assert risk.weights(totals) == pytest.approx([0.15, 0.15, 0.35, 0.35])
    assert risk.value(totals) == pytest.approx(0.6 * 2.5 + 0.4 * 3.5)
    split = Risk(np.array([0.9, 0.1]), 0.8, 1.0)
    assert split.value(np.array([1.0, 5.0])) == pytest.approx(0.5 * 5 + 0.5 * 1)


def test_every_future_is_placed_by_the_one_rule() -> None:
    problem = drawn(640, "all", 3)
    found = optimise(problem)
    assert found.plan is not None and found.outcome is not None
    for f in range(3):
        alone = replace(problem, futures=(replace(problem.futures[f], probability=1.0),))
        for mine, other in zip(found.outcome.years[f], allocate(alone, found.plan).years[0], strict=True):
            assert mine.use == pytest.approx(other.use, abs=1e-7)


def test_stopped_at_once_the_plan_of_doing_nothing_is_kept() -> None:
    stopped = optimise(drawn(640, "some", 20), stop=lambda: True)
    assert stopped.solved.ending in (Ending.STOPPED_WITH_PLAN, Ending.STOPPED_WITHOUT, Ending.OPTIMAL)
    if stopped.solved.objective is not None and stopped.solved.bound is not None:
        assert stopped.solved.bound <= stopped.solved.objective * (1 + 1e-9) + 1e-6


def test_futures_with_more_residents_in_bought_places_than_can_be_bought_are_a_fault() -> None:
    """Four live there; of the next year's three places some drawn futures need a fourth: nobody could house them."""
    hand = tiny({YEAR: 4.0, YEAR + 1: 4.0})
    hand.live(4, "udenfor:g")
    hand.tables["target_groups"][0]["attrition"] = 0.3
    hand.tables["purchase_prices"][0]["available"] = 4.0
    hand.add("purchase_prices", target_group="g", year=YEAR + 1, price=1.0, available=3.0)
    assert optimise(problem_of(hand)).plan is not None
    hand.set("futures", count=20, seed=1)
    with pytest.raises(FaultyInput) as told:
        problem_of(hand)
    (fault,) = told.value.faults
    assert (fault.table, fault.column) == ("purchase_prices", "available")
    assert fault.message == f"I {YEAR + 1} bor 4 i udenfor:g, men der kan kun købes 3."
