"""Convex quadratic programs against scipy, on random problems that have a solution by construction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import scipy.optimize as so
import scipy.sparse as sp

from kapacitet.planning.costs import Array
from kapacitet.planning.quadratic import minimise


@dataclass(frozen=True)
class Case:
    weights: Array
    matrix: Array
    row_lower: Array
    row_upper: Array
    lower: Array
    upper: Array

    def solve(self) -> Array:
        return minimise(
            self.weights, sp.csr_array(self.matrix), self.row_lower, self.row_upper, self.lower, self.upper
        )

    def value(self, z: Array) -> float:
        return float(0.5 * self.weights @ z**2)

    def violation(self, z: Array) -> float:
        rows = self.matrix @ z
        parts = [self.row_lower - rows, rows - self.row_upper, self.lower - z, z - self.upper]
        return max(float(np.max(part, initial=0.0)) for part in parts)


def random_case(seed: int, *, zeros: bool) -> Case:
    """Up to 8 columns and 6 rows around a point that meets them all; ``zeros``: some columns cost nothing."""
    rng = np.random.default_rng(seed)
    n, m = int(rng.integers(2, 9)), int(rng.integers(1, 7))
    matrix = rng.choice([0.0, 1.0, 1.0, -1.0, 0.5], size=(m, n))
    point = rng.choice([0.0, 1.0, 2.5, 4.0], size=n)
    rows = matrix @ point
    kind = rng.integers(0, 4, size=m)  # equal, at most, at least, between
    row_lower = np.where(kind == 1, -np.inf, rows - np.where(kind == 0, 0, rng.choice([0.0, 1.0], size=m)))
    row_upper = np.where(kind == 2, np.inf, rows + np.where(kind == 0, 0, rng.choice([0.0, 2.0], size=m)))
    upper = np.where(rng.random(n) < 0.5, np.inf, point + rng.choice([0.0, 1.0], size=n))
    lower = np.where(rng.random(n) < 0.8, 0.0, point)
    weights = rng.choice([0.1, 1.0, 3.0], size=n)
    if zeros:
        weights[rng.integers(n)] = 0.0
    return Case(weights, matrix, row_lower, row_upper, lower, upper)


def by_scipy(case: Case) -> Array:
    n = len(case.weights)
    constraints = [so.LinearConstraint(case.matrix, case.row_lower, case.row_upper)]
    start = so.linprog(
        np.zeros(n),
        A_ub=np.vstack([case.matrix, -case.matrix])[np.isfinite(np.r_[case.row_upper, -case.row_lower])],
        b_ub=np.r_[case.row_upper, -case.row_lower][np.isfinite(np.r_[case.row_upper, -case.row_lower])],
        bounds=list(zip(case.lower, case.upper, strict=True)),
    ).x
    found = so.minimize(
        case.value,
        start,
        jac=lambda z: case.weights * z,
        bounds=so.Bounds(case.lower, case.upper),
        constraints=constraints,
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    return np.asarray(found.x)


@pytest.mark.filterwarnings("ignore::UserWarning:scipy", "ignore::RuntimeWarning", "ignore::UserWarning")
@pytest.mark.parametrize("zeros", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_as_good_as_scipy_and_feasible(seed: int, zeros: bool) -> None:
    case = random_case(seed, zeros=zeros)
    found, expected = case.solve(), by_scipy(case)
    assert case.violation(found) <= 1e-8
    assert case.violation(expected) <= 1e-6
    assert case.value(found) == pytest.approx(case.value(expected), abs=1e-6)
    if not zeros:  # strictly convex: the point itself is unique
        assert found == pytest.approx(expected, abs=1e-4)


def test_nothing_binds() -> None:
    inf = np.array([np.inf, np.inf])
    found = minimise(np.ones(2), sp.csr_array((0, 2)), np.zeros(0), np.zeros(0), -inf, inf)
    assert found == pytest.approx([0, 0], abs=1e-9)


def test_exact_at_a_vertex() -> None:
    """z1 + z2 = 3, z1 ≤ 1: the answer (1, 2) to machine precision, not an interior point's hair beside it."""
    found = minimise(
        np.array([1.0, 4.0]),
        sp.csr_array(np.array([[1.0, 1.0]])),
        np.array([3.0]),
        np.array([3.0]),
        np.zeros(2),
        np.array([1.0, np.inf]),
    )
    assert np.abs(found - [1.0, 2.0]).max() <= 1e-14


def test_shares_in_proportion() -> None:
    """Least Σ z²/d with Σ z = 6 gives everybody the same share of d: 1, 2 and 3 of 1, 2 and 3."""
    need = np.array([1.0, 2.0, 3.0])
    six = np.array([6.0])
    found = minimise(1 / need, sp.csr_array(np.ones((1, 3))), six, six, np.zeros(3), np.full(3, np.inf))
    assert found == pytest.approx(need, abs=1e-12)


def test_no_solution_is_an_error() -> None:
    one, two = np.array([1.0]), np.array([2.0])
    with pytest.raises(RuntimeError, match="Clarabel"):
        minimise(one, sp.csr_array(np.ones((1, 1))), two, two, np.zeros(1), one)
