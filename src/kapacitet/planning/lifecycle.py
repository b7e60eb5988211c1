"""What closing and converting does to whom an offer serves: who must leave, who may join."""

from __future__ import annotations

from collections import defaultdict

from pulp import LpVariable

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair
from kapacitet.planning.variables import Recourse, State


def use_by_unit(problem: Problem, v: Recourse) -> dict[int, list[LpVariable]]:
    """Unit -> the columns x that use it; an empty list for units nobody can use."""
    used: dict[int, list[LpVariable]] = defaultdict(list)
    for a, x in v.use.items():
        used[int(problem.arcs.u[a])].append(x)
    return used


def guests_of(problem: Problem, v: Recourse, u: int, state: State) -> tuple[float, list[Pair]]:
    """External use of an existing offer: place-years if nothing ends it, and what a state takes from it.

    External residents leave with a closure, or with a conversion that ends their group's places.
    """
    external, total, gone = problem.futures[v.future].external, 0.0, list[Pair]()
    for c, cell in enumerate(problem.cells):
        guests = float(external[u, c, v.t])
        if guests > 0:
            total += guests
            gone += [(left, -guests) for left in leaving(problem, u, cell.group, v.t, state)]
    return total, gone


def leaving(problem: Problem, u: int, group: str, t: int, state: State) -> list[LpVariable]:
    """States whose sum (0 or 1) says that ``group`` has lost its places in unit ``u`` by year index ``t``."""
    states = [state.closed[u, t]] if (u, t) in state.closed else []
    if group in problem.units[u].groups:
        states += _converted(problem, u, group, t, state, serves_after=False)
    return states


def joining(problem: Problem, u: int, group: str, t: int, state: State) -> list[LpVariable] | None:
    """States whose sum says that ``group`` has gained places in ``u``; None if it has had them all along."""
    if group in problem.units[u].groups:
        return None
    return _converted(problem, u, group, t, state, serves_after=True)


def _converted(problem: Problem, u: int, group: str, t: int, state: State, *, serves_after: bool) -> list[LpVariable]:
    return [
        state.converted[row, t]
        for row, (unit, after) in problem.conversion_rows.items()
        if unit == u and (row, t) in state.converted and (group in after) == serves_after
    ]
