"""No offer is used beyond its places and the over-occupancy the scenario allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.lifecycle import guests_of, use_by_unit
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, Tag, linear
from kapacitet.planning.variables import Recourse, State

FAMILY = "capacity"
TAG: Tag = "lov"


def rows(problem: Problem, state: State, v: Recourse) -> Iterator[Row]:
    r"""Per unit o:  Σ_{k,g} x[k,g,o] + external use ≤ P[o,t]·(1 + over-occupancy)·open[o,t].

    Open is 1 − closed for existing offers, the started-and-opened state for candidates. External residents
    leave with a closure, or with a conversion that ends their group's places.
    """
    for u, variables in use_by_unit(problem, v).items():
        room = float(problem.places[u, v.t]) * (1 + problem.scenario.limits.over_occupancy)
        pairs: list[Pair] = [(x, 1.0) for x in variables]
        constant = 0.0
        if problem.units[u].existing:
            guests, gone = guests_of(problem, v, u, state)
            constant = room - guests
            if (u, v.t) in state.closed:
                pairs.append((state.closed[u, v.t], room))
            pairs += gone
        else:
            pairs.append((state.open[u, v.t], -room))
        name = f"capacity_{problem.names['units'][u]}_{problem.years[v.t]}_f{v.future}"
        yield Row(name, linear(pairs) <= constant, {"u": u, "t": v.t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    u, t = (int(str(subject[key])) for key in "ut")
    unit = problem.units[u]
    return f"{unit.name} har {unit.places:g} pladser i {problem.years[t]}"
