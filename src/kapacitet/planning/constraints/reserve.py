"""The reserve band: some free places, so that no supplier has a monopoly, but not too many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag, linear, ones
from kapacitet.planning.variables import FirstStage

FAMILY = "reserve"
TAG: Tag = "politik"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per cell g and year t from ``reserve_from``:

    Σ_o s[o,g,t] ≥ E d/(1 − reserve_min)  and  Σ_o s[o,g,t] ≤ max(existing eligible places, E d/(1 − reserve_max)).
    Mechanism 1 of the expert committee (April 2024): always some free capacity, too much is waste.
    """
    limits, demand = problem.scenario.limits, problem.expected_demand()
    for c in range(len(problem.cells)):
        for t, year in enumerate(problem.years):
            if year < (limits.reserve_from or problem.years[0]):
                continue
            total = linear(ones(s for (_, d, r), s in v.planned.items() if (d, r) == (c, t)))
            need, name = float(demand[c, t]), f"{problem.names['cells'][c]}_{year}"
            if limits.reserve_min > 0:
                yield Row(
                    f"reserve_{name}",
                    total >= need / (1 - limits.reserve_min),
                    {"c": c, "t": t, "rule": "min"},
                )
            if limits.reserve_max < 1:
                most = max(_existing_places(problem, c, t), need / (1 - limits.reserve_max))
                yield Row(f"surplus_{name}", total <= most, {"c": c, "t": t, "rule": "max"})


def _existing_places(problem: Problem, c: int, t: int) -> float:
    return sum(
        float(problem.places[u, t])
        for u, unit in enumerate(problem.units)
        if unit.existing and not unit.private and c in problem.fitting_cells(u)
    )


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    cell, t = problem.cells[int(str(subject["c"]))], int(str(subject["t"]))
    limits = problem.scenario.limits
    share = limits.reserve_min if subject["rule"] == "min" else limits.reserve_max
    word = "mindst" if subject["rule"] == "min" else "højst"
    percent = f"{100 * share:g}".replace(".", ",")
    return f"{word} {percent} % ledige pladser til {cell.group} ({cell.term}) i {problem.years[t]}"
