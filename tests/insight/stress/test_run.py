"""A plan in many futures: against known distributions, and the same whatever batches and processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from kapacitet.faults import FaultyInput
from kapacitet.insight.result import Result
from kapacitet.insight.stress.asked import Wishes
from kapacitet.insight.stress.run import Stress, stress
from kapacitet.region import Region
from tests.insight.results import result
from tests.insight.stress.worlds import emptying
from tests.planning.worlds import region_of
from tests.report import world as small

TRIED = 4_000


@cache
def emptied() -> Stress:
    hand = emptying()
    found = stress(result(hand), region_of(hand), Wishes(count=TRIED, batch=1000))
    assert found is not None
    return found


def year_of(table: pd.DataFrame, year: int, **keys: object) -> Any:
    rows = table[table["year"] == year]
    for key, value in keys.items():
        rows = rows[rows[key] == value]
    (row,) = rows.to_dict("records")
    return row


@pytest.mark.parametrize("t", [1, 2, 3, 4])
def test_half_empty_is_as_likely_as_the_binomial_says(t: int) -> None:
    """20 persons, a fifth leaves each year, nobody comes: n is Binomial(20, 0.8^t); within four standard errors."""
    row = year_of(emptied().tables["stress_offers"], 2025 + t, offer="hus")
    n = binom(20, 0.8**t)
    for found, chance in (
        (row["probability_half_empty"], n.cdf(9)),
        (row["probability_over_95"], n.pmf(20)),
    ):
        assert abs(found - chance) < 4 * np.sqrt(chance * (1 - chance) / TRIED) + 1e-12
    assert abs(row["mean"] - n.mean()) < 4 * n.std() / np.sqrt(TRIED)
    for level in (5, 25, 50, 75, 95):
        low, high = n.ppf(max(level / 100 - 0.03, 0)), n.ppf(min(level / 100 + 0.03, 1))
        assert low <= row[f"p{level}"] <= high
        assert row[f"occupancy_p{level}"] == row[f"p{level}"] / 20


def test_once_half_empty_always_half_empty_where_nobody_comes() -> None:
    offers = emptied().tables["stress_offers"]
    last = year_of(offers, 2029, offer="hus")
    assert last["half_empty_some_year"] == pytest.approx(last["probability_half_empty"])


def test_the_owner_bears_at_most_its_share_and_pays_for_an_emptying_house() -> None:
    """Standard: the owner's loss is at most 5 % of C a year; C = F + P·V = 50 + 20."""
    parties = emptied().tables["stress_parties"]
    row = year_of(parties, 2029, scheme="standard", kind="ejer")
    assert 0 < row["mean"] <= row["max"] <= 0.05 * 70 + 1e-9
    assert row["p95"] <= row["max"] and row["cvar95"] <= row["max"] + 1e-9


def test_summary_says_what_was_done() -> None:
    summary = emptied().summary
    assert (summary["futures"], summary["asked"], summary["seed"], summary["source"]) == (TRIED, TRIED, 2, "draw")
    assert emptied().complete and summary["futures_per_second"] > 0
    assert summary["schemes"][0] == "planens" and "standard" in summary["schemes"]


def small_stress(wishes: Wishes, **more: Any) -> Stress | None:
    return stress(small.result(), small.region(), wishes, **more)


def as_text(found: Stress | None) -> Mapping[str, str]:
    assert found is not None
    return {name: table.to_csv(index=False) for name, table in found.tables.items()}


def test_batches_and_processes_change_nothing_and_a_killed_worker_is_made_good() -> None:
    plain = as_text(small_stress(Wishes(count=120, batch=50)))
    assert as_text(small_stress(Wishes(count=120, batch=17))) == plain
    deaths = []

    def kill(done: int, count: int, seconds: float) -> None:
        if not deaths:
            multiprocessing.active_children()[0].kill()

    found = small_stress(Wishes(count=120, batch=20, workers=2), progress=kill, lost=lambda: deaths.append("død"))
    assert deaths == ["død"]
    assert as_text(found) == plain


def test_another_seed_gives_other_futures() -> None:
    assert as_text(small_stress(Wishes(count=40, seed=5))) != as_text(small_stress(Wishes(count=40, seed=6)))


@pytest.mark.parametrize("workers", [1, 2])
def test_stopped_it_keeps_what_is_done(workers: int) -> None:
    done: list[int] = []
    found = small_stress(
        Wishes(count=200, batch=20, workers=workers),
        stop=lambda: len(done) >= 2,
        progress=lambda so_far, count, seconds: done.append(so_far),
    )
    assert found is not None and not found.complete
    assert (found.summary["futures"], found.summary["asked"]) == (40, 200)
    same = small_stress(Wishes(count=40))
    assert as_text(found) == as_text(same)


def test_stopped_at_once_there_is_nothing() -> None:
    assert small_stress(Wishes(count=40), stop=lambda: True) is None


def test_the_projection_as_the_only_future_is_the_plans_own_tables() -> None:
    """Own futures, and not whole: 6.4 persons; nothing is rounded beyond a thousandth of a person."""
    hand = emptying()
    for row in hand.tables["demand"]:
        row.update(low=6.4, central=6.4, high=6.4)
        hand.add(
            "demand_futures",
            future="ens",
            municipality=row["municipality"],
            target_group="g",
            year=row["year"],
            place_years=6.4,
        )
    hand.set("futures", source="table")
    plan, region = result(hand), region_of(hand)
    found = stress(plan, region, Wishes())
    assert found is not None and found.summary["source"] == "table" and found.summary["seed"] is None
    offers = found.tables["stress_offers"]
    used = plan.tables["capacity"].set_index("year")["used"]
    for row in offers.to_dict("records"):
        assert row["mean"] == row["p5"] == row["max"] == pytest.approx(used[row["year"]], abs=1e-3)
    drawn = stress(plan, region, Wishes(count=10))
    assert drawn is not None and drawn.summary["source"] == "draw" and drawn.summary["futures"] == 10


def changed_region() -> Region:
    hand = emptying()
    hand.tables["candidates"][0].update(fixed_cost=41.0)
    return region_of(hand)


def test_changed_data_is_told_and_a_plan_that_no_longer_fits_is_refused() -> None:
    plan = result(emptying())
    found = stress(plan, changed_region(), Wishes(count=5))
    assert found is not None and any(
        "er ændret, siden planen blev lagt" in text for text in found.summary["warnings"]
    )
    same = stress(plan, region_of(emptying()), Wishes(count=5))
    assert same is not None and not any("er ændret" in text for text in same.summary["warnings"])
    moved = plan.tables["builds"].assign(start_year=2026, opening_year=2026)
    with pytest.raises(FaultyInput, match="Kandidaten i 2026 kan ikke vælges"):
        stress(replace(plan, tables={**plan.tables, "builds": moved}), region_of(emptying()), Wishes(count=5))


def test_older_results_are_refused() -> None:
    plan: Result = result(emptying())
    older = {name: table for name, table in plan.tables.items() if name != "agreements"}
    with pytest.raises(FaultyInput, match="ældre udgave"):
        stress(replace(plan, tables=older), region_of(emptying()), Wishes(count=5))
    unsettled = {**plan.tables, "agreements": plan.tables["agreements"].iloc[:0]}
    with pytest.raises(FaultyInput, match="hvad der er aftalt om huset"):
        stress(replace(plan, tables=unsettled), region_of(emptying()), Wishes(count=5))
