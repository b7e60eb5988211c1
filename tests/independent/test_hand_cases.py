"""First-stage cases worked out by hand; every figure is derived in the comment above it."""

from __future__ import annotations

import pytest

from .enumerate_plans import Plan
from .hand import Hand, components, solve


def test_everything_is_bought_where_nothing_is_built() -> None:
    # 3 place-years · 100 = 300. No offers, no candidates.
    assert solve(Hand({2025: 3})).objective == pytest.approx(300)


def test_a_house_is_built_when_it_pays() -> None:
    # Existing: 2 places, F 100, V 10. Need 5.
    # Nothing built: 100 + 2·10 + 3·100 = 420.
    # Built (4 places, M 300 over 10 years = 30, fixed 60, tilsyn 5, approval 7, V 20, housing 11):
    #   100 + 2·10 + (60 + 30 + 5 + 7) + 11 + 3·20 = 293.
    hand = Hand({2025: 5})
    hand.offer("t", 2, 100, 10)
    hand.candidate("k", 4, 300, 60, 20, yearly_tilsyn=5.0, approval_cost=7.0, housing_cost=11.0)
    best = solve(hand)
    assert best.objective == pytest.approx(293)
    assert best.plans == [Plan(builds=(("k", 2025),))]
    assert best.looked_at == 2
    # 100 + 102 fixed; 2·10 + 3·20 variable; 11 housing.
    assert components(hand, best.plans[0]) == {"fixed": 202, "variable": 80, "housing": 11}


def test_annuity_overrun_delay_and_discount() -> None:
    # Rate 10 %, life 2: annuity factor 0.1/(1 − 1.1^−2) = 0.1/(0.21/1.21) = 0.576190...
    # M = 200 · 1.05 (overrun 5 %) = 210; annuity 210 · 0.576190 = 121. Opens 2025 + lead 1 + delay 1 = 2027.
    # Years 2025 and 2026: 2 bought at 100 = 200 each. 2027: 121 + fixed 9 + 2·5 = 140.
    # Discount 10 %: 200 + 200/1.1 + 140/1.21 = 200 + 181.818182 + 115.702479 = 497.520661.
    # Buying all three years: 200 + 181.818182 + 165.289256 = 547.107438.
    hand = Hand({2025: 2, 2026: 2, 2027: 2})
    hand.candidate("k", 2, 200, 9, 5, lead_time=1)
    hand.set("costs", discount_rate=0.1, capital_rate=0.1, capital_life=2)
    hand.set("levers", construction_overrun=0.05, construction_delay=1)
    best = solve(hand)
    assert best.objective == pytest.approx(497.520661, abs=1e-6)
    # A start in 2026 would open in 2028, outside the horizon.
    assert best.looked_at == 2


def test_hard_frame_puts_building_off() -> None:
    # M 100 spent 40/60, opens a year after the start. Frame 2025: 30 (too small for 40), 2026 and 2027: 60.
    # Started in 2026 it spends 40 and 60: allowed. Started in 2027 it would open outside the horizon.
    # House: annuity 10, fixed 0, V 10, 2 places; need 2 a year, bought at 100.
    # Start 2026: 400 + (10 + 20) = 430. Start 2025 would be 200 + 2 · 30 = 260. Nothing: 600.
    hand = Hand({2025: 2, 2026: 2, 2027: 2})
    hand.candidate("k", 2, 100, 0, 10, spend_profile="0.4;0.6", lead_time=1)
    hand.set("limits", anlaegsramme="hard")
    for year, amount in ((2025, 30.0), (2026, 60.0), (2027, 60.0)):
        hand.add("anlaegsramme", municipality="561", year=year, amount=amount)
    best = solve(hand)
    assert best.objective == pytest.approx(430)
    assert best.plans == [Plan(builds=(("k", 2026),))]
    assert best.feasible == 2 and best.looked_at == 3


def test_soft_frame_and_joint_frame_cost_a_quarter_of_the_excess() -> None:
    # As above, soft: starting in 2025 exceeds the own frame by 10 (40 − 30) in 2025, and the joint frame of
    # 50 (auto: soft) by 10 (60 − 50) in 2026. Penalty 0.25 · (10 + 10) = 5. 200 + 2 · 30 + 5 = 265.
    hand = Hand({2025: 2, 2026: 2, 2027: 2})
    hand.candidate("k", 2, 100, 0, 10, spend_profile="0.4;0.6", lead_time=1)
    hand.set("limits", anlaegsramme="soft")
    for year, amount in ((2025, 30.0), (2026, 60.0), (2027, 60.0)):
        hand.add("anlaegsramme", municipality="561", year=year, amount=amount)
        hand.add("joint_frame", year=year, amount=50.0)
    best = solve(hand)
    assert best.objective == pytest.approx(265)
    assert components(hand, best.plans[0])["frame_penalty"] == pytest.approx(5)


