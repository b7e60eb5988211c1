"""The enumeration on random cases: its costs, and its search for agreements."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.acceptance.tiny.cases import random_acceptance_case
from tests.acceptance.tiny.futures import random_futures
from tests.independent.enumerate_plans import best_plans, evaluate_plan
from tests.independent.plans import committed

from .accounts import Ledger
from .agreements import Option, options
from .enumerate_accepted import best_accepted, every_plan
from .verdict import expected_accounts, most_accepted
from .world import World


@pytest.mark.parametrize("seed", range(12))
def test_the_objective_is_the_mean_over_futures(seed: int) -> None:
    """As another evaluation costs each future alone (limits here don't depend on need)."""
    tables, scenario = random_acceptance_case(seed)
    futures = random_futures(seed, tables, scenario, 3)
    for one in every_plan(tables, scenario, futures)[:3]:
        mean = 0.0
        for probability, needs in futures:
            demand = [
                {**row, "central": needs[row["municipality"], row["target_group"], row["year"]]}
                for row in tables["demand"]
            ]
            alone = evaluate_plan({**tables, "demand": demand}, scenario, one.plan)
            mean += probability * alone["objective"]
        assert one.objective == pytest.approx(mean, rel=1e-10)


@pytest.mark.parametrize("seed", range(24))
def test_the_cheapest_plan_is_the_cheapest_of_the_other_enumeration(seed: int) -> None:
    """And what is accepted is never cheaper; without limits on anybody it is the cheapest itself."""
    tables, scenario = random_acceptance_case(seed)
    cheapest = best_plans(tables, scenario)
    assert every_plan(tables, scenario)[0].objective == pytest.approx(cheapest.objective, rel=1e-10)
    free = {"expected_limit": 1e9, "risk_limit": 1e9, "tolerance": 1e9}
    for row in tables["municipalities"]:
        row.update(expected_limit=None, risk_limit=None)
    found, plans, counts = best_accepted(tables, {**scenario, "acceptance": {**scenario["acceptance"], **free}})
    assert found == pytest.approx(cheapest.objective, rel=1e-10)
    assert plans == cheapest.plans
    assert counts["accepted"] == counts["plans"]


@pytest.mark.parametrize("seed", range(16))
def test_the_search_for_agreements_finds_what_trying_all_finds(seed: int) -> None:
    """Every combination settled as a whole, against the house-by-house search."""
    tables, scenario = random_acceptance_case(seed)
    world = World(tables, scenario, random_futures(seed, tables, scenario, 2))
    ledger = Ledger(world)
    most = most_accepted(ledger)
    codes = world.case.municipalities
    for one in every_plan(tables, scenario, random_futures(seed, tables, scenario, 2))[:4]:
        choices = {unit: options(ledger, one.plan, unit) for unit, _ in one.plan.builds}
        if np.prod([len(found) for found in choices.values()]) > 120:
            continue
        found = False
        for combination in itertools.product(*choices.values()):
            agreed = {unit: option.agreement for unit, option in zip(choices, combination, strict=True)}
            if (expected_accounts(ledger, one.plan, agreed) > most + 0.01 + 1e-6 * np.abs(most)).any():
                continue
            found = all(
                losses_kept(
                    world,
                    owner,
                    [
                        o
                        for u, o in zip(choices, combination, strict=True)
                        if world.bearer(u) == owner and u not in committed(world.case)
                    ],
                )
                for owner in [*codes, "region"]
            )
            if found:
                break
        assert found is one.verdict.accepted


def losses_kept(world: World, owner: str, chosen: list[Option]) -> bool:
    """Expected and tail loss of an owner below its limits in every year."""
    expected, risk = world.rules.limits[owner]
    for year in range(len(world.case.years)):
        losses = [sum(option.losses[future, year] for option in chosen) for future in range(len(world.futures))]
        mean = sum(p * loss for p, loss in zip(world.probabilities, losses, strict=True))
        # With two futures the tail is the worse one, if it is likely enough, and part of the other if not.
        worst = max(range(len(losses)), key=lambda at: losses[at])
        taken = min(0.05, world.probabilities[worst])
        tail = (taken * losses[worst] + (0.05 - taken) * losses[1 - worst]) / 0.05
        if mean > expected * (1 + 1e-6) + 0.01 or tail > risk * (1 + 1e-6) + 0.01:
            return False
    return True
