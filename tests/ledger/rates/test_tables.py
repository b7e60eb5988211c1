"""The table of rates: rows and figures by hand, and the published basistakster of the shipped region."""

from __future__ import annotations

import pandas as pd
import pytest

from kapacitet.insight.rate_tables import RATES, rates_table
from kapacitet.ledger.rates import plan_rates
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import build_problem
from kapacitet.region import load_region, shipped_region
from kapacitet.scenario.models import Scenario
from tests.independent.hand import Hand
from tests.ledger.rates.houses import FULL, converting, house, new_house
from tests.planning.worlds import problem_of, starts_of


def table_of(hand: Hand, plan: Plan | None = None) -> pd.DataFrame:
    problem = problem_of(hand)
    return rates_table(problem, plan_rates(problem, plan or Plan(())))


def test_a_row_for_every_offer_open_year_and_group_served() -> None:
    hand = converting(house())
    rows = table_of(hand, Plan((), conversions=(0,)))
    assert list(rows.columns) == RATES
    assert list(zip(rows["year"], rows["target_group"], strict=True)) == [
        (2025, "g"),
        (2025, "h"),
        (2026, "g"),
        (2026, "i"),
        (2027, "g"),
        (2027, "i"),
    ]


def test_figures_of_a_house_under_a_ceiling() -> None:
    """r[g] = 212 211.11 is cut to 200 000; basistakst (FULL − 8 400)/365 a day for both groups."""
    hand = house(
        2025, yearly_tilsyn=0.0, capital_charge=300_000.0, top_up=7.0, owner_type="selvejende", owner="Fonden"
    )
    hand.tables["offers"][0]["deficit_bearer"] = "561"
    hand.set("levers", takst_cap={"g": 200_000.0})
    hand.add("agreed_prices", municipality="561", offer="hus", target_group="g", price=1.0)
    hand.add("pl_index", year=2025, index=100.0)
    g, h = table_of(hand).to_dict("records")
    same = {"year": 2025, "offer": "hus", "owner_type": "selvejende", "owner": "561", "existing": True}
    same |= {"fixed_cost": 1_000_000, "capital_charge": 300_000, "tilsyn": 0, "approval": 0, "places": 10}
    same |= {"budgeted_occupancy": 0.9, "top_up": 7, "pl_factor": 1, "rammebudget": False, "evidence": "illustrativ"}
    for row in (g, h):
        assert {key: row[key] for key in same} == same
        assert row["basistakst_day"] == pytest.approx((FULL - 8_400) / 365)
        assert pd.isna(row["startup_takst"])
    assert (g["variable_cost"], h["variable_cost"]) == pytest.approx((71_900, 57_300))
    assert (g["ydelsestakst_day"], h["ydelsestakst_day"]) == pytest.approx((300, 100))
    assert (g["takst"], g["ceiling"], g["price"]) == pytest.approx((FULL + 101_100, 200_000, 200_000))
    assert g["taken_by_ceiling"] == pytest.approx(FULL + 101_100 - 200_000)
    assert (h["takst"], h["price"], h["taken_by_ceiling"]) == pytest.approx((FULL + 28_100, FULL + 28_100, 0))
    assert pd.isna(h["ceiling"])


def test_startup_takst_stands_only_in_the_years_it_is_used() -> None:
    hand = new_house()
    rows = table_of(hand, Plan(starts_of(problem_of(hand), nyt=2025)))
    assert rows["year"].tolist() == [2026, 2027, 2028]
    assert rows["startup_takst"].tolist() == pytest.approx([240, 147.5, float("nan")], nan_ok=True)
    assert rows["takst"].tolist() == pytest.approx([125, 120, 120])
    assert rows["approval"].tolist() == [20, 0, 0]
    assert rows["pl_factor"].isna().all()


def test_without_offers_the_table_is_empty_with_its_columns() -> None:
    rows = table_of(new_house())
    assert rows.empty
    assert list(rows.columns) == RATES


@pytest.mark.parametrize(("offer", "published"), [("reg-nymarksvej", 1570), ("reg-teglgaardsparken", 855)])
def test_published_basistakst_comes_out(offer: str, published: int) -> None:
    """The region's takstblad of 2024; 2024 is also the package's price year."""
    region = load_region(shipped_region("syddanmark"))
    problem = build_problem(region, Scenario.model_validate({"name": "Prøve", "region": "syddanmark"}))
    rows = rates_table(problem, plan_rates(problem, Plan(())))
    mine = rows[rows["offer"] == offer]
    assert region.price_year == 2024
    assert mine["basistakst_day"].tolist() == pytest.approx([published] * len(problem.years), abs=0.01)
