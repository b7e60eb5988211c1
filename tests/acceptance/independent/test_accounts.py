"""Accounts: prices, refund and bearers by hand; and the identity of section 6 on random cases."""

from __future__ import annotations

import random

import pytest

from tests.acceptance.tiny.cases import random_acceptance_case
from tests.independent.hand import YEAR, Hand
from tests.independent.plans import Plan, all_plans, make_plan
from tests.independent.tiny_regions import random_case

from .accounts import STANDARD, Ledger, by_party
from .agreements import agreements
from .prices import refund
from .settlement import Lines
from .world import World


def first_year(hand: Hand, plan: Plan | None = None) -> Lines:
    """Entries of the first year, the øre rounded, zeros left out."""
    world = World(hand.tables, hand.scenario, price_year=YEAR)
    ledger, plan = Ledger(world), plan or Plan()
    found = ledger.year(0, plan, world.states(plan)[0], {})
    return {entry: round(kr, 2) for entry, kr in found.items() if abs(kr) > 1e-6}


def test_a_takst_and_its_deficit() -> None:
    """F 300, β·P = 0.75·4 = 3, V 10: r = 110. Two live there: cost 320, paid 220, D 100; C = 330, 5 % is 16.50."""
    hand = Hand({YEAR: 2.0})
    hand.offer("a", 4, 300.0, 10.0, budgeted_occupancy=0.75)
    hand.tables["purchase_prices"][0]["price"] = 1_000.0
    assert first_year(hand) == {
        ("takst", "561"): 220.0,
        ("ejer", "561"): 16.5,
        ("efterregulering", "561"): 83.5,
    }


def test_guests_pay_their_part_and_the_bearer_the_owners() -> None:
    """As above with a guest instead of one resident, top-up 7, and a fund whose deficit the region bears."""
    hand = Hand({YEAR: 1.0})
    hand.offer("b", 1, 0.0, 500.0, owner_type="region", owner="Region Syd")
    fund = {"owner_type": "selvejende", "owner": "Fonden", "deficit_bearer": "Region Syd", "top_up": 7.0}
    hand.offer("a", 4, 300.0, 10.0, budgeted_occupancy=0.75, **fund)
    hand.live(1, "a", code="udenbys")
    hand.tables["purchase_prices"][0]["price"] = 1_000.0
    assert first_year(hand) == {
        ("takst", "561"): 110.0,
        ("takst", "udenbys"): 110.0,
        ("ejer", "region"): 16.5,
        ("efterregulering", "561"): 41.75,
        ("efterregulering", "udenbys"): 41.75,
        ("tillaeg", "561"): 7.0,
        ("tillaeg", "udenbys"): 7.0,
    }


def test_a_cap_and_an_agreed_price_go_into_the_deficit() -> None:
    """r = 110 capped at 100; 573 has agreed 90: paid 190 of 320, D 130; 16.50 the owner's, the rest one half each."""
    hand = Hand({YEAR: 1.0}, municipalities=("561", "573"))
    hand.tables["demand"][1]["central"] = 1.0
    hand.offer("a", 4, 300.0, 10.0, budgeted_occupancy=0.75)
    hand.add("travel_links", from_="561", to="573", kind="road", minutes=30.0)
    hand.add("agreed_prices", municipality="573", offer="a", target_group="g", price=90.0)
    hand.set("levers", takst_cap={"g": 100.0})
    hand.tables["purchase_prices"][0]["price"] = 1_000.0
    found = first_year(hand)
    assert found["takst", "561"] == 100.0
    assert found["takst", "573"] == 90.0
    assert found["efterregulering", "573"] == pytest.approx(56.75, abs=0.01)


def test_prices_differ_by_the_full_ydelsestakst() -> None:
    """Step price 1 kr. a day: Y = 0 and 365. s = 0.2: V = 10 and 83; r = 100 + V + 0.8·(Y − 182.5): −36 and 329."""
    hand = Hand({YEAR: 1.0})
    hand.group("h", support_step=1.5)
    hand.need("561", "h", YEAR, 1.0)
    hand.add("purchase_prices", target_group="h", year=YEAR, price=1_000.0)
    hand.tables["purchase_prices"][0]["price"] = 1_000.0
    hand.offer("a", 3, 300.0, 10.0, target_groups="g;h")
    assert first_year(hand)["takst", "561"] == pytest.approx(-36.0 + 329.0)