def test_loan_pool_relieves_where_it_costs_most() -> None:
    # M 100 spent 40/60, own frame 30 each year, soft at 0.25; pool of 15 in 2025-2026. Interest 100 % a year,
    # so a krone of excess costs 0.25 in 2025 and 0.125 in 2026. Excess 10 and 30: 10 of the pool go to 2025,
    # 5 to 2026: 0.125 · 25 = 3.125.
    hand = Hand({2025: 2, 2026: 2})
    hand.candidate("k", 2, 100, 0, 10, spend_profile="0.4;0.6", lead_time=1)
    hand.set("limits", anlaegsramme="soft")
    hand.set("costs", discount_rate=1.0)
    for year in (2025, 2026):
        hand.add("anlaegsramme", municipality="561", year=year, amount=30.0)
    pool = hand.add(
        "loan_pools",
        id="pulje",
        first_year=2025,
        last_year=2026,
        legal_basis="sel107;sel108",
        target_groups="g",
        amount=15.0,
        relieves="anlaegsramme",
    )
    # Bought 200 in 2025, house 30/2 = 15 in 2026 (bought: 100).
    assert solve(hand).objective == pytest.approx(215 + 3.125)
    # Window cut to 2026 by the lever: excess 10 in 2025 (2.5), 30 − 15 in 2026 (1.875).
    hand.set("levers", loan_pool_window=[2026, 2026])
    assert solve(hand).objective == pytest.approx(215 + 2.5 + 1.875)
    # A pool for §107 only doesn't relieve a §108 house: 2.5 + 0.125 · 30 = 6.25.
    pool["legal_basis"] = "sel107"
    assert solve(hand).objective == pytest.approx(215 + 6.25)


def test_region_liquidity_is_hard_and_abl_is_exempt_only_for_municipalities() -> None:
    # Two ABL houses of M 100 (annuity 10, V 10, 2 places), frame and liquidity 0 everywhere; group not
    # complex. The municipality's draws nothing: built. The region's draws on liquidity: not built.
    # Need 4: 10 + 2·10 + 2·100 = 230.
    hand = Hand({2025: 4})
    hand.group("g", complex=False)
    hand.candidate("k", 2, 100, 0, 10, legal_basis="abl105")
    hand.candidate("r", 2, 100, 0, 10, legal_basis="abl105", owner_type="region", owner="Regionen")
    hand.set("limits", anlaegsramme="hard")
    hand.add("anlaegsramme", municipality="561", year=2025, amount=0.0)
    hand.add("region_liquidity", year=2025, amount=0.0)
    best = solve(hand)
    assert best.objective == pytest.approx(230)
    assert best.plans == [Plan(builds=(("k", 2025),))]
    # A complex group can't be built for under ABL: both houses would stand empty, so 4 · 100 = 400.
    hand.group("g", complex=True)
    assert solve(hand).objective == pytest.approx(400)


def test_closing_ends_residents_and_leaves_the_capital_charge() -> None:
    # House F 500 of which capital 40, V 10, closing cost 70; 1 resident; need 1; bought at 100.
    # Kept: 2 · 510 = 1020. Closed from 2025: 2·100 + 70 + 2·40 = 350. Closed from 2026: 510 + 100 + 70 + 40.
    hand = Hand({2025: 1, 2026: 1})
    hand.offer("t", 2, 500, 10, capital_charge=40.0, closing_cost=70.0, earliest_close=2026)
    hand.live(1, "t")
    assert solve(hand).objective == pytest.approx(1020)
    hand.set("limits", closures=True)
    best = solve(hand)
    assert best.objective == pytest.approx(720)
    assert best.plans == [Plan(closures=(("t", 2026),))]
    hand.tables["offers"][0]["earliest_close"] = 2020
    assert solve(hand).objective == pytest.approx(350)
    # The same by the table: closes in 2026.
    hand.tables["offers"][0].update(closes=2026, earliest_close=None)
    assert solve(hand).objective == pytest.approx(720)


