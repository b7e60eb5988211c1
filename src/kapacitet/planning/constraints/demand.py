"""Demand is met, bought or left unmet: every place-year needed is accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pulp import LpVariable

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag, linear, ones
from kapacitet.planning.variables import Recourse, State

FAMILY = "demand"
TAG: Tag = "lov"


def rows(problem: Problem, state: State, v: Recourse) -> Iterator[Row]:
    r"""Per municipality k and cell g:  Σ_o x[k,g,o] + p[k,g] + u[k,g] = d[k,g,t]."""
    served: dict[tuple[int, int], list[LpVariable]] = defaultdict(list)
    for a, x in v.use.items():
        served[int(problem.arcs.k[a]), int(problem.arcs.c[a])].append(x)
    demand = problem.futures[v.future].demand
    for (k, c), p in v.buy.items():
        every = linear(ones([*served[k, c], p, v.unmet[k, c]]))
        name = f"demand_{problem.names['municipalities'][k]}_{problem.names['cells'][c]}_{problem.years[v.t]}"
        yield Row(f"{name}_f{v.future}", every == float(demand[k, c, v.t]), {"k": k, "c": c, "t": v.t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    k, c, t = (int(str(subject[key])) for key in "kct")
    cell = problem.cells[c]
    return (
        f"{problem.municipalities[k].name} skal have dækket sit behov for {cell.term} plads "
        f"til {cell.group} i {problem.years[t]}"
    )
