"""Only built houses are used: the tight link between each use of a candidate and its opening.

Implied by capacity for whole decisions, but it closes most of the gap of the relaxation: no municipality can send
more citizens to a house than it has to place anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag, linear
from kapacitet.planning.variables import Recourse, State

FAMILY = "building_use"
TAG: Tag = "regnskab"


def rows(problem: Problem, state: State, v: Recourse) -> Iterator[Row]:
    r"""Per arc to a candidate j:  x[k,g,j] ≤ min(d − those who stay elsewhere, P·(1 + over-occupancy))·open[j,t].

    A row is left out where the capacity row already says as much.
    """
    arcs, free = problem.arcs, problem.free_demand(v.future)
    over = 1 + problem.scenario.limits.over_occupancy
    for a, x in v.use.items():
        k, c, u = int(arcs.k[a]), int(arcs.c[a]), int(arcs.u[a])
        most, room = float(free[k, c, v.t]), float(problem.places[u, v.t]) * over
        if not problem.units[u].existing and most < room:
            name = f"built_{x.name.removeprefix('use_')}_f{v.future}"
            yield Row(name, linear([(x, 1.0), (state.open[u, v.t], -most)]) <= 0.0, {"a": a, "t": v.t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    a, t = (int(str(subject[key])) for key in ("a", "t"))
    return f"{problem.units[int(problem.arcs.u[a])].name} kan først bruges, når det er åbnet ({problem.years[t]})"
