"""A run with a previous plan: its table, its price in costs, accounts and alternatives, and what keeping it costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kapacitet.insight.alternatives import alternatives
from kapacitet.insight.gains.result import Gains
from kapacitet.insight.gains.run import gains
from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.insight.store import read_result, write_tables
from kapacitet.planning.allocation import allocate, year_recourses
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import objective, yearly_costs
from kapacitet.planning.optimise import optimise
from kapacitet.planning.plan import Plan
from kapacitet.report.comparison import compare
from kapacitet.report.markdown import to_markdown
from kapacitet.report.summary import summary
from tests.insight.test_alternatives import changed, price
from tests.planning.rolled import Builds, Families, rolled, some_previous, with_previous
from tests.planning.worlds import random_problem
from tests.report.world import NAMES, region, scenario

CASES: list[tuple[Families, int]] = [("some", s) for s in range(980, 992)] + [("all", s) for s in range(980, 992)]


def answered(previous: Builds, change_price: float, *, keep: bool = False) -> Result:
    found = run(region(), with_previous(scenario(), previous, change_price), keep=keep)
    assert isinstance(found, Result)
    return found


def test_the_price_is_in_the_costs_and_in_no_account() -> None:
    """The small region builds 12 places in 2026; the previous plan had 8 in 2027, and changing it is paid."""
    plain, found = answered({}, 1e6), answered({"nyt-8": 2027}, 1e6)
    costs = found.tables["costs"]
    paid = costs[costs["component"] == "planaendring"]
    assert paid["amount"].tolist() == [1e6, 0.0, 0.0, 0.0, 0.0]
    assert costs["discounted"].sum() == pytest.approx(found.summary["objective"])
    assert found.summary["objective"] == pytest.approx(plain.summary["objective"] + 1e6)
    assert found.summary["baseline"]["objective"] == pytest.approx(plain.summary["baseline"]["objective"])
    assert found.tables["accounts"].equals(plain.tables["accounts"])
    (row,) = found.tables["plan_change"].to_dict("records")
    assert (row["kind"], row["candidate_before"], row["candidate"]) == ("anden_variant", "nyt-8", "nyt-12")
    assert row["price"] == 1e6


def test_without_a_previous_plan_nothing_is_told() -> None:
    found = answered({}, 1e6)
    assert found.tables["plan_change"].empty and "previous_plan" not in found.summary
    assert "Ændringer siden sidste plan" not in to_markdown(summary(found, NAMES))


def test_keeping_is_told_and_searched_for_when_asked() -> None:
    found = answered({"nyt-8": 2027}, 1e6, keep=True)
    told = found.summary["previous_plan"]
    assert told["alone"]["cost"] == pytest.approx(told["whole"]["cost"])  # there is but one project
    assert told["alone"]["cost"] > found.summary["objective"]
    assert answered({"nyt-8": 2027}, 1e6).summary["previous_plan"]["whole"] is None
    kept = answered({"nyt-8": 2027}, 1e9, keep=True)
    assert kept.summary["objective"] == pytest.approx(told["alone"]["cost"])
    said = to_markdown(summary(found, NAMES))
    assert "## Ændringer siden sidste plan" in said and "1,0 mio. kr." in said


def test_the_table_is_kept_in_files_and_compared(tmp_path: Path) -> None:
    found, plain = answered({"nyt-8": 2027}, 1e6), answered({}, 0.0)
    write_tables(found, tmp_path)
    again = read_result(tmp_path)
    assert again.scenario == found.scenario
    assert again.tables["plan_change"].to_dict("records")[0]["candidate_before"] == "nyt-8"
    assert to_markdown(summary(again, NAMES)) == to_markdown(summary(found, NAMES))
    titles = [line.title for line in compare([found, plain], ["a", "b"]).lines]
    assert "Ændring af sidste plan" in titles


def test_groups_of_municipalities_have_no_previous_plan() -> None:
    """A change has a price for the region's plan only: what a group costs doesn't depend on it."""
    found = [gains(region(), with_previous(scenario(), previous, 5e6)) for previous in ({}, {"nyt-8": 2027})]
    first, second = found
    assert isinstance(first, Gains) and isinstance(second, Gains)
    assert first.together.cost == pytest.approx(second.together.cost)
    assert first.cost_alone() == pytest.approx(second.cost_alone(), nan_ok=True)


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_alternatives_bear_the_price_too(families: Families, seed: int) -> None:
    bare = random_problem(seed, families)
    problem = rolled(bare, some_previous(bare, seed), 0.4e6)
    plan = optimise(problem, method="benders").plan
    if plan is None:
        return
    completion = Completion(problem)
    table = alternatives(problem, plan, year_recourses(problem), completion)
    before, without = price(problem, plan), price(problem, replace(plan, excess={}))
    for row in table.to_dict("records"):
        starts = changed(problem, plan, row)  # type: ignore[arg-type]
        done = completion.complete(starts, plan.closures, plan.conversions)
        other = done.plan if done else Plan(starts, plan.closures, plan.conversions)
        total = objective(problem, yearly_costs(problem, other, allocate(problem, other)))
        expected = total - (before if done else without)
        assert row["change"] == pytest.approx(expected, rel=1e-6, abs=1e-6 * abs(before) + 1e-3)
