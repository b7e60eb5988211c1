"""Simulated annealing on what the cuts say: plans that seem cheap, found in microseconds a step.

The cuts are a model of a plan's cost that is exact where plans were priced and too low elsewhere. A walk on it finds
what a mixed-integer search of the master would propose, without proving anything; pricing what it finds mends the
model where it matters (the master then only has to prove).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numba
import numpy as np

from kapacitet.planning.costs import Array, IntArray


class Ground(NamedTuple):
    """What a walk needs to know; D decisions, R rows, c cuts, b blocks.

    Attributes:
        cost: own cost of each decision, shape (D,).
        slope: what it adds to each cut, shape (D, c); ``constant`` of the cuts, shape (c,).
        block: first cut of each block, and their number last, shape (b + 1,).
        profile: of each block, shape (b,).
        row_start, row, weight: rows each decision is in, as compressed columns.
        limit: right-hand sides (≤), shape (R,); ``price`` per unit above it, infinite where it is hard.
        project: of each decision; decisions of a project rule each other out, shape (D,).
        free: decisions that may change.
    """

    cost: Array
    slope: Array
    constant: Array
    block: IntArray
    profile: IntArray
    row_start: IntArray
    row: IntArray
    weight: Array
    limit: Array
    price: Array
    project: IntArray
    free: IntArray


def walk(ground: Ground, start: IntArray, steps: int, hot: float, cold: float, seed: int) -> tuple[float, IntArray]:
    """The cheapest decisions met on one walk, and what they seem to cost.

    Args:
        start: decisions taken to begin with.
        hot, cold: first and last temperature (money units).
    """
    taken = np.zeros(len(ground.cost), dtype=np.bool_)
    taken[start] = True
    cost, best = _walk(ground, taken, steps, hot, cold, seed)
    return float(cost), np.flatnonzero(best)


_compiled: Callable[..., Any] = numba.njit(cache=True, nogil=True)


@_compiled
def _second(ground: Ground, activity: Array, add: int, drop: int) -> float:
    """Largest sum of a profile once ``add`` is taken and ``drop`` is not (−1 for none)."""
    best, total, profile = -np.inf, 0.0, 0
    for b in range(len(ground.profile)):
        if ground.profile[b] != profile:
            best, total, profile = max(best, total), 0.0, ground.profile[b]
        top = -np.inf
        for i in range(ground.block[b], ground.block[b + 1]):
            value = activity[i]
            if add >= 0:
                value += ground.slope[add, i]
            if drop >= 0:
                value -= ground.slope[drop, i]
            top = max(top, value)
        total += top
    return max(best, total)


@_compiled
def _over(ground: Ground, used: Array, decision: int, sign: float, drop: int) -> float:
    """Change of what is paid above limits by taking (+1) or dropping (−1); infinite if a hard one breaks.

    Where ``drop`` goes at the same time, ``used`` already lacks it.
    """
    change = 0.0
    for k in range(ground.row_start[decision], ground.row_start[decision + 1]):
        r = ground.row[k]
        before, after = used[r] - ground.limit[r], used[r] + sign * ground.weight[k] - ground.limit[r]
        if after > 1e-9 * max(1.0, abs(ground.limit[r])) and after > before and np.isinf(ground.price[r]):
            return np.inf
        if not np.isinf(ground.price[r]):
            change += ground.price[r] * (max(after, 0.0) - max(before, 0.0))
    return change


@_compiled
def _use(ground: Ground, used: Array, decision: int, sign: float) -> None:
    for k in range(ground.row_start[decision], ground.row_start[decision + 1]):
        used[ground.row[k]] += sign * ground.weight[k]


@_compiled
def _walk(ground: Ground, taken: Any, steps: int, hot: float, cold: float, seed: int) -> Any:
    np.random.seed(seed)
    activity, used, own = ground.constant.copy(), np.zeros(len(ground.limit)), 0.0
    in_project = np.full(int(ground.project.max()) + 1, -1, np.int64)
    for j in np.flatnonzero(taken):
        activity += ground.slope[j]
        own += ground.cost[j]
        in_project[ground.project[j]] = j
        _use(ground, used, j, 1.0)
    fine = 0.0
    for r in range(len(ground.limit)):
        if not np.isinf(ground.price[r]):
            fine += ground.price[r] * max(used[r] - ground.limit[r], 0.0)
    now = own + fine + _second(ground, activity, -1, -1)
    best, best_taken = now, taken.copy()
    fixed = np.ones(len(taken), np.bool_)
    fixed[ground.free] = False
    for step in range(steps):
        heat = hot * (cold / hot) ** (step / steps)
        add = ground.free[np.random.randint(len(ground.free))]
        drop = -1
        if taken[add]:
            drop, add = add, -1
        else:
            drop = in_project[ground.project[add]]
            if drop >= 0 and fixed[drop]:
                continue
            if drop < 0 and np.random.random() < 0.5:
                other = ground.free[np.random.randint(len(ground.free))]
                for _ in range(20):
                    if taken[other]:
                        break
                    other = ground.free[np.random.randint(len(ground.free))]
                drop = other if taken[other] else -1
        extra = 0.0
        if drop >= 0:
            extra += _over(ground, used, drop, -1.0, -1)
            _use(ground, used, drop, -1.0)
        if add >= 0:
            extra += _over(ground, used, add, 1.0, drop)
        if np.isinf(extra):
            _use(ground, used, drop, 1.0) if drop >= 0 else None
            continue
        change = (ground.cost[add] if add >= 0 else 0.0) - (ground.cost[drop] if drop >= 0 else 0.0)
        then = own + fine + change + extra + _second(ground, activity, add, drop)
        if then <= now or np.random.random() < np.exp((now - then) / heat):
            if drop >= 0:
                activity -= ground.slope[drop]
                taken[drop] = False
                in_project[ground.project[drop]] = -1
            if add >= 0:
                activity += ground.slope[add]
                taken[add] = True
                in_project[ground.project[add]] = add
                _use(ground, used, add, 1.0)
            own, fine, now = own + change, fine + extra, then
            if now < best - 1e-9 * abs(best):
                best, best_taken = now, taken.copy()
        elif drop >= 0:
            _use(ground, used, drop, 1.0)
    return best, best_taken
