"""Verdicts by hand: builders, participants, subscribers and futures."""

from __future__ import annotations

import numpy as np
import pytest

from tests.independent.hand import YEAR, Hand
from tests.independent.plans import make_plan

from .accounts import Ledger
from .agreements import may_subscribe, options, quantile
from .verdict import Verdict, expected_accounts, judge, most_accepted, tail_mean
from .world import Futures, World

BUILD = make_plan({"n": YEAR})


def house(years: int = 1, **candidate: object) -> Hand:
    """561 needs 3, 573 nothing, each of 10 000 inhabitants; a house of 561's has 4 places.

    Bought: 300 a year. Built: F 120, V 10, cost 150; r = 40, paid 120; D = 30; 5 % of C = 160 is 8, so 561 covers
    8 as owner and 22 as buyer.
    """
    hand = Hand({YEAR + age: 3.0 for age in range(years)}, municipalities=("561", "573"))
    hand.add("travel_links", from_="561", to="573", kind="road", minutes=1.0)
    hand.candidate("n", 4, 0.0, 120.0, 10.0, earliest=YEAR, latest=YEAR, **candidate)
    allow(hand, "standard")
    return hand


def allow(hand: Hand, *schemes: str, **underskud: object) -> Hand:
    hand.set("underskud", allowed=list(schemes), **underskud)
    return hand


def verdict(hand: Hand, futures: Futures | None = None) -> Verdict:
    """The verdict on building n."""
    ledger = Ledger(World(hand.tables, hand.scenario, futures, YEAR))
    return judge(ledger, BUILD, most_accepted(ledger))


def limit(hand: Hand, kr: float, risk: float | None = None) -> Hand:
    """What 561 may lose a year: its own limits go before the scenario's."""
    hand.tables["municipalities"][0]["expected_limit"] = kr / 10_000
    hand.tables["municipalities"][0]["risk_limit"] = (kr if risk is None else risk) / 10_000
    return hand


def test_a_builder_refuses_what_it_may_lose() -> None:
    assert verdict(limit(house(), 8.1)).accepted
    assert verdict(limit(house(), 7.9)) == Verdict(False, builders=("561",))
    assert verdict(limit(house(), 8.1, 7.9)).builders == ("561",)


def test_another_scheme_spares_the_builder() -> None:
    """One empty place at 0.8 · 40 = 32 is more than D, so the participants pay all of it and the owner nothing."""
    hand = allow(limit(house(), 0.0), "standard", "garanti", participants=["561"])
    assert verdict(hand) == Verdict(True, {"n": ("garanti", ())})
    hand.set("underskud", scheme_by_offer={"n": "standard"})
    assert verdict(hand).builders == ("561",)


def test_a_participant_refuses_to_pay_for_others() -> None:
    """Under objektiv 573 pays half of D, 15 kr., and gets nothing; at 0.0015 kr. an inhabitant it does."""
    hand = allow(house(), "objektiv", key="equal")
    assert verdict(hand) == Verdict(False, participants=("573",))
    hand.set("acceptance", tolerance=0.0016)
    assert verdict(hand).accepted
    hand.set("acceptance", tolerance=0.0014)
    assert not verdict(hand).accepted
    hand.set("acceptance", tolerance=0.0)
    assert verdict(allow(hand, "objektiv", key="equal", participants=["561"])).accepted


def test_each_could_be_satisfied_but_not_all() -> None:
    """F 275: the house costs 305, bought 300: too much for 561 under standard; under objektiv 573 pays half of D."""
    hand = allow(house(), "standard", "objektiv", key="equal")
    hand.tables["candidates"][0]["fixed_cost"] = 275.0
    assert verdict(hand) == Verdict(False)
    # With only one of the schemes somebody in particular refuses; without 573's refusal objektiv would do.
    assert verdict(allow(hand, "standard")).participants == ("561",)
    assert verdict(allow(hand, "objektiv", key="equal")).participants == ("573",)
    hand.set("acceptance", tolerance=0.01)
    assert verdict(hand).accepted


def test_accounts_with_and_without_the_house() -> None:
    ledger = Ledger(World(house().tables, house().scenario, None, YEAR))
    assert most_accepted(ledger).tolist() == pytest.approx([300.0, 0.0])
    assert expected_accounts(ledger, BUILD, {}).tolist() == pytest.approx([150.0, 0.0])
    shared = expected_accounts(ledger, BUILD, {"n": ("objektiv", ())})
    assert shared.tolist() == pytest.approx([135.0, 15.0])


