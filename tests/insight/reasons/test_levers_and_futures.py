"""Attribution to levers, and the worth of knowing and of planning for the future, against enumeration."""

from __future__ import annotations

import copy
import itertools
import math
import random
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kapacitet.faults import FaultyInput
from kapacitet.insight.many import Answer, Job, work
from kapacitet.insight.reasons.asked import Wishes, ground_of, sections
from kapacitet.insight.reasons.futures import futures
from kapacitet.insight.reasons.ground import Ground
from kapacitet.insight.reasons.levers import _divided, changed_keys
from kapacitet.insight.reasons.run import reasons
from kapacitet.planning.problem import build_problem
from kapacitet.planning.risk import Risk
from kapacitet.scenario.models import Scenario
from tests.acceptance.independent.world import Futures
from tests.acceptance.tiny.futures import random_futures
from tests.independent.tiny_regions import random_case

from .brute import ABSOLUTE, RELATIVE, Tiny, building_cases

CHANGES = {
    "demand.projection": "high",
    "costs.discount_rate": 0.05,
    "costs.travel_cost_per_minute": 900.0,
    "levers.construction_overrun": 0.4,
}


def near(one: float, other: float, scale: float) -> bool:
    return abs(one - other) <= RELATIVE * abs(scale) * 10 + ABSOLUTE


def changed(tiny: Tiny, keys: tuple[str, ...] | frozenset[str]) -> Tiny:
    """The case with some levers changed."""
    other = Tiny(tiny.tables, copy.deepcopy(tiny.keys))
    for key in keys:
        section, _, name = key.partition(".")
        other = other.changed(**{section: {name: CHANGES[key]}})
    return other


@pytest.mark.parametrize("number", range(4))
def test_each_lever_gets_what_enumeration_says_and_the_parts_are_the_whole(number: int) -> None:
    base = building_cases(10)[number]
    goal = changed(base, tuple(CHANGES))
    if not goal.costs:
        pytest.fail("choose another case: the changed one is impossible")
    found = reasons(goal.result, goal.region, Wishes(levers=True, base=base.scenario, shapley=True))
    table = found.tables["reasons_levers"]
    order = changed_keys(base.scenario, goal.scenario)
    assert table["lever"].tolist() == list(order)

    known = {
        frozenset(some): changed(base, some).least
        for size in range(len(order) + 1)
        for some in itertools.combinations(order, size)
    }

    def cost(keys: tuple[str, ...]) -> float:
        return known[frozenset(keys)]

    whole = goal.least - base.least
    for column in ("forward", "backward", "average", "shapley"):
        assert near(table[column].sum(), whole, goal.least)
    for i, row in enumerate(table.to_dict("records")):
        assert near(row["forward"], cost(order[: i + 1]) - cost(order[:i]), goal.least)
        assert near(row["backward"], cost(order[i:]) - cost(order[i + 1 :]), goal.least)
        orders = list(itertools.permutations(order))
        mean = sum(cost(o[: o.index(order[i]) + 1]) - cost(o[: o.index(order[i])]) for o in orders) / len(orders)
        assert near(row["shapley"], mean, goal.least)


def test_levers_need_a_scenario_to_count_from() -> None:
    tiny = building_cases(10)[0]
    with pytest.raises(FaultyInput, match="--base"):
        reasons(tiny.result, tiny.region, Wishes(levers=True))


def test_keys_that_only_make_sense_together_are_one_step() -> None:
    """Reserve between 2 and 3 %, from none at all below 1 %: the lower bound alone would pass the upper one."""
    base = building_cases(10)[0].changed(limits={"reserve_min": 0.0, "reserve_max": 0.01})
    goal = base.changed(limits={"reserve_min": 0.02, "reserve_max": 1.0})
    plain = building_cases(10)[0]
    ground = ground_of(plain.result, plain.region, Wishes())
    parts = _divided(replace(ground, scenario=goal.scenario), base.scenario)
    assert parts.groups == (("limits.reserve_min", "limits.reserve_max"),)


def futures_case(seed: int, weight: float, *, shares: bool = False) -> tuple[Tiny, Futures] | None:
    """A tiny case with its own futures in the region's table; None where it has no plan or nothing to decide."""
    tables, keys = random_case(seed, families="some")
    keys = copy.deepcopy(keys)
    limits = keys["limits"]
    banded = bool(limits.get("reserve_min") or limits.get("reserve_max", 1.0) < 1 or limits.get("public_share_min"))
    if keys["demand"].get("projection", "central") != "central" or banded != shares:
        return None  # limits on planned places follow the expected need of all futures: not in the enumeration
    if any(row["municipality"] == "udenbys" for row in tables["residents"]):
        return None
    count = 3 + seed % 3
    futures = random_futures(seed, tables, keys, count)
    rng = random.Random(seed)
    rows = [
        {
            "future": f"f{i}",
            "probability": probability,
            "municipality": code,
            "target_group": group,
            "year": year,
            "place_years": amount,
            "source": "prøve",
            "evidence": "illustrativ",
        }
        for i, (probability, need) in enumerate(futures)
        for (code, group, year), amount in need.items()
    ]
    rng.shuffle(rows)
    keys["futures"] = {"source": "table", "cvar_level": 0.6, "cvar_weight": weight}
    tiny = Tiny({**tables, "demand_futures": rows}, keys)
    return (tiny, futures) if len(tiny.costs) > 1 else None


