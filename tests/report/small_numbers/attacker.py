"""An attacker written apart from the program: knows what is published and the relations, solves with scipy."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Mapping

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp

from kapacitet.report.small_numbers import Cell, Table

Bounds = tuple[float, float]


def interval(
    table: Table,
    hidden: Collection[Cell],
    cell: Cell,
    *,
    known: Callable[[Cell], Bounds] = lambda cell: (0.0, np.inf),
    whole: bool = False,
) -> Bounds:
    """The least and the largest value that ``cell`` can have.

    Args:
        known: what is known of a hidden cell beforehand.
        whole: all cells are known to be whole numbers.
    """
    cells = list(table.values)
    at = {name: i for i, name in enumerate(cells)}
    rows = np.zeros((max(len(table.relations), 1), len(cells)))
    for row, relation in enumerate(table.relations):
        for name, weight in relation.terms:
            rows[row, at[name]] += weight
    bounds = [known(name) if name in hidden else (table.values[name],) * 2 for name in cells]
    # The published figures fulfil the relations to rounding error only, so the attacker allows for that.
    left = np.full(len(rows), 1e-7)
    cost = np.zeros(len(cells))
    cost[at[cell]] = 1.0
    ends = []
    for sign in (1.0, -1.0):
        if whole:
            lower, upper = np.array(bounds).T
            met = milp(sign * cost, integrality=np.ones(len(cells)), bounds=(lower, upper),
                       constraints=LinearConstraint(rows, -left, left))  # fmt: skip
        else:
            met = linprog(
                sign * cost, A_ub=np.vstack([rows, -rows]), b_ub=np.concatenate([left, left]), bounds=bounds
            )
        ends.append(sign * met.fun if met.status == 0 else np.inf)
        assert met.status in (0, 3) or (whole and "nbounded" in met.message), met.message
    return ends[0], ends[1]


def cheapest(
    table: Table,
    forced: Collection[Cell],
    loss: Mapping[Cell, float],
    is_safe: Callable[[frozenset[Cell]], bool],
    never: Collection[Cell] = (),
) -> float:
    """The least loss of any safe pattern that hides ``forced``: all are tried, the cheapest first."""
    free = [cell for cell in table.values if cell not in forced and cell not in never]
    subsets = [s for size in range(len(free) + 1) for s in itertools.combinations(free, size)]
    for extra in sorted(subsets, key=lambda subset: sum(loss[cell] for cell in subset)):
        if is_safe(frozenset(forced) | frozenset(extra)):
            return sum(loss[cell] for cell in extra)
    raise AssertionError("Nothing is safe.")
