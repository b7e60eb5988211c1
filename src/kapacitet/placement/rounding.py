"""Controlled rounding: whole numbers near fractional ones, in every cell of a table and every total at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kapacitet.placement.network import IntArray, least_cost_flow
from kapacitet.planning.costs import Array

FINENESS = 1_000_000
"""Steps of a squared deviation; ties are broken below one step in a thousand."""
TIE_STEPS = FINENESS // 1000
TOTAL_WEIGHT = 10
"""A total that is off counts as much as ten cells."""
EXACT = 1e-9


@dataclass(frozen=True)
class _Items:
    """Cells, or totals over cells: where their arcs go, and what they should and may hold."""

    tail: IntArray
    head: IntArray
    target: Array
    lower: IntArray
    upper: IntArray
    weight: int
    tie: IntArray


def controlled_rounding(
    values: Array,
    left: Sequence[IntArray],
    right: Sequence[IntArray],
    *,
    ties: IntArray,
    lower: IntArray | None = None,
    upper: IntArray | None = None,
    totals: IntArray | None = None,
    room: IntArray | None = None,
) -> IntArray:
    r"""Whole numbers n nearest to ``values`` v, cell by cell and total by total, as one min-cost flow.

    Minimises  Σ_cells (n − v)² + 10·Σ_totals (Σn − Σv)²  with lower ≤ n ≤ upper. The coarsest totals on the left
    are hard: half-up rounded Σv, or the nearest to it that the bounds allow. (With cells alone that is the
    method of the largest remainder.)

    Args:
        values: v ≥ 0, shape (N,).
        left: label of each cell, from the coarsest totals (hard) to the finest; each nested in the one before.
        right: a second way to add the cells up, from the finest to the coarsest; may be empty.
        ties: a number of each cell; of equally good cells those with the lowest get the person.
        lower, upper: bounds, shape (N,); 0 and none if left out.
        totals: the hard totals by label of ``left[0]``, in place of the rounded ones.
        room: most of each total of ``right[-1]``, by label; goes before the hard totals.

    Returns:
        n, shape (N,).
    """
    n = len(values)
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    least = np.zeros(n, dtype=np.int64) if lower is None else lower
    most = np.maximum(np.ceil(values).astype(np.int64) + 1, least) if upper is None else upper
    families = [*(_dense(labels) for labels in left), *(_dense(labels) for labels in right)]
    first = np.cumsum([0, *(len(names) for _, names in families)])
    sink = int(first[-1])
    node = [first[i] + index for i, (index, _) in enumerate(families)]
    L = len(left)
    items: list[_Items] = []
    for i in range(1, len(families)):
        if i < L:
            tail, head, at = node[i - 1], node[i], families[i]
        else:
            tail, head = node[i], node[i + 1] if i + 1 < len(families) else np.full(n, sink)
            at = families[i]
        cap = room if room is not None and i == len(families) - 1 and i >= L else None
        items.append(_totals(at, tail, head, values, least, most, cap))
    entering = node[L] if right else np.full(n, sink)
    tie = ties % TIE_STEPS
    items.append(_Items(node[L - 1], entering, values, least, most, 1, tie))
    supplies = _supplies(families[0], values, least, most, totals, sink)
    return least + _extra(items, supplies, n)


def _dense(labels: IntArray) -> tuple[IntArray, IntArray]:
    """Position of each cell's label among the distinct labels, and these."""
    names, index = np.unique(labels, return_inverse=True)
    return index.astype(np.int64), names.astype(np.int64)


def _sums(index: IntArray, values: Array | IntArray, size: int) -> Array:
    return np.bincount(index, weights=values, minlength=size)


def _totals(
    family: tuple[IntArray, IntArray],
    tail: IntArray,
    head: IntArray,
    values: Array,
    least: IntArray,
    most: IntArray,
    room: IntArray | None,
) -> _Items:
    index, names = family
    size = len(names)
    tails, heads = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    tails[index], heads[index] = tail, head
    lower, upper = (_sums(index, bound, size).astype(np.int64) for bound in (least, most))
    if room is not None:
        upper = np.maximum(np.minimum(upper, room[names]), lower)
    none = np.zeros(size, dtype=np.int64)
    return _Items(tails, heads, _sums(index, values, size), lower, upper, TOTAL_WEIGHT, none)


def _supplies(
    family: tuple[IntArray, IntArray],
    values: Array,
    least: IntArray,
    most: IntArray,
    totals: IntArray | None,
    sink: int,
) -> IntArray:
    """Persons beyond the lower bounds that each hard total sends through the network."""
    index, names = family
    size = len(names)
    lower, upper = (_sums(index, bound, size).astype(np.int64) for bound in (least, most))
    wanted = totals[names] if totals is not None else half_up(_sums(index, values, size))
    supplies = np.zeros(sink + 1, dtype=np.int64)
    supplies[:size] = np.clip(wanted, lower, upper) - lower
    supplies[sink] = -supplies.sum()
    return supplies


def half_up(values: Array | np.float64) -> IntArray:
    """Nearest whole numbers, halves upwards."""
    return np.asarray(np.floor(values + 0.5 + EXACT), dtype=np.int64)


def _extra(items: Sequence[_Items], supplies: IntArray, cells: int) -> IntArray:
    """Persons beyond the lower bound in each cell (the last of ``items``)."""
    parts = [_steps(item) for item in items]
    tails, heads, capacities, costs, owner = (np.concatenate([part[i] for part in parts]) for i in range(5))
    flows = least_cost_flow(tails, heads, capacities, costs, supplies)
    mine = len(parts[-1][0])
    return np.bincount(owner[-mine:], weights=flows[-mine:], minlength=cells).astype(np.int64)


def _steps(item: _Items) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
    """Arcs of rising cost: one per person up to just above the target, then one for whatever is left.

    The n-th person costs n² − (n − 1)² around the target: 2(n − v) − 1.
    """
    spare = item.upper - item.lower
    single = np.clip(np.ceil(item.target).astype(np.int64) + 1 - item.lower, 0, spare)
    count = single + (spare > single)
    owner = np.repeat(np.arange(len(spare)), count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    last = step == single[owner]
    capacity = np.where(last, (spare - single)[owner], 1)
    rise = 2 * (item.lower[owner] + step + 1 - item.target[owner]) - 1
    cost = np.rint(item.weight * FINENESS * rise).astype(np.int64) + item.tie[owner]
    return item.tail[owner], item.head[owner], capacity, cost, owner
