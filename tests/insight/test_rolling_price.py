"""The previous plan held fixed, against looking at every plan; why it can't be; and the table of changes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kapacitet.insight.rolling_change import DROPPED, KEPT, MOVED, NEW, SWAPPED, plan_change
from kapacitet.insight.rolling_price import keeping, kept_alone, kept_whole, previous_starts
from kapacitet.planning.allocation import year_recourses
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import yearly_costs
from kapacitet.planning.optimise import Pricing, optimise
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from tests.independent.hand import Hand
from tests.planning.rolled import Builds, Families, changed, every_plan, rolled, some_previous
from tests.planning.worlds import problem_of, random_problem, starts_of, tiny

RELATIVE, ABSOLUTE = 1e-7, 1e-3
CASES: list[tuple[Families, int]] = [("some", s) for s in range(960, 972)] + [("all", s) for s in range(960, 972)]


def pricing(problem: Problem) -> Pricing:
    return Pricing(Completion(problem), year_recourses(problem))


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_the_previous_plan_held_fixed_costs_what_enumeration_says(families: Families, seed: int) -> None:
    bare = random_problem(seed, families)
    previous = some_previous(bare, seed)
    problem = rolled(bare, previous, 1e6)
    units = bare.units
    committed = {units[s.unit].id: s.start_year for s in bare.starts if s.committed}
    plans = every_plan(seed, families)
    whole = [cost for plan, cost in plans if not changed(plan, previous)]
    alone = [
        cost
        for plan, cost in plans
        if dict(plan.builds) == committed | previous and not plan.closures and not plan.conversions
    ]
    for found, costs in ((kept_whole(problem), whole), (kept_alone(problem, pricing(problem)), alone)):
        if costs:
            assert found.cost == pytest.approx(min(costs), rel=RELATIVE, abs=ABSOLUTE)
            assert found.bound is not None and found.bound <= min(costs) * (1 + RELATIVE) + ABSOLUTE
            assert found.obstacles == ()
        else:
            assert found.cost is None and found.obstacles


def test_the_cases_tell_something() -> None:
    """Some previous plans can be held and cost more than the optimum, some cost the same, some can't be held."""
    kinds = set()
    for families, seed in CASES:
        previous = some_previous(random_problem(seed, families), seed)
        plans = every_plan(seed, families)
        held = [cost for plan, cost in plans if not changed(plan, previous)]
        if plans:
            kinds.add("impossible" if not held else "dearer" if min(held) > min(c for _, c in plans) + 1 else "same")
    assert kinds == {"impossible", "dearer", "same"}


def two_houses(previous: Builds, price: float = 0.0) -> Problem:
    """Two projects, the first in two sizes, in a municipality with a frame of 10 kr. a year."""
    hand = tiny({2025: 12.0, 2026: 12.0})
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.candidate("a-4", 4, 6.0, 1.0, 1.0, project="a")
    hand.candidate("a-8", 8, 9.0, 2.0, 1.0, project="a")
    hand.candidate("b", 4, 9.0, 1.0, 1.0)
    framed(hand, 10.0)
    return rolled(problem_of(hand), previous, price)


def framed(hand: Hand, amount: float) -> None:
    for year in (2025, 2026):
        hand.add("anlaegsramme", municipality="561", year=year, amount=amount)
    hand.set("limits", anlaegsramme="hard")


def test_the_reason_is_the_frame_and_the_old_plan_in_words() -> None:
    problem = two_houses({"a-8": 2025, "b": 2025})
    for found in (kept_alone(problem, pricing(problem)), kept_whole(problem)):
        assert found.cost is None
        text = " ".join(found.obstacles)
        assert "a-8 bygges som i sidste plan" in text and "b bygges som i sidste plan" in text
        assert "anlægsramme" in text and "2025" in text and "8,00 mio" not in text
        assert "tvunget" not in text


def test_what_the_scenario_forces_is_told_as_forced() -> None:
    problem = two_houses({"a-8": 2025})
    projects = problem.scenario.projects.model_copy(update={"forced": ("a-4",)})
    forced = problem.scenario.model_copy(update={"projects": projects})
    found = kept_whole(replace(problem, scenario=forced))
    text = " ".join(found.obstacles)
    assert "a-4 skal bygges (tvunget i scenariet)" in text and "a-8 bygges som i sidste plan" in text


