"""Benders against the extensive form, its bound, its endings, its sameness from run to run, and its cuts."""

from __future__ import annotations

import random

import pytest

from kapacitet.planning.benders.blocks import Block
from kapacitet.planning.benders.loop import search
from kapacitet.planning.benders.memory import CutMemory
from kapacitet.planning.benders.neighbours import neighbours
from kapacitet.planning.benders.stage import Stage
from kapacitet.planning.optimise import Optimum, optimise
from kapacitet.planning.plan import Plan
from kapacitet.planning.recourse.network import StateKey
from kapacitet.planning.solver import Ending, Progress
from tests.planning.worlds import problem_of, random_problem, tiny

CASES = [("some", seed) for seed in range(400, 425)] + [("all", seed) for seed in range(400, 435)]
RELATIVE, ABSOLUTE = 1e-7, 1e-3


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_same_optimum_as_the_extensive_form_and_a_bound_never_above_it(families: str, seed: int) -> None:
    problem = random_problem(seed, families)  # type: ignore[arg-type]
    told: list[Progress] = []
    benders = optimise(problem, method="benders", progress=told.append)
    whole = optimise(problem, method="extensive")
    assert benders.solved.ending is whole.solved.ending
    if whole.solved.objective is None:
        assert benders.plan is None
        return
    least = whole.solved.objective
    slack = RELATIVE * abs(least) + ABSOLUTE
    assert benders.solved.objective == pytest.approx(least, abs=slack)
    assert benders.solved.bound is not None and benders.solved.bound <= least + slack
    assert all(event.bound <= least + slack for event in told)
    assert all(event.objective >= least - slack for event in told)
    bounds, bests = [event.bound for event in told], [event.objective for event in told]
    assert bounds == sorted(bounds) and bests == sorted(bests, reverse=True)


@pytest.mark.parametrize("seed", [403, 411, 417])
def test_two_runs_are_the_same(seed: int) -> None:
    first, second = (optimise(random_problem(seed, "all"), method="benders") for _ in range(2))
    assert (first.solved.objective, first.solved.bound) == (second.solved.objective, second.solved.bound)
    assert first.plan == second.plan


def worthwhile() -> Optimum:
    """A house that pays: stopped at once, it isn't found."""
    hand = tiny({2025: 4.0})
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0)
    problem = problem_of(hand)
    assert optimise(problem, method="benders").solved.objective == pytest.approx(6.0)
    return optimise(problem, method="benders", stop=lambda: True)


def test_a_stop_flag_set_at_once_leaves_the_plan_of_doing_nothing() -> None:
    stopped = worthwhile()
    assert stopped.solved.ending is Ending.STOPPED_WITH_PLAN
    assert stopped.plan is not None and stopped.plan.starts == ()
    assert stopped.solved.objective == pytest.approx(400.0)
    assert stopped.solved.bound is not None and stopped.solved.bound <= 6.0 + 1e-6


def test_a_stop_flag_set_at_once_keeps_committed_projects() -> None:
    hand = tiny({2025: 4.0})
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0)
    hand.set("projects", committed=[{"candidate": "nyt", "start": 2025}])
    stopped = optimise(problem_of(hand), method="benders", stop=lambda: True)
    assert stopped.plan is not None and len(stopped.plan.starts) == 1


def test_stopped_before_any_plan_where_doing_nothing_is_not_allowed() -> None:
    hand = tiny({2025: 4.0})
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0)
    hand.set("projects", forced=["nyt"])
    stopped = optimise(problem_of(hand), method="benders", stop=lambda: True)
    assert stopped.solved.ending is Ending.STOPPED_WITHOUT
    assert stopped.plan is None and stopped.solved.objective is None


@pytest.mark.parametrize("method", ["benders", "extensive"])
def test_infeasible_is_reported(method: str) -> None:
    hand = tiny({2025: 4.0})
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0)
    hand.add("anlaegsramme", municipality="561", year=2025, amount=9.0)
    hand.set("limits", anlaegsramme="hard")
    hand.set("projects", forced=["nyt"])
    found = optimise(problem_of(hand), method=method)  # type: ignore[arg-type]
    assert found.solved.ending is Ending.INFEASIBLE
    assert found.plan is None and found.solved.objective is None


def test_infeasible_only_as_whole_decisions() -> None:
    """4/(1 − 0.2) = 5 places: 2 and 0.375 of a new house fit a frame of 9 kr., a whole one of 10 kr. doesn't."""
    hand = tiny({2025: 4.0})
    hand.offer("hus", 2, 1.0, 1.0)
    hand.candidate("a", 8, 10.0, 1.0, 1.0)
    hand.add("anlaegsramme", municipality="561", year=2025, amount=9.0)
    hand.set("limits", anlaegsramme="hard", reserve_min=0.2)
    for method in ("benders", "extensive"):
        found = optimise(problem_of(hand), method=method)  # type: ignore[arg-type]
        assert found.solved.ending is Ending.INFEASIBLE