def test_conversion_serves_the_new_group_a_year_later() -> None:
    # House for g (F 50, V 10, 2 places), 1 resident of g. Group h needs 2 from 2025 at 300 bought; g needs 1.
    # As it is: (50 + 10 + 600) · 2 = 1320.
    # Converted in 2025 (cost 25, one year): 2025: 660 + 25; 2026: 50 + 100 (g bought) + 2·10 = 170. Sum 855.
    # Started in 2026 it would take effect outside the horizon.
    hand = Hand({2025: 1, 2026: 1})
    hand.group("h")
    for year in (2025, 2026):
        hand.need("561", "h", year, 2)
    hand.add("purchase_prices", target_group="h", year=2025, price=300.0)
    hand.offer("t", 2, 50, 10)
    hand.live(1, "t")
    hand.add("conversions", offer="t", from_groups="g", to_groups="h", cost=25.0, years=1, earliest=2025)
    assert solve(hand).objective == pytest.approx(1320)
    hand.set("limits", conversions=True)
    best = solve(hand)
    assert best.objective == pytest.approx(855)
    assert best.plans == [Plan(conversions=(("t", 0, 2025),))]


def test_reserve_public_share_and_staff_choose_the_house() -> None:
    # Need 4 (long-term). Houses of 2, 4 and 8 places, all dearer than buying; variants of one project.
    # Reserve 20-50 %: planned places between 4/0.8 = 5 and 4/0.5 = 8, with 2 existing: 4 or ... 2 + 4 = 6
    # fits, 2 + 2 = 4 is too few, 2 + 8 = 10 too many.
    hand = Hand({2025: 4})
    hand.offer("t", 2, 0, 10)
    for places in (2, 4, 8):
        hand.candidate(f"k{places}", places, 0, 1000 * places, 10, project="p", staff_per_place=2.0)
    hand.set("limits", reserve_min=0.2, reserve_max=0.5)
    best = solve(hand)
    assert best.plans == [Plan(builds=(("k4", 2025),))]
    assert best.objective == pytest.approx(4 * 10 + 4000)
    assert best.feasible == 1 and best.reasons["reserve or public share"] == 3
    # Public share 100 %: 4 places of municipality or region needed: the smallest house is enough.
    hand.set("limits", reserve_min=0.0, reserve_max=1.0, public_share_min=1.0)
    assert solve(hand).plans == [Plan(builds=(("k2", 2025),))]
    # Hires 3 a year: 2 · 2 = 4 is too many, so nothing can be built, and the share can't be kept.
    hand.set("limits", staff="hard")
    hand.add("staff_limits", area="Fyn", year=2025, hires=3.0)
    assert solve(hand).status == "infeasible"


def test_committed_required_and_forced_projects() -> None:
    # Committed in 2023 with spending 50/50 and lead 3: opens 2026; the first half of M is sunk, the second
    # too (2024). k needs it begun no later: allowed from 2025 on. Annuities 1 each, V 0, places 1 each,
    # need 2. 2025: k open: 1 + 100. 2026: both: 1 + 1 + approval 6 of c. Sum 109.
    hand = Hand({2025: 2, 2026: 2})
    hand.candidate("c", 1, 10, 0, 0, spend_profile="0.5;0.5", lead_time=3, approval_cost=6.0, latest=2000)
    hand.candidate("k", 1, 10, 0, 0, requires="p-c")
    hand.candidate("late", 1, 10, 0, 0, earliest=2030)
    hand.set("projects", committed=[{"candidate": "c", "start": 2023}])
    hand.set("limits", anlaegsramme="hard")
    hand.add("anlaegsramme", municipality="561", year=2025, amount=10.0)
    hand.add("anlaegsramme", municipality="561", year=2026, amount=0.0)
    best = solve(hand)
    assert best.objective == pytest.approx(109)
    assert best.plans == [Plan(builds=(("c", 2023), ("k", 2025)))]
    # Not committed, c can't be built (window past), so neither can k: 400.
    hand.set("projects", committed=[])
    assert solve(hand).objective == pytest.approx(400)
    hand.set("projects", forced=["late"])
    assert solve(hand).status == "infeasible"


def test_takst_cap_shuts_dear_houses_out() -> None:
    # takst = (fixed 80 + annuity 20)/(0.5 · 4) + V 10 = 60. Need 4: built 100 + 40 = 140, bought 400.
    hand = Hand({2025: 4})
    hand.candidate("k", 4, 200, 80, 10, budgeted_occupancy=0.5)
    hand.set("levers", takst_cap={"g": 59.0})
    assert solve(hand).objective == pytest.approx(140)
    hand.set("levers", takst_cap_new="inden_for_loftet")
    assert solve(hand).objective == pytest.approx(400)
    hand.set("levers", takst_cap={"g": 60.0})
    assert solve(hand).objective == pytest.approx(140)
