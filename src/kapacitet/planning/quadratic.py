"""Convex quadratic programs with a diagonal objective (Clarabel), polished on their active set."""

from __future__ import annotations

import clarabel
import numpy as np
import scipy.sparse as sp

from kapacitet.planning.costs import Array

TOLERANCE = 1e-10
ACTIVE = 1e-7
WEAK = 1e-4
SHARP = 1e-9
POLISH_STEPS = 4
POLISH_SHIFT = 1e-9


def minimise(
    weights: Array,
    matrix: sp.csr_array,
    row_lower: Array,
    row_upper: Array,
    lower: Array,
    upper: Array,
) -> Array:
    """z minimising ½ Σ weights·z² subject to row_lower ≤ A z ≤ row_upper and lower ≤ z ≤ upper, shape (n,).

    Raises:
        RuntimeError: Clarabel finds no solution, although the caller knows there is one.
    """
    n = len(weights)
    equal = row_lower == row_upper
    eye = sp.eye_array(n, format="csr")
    has_low, has_high = np.isfinite(lower), np.isfinite(upper)
    row_high, row_low = ~equal & np.isfinite(row_upper), ~equal & np.isfinite(row_lower)
    stacked = sp.vstack(
        [matrix[equal], matrix[row_high], -matrix[row_low], -eye[has_low], eye[has_high]], format="csc"
    )
    rhs = np.concatenate(
        [row_upper[equal], row_upper[row_high], -row_lower[row_low], -lower[has_low], upper[has_high]]
    )
    equalities = int(equal.sum())
    cones = [clarabel.ZeroConeT(equalities), clarabel.NonnegativeConeT(len(rhs) - equalities)]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = TOLERANCE
    solver = clarabel.DefaultSolver(sp.diags_array(weights, format="csc"), np.zeros(n), stacked, rhs, cones, settings)
    solution = solver.solve()
    good = (clarabel.SolverStatus.Solved, clarabel.SolverStatus.AlmostSolved)
    if solution.status not in good:
        raise RuntimeError(f"Clarabel ended an allocation with {solution.status}")
    found = np.clip(np.array(solution.x), lower, upper)
    slack = np.array(solution.s)
    binding = np.array(solution.z) > slack
    binding[:equalities] = True  # whatever the sign of their duals
    rows = stacked.tocsr()
    exact = _polished(weights, rows, rhs, binding, found, equalities, ACTIVE)
    if exact is not None:
        return exact
    # Optima at which bounds hold without being needed, e.g. houses left empty: both slack and dual are hairs.
    exact = _polished(weights, rows, rhs, binding | (slack < WEAK), found, equalities, SHARP)
    most = float(weights @ found**2) * (1 + SHARP) + SHARP
    return exact if exact is not None and float(weights @ exact**2) <= most else found


def _polished(
    weights: Array,
    rows: sp.csr_array,
    rhs: Array,
    binding: np.ndarray,
    found: Array,
    equalities: int,
    tolerance: float,
) -> Array | None:
    """The same point to machine precision: the optimality system of the rows that bind, by refined LU steps.

    Interior points end a hair inside every bound; accounts to the øre need the vertex of the face itself. If the
    guess of what binds is wrong, there is None.
    """
    active, target = rows[binding], rhs[binding]
    n, m = len(weights), active.shape[0]
    system = sp.block_array([[sp.diags_array(weights), active.T], [active, None]], format="csc") if m else None
    if system is None:
        return None
    shifted = system + sp.diags_array(
        np.concatenate([np.full(n, POLISH_SHIFT), np.full(m, -POLISH_SHIFT)]), format="csc"
    )
    right = np.concatenate([np.zeros(n), target])
    lu = sp.linalg.splu(shifted)
    point = np.concatenate([found, np.zeros(m)])
    for _ in range(POLISH_STEPS):
        point = point + lu.solve(right - system @ point)
    exact = point[:n]
    miss = rows @ exact - rhs
    feasible = bool(np.all(miss <= tolerance) and np.all(np.abs(miss[:equalities]) <= tolerance))
    near = bool(np.max(np.abs(exact - found), initial=0.0) <= np.sqrt(ACTIVE))
    return exact if feasible and near else None
