"""The generated regions pass the project's own validation and are worth solving."""

from __future__ import annotations

from typing import Literal

import pytest

from kapacitet.region import TABLES, region_from_tables
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.models import Scenario

from .case import Case
from .columns import COLUMNS
from .enumerate_plans import Plan, best_plans, evaluate_plan
from .plans import count_plans
from .tiny_regions import MOST_PLANS, PRICE_YEAR, random_case

FAMILIES: tuple[Literal["some", "all"], ...] = ("some", "all")


def test_columns_are_those_of_the_tables() -> None:
    expected = {name: [column.name for column in table.columns] for name, table in TABLES.items()}
    assert {name: [*columns.split(), "source", "evidence"] for name, columns in COLUMNS.items()} == expected


@pytest.mark.parametrize("families", FAMILIES)
def test_cases_are_valid_input(families: Literal["some", "all"]) -> None:
    for seed in range(1000, 1030):
        tables, levers = random_case(seed, families=families)
        scenario = Scenario.model_validate(levers)
        region = region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=scenario.limits.over_occupancy)
        faults = [fault for fault in check_against_region(scenario, region) if fault.severity == "fejl"]
        assert not faults, (seed, [fault.text() for fault in faults])
        assert count_plans(Case(tables, levers)) <= MOST_PLANS


@pytest.mark.parametrize("families", FAMILIES)
def test_best_plan_is_what_evaluation_says(families: Literal["some", "all"]) -> None:
    statuses = set()
    for seed in range(2000, 2015):
        tables, scenario = random_case(seed, families=families)
        best = best_plans(tables, scenario)
        statuses.add(best.status)
        for plan in best.plans:
            found = evaluate_plan(tables, scenario, plan)
            assert found["feasible"], (seed, found["reasons"])
            assert found["objective"] == pytest.approx(best.objective, rel=1e-9)
            assert sum(found["components"].values()) == pytest.approx(best.objective, rel=1e-9)
        nothing = evaluate_plan(tables, scenario, Plan())
        if nothing["feasible"] and best.objective is not None:
            assert nothing["objective"] >= best.objective - 1e-6 * abs(best.objective)
    assert "optimal" in statuses


def test_same_seed_same_case() -> None:
    assert random_case(7) == random_case(7)
    assert random_case(7) != random_case(8)
