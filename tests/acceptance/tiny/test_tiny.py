"""The generated cases: readable by the program, of every kind, and clear enough to be compared."""

from __future__ import annotations

import itertools

import pytest

from kapacitet.faults import Fault
from kapacitet.region import region_from_tables
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.models import Scenario
from tests.acceptance.independent.accounts import Ledger
from tests.acceptance.independent.enumerate_accepted import Judged, every_plan, kind_of
from tests.acceptance.independent.verdict import judge, most_accepted
from tests.acceptance.independent.world import World
from tests.independent.case import PRICE_YEAR
from tests.independent.plans import Plan

from .cases import MOST_PLANS, random_acceptance_case
from .futures import random_futures
from .kinds import count_kinds

SEEDS = range(60)


def faults_of(seed: int) -> list[Fault]:
    tables, keys = random_acceptance_case(seed)
    region = region_from_tables("lille", PRICE_YEAR, tables)
    return [one for one in check_against_region(Scenario.model_validate(keys), region) if one.severity == "fejl"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_case_is_good_input(seed: int) -> None:
    assert faults_of(seed) == []
    assert random_acceptance_case(seed) == random_acceptance_case(seed)


def test_every_kind_occurs() -> None:
    found = count_kinds(SEEDS)
    for kind, least in {
        "cheapest builds and is accepted": 20,
        "cheapest needs another scheme": 6,
        "a project only by its scheme": 6,
        "a dearer plan that builds is accepted": 4,
        "only doing nothing is accepted": 4,
        "cheapest: builder": 5,
        "cheapest: participant": 5,
        "some plan can satisfy each but not all": 2,
    }.items():
        assert found[kind] >= least, (kind, found)


def answers(judged: list[Judged]) -> list[tuple[object, str]]:
    return [(one.plan, kind_of(one.verdict)) for one in judged]


@pytest.mark.parametrize("seed", range(20))
def test_nothing_hangs_on_rounding(seed: int) -> None:
    """Verdicts are the same whether a share of 1e-10 or 1e-5 counts as equal, and no two plans cost the same."""
    tables, keys = random_acceptance_case(seed)
    judged = every_plan(tables, keys, near=1e-10)
    assert 1 <= len(judged) <= MOST_PLANS
    assert answers(judged) == answers(every_plan(tables, keys, near=1e-5))
    costs = [one.objective for one in judged]
    assert all(dearer > cheaper * (1 + 1e-8) for cheaper, dearer in itertools.pairwise(costs))


@pytest.mark.parametrize("seed", SEEDS)
def test_doing_nothing_is_accepted(seed: int) -> None:
    """Without committed houses, in one future and in several."""
    tables, keys = random_acceptance_case(seed)
    keys["projects"]["committed"] = []
    for count in (1, 3):
        ledger = Ledger(World(tables, keys, random_futures(seed, tables, keys, count)))
        assert judge(ledger, Plan(), most_accepted(ledger)).accepted