def test_a_start_that_is_no_longer_there_is_told() -> None:
    problem = two_houses({"a-8": 2024})
    assert previous_starts(problem) == ((), ("a-8 kan ikke bygges fra 2024 i dette scenarie",))
    for found in (kept_alone(problem, pricing(problem)), kept_whole(problem)):
        assert (found.cost, found.bound) == (None, None)
        assert found.obstacles == ("a-8 kan ikke bygges fra 2024 i dette scenarie",)


def test_stopped_before_a_plan_was_found_nothing_is_claimed() -> None:
    found = kept_whole(two_houses({"a-8": 2025}), stop=lambda: True)
    assert (found.cost, found.bound, found.obstacles) == (None, None, ())


def test_a_plan_that_keeps_everything_is_the_previous_plan_held_fixed() -> None:
    """Nothing is searched for again: the optimum is the best plan that keeps the previous one."""
    problem = two_houses({"a-8": 2025})
    best = optimise(problem)
    told = keeping(problem, best, search=True)
    assert told["whole"] == {"cost": best.solved.objective, "bound": best.solved.bound, "obstacles": []}
    assert told["alone"]["cost"] > best.solved.objective  # without b
    assert keeping(problem, best)["whole"] is None


def kinds(problem: Problem, **chosen: int) -> dict[str, str]:
    table = plan_change(problem, Plan(starts_of(problem, **chosen)))
    return dict(zip(table["project"], table["kind"], strict=True))


@pytest.mark.parametrize(
    ("previous", "chosen", "told"),
    [
        ({"a-8": 2025}, {"a_8": 2025}, {"a": KEPT}),
        ({"a-8": 2025}, {"a_8": 2026}, {"a": MOVED}),
        ({"a-8": 2025}, {"a_4": 2025}, {"a": SWAPPED}),
        ({"a-8": 2025}, {"a_4": 2026}, {"a": SWAPPED}),
        ({"a-8": 2025}, {}, {"a": DROPPED}),
        ({"a-8": 2025}, {"b": 2026}, {"a": DROPPED, "p-b": NEW}),
        ({"a-8": 2025, "b": 2026}, {"a_8": 2025, "b": 2025}, {"a": KEPT, "p-b": MOVED}),
        ({}, {"b": 2026}, {}),
    ],
)
def test_kinds_of_change(previous: Builds, chosen: Builds, told: dict[str, str]) -> None:
    assert kinds(two_houses(previous, 3.0), **chosen) == told


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_the_table_pays_what_the_plan_pays(families: Families, seed: int) -> None:
    bare = random_problem(seed, families)
    problem = rolled(bare, some_previous(bare, seed), 0.4e6)
    found = optimise(problem)
    if found.plan is None or found.outcome is None:
        return
    table = plan_change(problem, found.plan)
    paid = yearly_costs(problem, found.plan, found.outcome)["planaendring"].sum()
    assert table["price"].sum() == pytest.approx(paid)
    assert table["project"].is_unique and list(table["project"]) == sorted(table["project"])
    fresh = [i for i in found.plan.starts if not problem.starts[i].committed]
    if problem.scenario.projects.previous:
        assert int(table["candidate"].notna().sum()) == len(fresh)
        assert int(table["candidate_before"].notna().sum()) == len(problem.scenario.projects.previous)
    unpriced = table["kind"].isin([KEPT, NEW])
    assert (table.loc[unpriced, "price"] == 0).all() and (table.loc[~unpriced, "price"] > 0).all()


def test_what_is_decided_already_is_no_change() -> None:
    hand = tiny({2025: 4.0, 2026: 4.0})
    hand.candidate("nyt", 4, 0.0, 1.0, 1.0)
    hand.candidate("andet", 4, 0.0, 1.0, 1.0)
    hand.set("projects", committed=[{"candidate": "nyt", "start": 2025}])
    problem = rolled(problem_of(hand), {"andet": 2026})
    table = plan_change(problem, Plan(starts_of(problem, nyt=2025, andet=2026)))
    assert list(table["project"]) == ["p-andet"]
    assert table["start"].tolist() == [2026] and not pd.isna(table["start_before"]).any()
