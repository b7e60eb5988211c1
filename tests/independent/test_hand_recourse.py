"""One-year cases worked out by hand; every figure is derived in the comment above it."""

from __future__ import annotations

import pytest

from .hand import Hand, components, solve


def test_unmet_is_never_cheaper_than_buying() -> None:
    # Only 2 can be bought at 100; a private offer with one place costs 160 (price 200 less 20 % in a year).
    # Penalty in t = 1.25 · 160 = 200. Need 5: 2·100 + 160 + 2·200 = 760.
    hand = Hand({2026: 5})
    hand.tables["purchase_prices"] = []
    hand.add("purchase_prices", target_group="g", year=2026, price=100.0, available=2.0)
    hand.private("t", 1, 200)
    hand.set("levers", private_price_growth=-0.2)
    assert solve(hand).objective == pytest.approx(760)
    assert components(hand) == {"purchase": 200, "private": 160, "unmet": 400}


def test_purchase_price_of_a_year_without_a_row() -> None:
    # Rows 2024: 100 and 2027: 300, growth 10 %. 2026 takes 2024: 100 · 1.21 = 121. Need 1.
    hand = Hand({2026: 1})
    hand.tables["purchase_prices"] = []
    hand.add("purchase_prices", target_group="g", year=2024, price=100.0)
    hand.add("purchase_prices", target_group="g", year=2027, price=300.0)
    hand.set("levers", private_price_growth=0.1)
    assert solve(hand).objective == pytest.approx(121)
    # With no earlier row it takes 2027 moved back: 300 / 1.1.
    hand.tables["purchase_prices"].pop(0)
    assert solve(hand).objective == pytest.approx(272.727273, abs=1e-6)


def test_residents_thin_and_are_scaled_to_the_projection() -> None:
    # 4 residents counted in 2025 in a house that costs V 150, attrition 50 %. 2025: need 6: 4·150 + 2·100
    # = 800. 2026: 2 left of a projected 6: 2·150 + 4·100 = 700. 2027: 1 left, projection 0.5: scaled to
    # 0.5·150 = 75.
    hand = Hand({2025: 6, 2026: 6, 2027: 0.5})
    hand.group("g", attrition=0.5)
    hand.offer("t", 4, 0, 150)
    hand.live(4, "t")
    assert solve(hand).objective == pytest.approx(800 + 700 + 75)
    # Diversion of everybody leaves the residents: 600 + 300 + 75.
    hand.set("demand", diversion={"g": 1.0})
    assert solve(hand).objective == pytest.approx(975)


def test_temporary_and_long_term_cells_and_lock_in() -> None:
    # Need 10, σ 0.3: 3 temporary, 7 long-term. Offers: §107 with 8 places V 10, flexible with 1 place V 20.
    # No mismatch allowed: 3·10 + 1·20 (flexible to a long-term citizen) + 6·100 = 650.
    hand = Hand({2025: 10})
    hand.group("g", temporary_share=0.3)
    hand.offer("t", 8, 0, 10, legal_basis="sel107")
    hand.offer("f", 1, 0, 20, legal_basis="sel107;sel108")
    assert solve(hand).objective == pytest.approx(650)
    # Lock-in at 40: 5 more long-term citizens at 10 + 40 = 50: 3·10 + 20 + 5·50 + 1·100 = 400.
    hand.set("levers", lock_in_cost={"g": 40.0})
    assert solve(hand).objective == pytest.approx(400)
    # 5 residents in the §107 offer are temporary: the split bends to 5 and 5.
    # 5·10 + 20 + 3 at 50 (8 places in all) + 1·100 = 320.
    hand.live(5, "t")
    assert solve(hand).objective == pytest.approx(320)
    # Approved for both by the lever, no lock-in in it: σ splits the 5 residents in 1.5 and 3.5.
    # 8·10 + 20 + 1·100 = 200.
    hand.set("levers", flexible_107_108=["t"])
    assert solve(hand).objective == pytest.approx(200)


def test_external_residents_and_over_occupancy() -> None:
    # 4 places · 1.25 = 5; one external resident: 4 for the region's 6.
    # V 10 + top-up 2: 4·12 + external 12 + 2·100 = 260.
    hand = Hand({2025: 6})
    hand.offer("t", 4, 0, 10, top_up=2.0)
    hand.live(1, "t", code="udenbys")
    hand.set("limits", over_occupancy=0.25)
    assert solve(hand).objective == pytest.approx(260)
    # In a private offer at 50 the external's place is the payer's own: 4·52 + 2·100 = 408.
    hand.tables["offers"] = []
    hand.private("t", 4, 50, top_up=2.0)
    assert solve(hand).objective == pytest.approx(408)


