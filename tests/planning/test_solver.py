"""The door to the solvers: every way a solve can end, stop flags, time limits and Ctrl-C."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
import time

import pulp
import pytest

from kapacitet.planning.solver import (
    Ending,
    Progress,
    SolverFault,
    available_solvers,
    relative_gap,
    solve,
)

STUBBORN = 60  # columns of a problem nobody solves in a second


def knapsack() -> pulp.LpProblem:
    """Worth 9a + 6b + 4c with 6a + 5b + 5c within 10: b and c together, 10, beat a alone."""
    lp = pulp.LpProblem("rygsaek", pulp.LpMinimize)
    worth, weight = {"a": 9, "b": 6, "c": 4}, {"a": 6, "b": 5, "c": 5}
    take = {name: lp.add_variable(name, cat="Binary") for name in worth}
    lp.setObjective(pulp.lpSum(-worth[name] * take[name] for name in worth))
    lp.addConstraint(pulp.lpSum(weight[name] * take[name] for name in weight) <= 10, "weight")
    return lp


def stubborn(*, slack: bool) -> pulp.LpProblem:
    """A market split: equal sums of many random numbers at once. With ``slack`` every choice is a plan."""
    rng, lp = random.Random(3), pulp.LpProblem("split", pulp.LpMinimize)
    take = [lp.add_variable(f"x{i}", cat="Binary") for i in range(STUBBORN)]
    cost = pulp.lpSum([])
    for row in range(6):
        numbers = [rng.randint(1, 10_000) for _ in take]
        total = pulp.lpSum(n * x for n, x in zip(numbers, take, strict=True))
        if slack:
            over, under = lp.add_variable(f"o{row}", lowBound=0), lp.add_variable(f"u{row}", lowBound=0)
            total += under - over
            cost += over + under
        lp.addConstraint(total == sum(numbers) // 2, f"row{row}")
    lp.setObjective(cost + 0.001 * pulp.lpSum(take))
    return lp


def test_optimal_with_bound_and_gap() -> None:
    lp = knapsack()
    solved = solve(lp)
    assert solved.ending is Ending.OPTIMAL
    assert solved.objective == pytest.approx(-10)
    assert solved.bound == pytest.approx(-10)
    assert solved.gap == pytest.approx(0)
    assert (solved.columns, solved.rows) == (3, 1)
    assert [v.name for v in lp.variables() if v.varValue > 0.5] == ["b", "c"]


def test_a_linear_program_is_its_own_bound() -> None:
    lp = pulp.LpProblem("lp", pulp.LpMinimize)
    x = lp.add_variable("x", lowBound=2)
    lp.setObjective(3 * x)
    lp.addConstraint(x <= 9, "most")
    solved = solve(lp)
    assert (solved.ending, solved.objective, solved.bound, solved.gap) == (Ending.OPTIMAL, 6, 6, 0)


def test_infeasible() -> None:
    lp = knapsack()
    lp.addConstraint(pulp.lpSum(lp.variables()) >= 3, "all")
    solved = solve(lp)
    assert solved.ending is Ending.INFEASIBLE
    assert solved.objective is None and solved.gap is None


def test_unbounded_is_no_plan_and_no_proof() -> None:
    lp = pulp.LpProblem("endless", pulp.LpMinimize)
    x = lp.add_variable("x", lowBound=0)
    lp.setObjective(-1 * x)
    lp.addConstraint(x >= 1, "least")
    with pytest.raises(SolverFault, match="hverken er en plan eller et bevis"):
        solve(lp)


def test_unknown_solver_names_those_there_are() -> None:
    with pytest.raises(SolverFault, match=r"Løseren findesikke er ikke installeret\. Brug en af: highs"):
        solve(knapsack(), name="findesikke")
    assert available_solvers()[0] == "highs"


@pytest.mark.parametrize("name", available_solvers())
def test_every_installed_solver_agrees(name: str) -> None:
    solved = solve(knapsack(), name=name)
    assert solved.ending is Ending.OPTIMAL
    assert solved.objective == pytest.approx(-10)


def test_time_limit_keeps_the_best_plan() -> None:
    began = time.perf_counter()
    solved = solve(stubborn(slack=True), time_limit=1.0)
    assert time.perf_counter() - began < 10
    assert solved.ending is Ending.STOPPED_WITH_PLAN
    assert solved.objective is not None and solved.bound is not None and solved.gap is not None
    assert solved.bound <= solved.objective
    assert solved.gap > 0


def test_time_limit_without_a_plan() -> None:
    solved = solve(stubborn(slack=False), time_limit=0.5)
    assert solved.ending is Ending.STOPPED_WITHOUT
    assert solved.objective is None and solved.gap is None


def test_stop_flag_keeps_the_best_plan() -> None:
    met: list[Progress] = []
    began = time.perf_counter()
    solved = solve(stubborn(slack=True), stop=lambda: bool(met), progress=met.append, time_limit=60)
    assert time.perf_counter() - began < 30
    assert solved.ending is Ending.STOPPED_WITH_PLAN
    assert met and all(event.bound <= event.objective for event in met)


def test_stop_flag_before_any_plan() -> None:
    solved = solve(stubborn(slack=False), stop=lambda: True, time_limit=60)
    assert solved.ending is Ending.STOPPED_WITHOUT


def test_the_gap_asked_for_is_enough() -> None:
    solved = solve(knapsack(), gap=0.9)
    assert solved.ending is Ending.OPTIMAL
    assert solved.gap is not None and solved.gap <= 0.9


def test_a_name_used_twice_is_refused() -> None:
    lp = knapsack()
    with pytest.raises(pulp.PulpError):
        lp.addConstraint(pulp.lpSum(lp.variables()) >= 3, "weight")
        solve(lp)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a child there")
def test_ctrl_c_keeps_the_best_plan() -> None:
    program = textwrap.dedent(
        """
        from kapacitet.planning.solver import solve
        from tests.planning.test_solver import stubborn

        def tell(event):
            if event.objective < float("inf"):
                print("plan", flush=True)

        solved = solve(stubborn(slack=True), time_limit=60, progress=tell)
        print("ended", solved.ending.value, solved.objective is not None, flush=True)
        """
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "plan"
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
    finally:
        child.kill()
    assert out.splitlines()[-1] == "ended stoppet med plan True", err
    assert child.returncode == 0


@pytest.mark.parametrize(
    ("objective", "bound", "gap"),
    [
        (10.0, 9.0, 0.1),
        (-10.0, -11.0, 0.1),
        (0.0, 0.0, 0.0),
        (0.0, -1.0, float("inf")),
        (10.0, 11.0, 0.0),
        (None, 1.0, None),
        (1.0, None, None),
    ],
)
def test_relative_gap(objective: float | None, bound: float | None, gap: float | None) -> None:
    found = relative_gap(objective, bound)
    assert found is gap is None or found == pytest.approx(gap)
