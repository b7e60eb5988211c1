"""Said before solving: where and when there will be too few places whatever is built."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.planning.problem import Problem
from kapacitet.region.danish import fixed

LACKING = 0.05


@dataclass(frozen=True)
class Shortage:
    """Place-years of a target group that no adequate place can serve in a year, even with everything built."""

    group: str
    year: int
    demand: float
    places: float

    @property
    def missing(self) -> float:
        """Place-years that must be bought or go unmet."""
        return self.demand - self.places

    def text(self) -> str:
        """The shortage in one Danish sentence."""
        need, places, missing = map(fixed, (self.demand, self.places, self.missing))
        return (
            f"{self.year}: behovet for {self.group} er {need} helårspladser, men der kan højst være {places} egnede "
            f"pladser; mindst {missing} må købes eller mangler."
        )


def most_places(problem: Problem, t: int) -> np.ndarray:
    """Places of each unit if everything that can open by year index ``t`` did, one variant per project; (U,)."""
    over = 1 + problem.scenario.limits.over_occupancy
    most = np.zeros(len(problem.units))
    best: dict[str, int] = {}
    for u, unit in enumerate(problem.units):
        if unit.existing:
            most[u] = problem.places[u, t] * over
        elif problem.can_be_open(u, t):
            rival = best.get(unit.project)
            if rival is None or problem.units[rival].places < unit.places:
                best[unit.project] = u
    for u in best.values():
        most[u] = problem.units[u].places * over
    return most


def shortages(problem: Problem) -> tuple[Shortage, ...]:
    """Groups and years whose demand is above the most places there can be for them alone.

    Places open to several groups are counted for each, so what is reported is certain, not all there is.
    """
    result = []
    for t, year in enumerate(problem.years):
        most = most_places(problem, t)
        for group in sorted({cell.group for cell in problem.cells}):
            cells = [c for c, cell in enumerate(problem.cells) if cell.group == group]
            demand = float(problem.expected_demand()[cells, t].sum())
            able = {u for c in cells for u in np.unique(problem.arcs.u[problem.arcs.c == c]).tolist()}
            places = float(sum(most[u] for u in able))
            if demand - places > LACKING:
                result.append(Shortage(group, year, demand, places))
    return tuple(result)