def test_critical_mass_counts_from_its_year() -> None:
    # 3 places, at least 3 residents, need 1, V 90 against 100 bought, penalty 30 a place-year short.
    # Existing offer: always counted: 90 + 2·30 = 150 (buying: 100 + 3·30 = 190). Two years: 300.
    hand = Hand({2025: 1, 2026: 1})
    hand.offer("t", 3, 0, 90, minimum_residents=3)
    assert solve(hand).objective == pytest.approx(300)
    # A candidate from the 2nd year of operation: 90 in 2025, 150 in 2026 (forced, free to build).
    hand.tables["offers"] = []
    hand.candidate("k", 3, 0, 0, 90, minimum_residents=3, latest=2025)
    hand.set("projects", forced=["p-k"])
    hand.set("limits", critical_mass_year=2)
    assert solve(hand).objective == pytest.approx(240)


def test_travel_takes_the_shortest_way_and_nobody_goes_where_there_is_none() -> None:
    # 561 needs 2; offer in 420 (V 10), offer in 492 (V 0) without any link. Links 561-410 road 50 and
    # ferry 20, 410-420 15, 561-420 60. Shortest 35 at 1 kr.: 2 · 45 = 90.
    hand = Hand({2025: 2}, ("561", "410", "420", "492"))
    for a, b, kind, minutes in (
        ("561", "410", "road", 50.0),
        ("410", "561", "ferry", 20.0),
        ("420", "410", "road", 15.0),
        ("561", "420", "road", 60.0),
    ):
        hand.add("travel_links", from_=a, to=b, kind=kind, minutes=minutes)
    hand.offer("t", 2, 0, 10, municipality="420")
    hand.offer("o", 2, 0, 0, municipality="492")
    assert solve(hand).objective == pytest.approx(90)
    # A measured time opens the island: 2 · 7 = 14.
    hand.add("travel_times", municipality="561", offer_or_candidate="o", minutes=7.0)
    assert solve(hand).objective == pytest.approx(14)


def test_support_reduction_rammebudget_and_progression() -> None:
    # Step 2.5, step price 1: Y = 2 · 365 = 730; s = 0.2: 146 varies. V 10 + 146 = 156, F 100, need 1;
    # bought 900. 2026, one step down: Y = 365, V = 10 + 73 = 83. Sum 100 + 156 + 100 + 83 = 439.
    hand = Hand({2025: 1, 2026: 1})
    hand.group("g", support_step=2.5)
    hand.tables["purchase_prices"][0]["price"] = 900.0
    hand.offer("t", 2, 100, 10, budgeted_occupancy=0.5)
    hand.set("levers", progression=1.0)
    assert solve(hand).objective == pytest.approx(439)
    # 10 % off municipal offers from 2026: 256 + 0.9 · 183 = 420.7; the general 50 % gives way to it.
    hand.set("levers", takst_reduction=0.5, takst_reduction_by={"kommune": {"2026": 0.1}})
    assert solve(hand).objective == pytest.approx(420.7)
    # Rammebudget: V 10; s·Ȳ·β·P = 146·0.5·2 = 146 in F in 2025, 73 in 2026 (progression follows, A12).
    # 2025: 100 + 146 + 10 = 256; 2026: 0.9 · (100 + 73 + 10) = 164.7. Same sum, since βP = 1 = use.
    hand.set("levers", rammebudget=["t"])
    assert solve(hand).objective == pytest.approx(420.7)
    assert components(hand) == {"fixed": pytest.approx(246 + 0.9 * 173), "variable": pytest.approx(19)}


def test_a_move_may_assume_no_saving() -> None:
    # Resident in a house with V 90; an empty one has V 10, a private one costs 40, purchase 100. Need 1.
    # Stay: 90. With moves: 10 + charge 80 = 90: no gain. By travel there is: 20 minutes against 0.
    hand = Hand({2025: 1}, ("561", "420"))
    hand.add("travel_links", from_="561", to="420", kind="road", minutes=20.0)
    hand.offer("dear", 1, 0, 90, municipality="420")
    hand.offer("cheap", 1, 0, 10)
    hand.private("private", 1, 40)
    hand.live(1, "dear")
    assert solve(hand).objective == pytest.approx(110)
    hand.set("limits", residents_stay=False)
    assert solve(hand).objective == pytest.approx(90)
    assert components(hand) == {"variable": 10, "move": 80}
    # The other way round no move pays: 10 stays 10.
    hand.tables["residents"][0]["offer"] = "cheap"
    assert solve(hand).objective == pytest.approx(10)


def test_outside_residents_stay_where_they_are() -> None:
    # 1 of 3 lives outside at 100; two places at 10 are enough for the others. 100 + 2·10 + nothing unmet =
    # 120.
    hand = Hand({2025: 3})
    hand.offer("t", 3, 0, 10)
    hand.live(1, "udenfor:g")
    assert solve(hand).objective == pytest.approx(120)
