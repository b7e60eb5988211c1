"""Staff: no more new places are opened in an area and year than can be manned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, Tag, linear
from kapacitet.planning.variables import FirstStage

FAMILY = "staff"
TAG: Tag = "politik"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per area and year t with a row in ``staff_limits``:  Σ_{j opening in t} staff_per_place·P·y ≤ hires.

    An area is a municipality's code or the ``group`` of several.
    """
    if problem.scenario.limits.staff == "off":
        return
    home = {m.code: {m.code, m.area} for m in problem.municipalities}
    for number, ((area, t), hires) in enumerate(sorted(problem.staff_limits.items())):
        manning: list[Pair] = [
            (y, problem.units[start.unit].staff_per_place * problem.units[start.unit].places)
            for y, start in zip(v.start, problem.starts, strict=True)
            if start.open_year == problem.years[t] and area in home[problem.units[start.unit].municipality]
        ]
        if any(weight > 0 for _, weight in manning):
            name = f"staff_a{number}_{problem.years[t]}"
            yield Row(name, linear(manning) <= hires, {"area": area, "t": t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    area, t = str(subject["area"]), int(str(subject["t"]))
    name = next((m.name for m in problem.municipalities if m.code == area), area)
    hires = f"{problem.staff_limits[area, t]:g}".replace(".", ",")
    return f"nye tilbud i {name} kan højst ansætte {hires} i {problem.years[t]}"
