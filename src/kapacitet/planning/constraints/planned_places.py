"""Planned places: every place of an open offer that isn't private is planned for one demand cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kapacitet.planning.lifecycle import joining, leaving
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, Tag, linear
from kapacitet.planning.variables import FirstStage

FAMILY = "planned_places"
TAG: Tag = "regnskab"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per unit o and year t:  Σ_g s[o,g,t] = P[o,t]·open[o,t].

    With conversions:  Σ_{g of group h} s ≤ P·(1 − converted) for a group that leaves, ≤ P·converted for one that
    joins.
    """
    planned: dict[tuple[int, int], list[tuple[int, Pair]]] = defaultdict(list)
    for (u, c, t), s in v.planned.items():
        planned[u, t].append((c, (s, 1.0)))
    for (u, t), members in planned.items():
        room = float(problem.places[u, t])
        pairs, constant = [pair for _, pair in members], room
        if not problem.units[u].existing:
            pairs.append((v.state.open[u, t], -room))
            constant = 0.0
        elif (u, t) in v.state.closed:
            pairs.append((v.state.closed[u, t], room))
        name = f"places_{problem.names['units'][u]}_{problem.years[t]}"
        yield Row(name, linear(pairs) == constant, {"u": u, "t": t})
        if problem.may_end(u):
            yield from _gates(problem, v, u, t, members)


def _gates(problem: Problem, v: FirstStage, u: int, t: int, members: list[tuple[int, Pair]]) -> Iterator[Row]:
    room = float(problem.places[u, t])
    for group in sorted({problem.cells[c].group for c, _ in members}):
        own = [pair for c, pair in members if problem.cells[c].group == group]
        gained = joining(problem, u, group, t, v.state)
        ended = leaving(problem, u, group, t, v.state) if gained is None else []
        limit = room if gained is None else 0.0
        gate: list[Pair] = [(s, -room) for s in gained or ()] + [(s, room) for s in ended]
        name = f"places_{problem.names['units'][u]}_{group}_{problem.years[t]}"
        yield Row(name, linear([*own, *gate]) <= limit, {"u": u, "t": t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    u, t = (int(str(subject[key])) for key in "ut")
    return f"Alle pladser i {problem.units[u].name} er planlagt til en målgruppe i {problem.years[t]}"