def test_purchase_waiting_and_closing() -> None:
    """Of 3, 1 is in a private offer (90), 1 bought (100), 1 waits at the dearest price; a house has closed."""
    hand = Hand({YEAR: 3.0})
    hand.tables["purchase_prices"][0].update(available=1.0)
    hand.private("p", 1, 90.0, top_up=5.0)
    hand.offer("c", 2, 50.0, 1.0, closes=YEAR, closing_cost=40.0, capital_charge=8.0)
    hand.tables["refund_thresholds"] = []
    for threshold, percent in ((60.0, 25.0), (80.0, 50.0), (96.0, 75.0)):
        hand.add("refund_thresholds", year=YEAR, threshold=threshold, percent=percent)
    # Private 95: 0.25·20 + 0.5·15 = 12.5. Bought 100: 0.25·20 + 0.5·16 + 0.75·4 = 16.
    assert first_year(hand) == {
        ("privat", "561"): 90.0,
        ("tillaeg", "561"): 5.0,
        ("koeb", "561"): 100.0,
        ("venteliste", "561"): 100.0,
        ("lukning", "561"): 40.0,
        ("kapital", "561"): 8.0,
        ("refusion", "561"): -28.5,
        ("refusion", "staten"): 28.5,
    }


def test_thresholds_move_to_the_price_year() -> None:
    """88.5 → 100: a threshold of 885 becomes 1 000, so 1 400 gives a quarter of 400."""
    hand = Hand({YEAR: 1.0})
    hand.add("refund_thresholds", year=2020, threshold=885.0, percent=25.0)
    hand.add("pl_index", year=2020, index=88.5)
    hand.add("pl_index", year=YEAR, index=100.0)
    world = World(hand.tables, hand.scenario, price_year=YEAR)
    assert [band.threshold for band in world.bands] == pytest.approx([1_000.0])
    assert refund(world.bands, 1_400.0) == pytest.approx(100.0)


def test_a_new_house_pays_its_approval_once_and_starts_dearer_under_takststyring() -> None:
    """F = 100 + 50/10 + 30 in the first year. β·P = 1·2, or 0.5·2 in the start-up year: r = 67.5 + 1 or 135 + 1."""
    hand = Hand({YEAR: 2.0, YEAR + 1: 2.0})
    hand.candidate("n", 2, 50.0, 100.0, 1.0, approval_cost=30.0, startup_occupancy="0.5")
    hand.tables["purchase_prices"][0]["price"] = 1_000.0
    world = World(hand.tables, hand.scenario, price_year=YEAR)
    ledger, plan = Ledger(world), make_plan({"n": YEAR})
    states = world.states(plan)
    assert ledger.year(0, plan, states[0], {})["takst", "561"] == pytest.approx(2 * 68.5)
    assert ledger.year(0, plan, states[1], {})["takst", "561"] == pytest.approx(2 * 53.5)
    dear = ledger.year(0, plan, states[0], {"n": ("takststyring", ())})
    assert dear["takst", "561"] == pytest.approx(2 * 136.0)
    # Paid 272 for a cost of 137; 5 % of C = 135 + 1·1 is kept, the rest goes back.
    assert dear["ejer", "561"] == pytest.approx(-6.8)
    assert dear["efterregulering", "561"] == pytest.approx(-(135.0 - 6.8))


@pytest.mark.parametrize("seed", range(40))
def test_accounts_of_all_parties_are_what_the_region_costs(seed: int) -> None:
    """Σ over parties = resource cost less unmet, travel, penalties and rent, in every year and under every scheme."""
    tables, scenario = random_acceptance_case(seed) if seed % 2 else random_case(seed)
    world = World(tables, scenario)
    ledger, rng = Ledger(world), random.Random(seed)
    plans = list(all_plans(world.case))
    for plan in [plans[0], *rng.sample(plans, min(3, len(plans)))]:
        agreed = {unit: rng.choice([*agreements(ledger, plan, unit), STANDARD]) for unit, _ in plan.builds}
        for at in world.states(plan):
            lines = {entry: kr for entry, kr in ledger.year(0, plan, at, agreed).items() if entry[0] != "venteliste"}
            parts = [world.standing.standing(at), world.standing.decided(plan, at.year), world.allocation(0, at).cost]
            left_out = {"housing", "travel", "unmet", "critical_mass", "move"}
            cost = sum(kr for part in parts for name, kr in part.items() if name not in left_out)
            assert sum(by_party(lines).values()) == pytest.approx(cost, rel=1e-9, abs=1e-3)
