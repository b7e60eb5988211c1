"""Linear programs as arrays: what PuLP said is what is solved, with duals, from bounds to bounds."""

from __future__ import annotations

import numpy as np
import pulp
import pytest
import scipy.optimize as so
import scipy.sparse as sp

from kapacitet.planning.arrays import LinearProgram, WarmLp, linear_program


def test_a_pulp_problem_as_arrays() -> None:
    lp = pulp.LpProblem("lp", pulp.LpMinimize)
    x = lp.add_variable("x", lowBound=1, upBound=4)
    y = lp.add_variable("y", lowBound=None)
    z = lp.add_variable("z", cat="Binary")
    lp.setObjective(2 * x - 3 * z)
    lp.addConstraint(x + 2 * y <= 7, "most")
    lp.addConstraint(x - z >= -1, "least")
    lp.addConstraint(y + z == 2, "just")
    program = linear_program(lp)
    at = program.positions([x, y, z])
    assert program.row_names == ("most", "least", "just")
    assert program.cost[at].tolist() == [2, 0, -3]
    assert program.matrix.toarray()[:, at].tolist() == [[1, 2, 0], [1, 0, -1], [0, 1, 1]]
    assert program.row_lower.tolist() == [-np.inf, -1, 2]
    assert program.row_upper.tolist() == [7, np.inf, 2]
    assert program.lower[at].tolist() == [1, -np.inf, 0]
    assert program.upper[at].tolist() == [4, np.inf, 1]


def random_program(seed: int) -> LinearProgram:
    rng = np.random.default_rng(seed)
    n, m = 6, 4
    matrix = rng.choice([0.0, 1.0, 2.0, -1.0], size=(m, n))
    rows = matrix @ rng.integers(0, 4, size=n)
    return LinearProgram(
        rng.integers(0, 5, size=n).astype(float),
        sp.csr_array(matrix),
        rows.astype(float),
        np.where(rng.random(m) < 0.5, rows, np.inf).astype(float),
        np.zeros(n),
        np.full(n, 5.0),
        {},
        tuple(f"r{i}" for i in range(m)),
    )


@pytest.mark.parametrize("seed", range(20))
def test_warm_solves_agree_with_scipy_as_bounds_change(seed: int) -> None:
    program, rng = random_program(seed), np.random.default_rng(seed)
    warm = WarmLp(program)
    for _ in range(6):
        lower = rng.choice([0.0, 0.0, 1.0], size=6)
        upper = lower + rng.choice([0.0, 2.0, 5.0], size=6)
        rows, equal = program.matrix.toarray(), program.row_lower == program.row_upper
        expected = so.linprog(
            program.cost,
            -rows[~equal],
            -program.row_lower[~equal],
            rows[equal],
            program.row_lower[equal],
            np.column_stack([lower, upper]),
        )
        found = warm.solve(lower, upper)
        assert (found is None) == (expected.status == 2)
        if found is not None:
            assert found.objective == pytest.approx(expected.fun, abs=1e-8)
            assert program.cost - program.matrix.T @ found.duals == pytest.approx(found.reduced_costs, abs=1e-8)


def test_no_columns_at_all() -> None:
    nothing = np.zeros(0)
    program = LinearProgram(nothing, sp.csr_array((0, 0)), nothing, nothing, nothing, nothing, {}, ())
    found = WarmLp(program).solve(nothing, nothing)
    assert found is not None and found.objective == 0.0


@pytest.mark.parametrize(("least", "holds"), [(0.0, True), (-1.0, True), (1.0, False)])
def test_rows_without_columns_are_looked_at(least: float, holds: bool) -> None:
    nothing = np.zeros(0)
    rows = np.array([least]), np.array([np.inf])
    program = LinearProgram(nothing, sp.csr_array((1, 0)), *rows, nothing, nothing, {}, ("r",))
    assert (WarmLp(program).solve(nothing, nothing) is not None) is holds