def test_losses_of_two_houses_are_not_netted() -> None:
    """A house that keeps a surplus doesn't make up for one that loses: 8 is lost, and 8 is what the limit must be."""
    hand = house()
    hand.candidate("full", 4, 0.0, 100.0, 1.0, earliest=YEAR, latest=YEAR, budgeted_occupancy=0.5)
    # 7 need a place: the cheaper house is full, at a takst of 51; it earns 100 and keeps 5.1. The other has 3.
    hand.tables["demand"][0]["central"] = 7.0
    plan = make_plan({"n": YEAR, "full": YEAR})
    for kr, answer in ((8.1, True), (7.9, False)):
        limit(hand, kr)
        ledger = Ledger(World(hand.tables, hand.scenario, None, YEAR))
        assert ledger.world.allocation(0, ledger.world.states(plan)[0]).x[("561", "g", "langvarig"), "full"] == 4.0
        assert judge(ledger, plan, most_accepted(ledger)).accepted is answer


def test_the_region_builds_with_everybody_behind_it() -> None:
    """8 kr. of 20 000 inhabitants: 0.0004 kr. each."""
    hand = house(owner_type="region", owner="Region Syd")
    hand.set("acceptance", expected_limit=0.00041, risk_limit=0.00041)
    assert verdict(hand).accepted
    hand.set("acceptance", expected_limit=0.00039, risk_limit=0.00041)
    assert verdict(hand).builders == ("region",)


def test_subscriptions_count_from_the_third_year_of_operation() -> None:
    """561 uses 1, 2, 1.9 and 2.3: the mean of the last two is 2.1, so 2; 573 uses 1 throughout, or half."""
    hand = house(years=4)
    for row in hand.tables["demand"]:
        needs = (1.0, 2.0, 1.9, 2.3) if row["municipality"] == "561" else (1.0, 1.0, 1.0, 1.0)
        row["central"] = needs[row["year"] - YEAR]
    allow(hand, "abonnement")
    ledger = Ledger(World(hand.tables, hand.scenario, None, YEAR))
    assert may_subscribe(ledger, BUILD, "n") == {"561": {"g": 2.0}, "573": {"g": 1.0}}
    assert len(options(ledger, BUILD, "n")) == 4
    hand.set("underskud", participants=["561"])
    ledger = Ledger(World(hand.tables, hand.scenario, None, YEAR))
    assert may_subscribe(ledger, BUILD, "n") == {"561": {"g": 2.0}}
    short = house(years=2)
    assert may_subscribe(Ledger(World(short.tables, short.scenario, None, YEAR)), BUILD, "n") == {}


def test_a_subscription_is_used_in_four_futures_of_five() -> None:
    assert quantile([3.0, 1.0, 2.0, 5.0, 4.0], [0.2] * 5, 1 - 0.8) == 1.0
    assert quantile([3.0, 1.0, 2.0, 5.0, 4.0], [0.25, 0.15, 0.2, 0.2, 0.2], 1 - 0.8) == 2.0
    assert quantile([3.0], [1.0], 0.2) == 3.0
    assert quantile([3.0, 1.0], [0.5, 0.5], 0.0) == 1.0
    hand = house(years=3)
    futures = [(0.3, {("561", "g", YEAR + 2): 1.2}), (0.7, {("561", "g", YEAR + 2): 2.9})]
    for share, places in ((0.8, 1.0), (0.7, 1.0), (0.6, 2.0)):
        hand.set("acceptance", subscriber_share=share)
        ledger = Ledger(World(hand.tables, hand.scenario, futures, YEAR))
        assert may_subscribe(ledger, BUILD, "n") == {"561": {"g": places}}


def test_the_tail_of_a_loss() -> None:
    """Worst 5 %: 0.02 of 10 and 0.03 of 4 make 0.32 / 0.05 = 6.4."""
    assert tail_mean(np.array([0.0, 10.0, 4.0]), [0.9, 0.02, 0.08], 0.95) == pytest.approx(6.4)


def test_losses_over_futures() -> None:
    """Need 4 in nine futures of ten (nothing lost), 3 in one (8 lost): expected 0.8, CVaR 8."""
    futures = [(0.9, {("561", "g", YEAR): 4.0}), (0.1, {("561", "g", YEAR): 3.0})]
    assert verdict(limit(house(), 0.81, 8.1), futures).accepted
    assert verdict(limit(house(), 0.78, 8.1), futures).builders == ("561",)
    assert verdict(limit(house(), 0.81, 7.9), futures).builders == ("561",)
