"""Key figures of a plan worked out by hand, and the service hours a takst reduction removes."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from kapacitet.insight.kpis import removed_service_hours
from kapacitet.insight.tables import result_tables
from kapacitet.planning.allocation import allocate
from kapacitet.planning.completion import Completion
from kapacitet.planning.evaluate import fixed_cost
from kapacitet.scenario.models import Scenario
from tests.independent.hand import Hand
from tests.insight.results import result
from tests.planning.worlds import problem_of, tiny


def plan() -> Hand:
    """Need of 10 a year in 2025 and 2026: hus 4 (V = 1), the region's nyt 4 (V = 2) from 2026, fond 1 at 20, p at 30.

    2025: 4 + 1 private + 5 bought. 2026: 4 + 4 + 1 private + 1 bought.
    """
    hand = tiny({2025: 10.0, 2026: 10.0})
    hand.tables["purchase_prices"][0]["price"] = 30.0
    hand.set("costs", discount_rate=0.25)
    hand.offer("hus", 4, 8.0, 1.0, minimum_residents=2)
    hand.private("fond", 1, 20.0)
    hand.candidate("nyt", 4, 10.0, 3.0, 2.0, owner_type="region", owner="Region Syddanmark", lead_time=1)
    return hand


def test_key_figures_by_hand() -> None:
    """Cost: 8 + 4 + 20 + 150 = 182; 8 + 3 + 1 + 4 + 8 + 20 + 30 = 74, discounted by 1.25."""
    kpis = result(plan()).summary["kpis"]
    assert kpis == pytest.approx(
        {
            "nye_pladser": 4,
            "nye_tilbud": 1,
            "nye_pladser_kommune": 0,
            "nye_pladser_region": 4,
            "anlaegssum": 10,
            "behov_helaarspladser": 20,
            "offentlig_andel": 12 / 20,
            "privat_andel": 8 / 20,
            "udaekket_helaarspladser": 0,
            "koebt_helaarspladser": 6,
            "belaegning_ikke_private": 1,
            "rejsetid_minutter": 0,
            "kritisk_masse_mangler": 0,
            "overskredne_rammer": 0,
            "omkostning_foerste_aar": 182,
            "omkostning_sidste_aar": 74,
            "omkostning_tilbagediskonteret": 182 + 74 / 1.25,
        }
    )


def test_hours_removed_are_what_the_money_would_have_bought() -> None:
    """10 % of F = 8 and V = 4·1 is 1.2 kr.; a step is 2 kr. · 365 for 7 hours a week."""
    hand = plan()
    hand.tables["support_step_price"][0]["price"] = 2.0
    hand.set("levers", takst_reduction=0.1)
    hand.set("projects", forbidden=["nyt"])
    hours = result(hand).tables["service_hours"].set_index("year")
    assert hours["saved"].tolist() == pytest.approx([1.2, 1.2])
    assert hours["hours"].tolist() == pytest.approx([1.2 / 730 * 7] * 2)


@pytest.mark.parametrize("price", [0.0, None])
def test_hours_are_not_known_without_a_step_price(price: float | None) -> None:
    hand = plan()
    hand.tables["support_step_price"] = (
        [] if price is None else [hand.tables["support_step_price"][0] | {"price": price}]
    )
    hand.set("levers", takst_reduction=0.1)
    problem = problem_of(hand)
    done = Completion(problem).complete(())
    assert done is not None
    assert fixed_cost(problem, done.plan).sum() == pytest.approx(2 * 0.9 * 8)
    tables = result_tables(problem, done.plan, allocate(problem, done.plan))
    assert removed_service_hours(problem, tables)["hours"].isna().all()


def test_the_largest_reduction_a_scenario_takes_leaves_something_to_divide_by() -> None:
    """The float next below 1 leaves 2^-53 of F = 8 and of V·n = 4; what is saved is 12 less that share of it."""
    hand = plan()
    hand.tables["support_step_price"][0]["price"] = 2.0
    hand.set("levers", takst_reduction=math.nextafter(1, 0))
    problem = problem_of(hand)
    share = 2.0**-53
    assert problem.cost_share(problem.units[1], 0) == share
    row = {"year": 2025, "offer": "hus", "fixed_cost": 8 * share, "variable_cost": 4 * share}
    hours = removed_service_hours(problem, {"capacity": pd.DataFrame([row])}).set_index("year")
    assert hours.loc[2025, "saved"] == pytest.approx(12)
    assert hours.loc[2025, "hours"] == pytest.approx(12 / 730 * 7)


@pytest.mark.parametrize("whole", [1, 1.0, 0.99999999999999999])
@pytest.mark.parametrize("levers", ["takst_reduction", "kommune", "2026"])
def test_a_reduction_of_everything_is_refused(levers: str, whole: float) -> None:
    """0.99999999999999999 reads as 1."""
    values: dict[str, dict[str, Any]] = {
        "takst_reduction": {"takst_reduction": whole},
        "kommune": {"takst_reduction_by": {"kommune": whole}},
        "2026": {"takst_reduction_by": {"kommune": {"2026": whole}}},
    }
    with pytest.raises(ValidationError) as refused:
        Scenario.model_validate({"name": "Prøve", "region": "lille", "levers": values[levers]})
    assert [error["type"] for error in refused.value.errors()] == ["less_than"]
