"""Least squares over a polyhedron: proximal-point steps, each a least-distance problem solved by active sets.

Each step is finite and exact up to rounding; the proximal term lets the objective be flat in some directions, and
a few steps take its influence away.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space, qr, solve_triangular

Array = NDArray[np.float64]

PROXIMAL = 1e-4
STEPS = 60
STILL = 1e-12
TURNS = 2000
DEPENDENT = 1e-7
"""Length of what a row of length 1 adds to others below which it adds nothing."""


def least_squares(objective: Array, offset: Array, start: Array, equal: Array, above: Array, bound: Array) -> Array:
    """z with least ‖objective·z + offset‖² among ``equal``·z = ``equal``·start and ``above``·z ≥ ``bound``.

    Args:
        objective: shape (m, n).
        offset: shape (m,).
        start: a feasible z, shape (n,).
        equal: shape (e, n).
        above: shape (a, n).
        bound: shape (a,).

    Raises:
        ArithmeticError: no end was found.
    """
    free = null_space(equal) if len(equal) else np.eye(len(start))
    if not free.shape[1]:
        return start
    along = np.vstack([objective @ free, np.sqrt(PROXIMAL) * np.eye(free.shape[1])])
    q, r = np.linalg.qr(along)
    to_w = np.linalg.inv(r)
    moving = above @ free @ to_w
    norm = np.linalg.norm(moving, axis=1)
    kept = norm > 1e-9
    moving, norm = moving[kept] / norm[kept, None], norm[kept]
    z = start
    for _ in range(STEPS):
        # In y = R·w + shift the step is the feasible point nearest 0; w = 0 is where it starts.
        shift = q.T @ np.concatenate([objective @ z + offset, np.zeros(free.shape[1])])
        room = np.maximum(0.0, (above @ z - bound)[kept] / norm)
        step = free @ (to_w @ (_nearest(moving, moving @ shift - room, shift) - shift))
        z = z + step
        if np.abs(step).max() < STILL * (1.0 + np.abs(z).max()):
            return np.asarray(z)
    raise ArithmeticError("the proximal steps don't come to rest")


def _nearest(above: Array, bound: Array, start: Array) -> Array:
    """The y nearest 0 with above·y ≥ bound (rows of length 1), from a feasible one, by the primal active-set method.

    The lowest row goes first both in and out (Bland's rule), so it can't turn in circles where many rows meet.
    """
    y = start
    active: list[int] = []
    tiny = 1e-12 * (1.0 + float(np.abs(start).max()))
    for _ in range(TURNS):
        q, r = qr(above[active].T, mode="economic") if active else (np.zeros((len(y), 0)), np.zeros((0, 0)))
        pulled = q.T @ y
        way = q @ pulled - y
        if np.abs(way).max() <= tiny:
            pushing = solve_triangular(r, pulled) if active else np.zeros(0)
            leaving = [row for row, push in zip(active, pushing.tolist(), strict=True) if push < -tiny]
            if not leaving:
                return y
            active.remove(min(leaving))
            continue
        # A row that those in force already imply can't stop the way; only rounding could say so.
        apart = np.linalg.norm(above - above @ q @ q.T, axis=1) > DEPENDENT
        falling = above @ way
        blocking = np.flatnonzero(apart & (falling < -1e-12 * np.linalg.norm(way)))
        reach = np.maximum(0.0, (above @ y - bound)[blocking]) / -falling[blocking]
        far = min(1.0, float(reach.min(initial=1.0)))
        y = y + far * way
        if far < 1.0:
            active.append(int(blocking[reach <= far][0]))
    raise ArithmeticError("the active set doesn't come to rest")
