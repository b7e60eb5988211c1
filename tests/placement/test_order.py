"""The placement is the same whatever the order of rows, and quick on the shipped region."""

from __future__ import annotations

import random
import time

import pandas as pd
import pytest

from kapacitet.placement import place
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import build_problem
from kapacitet.region import load_region, region_from_tables, shipped_region
from kapacitet.scenario.files import load_scenario
from kapacitet.scenario.models import Scenario
from tests.independent.tiny_regions import PRICE_YEAR, random_case

SECONDS = 3.0


@pytest.mark.parametrize("seed", range(500, 510))
def test_order_of_rows_means_nothing(seed: int) -> None:
    tables, levers = random_case(seed, families="all")
    question, rng = Scenario.model_validate(levers), random.Random(seed)
    shuffled = {name: rng.sample(rows, len(rows)) for name, rows in tables.items() if name != "conversions"}
    shuffled["conversions"] = tables["conversions"]
    one, two = (
        build_problem(
            region_from_tables("lille", PRICE_YEAR, each, over_occupancy=question.limits.over_occupancy), question
        )
        for each in (tables, shuffled)
    )
    plan = Plan(tuple({one.units[s.unit].project: i for i, s in enumerate(one.starts)}.values()))
    a, b = place(one, plan), place(two, plan)
    pd.testing.assert_frame_equal(a.persons, b.persons)
    pd.testing.assert_frame_equal(a.moves, b.moves)
    assert (a.cost, a.reference_cost) == (b.cost, b.reference_cost)


def test_the_shipped_region_is_placed_at_once() -> None:
    problem = build_problem(load_region(shipped_region("syddanmark")), load_scenario("basis", "syddanmark"))
    last = {problem.units[start.unit].project: i for i, start in enumerate(problem.starts)}
    began = time.perf_counter()
    found = place(problem, Plan(tuple(sorted(last.values()))))
    assert time.perf_counter() - began < SECONDS
    assert set(found.moves["reason"]) <= {"fra køb til plads", "fra udækket til plads", "fra udækket til køb"}
    counts = (
        found.persons[found.persons["municipality"] != "udenbys"].groupby(["year", "target_group"])["persons"].sum()
    )
    demand = problem.futures[0].demand.sum(axis=0)
    for (year, name), persons in counts.items():
        cells = [c for c, cell in enumerate(problem.cells) if cell.group == name]
        assert abs(persons - demand[cells, problem.years.index(year)].sum()) <= 0.5 + 1e-9
