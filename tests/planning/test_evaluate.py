"""The objective of the model is the objective recomputed from the plan, on random tiny cases of every family."""

from __future__ import annotations

import pytest

from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import COMPONENTS, objective, open_share, yearly_costs
from kapacitet.planning.extensive import build_extensive
from kapacitet.planning.optimise import optimise
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.solver import Ending, solve
from tests.planning.worlds import problem_of, random_problem, starts_of, tiny, unit_index

CASES = [("some", seed) for seed in range(300, 320)] + [("all", seed) for seed in range(300, 325)]


@pytest.mark.parametrize(("families", "seed"), CASES)
def test_the_solver_and_the_evaluation_agree(families: str, seed: int) -> None:
    problem = random_problem(seed, families)  # type: ignore[arg-type]
    solved = solve(build_extensive(problem).model.lp, gap=0.0)
    found = optimise(problem, method="extensive")
    if solved.ending is Ending.INFEASIBLE:
        assert found.solved.ending is Ending.INFEASIBLE and found.plan is None
        return
    assert solved.objective is not None and found.plan is not None and found.outcome is not None
    assert found.solved.objective == pytest.approx(solved.objective * problem.money_unit, rel=1e-7, abs=1e-3)
    yearly = yearly_costs(problem, found.plan, found.outcome)
    assert tuple(yearly) == COMPONENTS
    assert objective(problem, yearly) == pytest.approx(found.solved.objective, rel=1e-12)


def two_years() -> Problem:
    """Need of 3 in 2025 and 2026 at ρ = 1, bought at 100 kr.; hus: 2 places, F = 50, V = 10; nyt opens in 2026."""
    hand = tiny({2025: 3.0, 2026: 3.0})
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.set("costs", discount_rate=1.0)
    hand.offer("hus", 2, 50.0, 10.0, top_up=1.0)
    new = {"lead_time": 1, "spend_profile": "1", "approval_cost": 8.0, "housing_cost": 3.0, "yearly_tilsyn": 2.0}
    hand.candidate("nyt", 4, 100.0, 5.0, 20.0, minimum_residents=2, **new)
    hand.set("limits", critical_mass_year=1)
    return problem_of(hand)


def test_components_by_hand() -> None:
    """F of nyt = 5 + 2 + 100/10 = 17. 2026: nyt lacks 1 of its 2 residents if hus (V = 11) is full, a penalty of 30.

    Two in hus and one in nyt: 22 + 20 + 30 = 72; one in hus and two in nyt: 11 + 40 = 51, which is least.
    """
    problem = two_years()
    done = Completion(problem).complete(starts_of(problem, nyt=2025))
    assert done is not None
    yearly = yearly_costs(problem, done.plan, allocate(problem, done.plan))
    assert {name: amounts.tolist() for name, amounts in yearly.items() if amounts.any()} == {
        "fast": pytest.approx([50, 67]),
        "variabel": pytest.approx([20, 50]),
        "tillaegsydelse": pytest.approx([2, 1]),
        "koeb": pytest.approx([100, 0]),
        "bolig": pytest.approx([0, 3]),
        "godkendelse": pytest.approx([0, 8]),
    }
    assert objective(problem, yearly) == pytest.approx(172 + 129 / 2)


def test_open_share() -> None:
    problem = two_years()
    share = open_share(problem, Plan(starts_of(problem, nyt=2025)))
    assert share[unit_index(problem, "hus")].tolist() == [1, 1]
    assert share[unit_index(problem, "nyt")].tolist() == [0, 1]
