"""Houses priced by hand: 10 places for g and h, Y = 109 500 and 36 500 kr. a year, and a small new one."""

from __future__ import annotations

from typing import Any

from kapacitet.ledger.rates import UnitRates, plan_rates
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from tests.independent.hand import Hand
from tests.planning.worlds import buying, problem_of, second_group, starts_of, tiny

FULL = 1_000_000 / 9
"""F/(β·P) of the house: 1 mio. kr. on 10 places at 90 %."""


def house(*years: int, **values: Any) -> Hand:
    """One house for g (3.5 steps) and h (1.5 steps), a step is 36 500 kr. a year; Ȳ = 73 000, s = 0.2.

    V is 71 900 and 57 300; r is FULL + 71 900 + 29 200 and FULL + 57 300 − 29 200.
    """
    hand = tiny(dict.fromkeys(years or (2025, 2026, 2027), 1.0))
    hand.tables["support_step_price"][0]["price"] = 100.0
    hand.group("g", support_step=3.5)
    second_group(hand, support_step=1.5)
    hand.offer("hus", 10, 1_000_000.0, 50_000.0, **{"target_groups": "g;h", "budgeted_occupancy": 0.9} | values)
    return hand


def converting(hand: Hand) -> Hand:
    """From 2026 the house is for g and i (5.5 steps, Y = 182 500), so Ȳ = 146 000."""
    hand.group("i", support_step=5.5)
    buying(hand, "i")
    for year in sorted({row["year"] for row in hand.tables["demand"]}):
        hand.need("561", "i", year, 0.0)
    hand.add("conversions", offer="hus", from_groups="h", to_groups="i", cost=0.0, years=1, earliest=2025)
    hand.set("limits", conversions=True)
    return hand


def new_house(**values: Any) -> Hand:
    """A house of 4 places from 2026: F = 400 + tilsyn 30 + capital 100/10, approval 20, V = 10, no ydelsestakst."""
    hand = tiny(dict.fromkeys((2025, 2026, 2027, 2028), 1.0))
    usual = {"yearly_tilsyn": 30.0, "approval_cost": 20.0, "startup_occupancy": "0.5;0.8", "lead_time": 1}
    hand.candidate("nyt", 4, 100.0, 400.0, 10.0, **usual | values)
    return hand


def new_house_rates(hand: Hand) -> UnitRates:
    """Rates of the new house, started in 2025."""
    problem = problem_of(hand)
    return rates_of(problem, Plan(starts_of(problem, nyt=2025)))["nyt"]


def rates_of(problem: Problem, plan: Plan | None = None) -> dict[str, UnitRates]:
    """Rates by offer."""
    return {rate.offer: rate for rate in plan_rates(problem, plan or Plan(()))}


def house_rates(hand: Hand, plan: Plan | None = None) -> UnitRates:
    """Rates of the house."""
    return rates_of(problem_of(hand), plan)["hus"]
