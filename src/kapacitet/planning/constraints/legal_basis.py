"""Who may use a place: cells a conversion takes the places from, and cells it gives them to.

Eligibility by target group and legal basis is in the set of arcs itself (``planning/eligibility.py``): a triple
that isn't faglig dækkende has no column. What is left for rows is what a conversion changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pulp import LpVariable

from kapacitet.planning.lifecycle import joining, leaving
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag, linear
from kapacitet.planning.variables import Recourse, State

FAMILY = "legal_basis"
TAG: Tag = "lov"


def rows(problem: Problem, state: State, v: Recourse) -> Iterator[Row]:
    r"""Per unit o with conversions and group h it loses or gains:

    Σ_k x[k,h,o] ≤ P·(1 + over-occupancy)·(1 − ended)   if the group may lose its places,
    Σ_k x[k,h,o] ≤ P·(1 + over-occupancy)·converted     if it may gain them.
    """
    used: dict[tuple[int, str], list[LpVariable]] = defaultdict(list)
    for a, x in v.use.items():
        u = int(problem.arcs.u[a])
        if problem.may_end(u):
            used[u, problem.cells[int(problem.arcs.c[a])].group].append(x)
    for (u, group), variables in used.items():
        room = float(problem.places[u, v.t]) * (1 + problem.scenario.limits.over_occupancy)
        name = f"basis_{problem.names['units'][u]}_{group}_{problem.years[v.t]}_f{v.future}"
        subject = {"u": u, "group": group, "t": v.t}
        gained = joining(problem, u, group, v.t, state)
        if gained is not None:
            yield Row(name, linear([*((x, 1.0) for x in variables), *((s, -room) for s in gained)]) <= 0.0, subject)
            continue
        lost = leaving(problem, u, group, v.t, state)
        if lost:
            yield Row(name, linear([*((x, 1.0) for x in variables), *((s, room) for s in lost)]) <= room, subject)


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    u, t = (int(str(subject[key])) for key in ("u", "t"))
    name, year = problem.units[u].name, problem.years[t]
    return f"{name} modtager kun {subject['group']} i {year}, hvis omlægningen passer dertil"
