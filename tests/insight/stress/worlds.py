"""Small problems in whole persons, with any plan, for the tests of stress."""

from __future__ import annotations

import random
from typing import Literal

import numpy as np

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import draw_futures
from kapacitet.planning.costs import Array
from kapacitet.planning.plan import Plan, YearOutcome
from kapacitet.planning.problem import Problem, build_problem
from tests.independent.hand import Hand
from tests.planning.worlds import random_problem, tiny


def drawn_problem(seed: int, families: Literal["some", "all"], count: int = 2) -> Problem:
    """A random tiny case in futures drawn around its projection."""
    case = random_problem(seed, families)
    draws = draw_futures(case.region, case.scenario, cell_demand(case.region, case.scenario), count=count)
    return build_problem(case.region, case.scenario, draws)


def any_plan(problem: Problem, seed: int) -> Plan:
    """Some starts, one per project at most, and some closures and conversions, one per offer at most."""
    rng = random.Random(f"plan-{seed}")
    starts: dict[str, int] = {}
    for i in rng.sample(range(len(problem.starts)), len(problem.starts)):
        if rng.random() < 0.6:
            starts[problem.units[problem.starts[i].unit].project] = i
    ended: set[int] = set()
    closures, conversions = [], []
    for chosen, options in ((closures, problem.closures), (conversions, problem.conversions)):
        for i, option in enumerate(options):
            if rng.random() < 0.4 and option.unit not in ended:
                ended.add(option.unit)
                chosen.append(i)
    return Plan(tuple(sorted(starts.values())), tuple(closures), tuple(conversions))


def whole_rooms(problem: Problem) -> bool:
    """Whether every bound is whole persons, so that a flow's least cost is the linear program's."""
    room = problem.places * (1 + problem.scenario.limits.over_occupancy)
    least = [unit.minimum_residents for unit in problem.units]
    sold = [most[np.isfinite(most)] for most in problem.purchase_available.values()]
    return all(bool((part == np.rint(part)).all()) for part in (room, np.array(least), *sold))


def in_houses(problem: Problem, year: YearOutcome) -> Array:
    """n by unit, guests apart."""
    return np.bincount(problem.arcs.u, year.use, minlength=len(problem.units))


def two_houses(first: float, second: float) -> Hand:
    """Houses of 4 and 6 places at the same cost and without travel, for 561 and 573; purchase is dear."""
    hand = tiny({2025: first}, ("561", "573"))
    next(row for row in hand.tables["demand"] if row["municipality"] == "573").update(
        low=second, central=second, high=second
    )
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.set("costs", travel_cost_per_minute=0.0)
    hand.add("travel_links", from_="561", to="573", kind="road", minutes=10)
    hand.offer("lille", 4, 1.0, 1.0)
    hand.offer("stor", 6, 1.0, 1.0)
    return hand


def emptying(years: int = 5, attrition: float = 0.2) -> Hand:
    """20 persons of whom a fifth leaves each year, nobody comes; one house of 20 places, decided, opens in 2025."""
    need = {2025 + t: 20 * (1 - attrition) ** t for t in range(years)}
    hand = tiny(need)
    hand.tables["purchase_prices"][0]["price"] = 100.0
    hand.group("g", attrition=attrition)
    hand.candidate("hus", 20, 100.0, 40.0, 1.0)
    hand.set("projects", committed=[{"candidate": "hus", "start": 2025}])
    hand.set("futures", growth_sd=0.0)
    return hand
