"""The public anchor: own operation to a fitting extent where needs are complex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag, linear, ones
from kapacitet.planning.variables import FirstStage

FAMILY = "public_share"
TAG: Tag = "politik"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per complex cell g and year t from ``public_share_from``:  Σ_{public o} s[o,g,t] ≥ θ·E d[g,t].

    Public are municipalities' and the region's offers (mechanisms 4 and 5 of the expert committee, April 2024).
    """
    limits, demand = problem.scenario.limits, problem.expected_demand()
    if limits.public_share_min <= 0:
        return
    for c, cell in enumerate(problem.cells):
        for t, year in enumerate(problem.years):
            if not cell.complex or year < (limits.public_share_from or problem.years[0]):
                continue
            own = [s for (u, d, r), s in v.planned.items() if (d, r) == (c, t) and problem.units[u].public]
            need = limits.public_share_min * float(demand[c, t])
            name = f"public_{problem.names['cells'][c]}_{year}"
            yield Row(name, linear(ones(own)) >= need, {"c": c, "t": t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    cell, t = problem.cells[int(str(subject["c"]))], int(str(subject["t"]))
    percent = f"{100 * problem.scenario.limits.public_share_min:g}".replace(".", ",")
    return (
        f"kommuner og region har pladser til mindst {percent} % af behovet "
        f"for {cell.group} ({cell.term}) i {problem.years[t]}"
    )
