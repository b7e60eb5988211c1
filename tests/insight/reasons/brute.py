"""Every plan of a tiny case with its cost, by the independent enumeration; and the case as a result to explain."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.region import Region, region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.case import Case, Tables
from tests.independent.enumerate_plans import _Evaluator
from tests.independent.limits import frame_cost
from tests.independent.plans import Plan, all_plans, state
from tests.independent.readings import DEFAULT_READINGS
from tests.independent.tiny_regions import PRICE_YEAR, random_case

RELATIVE, ABSOLUTE = 1e-7, 1e-2


@dataclass(frozen=True)
class Tiny:
    """A tiny case: tables and scenario as plain rows."""

    tables: Tables
    keys: dict[str, Any]

    def changed(self, **sections: dict[str, Any]) -> Tiny:
        """With keys of the scenario's sections set."""
        keys = copy.deepcopy(self.keys)
        for section, values in sections.items():
            keys[section] = {**keys.get(section, {}), **values}
        return Tiny(self.tables, keys)

    def with_rows(self, table: str, rows: list[dict[str, Any]]) -> Tiny:
        """With another table."""
        return Tiny({**self.tables, table: rows}, self.keys)

    @cached_property
    def costs(self) -> dict[Plan, float]:
        """Every plan that keeps all rules, with its discounted cost."""
        case = Case(self.tables, self.keys, PRICE_YEAR, DEFAULT_READINGS)
        evaluator, found = _Evaluator(case), {}
        for plan in all_plans(case):
            states = [state(case, plan, year) for year in case.years]
            penalty = frame_cost(case, plan)
            if penalty is not None and not evaluator.faults(plan, states):
                found[plan] = evaluator.objective(evaluator.years(plan, states, penalty))
        return found

    @property
    def least(self) -> float:
        """Cost of the best plan; infinite where there is none."""
        return min(self.costs.values(), default=float("inf"))

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario, sought to the end."""
        return Scenario.model_validate({**self.keys, "solver": {"gap": 0.0}})

    @cached_property
    def region(self) -> Region:
        """The region."""
        over = self.scenario.limits.over_occupancy
        return region_from_tables("lille", PRICE_YEAR, self.tables, over_occupancy=over)

    @cached_property
    def result(self) -> Result:
        """The answer that is to be explained."""
        found = run(self.region, self.scenario)
        assert isinstance(found, Result)
        return found


@cache
def building_case(number: int) -> tuple[int, Tiny]:
    """A random case whose best plan builds something undecided, with its seed; they are numbered from 0."""
    seed = building_case(number - 1)[0] + 1 if number else 0
    while True:
        tiny = Tiny(*random_case(seed, families="some"))
        best = min(tiny.costs, key=lambda plan: tiny.costs[plan], default=None)
        if best is not None and best.builds and not tiny.keys["projects"]["committed"]:
            return seed, tiny
        seed += 1


def building_cases(count: int) -> tuple[Tiny, ...]:
    """The first of them."""
    return tuple(building_case(number)[1] for number in range(count))


def projects_of(tiny: Tiny) -> dict[str, str]:
    """Candidate -> project."""
    return {row["id"]: row["project"] for row in tiny.tables["candidates"]}
