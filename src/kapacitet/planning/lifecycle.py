"""What closing and converting does to whom an offer serves: who must leave, who may join."""

from __future__ import annotations

from pulp import LpVariable

from kapacitet.planning.problem import Problem
from kapacitet.planning.variables import State


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
