"""What must hold of accepted plans whatever the region: relaxing never costs more, and names decide nothing."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

from kapacitet.insight.run import run
from kapacitet.ledger.acceptance.admission import admission
from kapacitet.ledger.acceptance.verdict import total_account
from kapacitet.planning.optimise import Optimum, optimise
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from kapacitet.scenario.section_underskud import SCHEMES
from tests.independent.case import PRICE_YEAR, Tables
from tests.properties.renaming import renamed

from .tiny.cases import random_acceptance_case

SAME = 1e-7
GOES = range(20)


def problem_of(tables: Tables, keys: dict[str, Any]) -> Problem:
    scenario = Scenario.model_validate(keys)
    region = region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=scenario.limits.over_occupancy)
    return build_problem(region, scenario)


def accepted(tables: Tables, keys: dict[str, Any]) -> Optimum:
    problem = problem_of(tables, keys)
    return optimise(problem, admit=admission(problem))


def changed(keys: dict[str, Any], section: str, **values: Any) -> dict[str, Any]:
    found = copy.deepcopy(keys)
    found.setdefault(section, {}).update(values)
    return found


@pytest.mark.parametrize("seed", GOES)
def test_asking_less_never_costs_more(seed: int) -> None:
    tables, keys = random_acceptance_case(seed)
    keys = changed(keys, "underskud", scheme_by_offer={})
    tight = accepted(tables, keys).solved.objective or np.inf
    limits = Scenario.model_validate(keys).acceptance
    looser = (
        changed(keys, "acceptance", tolerance=limits.tolerance + 5.0),
        changed(keys, "acceptance", expected_limit=limits.expected_limit * 2, risk_limit=limits.risk_limit * 2),
        changed(keys, "underskud", allowed=list(SCHEMES)),
    )
    free = optimise(problem_of(tables, keys)).solved.objective
    assert free is not None and free <= tight * (1 + SAME)
    for keys_then in looser:
        then = accepted(tables, keys_then).solved.objective
        assert free * (1 - SAME) <= (then or np.inf) <= tight * (1 + SAME)


@pytest.mark.parametrize("seed", GOES)
def test_neither_names_nor_order_decide(seed: int) -> None:
    tables, keys = random_acceptance_case(seed)
    (other_tables, other_keys), new = renamed(
        (copy.deepcopy(tables), {"description": "", **copy.deepcopy(keys)}), seed
    )
    here, there = accepted(tables, keys), accepted(other_tables, other_keys)
    assert there.solved.ending is here.solved.ending
    if here.plan is None or there.plan is None:
        return
    assert there.solved.objective == pytest.approx(here.solved.objective, rel=SAME)
    accounts = []
    for case, best in (((tables, keys), here), ((other_tables, other_keys), there)):
        problem = problem_of(*case)
        judge = admission(problem)
        account = total_account(judge.worlds.of(best.plan), {})
        accounts.append({m.code: kr for m, kr in zip(problem.municipalities, account, strict=True)})
    for code, kr in accounts[0].items():
        assert accounts[1][new[code]] == pytest.approx(kr, rel=1e-6, abs=1.0)


@pytest.mark.parametrize("seed", range(12))
def test_the_whole_run_balances_and_says_what_it_found(seed: int) -> None:
    tables, keys = random_acceptance_case(seed)
    scenario = Scenario.model_validate(keys)
    region = region_from_tables("lille", PRICE_YEAR, tables, over_occupancy=scenario.limits.over_occupancy)
    found = run(region, scenario)
    assert found.summary["acceptance"]["accepted"] and not found.summary["acceptance"]["refusals"]
    accounts, costs = found.tables["accounts"], found.tables["costs"]
    unpaid = ["udaekket", "rejse", "kritisk_masse", "rammestraf", "planaendring"]
    paid = costs[~costs["component"].isin(unpaid)].groupby("year")["amount"].sum()
    for year, amount in accounts[accounts["year"] <= scenario.horizon.last].groupby("year")["total"].sum().items():
        assert amount == pytest.approx(paid[year], abs=0.005 * len(found.tables["ledger"]))
