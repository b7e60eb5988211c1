"""Critical mass: place-years that a house lacks to its smallest sound number of residents are priced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.lifecycle import guests_of, use_by_unit
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, Tag, linear
from kapacitet.planning.variables import Recourse, State

FAMILY = "critical_mass"
TAG: Tag = "politik"


def rows(problem: Problem, state: State, v: Recourse) -> Iterator[Row]:
    r"""Per unit o with minimum m:  short[o] + Σ x + external ≥ m·mature[o,t]  (existing: m·(1 − closed)).

    The shortfall is priced, never forbidden: a hard bound makes many regions infeasible.
    """
    used = use_by_unit(problem, v)
    for u, short in v.short.items():
        least = problem.units[u].minimum_residents
        pairs: list[Pair] = [(short, 1.0), *((x, 1.0) for x in used[u])]
        constant = 0.0
        if problem.units[u].existing:
            guests, gone = guests_of(problem, v, u, state)
            constant = least - guests
            if (u, v.t) in state.closed:
                pairs.append((state.closed[u, v.t], least))
            pairs += gone
        else:
            pairs.append((state.mature[u, v.t], -least))
        name = f"mass_{problem.names['units'][u]}_{problem.years[v.t]}_f{v.future}"
        yield Row(name, linear(pairs) >= constant, {"u": u, "t": v.t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    u, t = (int(str(subject[key])) for key in "ut")
    unit = problem.units[u]
    return f"{unit.name} bør have mindst {unit.minimum_residents:g} beboere i {problem.years[t]}"