def alone(tiny: Tiny, need: Mapping[tuple[str, str, int], float]) -> Tiny:
    """The case in which one future is the projection."""
    rows = [
        {
            **row,
            **dict.fromkeys(("low", "central", "high"), need[row["municipality"], row["target_group"], row["year"]]),
        }
        for row in tiny.tables["demand"]
    ]
    return tiny.with_rows("demand", rows)


SEEDS = (13, 75, 79, 84, 155, 161, 179)
"""Cases in which knowing the future is worth something; in 75 and 155 planning for many futures is too."""


@pytest.mark.parametrize("weight", [0.0, 0.5])
def test_knowing_and_planning_for_the_future_are_worth_what_enumeration_says(weight: float) -> None:
    vss = 0
    for seed in SEEDS:
        case = futures_case(seed, weight)
        assert case is not None
        tiny, drawn = case
        each = [alone(tiny, need).costs for _, need in drawn]
        risk = Risk(np.array([p for p, _ in drawn]), 0.6, weight)
        risky = {
            plan: risk.value(np.array([costs[plan] for costs in each]))
            for plan in tiny.costs
            if all(plan in costs for costs in each)
        }
        rp = min(risky.values())
        ws = risk.value(np.array([min(costs.values()) for costs in each]))
        rows = worth(told(tiny, 20))
        assert near(rows["RP"]["value"], rp, rp), seed
        assert near(rows["WS"]["value"], ws, rp), seed
        assert near(rows["EVPI"]["value"], rp - ws, rp) and rows["EVPI"]["value"] > 1
        best = min(tiny.costs.values())
        means = [risky[p] for p, cost in tiny.costs.items() if cost <= best * (1 + 1e-9) + 1e-6]
        assert any(near(rows["EEV"]["value"], mean, rp) for mean in means), seed
        assert near(rows["VSS"]["value"], rows["EEV"]["value"] - rp, rp)
        for name in ("EVPI", "VSS"):
            low, value, high = (rows[name][key] for key in ("value_low", "value", "value_high"))
            assert -ABSOLUTE <= low <= value + ABSOLUTE and value <= high + ABSOLUTE
        vss += rows["VSS"]["value"] > 1
    assert vss >= 2


def worth(table: pd.DataFrame) -> dict[str, dict[str, float]]:
    """The rows that aren't single futures, by what they say."""
    return {row["what"]: row for row in table.to_dict("records") if row["what"] != "fremtid"}  # type: ignore[misc]


def test_knowledge_is_never_harmful_where_plans_must_hold_a_reserve() -> None:
    """Reserve and public share are about the expected need of all futures, known or not."""
    looked_at = 0
    for seed in range(80):
        case = futures_case(seed, 0.3, shares=True)
        if case is None or not planned(case[0]).decisions:
            continue
        rows = worth(told(case[0], 20))
        assert rows["WS"]["value"] <= rows["RP"]["value"] * (1 + RELATIVE) + ABSOLUTE, seed
        assert rows["EEV"]["value"] >= rows["RP"]["value"] * (1 - RELATIVE) - ABSOLUTE, seed
        looked_at += 1
        if looked_at == 6:
            break
    assert looked_at == 6


def planned(tiny: Tiny) -> Answer:
    """The best plan for all futures of the case."""
    found = work(Job(region=tiny.region, scenario=tiny.scenario))
    assert isinstance(found, Answer)
    return found


def told(tiny: Tiny, most: int) -> pd.DataFrame:
    """The section of futures for the case's best plan."""
    plan = planned(tiny)
    assert plan.objective is not None and plan.bound is not None
    ground = Ground(
        region=tiny.region,
        scenario=tiny.scenario,
        problem=build_problem(tiny.region, tiny.scenario),
        decisions=plan.decisions,
        cost=plan.objective,
        bound=plan.bound,
        tables={},
        comparable=True,
    )
    section = futures(ground, most)
    ask = next(section)
    while True:
        answers = {key: work(job) for key, job in ask.items()}
        try:
            ask = section.send({key: each for key, each in answers.items() if isinstance(each, Answer)})
        except StopIteration as end:
            table: pd.DataFrame = end.value["reasons_futures"]
            return table


def test_more_futures_than_asked_are_stood_for_by_few() -> None:
    for seed in range(200):
        case = futures_case(seed, 0.0)
        if case is not None and len(case[1]) > 3:
            break
    assert case is not None
    tiny = case[0]
    table = told(tiny, 2)
    rows = table[table["what"] == "fremtid"]
    assert len(rows) == 2 and math.isclose(rows["probability"].sum(), 1.0)
    by = table.set_index("what")["value"]
    assert by["EVPI"] >= -ABSOLUTE and by["VSS"] >= -ABSOLUTE


def test_sections_not_asked_for_are_left_out() -> None:
    tiny = building_cases(10)[0]
    assert sections(ground_of(tiny.result, tiny.region, Wishes()), Wishes()) == {}
    assert Scenario.model_validate(tiny.keys).futures.count == 1
