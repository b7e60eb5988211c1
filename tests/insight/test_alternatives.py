"""What adding, exchanging or dropping a candidate changes, against pricing the changed plan from scratch."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kapacitet.insight.alternatives import alternatives
from kapacitet.planning.allocation import allocate, year_recourses
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import objective, yearly_costs
from kapacitet.planning.optimise import optimise
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from tests.independent.hand import Hand
from tests.insight.results import result
from tests.planning.worlds import random_problem, tiny, unit_index

CASES = [("some", seed) for seed in range(800, 820)] + [("all", seed) for seed in range(800, 815)]


def price(problem: Problem, plan: Plan) -> float:
    return objective(problem, yearly_costs(problem, plan, allocate(problem, plan)))


def changed(problem: Problem, plan: Plan, row: dict[str, object]) -> tuple[int, ...]:
    """Starts of the plan that a row of the table speaks of."""
    u = unit_index(problem, str(row["candidate"]))
    if row["in_plan"]:
        return tuple(i for i in plan.starts if problem.starts[i].unit != u)
    (new,) = (i for i, start in enumerate(problem.starts) if (start.unit, start.start_year) == (u, row["start_year"]))
    project = problem.units[u].project
    rivals = [i for i in plan.starts if problem.units[problem.starts[i].unit].project == project]
    assert (row["replaces"] is None or pd.isna(row["replaces"])) == (not rivals)  # type: ignore[call-overload]
    return tuple(sorted([*(i for i in plan.starts if i not in rivals), new]))


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_every_change_is_that_of_pricing_the_changed_plan_anew(families: str, seed: int) -> None:
    problem = random_problem(seed, families)  # type: ignore[arg-type]
    plan = optimise(problem, method="benders").plan
    if plan is None:
        return
    completion = Completion(problem)
    table = alternatives(problem, plan, year_recourses(problem), completion)
    assert set(table["candidate"]) == {problem.units[start.unit].id for start in problem.starts}
    before = price(problem, plan)
    bare = price(problem, replace(plan, excess={}))
    for row in table.to_dict("records"):
        starts = changed(problem, plan, row)  # type: ignore[arg-type]
        done = completion.complete(starts, plan.closures, plan.conversions)
        assert bool(row["allowed"]) == (done is not None)
        if done is not None:
            expected = price(problem, done.plan) - before
            assert row["obstacle"] is None or pd.isna(row["obstacle"])
            assert row["change"] >= -1e-6 * abs(before) - 1e-3, "the plan was not optimal"
        else:
            expected = price(problem, Plan(starts, plan.closures, plan.conversions)) - bare
            assert row["obstacle"]
        assert row["change"] == pytest.approx(expected, rel=1e-6, abs=1e-6 * abs(before) + 1e-3)


def blocked() -> Hand:
    """A house that saves 4·(10 − 1) − 2 = 34, but costs 10 of a frame of 4."""
    hand = tiny({2025: 4.0})
    hand.tables["purchase_prices"][0]["price"] = 10e6
    hand.candidate("nyt", 4, 10e6, 1e6, 1e6)
    hand.add("anlaegsramme", municipality="561", year=2025, amount=4e6)
    hand.set("limits", anlaegsramme="hard")
    return hand


def test_what_stands_in_the_way_is_named_with_what_lacks() -> None:
    found = result(blocked()).tables
    (row,) = found["alternatives"].to_dict("records")
    assert not row["allowed"] and not row["in_plan"]
    assert row["obstacle"] == "Kommune 561s anlægsramme: 2025 (6,0 mio. kr. for lidt)"
    assert row["change"] == pytest.approx(-34e6)
    (limit,) = found["binding"].to_dict("records")
    assert (limit["family"], limit["party"], limit["blocks"]) == ("anlaegsramme", "561", "nyt")
    assert limit["saves"] == pytest.approx(34e6)


def test_a_frame_used_to_the_last_krone_binds() -> None:
    hand = blocked()
    hand.tables["anlaegsramme"][0]["amount"] = 10e6
    found = result(hand).tables
    (limit,) = found["binding"].to_dict("records")
    assert (limit["family"], limit["year"], limit["tag"]) == ("anlaegsramme", 2025, "aftale")
    assert (limit["limit"], limit["used"], limit["slack"]) == pytest.approx((10e6, 10e6, 0), abs=1e-3)
    (row,) = found["alternatives"].to_dict("records")
    assert row["in_plan"] and row["allowed"]
    assert row["change"] == pytest.approx(34e6)


def test_a_larger_variant_takes_the_place_of_the_one_in_the_plan() -> None:
    hand = tiny({2025: 4.0})
    hand.tables["purchase_prices"][0]["price"] = 10.0
    hand.candidate("a", 4, 10.0, 1.0, 1.0, project="p")
    hand.candidate("b", 8, 10.0, 3.0, 1.0, project="p")
    rows = result(hand).tables["alternatives"].set_index("candidate")
    assert rows.loc["b", "replaces"] == "a"
    assert rows.loc["b", "change"] == pytest.approx(2)
    assert rows.loc["a", "change"] == pytest.approx(34)
