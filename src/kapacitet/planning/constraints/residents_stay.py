"""Those who live in an offer stay there: a long-term place is a home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.lifecycle import leaving
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, Tag, linear
from kapacitet.planning.variables import Recourse, State

FAMILY = "residents_stay"
TAG: Tag = "lov"


def rows(problem: Problem, state: State, v: Recourse) -> Iterator[Row]:
    r"""Per arc with residents:  x ≥ R·(1 − ended) − moved.

    Where nothing can end the stay and nobody may be moved the bound is on the column itself.
    """
    arcs, residents = problem.arcs, problem.futures[v.future].residents
    for a, x in v.use.items():
        stay, u = float(residents[a, v.t]), int(arcs.u[a])
        if stay <= 0 or (a not in v.moved and not problem.may_end(u)):
            continue
        group = problem.cells[int(arcs.c[a])].group
        pairs: list[Pair] = [(x, 1.0)]
        if a in v.moved:
            pairs.append((v.moved[a], 1.0))
        pairs += [(gone, stay) for gone in leaving(problem, u, group, v.t, state)]
        name = f"stay_{x.name.removeprefix('use_')}_f{v.future}"
        yield Row(name, linear(pairs) >= stay, {"a": a, "t": v.t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    a, t = (int(str(subject[key])) for key in ("a", "t"))
    arcs = problem.arcs
    return (
        f"Borgere fra {problem.municipalities[int(arcs.k[a])].name} bliver boende i "
        f"{problem.units[int(arcs.u[a])].name} i {problem.years[t]}"
    )
