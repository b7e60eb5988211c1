"""The search for a plan nobody refuses against trying every plan, with one future and with several.

The enumeration in ``independent`` was written from the rules alone: its own allocation, settlement and verdict.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from kapacitet.insight.account_tables import ledger_table
from kapacitet.ledger.acceptance.admission import admission
from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.entries import plan_entries
from kapacitet.planning.optimise import Method, optimise
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import Ending
from kapacitet.region import region_from_tables
from kapacitet.scenario.models import Scenario
from tests.independent.case import PRICE_YEAR, Tables
from tests.independent.plans import Plan as IndependentPlan

from .independent.accounts import Ledger, by_party
from .independent.enumerate_accepted import best_accepted, every_plan
from .independent.world import World
from .tiny.cases import random_acceptance_case
from .tiny.futures import random_futures

RELATIVE, ABSOLUTE = 1e-7, 1e-2
ONE_FUTURE, SEVERAL = range(60), range(24)


def problem_of(tables: Tables, keys: dict[str, Any], futures: Any = None) -> Problem:
    """The problem; with ``futures`` their needs take the place of the projection."""
    scenario = Scenario.model_validate(keys)

    def build(rows: Tables) -> Problem:
        return build_problem(
            region_from_tables("lille", PRICE_YEAR, rows, over_occupancy=scenario.limits.over_occupancy), scenario
        )

    if futures is None:
        return build(tables)
    found = []
    for probability, need in futures:
        rows = [
            {**row, **dict.fromkeys(("low", "central", "high"), value)}
            for row in tables["demand"]
            for value in [need[row["municipality"], row["target_group"], row["year"]]]
        ]
        found.append((probability, build({**tables, "demand": rows})))
    first = found[0][1]
    assert all(np.array_equal(first.arcs.u, problem.arcs.u) for _, problem in found)
    return dataclasses.replace(
        first, futures=tuple(dataclasses.replace(problem.futures[0], probability=p) for p, problem in found)
    )


def check(problem: Problem, expected: float | None, method: Method) -> None:
    """The search ends where enumeration does."""
    solved = optimise(problem, method=method, admit=admission(problem)).solved
    if expected is None:
        assert solved.ending is Ending.INFEASIBLE
        return
    assert solved.ending is Ending.OPTIMAL
    assert solved.objective == pytest.approx(expected, rel=RELATIVE, abs=ABSOLUTE)
    assert solved.bound is not None and solved.bound <= expected * (1 + RELATIVE) + ABSOLUTE


@pytest.mark.parametrize("seed", ONE_FUTURE)
def test_the_best_accepted_plan_is_that_of_enumeration(seed: int) -> None:
    tables, keys = random_acceptance_case(seed)
    check(problem_of(tables, keys), best_accepted(tables, keys)[0], "benders" if seed % 2 else "extensive")


@pytest.mark.parametrize("seed", SEVERAL)
def test_with_several_futures_too(seed: int) -> None:
    tables, keys = random_acceptance_case(seed)
    futures = random_futures(seed, tables, keys, 3)
    expected = best_accepted(tables, keys, futures)[0]
    check(problem_of(tables, keys, futures), expected, "extensive" if seed % 2 else "benders")


@pytest.mark.parametrize("seed", range(40))
def test_every_plan_gets_the_same_verdict(seed: int) -> None:
    tables, keys = random_acceptance_case(seed)
    problem = problem_of(tables, keys)
    judge = admission(problem)
    for judged in every_plan(tables, keys):
        if judged.plan.closures:
            continue
        verdict = judge.jury.judge(judge.worlds.of(plan_of(problem, judged.plan)))
        assert verdict.accepted == judged.verdict.accepted, judged.plan


@pytest.mark.parametrize("seed", range(40))
def test_accounts_are_those_of_the_independent_settlement(seed: int) -> None:
    """Every party, every year concerned, to a krone per entry that was rounded: schemes drawn at random."""
    tables, keys = random_acceptance_case(seed)
    problem, other = problem_of(tables, keys), Ledger(World(tables, keys))
    judge, rng = admission(problem), np.random.default_rng(seed)
    for judged in every_plan(tables, keys)[:4]:
        if judged.plan.closures:
            continue
        world = judge.worlds.of(plan_of(problem, judged.plan))
        schemes = {world.rates[i].offer: str(rng.choice(["standard", "objektiv", "garanti"])) for i in world.houses}
        entries = plan_entries(world, {offer: HouseAgreement(name) for offer, name in schemes.items()})
        table = ledger_table(entries)
        for at in other.world.states(judged.plan):
            mine = by_party(other.year(0, judged.plan, at, {offer: (name, ()) for offer, name in schemes.items()}))
            here = table[table["concerns_year"] == at.year]
            for party, amount in here.groupby("payer")["amount"].sum().items():
                waiting = memo(other, at, str(party))
                near = 0.01 * (here["payer"] == party).sum() + 0.01
                assert amount == pytest.approx(mine.get(str(party), 0.0) - waiting, abs=near), (at.year, party)
        assert table["amount"].sum() != 0.0


def memo(other: Ledger, at: Any, party: str) -> float:
    """The waiting list, which is in the independent account but in no entry."""
    return other.common(0, at).get(("venteliste", party), 0.0)


def plan_of(problem: Problem, plan: IndependentPlan) -> Plan:
    """The plan in the problem's indices."""
    built = dict(plan.builds)
    starts = [
        i for i, start in enumerate(problem.starts) if built.get(problem.units[start.unit].id) == start.start_year
    ]
    assert len(starts) == len(built)
    return Plan(tuple(starts))
