"""Closing and converting existing offers: each at most once, never both; what that makes of them by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pulp import LpVariable

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, Tag, linear, ones
from kapacitet.planning.variables import FirstStage

FAMILY = "restructuring"
TAG: Tag = "politik"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per existing offer o:  Σ_t close[o,t] + Σ_{rows, t} convert[o,t] ≤ 1."""
    by_unit: dict[int, list[LpVariable]] = defaultdict(list)
    for closing, closure in zip(v.close, problem.closures, strict=True):
        by_unit[closure.unit].append(closing)
    for converting, conversion in zip(v.convert, problem.conversions, strict=True):
        by_unit[conversion.unit].append(converting)
    for u, variables in sorted(by_unit.items()):
        yield Row(f"restructure_{problem.names['units'][u]}", linear(ones(variables)) <= 1.0, {"u": u})


def state_rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""closed[o,t] = Σ_{s ≤ t} close[o,s];  converted[row,t] = Σ_{in effect by t} convert[row,s]."""
    years = problem.years
    for (u, t), column in v.state.closed.items():
        done: list[Pair] = [
            (x, -1.0) for x, c in zip(v.close, problem.closures, strict=True) if c.unit == u and c.year <= years[t]
        ]
        name = f"closed_{problem.names['units'][u]}_{years[t]}_is"
        yield Row(name, linear([(column, 1.0), *done]) == 0.0, {"u": u, "t": t})
    for (row, t), column in v.state.converted.items():
        made: list[Pair] = [
            (x, -1.0)
            for x, c in zip(v.convert, problem.conversions, strict=True)
            if c.row == row and c.year <= years[t]
        ]
        name = f"converted_r{row}_{years[t]}_is"
        yield Row(name, linear([(column, 1.0), *made]) == 0.0, {"u": problem.conversion_rows[row][0], "t": t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    return f"{problem.units[int(str(subject['u']))].name} kan højst lukkes eller omlægges én gang"