def test_a_region_with_nothing_to_choose() -> None:
    hand = tiny({2025: 4.0})
    hand.offer("hus", 2, 5.0, 0.5)
    found = optimise(problem_of(hand), method="benders").solved
    assert found.ending is Ending.OPTIMAL
    assert found.objective == pytest.approx(5 + 2 * 0.5 + 2 * 1)


def random_state(rng: random.Random, block: Block, *, whole: bool) -> dict[StateKey, float]:
    return {key: float(rng.random() < 0.5) if whole else rng.random() for key in block.keys}


@pytest.mark.parametrize("seed", range(500, 515))
def test_cuts_bound_the_cost_at_any_other_state(seed: int) -> None:
    """θ(z) ≥ constant + slope·z at every z: fractional states too, since the relaxation is cut at those."""
    rng = random.Random(seed)
    problem = random_problem(seed, rng.choice(("some", "all")))
    stage = Stage.of(problem)
    memory = CutMemory(stage.blocks)
    points = [
        _possible({k: v for block in stage.blocks for k, v in random_state(rng, block, whole=bool(i % 2)).items()})
        for i in range(6)
    ]
    priced = [stage.price(point) for point in points]
    for one in priced:
        for cut in stage.cuts(one.parts):
            memory.add([cut])
            for point, other in zip(points, priced, strict=True):
                cost = float(other.parts[cut.block].costs @ stage.risk.chances)
                says = cut.constant + float(cut.slopes @ stage.blocks[cut.block].point(point))
                assert says <= cost + 1e-6 * max(1.0, abs(cost))
    for point, one in zip(points, priced, strict=True):
        assert memory.least(point) == pytest.approx(stage.value(one), rel=1e-6, abs=1e-6)


def _possible(point: dict[StateKey, float]) -> dict[StateKey, float]:
    """The point with mature ≤ open, and with closed and converted states that don't add up to more than 1."""
    result = dict(point)
    ends = [key for key in point if key[0] in ("closed", "converted")]
    for key, value in point.items():
        if key[0] == "mature":
            result[key] = min(value, point.get(("open", key[1], key[2]), 0.0))
        if key in ends and len(ends) > 1:
            result[key] = value / len(ends)
    return result


@pytest.mark.parametrize("seed", range(520, 530))
def test_blocks_together_are_the_recourse(seed: int) -> None:
    """The sum of the blocks at a plan, with the first stage, is the plan's cost recomputed."""
    problem = random_problem(seed, "all")
    found = optimise(problem, method="benders")
    if found.plan is None or found.completed is None:
        return
    state = found.plan.state(problem)
    stage = Stage.of(problem)
    recourse = stage.value(stage.price(state))
    total = found.completed.cost + recourse * problem.money_unit
    assert total == pytest.approx(found.solved.objective, rel=1e-8, abs=1e-4)


@pytest.mark.parametrize("method", ["benders", "extensive"])
def test_nobody_needs_anything_and_nothing_can_be_built(method: str) -> None:
    found = optimise(problem_of(tiny({2025: 0.0})), method=method)  # type: ignore[arg-type]
    assert found.solved.ending is Ending.OPTIMAL
    assert found.solved.objective == 0.0


def test_neighbours_differ_in_one_project_and_keep_what_is_committed() -> None:
    hand = tiny({2025: 4.0, 2026: 4.0})
    hand.candidate("a-4", 4, 10.0, 1.0, 1.0, project="a")
    hand.candidate("a-8", 8, 10.0, 1.0, 1.0, project="a", latest=2025)
    hand.candidate("b", 8, 10.0, 1.0, 1.0)
    hand.set("projects", committed=[{"candidate": "b", "start": 2025}])
    problem = problem_of(hand)
    (committed,) = (i for i, start in enumerate(problem.starts) if start.committed)
    free = [i for i in range(len(problem.starts)) if i != committed]
    found = set(neighbours(problem, (committed,)))
    assert found == {tuple(sorted((committed, i))) for i in free}
    now = tuple(sorted((committed, free[0])))
    assert set(neighbours(problem, now)) == {(committed,), *(tuple(sorted((committed, i))) for i in free[1:])}


def test_a_gap_is_enough() -> None:
    problem = random_problem(403, "some")
    found = search(problem, Stage.of(problem), gap=1.0, time_limit=60)
    assert found.ending is Ending.OPTIMAL
    assert found.decisions is not None
    assert Plan(*found.decisions).starts is not None
    assert found.bound <= found.objective
