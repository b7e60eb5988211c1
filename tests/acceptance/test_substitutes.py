"""When a builder's refusal rules out more than the refused plan: houses must be substitutes, and losses must grow.

The claim that more places in one house never fill another is tested on random tiny regions with the production
allocation; that wide exclusions never take an accepted plan away follows from enumeration elsewhere.
"""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.ledger.acceptance.admission import Admission, admission
from kapacitet.ledger.acceptance.monotone import losses_only_grow
from kapacitet.ledger.acceptance.verdict import builder_refuses
from kapacitet.planning.exclusions import exclude
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from tests.acceptance.tiny.cases import random_acceptance_case
from tests.independent.case import PRICE_YEAR

SEEDS = range(60)
FEWER = range(24)
SAME = 1e-6  # place-years


def problem_of(seed: int, **changes: dict[str, object]) -> Problem:
    """The problem of a random tiny region, with keys of some sections changed."""
    tables, keys = random_acceptance_case(seed)
    keys = {**keys, **{name: {**keys.get(name, {}), **more} for name, more in changes.items()}}
    scenario = Scenario.model_validate(keys)
    region = region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=scenario.limits.over_occupancy)
    return build_problem(region, scenario)


def plans_of(problem: Problem) -> list[Plan]:
    """Every plan with at most one start in each project, committed ones always in it, limits apart."""
    by_project: dict[str, list[int]] = {}
    for i, start in enumerate(problem.starts):
        by_project.setdefault(problem.units[start.unit].project, []).append(i)
    chosen: list[tuple[int, ...]] = [()]
    for starts in by_project.values():
        fixed = [i for i in starts if problem.starts[i].committed]
        ways = [(i,) for i in fixed] or [(), *((i,) for i in starts)]
        chosen = [(*some, *way) for some in chosen for way in ways]
    return [Plan(tuple(sorted(starts))) for starts in chosen]


def contains(problem: Problem, large: Plan, small: Plan) -> bool:
    """Whether every house of ``small`` is in ``large`` and opens there no later."""
    opens = {problem.starts[i].unit: problem.starts[i].open_year for i in large.starts}
    return all(
        opens.get(problem.starts[i].unit, problem.years[-1] + 1) <= problem.starts[i].open_year for i in small.starts
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_more_places_never_fill_another_house(seed: int) -> None:
    problem = problem_of(seed)
    if not problem.scenario.limits.residents_stay:
        pytest.fail("the cases of this test let residents stay")
    judge = admission(problem)
    plans = plans_of(problem)[:24]
    used = [judge.worlds.outcome(plan).occupancy(problem) for plan in plans]
    for small, before in zip(plans, used, strict=True):
        for large, after in zip(plans, used, strict=True):
            if small is not large and contains(problem, large, small):
                kept = [u for u in range(len(problem.units)) if _same_start(problem, small, large, u)]
                assert (after[kept] <= before[kept] + SAME).all(), (small, large)


def _same_start(problem: Problem, small: Plan, large: Plan, u: int) -> bool:
    """Whether unit ``u`` is an existing offer, or started alike in both plans."""
    mine = [{i for i in plan.starts if problem.starts[i].unit == u} for plan in (small, large)]
    return problem.units[u].existing or (mine[0] == mine[1] != set())


def refusing_plans(judge: Admission, plans: list[Plan]) -> list[tuple[Plan, str]]:
    """Plans that a builder refuses, with the builder."""
    found = []
    for plan in plans:
        world = judge.worlds.of(plan)
        for party in sorted({world.owners[world.rates[i].unit] for i in world.houses}):
            if losses_only_grow(world, party) and builder_refuses(world, party):
                found.append((plan, party))
    return found


def test_wide_exclusions_rule_out_refused_plans_only_and_the_refused_one_itself() -> None:
    wide = 0
    for seed in FEWER:
        problem = problem_of(seed, underskud={"allowed": ["standard", "objektiv", "garanti"], "scheme_by_offer": {}})
        judge = admission(problem)
        plans = plans_of(problem)[:16]
        accepted = [plan for plan in plans if not judge(plan)]
        for plan, _ in refusing_plans(judge, plans):
            rows = judge(plan)
            assert rows and not all(row.holds(plan) for row in rows)
            for row in rows:
                assert all(row.holds(good) for good in accepted)
                wide += sum(not row.holds(other) for other in plans) > 1
    assert wide >= 10


def test_a_row_for_one_plan_rules_out_that_plan_alone() -> None:
    problem = problem_of(2)
    plans = plans_of(problem)
    for plan in plans:
        row = exclude(problem, plan)
        assert [other for other in plans if not row.holds(other)] == [plan]


def test_abonnement_and_moves_never_give_a_wide_row() -> None:
    for changes in (
        {"underskud": {"allowed": ["standard", "abonnement"], "scheme_by_offer": {}}},
        {"limits": {"residents_stay": False}},
    ):
        for seed in (2, 4, 11, 25):
            problem = problem_of(seed, **changes)
            judge = admission(problem)
            for plan in plans_of(problem):
                world = judge.worlds.of(plan)
                for i in world.houses:
                    assert not losses_only_grow(world, world.owners[world.rates[i].unit])


def test_loss_is_judged_by_how_many_live_there() -> None:
    """Objektiv with ψ: the owner's loss ψ·D falls with use; so a single-group house qualifies."""
    seen = set()
    for seed in SEEDS:
        problem = problem_of(seed, underskud={"allowed": ["objektiv"], "psi": 0.3, "scheme_by_offer": {}})
        judge = admission(problem)
        world = judge.worlds.of(plans_of(problem)[-1])
        for i in world.houses:
            one_group = len(problem.units[world.rates[i].unit].groups) == 1
            if one_group and problem.scenario.limits.residents_stay and not np.isfinite(world.rates[i].ceiling).any():
                owner = world.owners[world.rates[i].unit]
                mine = [h for h in world.houses if world.owners[world.rates[h].unit] == owner]
                if len(mine) == 1:
                    seen.add(losses_only_grow(world, owner))
    assert seen == {True}
