"""What one house more or less means to the parties, against judging the plans themselves; and where it leads."""

from __future__ import annotations

import pytest

from kapacitet.ledger.acceptance import looks
from kapacitet.ledger.acceptance.admission import Admission, admission
from kapacitet.ledger.acceptance.worlds import Worlds
from kapacitet.ledger.bulk import Rules
from kapacitet.ledger.world import World
from kapacitet.planning.allocation import year_recourses
from kapacitet.planning.benders.neighbours import neighbours
from kapacitet.planning.exclusions import Ask, Guide
from kapacitet.planning.optimise import optimise
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from tests.acceptance.test_substitutes import plans_of, problem_of

SEEDS = range(25)
ONE_SCHEME = {"underskud": {"allowed": ["standard"], "scheme_by_offer": {}}}
SAME = 1e-6  # kr. per inhabitant


def asked(problem: Problem, judge: Admission, plan: Plan) -> tuple[Ask, ...]:
    """Demands as they look from ``plan``, of every candidate."""
    asks = judge.asks(plan, sorted({start.unit for start in problem.starts}), lambda: False)
    assert asks is not None
    return tuple(asks)


def maturing_alike(problem: Problem, one: Plan, other: Plan) -> bool:
    """Whether critical mass tells the plans' common houses apart in no year: a house moved in time may mature."""
    return not any(problem.units[problem.starts[i].unit].minimum_residents for i in {*one.starts, *other.starts})


@pytest.mark.parametrize("seed", SEEDS)
def test_demands_are_exact_for_one_project_changed(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one agreement possible, every year looked at and no critical mass nothing is guessed."""
    monkeypatch.setattr(looks, "EVERY", 1)
    problem = problem_of(seed, **ONE_SCHEME)
    judge = admission(problem)
    for plan in plans_of(problem)[:4]:
        asks = asked(problem, judge, plan)
        for starts in (plan.starts, *neighbours(problem, plan.starts)):
            near = Plan(starts)
            if len(problem.years) > 3 or not maturing_alike(problem, plan, near):
                continue
            over = judge.over(near)
            for ask in asks:
                if ask.name in over:
                    assert ask.over(starts) == pytest.approx(over[ask.name], abs=SAME)


@pytest.mark.parametrize("seed", SEEDS)
def test_remembered_rates_are_those_of_the_plan(seed: int) -> None:
    problem = problem_of(seed)
    worlds = Worlds(problem, year_recourses(problem), Rules.of(problem))
    for plan in plans_of(problem)[:6]:
        remembered, afresh = worlds.of(plan), World.of(problem, plan, worlds.outcome(plan))
        assert [one.offer for one in remembered.rates] == [one.offer for one in afresh.rates]
        for one, other in zip(remembered.rates, afresh.rates, strict=True):
            assert one.fixed.tolist() == other.fixed.tolist()
            assert one.operation_year.tolist() == other.operation_year.tolist()
        assert all((one == other).all() for one, other in zip(remembered.use, afresh.use, strict=True))


def test_halted_there_is_nothing_to_see() -> None:
    problem = problem_of(0)
    judge = admission(problem)
    assert isinstance(judge, Guide)
    units = [start.unit for start in problem.starts]
    assert (
        judge.asks(Plan(tuple(i for i, s in enumerate(problem.starts) if s.committed)), units, lambda: True) is None
    )


@pytest.mark.parametrize("seed", range(100, 115))
def test_guided_or_not_the_same_plan_is_best(seed: int) -> None:
    """The guide only says where to look: the optimum is the extensive form's, and the bound is never above it."""
    problem = problem_of(seed)
    guided = optimise(problem, method="benders", admit=admission(problem))
    plain = optimise(problem, method="benders", admit=admission(problem).__call__)
    whole = optimise(problem, method="extensive", admit=admission(problem))
    assert guided.solved.ending is plain.solved.ending is whole.solved.ending
    assert guided.solved.objective == pytest.approx(whole.solved.objective, rel=1e-7, abs=1e-3)
    assert plain.solved.objective == pytest.approx(whole.solved.objective, rel=1e-7, abs=1e-3)
    if whole.solved.objective is not None:
        assert guided.solved.bound is not None
        assert guided.solved.bound <= whole.solved.objective * (1 + 1e-7) + 1e-3
