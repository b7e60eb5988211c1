"""The tiny regions behind the golden files of the first-stage families, with their sums."""

from __future__ import annotations

from tests.independent.hand import Hand
from tests.planning.family_worlds import convertible, golden
from tests.planning.worlds import second_group, tiny


@golden
def projects() -> Hand:
    """Two variants of one project, two years each: one start in all. nyt-8 opens a year after its start.

    open[t] sums the starts that have opened; mature those open for a second year (``critical_mass_year = 2``).
    """
    hand = tiny({2025: 3.0, 2026: 3.0, 2027: 3.0})
    hand.set("limits", critical_mass_year=2)
    hand.candidate("nyt-4", 4, 10.0, 1.0, 1.0, project="nyt", latest=2026)
    hand.candidate("nyt-8", 8, 10.0, 1.0, 1.0, project="nyt", latest=2026, lead_time=1, minimum_residents=5)
    return hand


@golden
def projects__committed() -> Hand:
    """Committed to a start in 2024: that start alone, = 1; the other variant has none."""
    hand = tiny()
    hand.set("projects", committed=[{"candidate": "nyt-8", "start": 2024}])
    hand.candidate("nyt-4", 4, 10.0, 1.0, 1.0, project="nyt")
    hand.candidate("nyt-8", 8, 10.0, 1.0, 1.0, project="nyt")
    return hand


@golden
def projects__forced() -> Hand:
    """A forced project asks for a start of any variant, a forced candidate for a start of itself."""
    hand = tiny()
    hand.set("projects", forced=["nyt", "p-hus"])
    hand.candidate("nyt-4", 4, 10.0, 1.0, 1.0, project="nyt")
    hand.candidate("nyt-8", 8, 10.0, 1.0, 1.0, project="nyt")
    hand.candidate("hus", 8, 10.0, 1.0, 1.0)
    return hand


@golden
def projects__required() -> Hand:
    """Stage 2 no earlier than stage 1: by 2025 and by 2026, summed over the years so far."""
    hand = tiny({2025: 3.0, 2026: 3.0})
    hand.candidate("a", 4, 10.0, 1.0, 1.0)
    hand.candidate("b", 4, 10.0, 1.0, 1.0, requires="p-a")
    return hand


@golden
def restructuring() -> Hand:
    """Close in 2025 or 2026, or convert in 2025 (effect 2026): at most one of the three; then states by year."""
    hand = tiny({2025: 3.0, 2026: 3.0})
    second_group(hand)
    hand.set("limits", conversions=True, closures=True)
    hand.offer("hus", 4, 1.0, 1.0, earliest_close=2025)
    hand.add("conversions", offer="hus", from_groups="g", to_groups="h", cost=1.0, years=1, earliest=2025)
    return hand


def _spending(**limits: str) -> Hand:
    """561 builds a (4 + 6 kr., begun 2025 or 2026) and an exempt ABL house b, 573 c (8 kr.), the region r (20 kr.).

    Frames by year: 561 has 5, 7, 8; 573 has 3; the municipalities together 9; the region 15.
    """
    hand = tiny({2025: 3.0, 2026: 3.0, 2027: 3.0}, ("561", "573"))
    hand.add("travel_links", from_="561", to="573", kind="road", minutes=10)
    hand.set("limits", **({"anlaegsramme": "off", "joint_frame": "off", "region_liquidity": "off"} | limits))
    hand.candidate("a", 4, 10.0, 1.0, 1.0, spend_profile="0.4;0.6", lead_time=1)
    hand.candidate("b", 4, 10.0, 1.0, 1.0, legal_basis="abl105", latest=2025)
    hand.candidate("c", 4, 8.0, 1.0, 1.0, municipality="573", owner="573", latest=2026)
    hand.candidate("r", 4, 20.0, 1.0, 1.0, owner_type="region", owner="Region Syddanmark", latest=2025)
    for year, own in ((2025, 5.0), (2026, 7.0), (2027, 8.0)):
        hand.add("anlaegsramme", municipality="561", year=year, amount=own)
        hand.add("anlaegsramme", municipality="573", year=year, amount=3.0)
        hand.add("joint_frame", year=year, amount=9.0)
        hand.add("region_liquidity", year=year, amount=15.0)
    return hand


@golden
def anlaegsramme__hard() -> Hand:
    """561: a begun in 2025 spends 4 and 6, begun in 2026 the same a year later. 573 can't spend in 2027: no row."""
    return _spending(anlaegsramme="hard")


@golden
def anlaegsramme__soft() -> Hand:
    """As hard, less an excess in each row."""
    return _spending(anlaegsramme="soft")


@golden
def anlaegsramme__loans() -> Hand:
    """A pool of 2025 for §108 relieves 561 of a and 573 of c that year; a liquidity pool doesn't."""
    hand = _spending(anlaegsramme="hard")
    pool = {"first_year": 2025, "last_year": 2025, "legal_basis": "sel108", "target_groups": "g"}
    hand.add("loan_pools", id="p", amount=7.0, relieves="anlaegsramme", **pool)
    hand.add("loan_pools", id="q", amount=7.0, relieves="likviditet", **pool)
    return hand


@golden
def anlaegsramme__not_exempt() -> Hand:
    """``abl_exempt = false``: b draws its 10 kr. like a, in a money unit of 4 kr. (all amounts divided by 4)."""
    hand = _spending(anlaegsramme="hard")
    hand.set("levers", abl_exempt=False)
    hand.set("limits", abl_for_complex=True)
    hand.set("costs", travel_cost_per_minute=0.0)
    hand.tables["purchase_prices"][0]["price"] = 4.0
    for row in hand.tables["candidates"]:
        row["variable_cost"] = 4.0
    return hand


@golden
def joint_frame__hard() -> Hand:
    """a and c together within 9 a year; the region and the exempt ABL house are not counted."""
    return _spending(joint_frame="hard")


@golden
def joint_frame__soft() -> Hand:
    """``auto`` is soft where the table has rows."""
    return _spending(joint_frame="auto")


@golden
def joint_frame__loans() -> Hand:
    """What a pool relieves the owners' frames of, it relieves the joint frame of."""
    hand = _spending(joint_frame="hard")
    pool = {"first_year": 2025, "last_year": 2025, "legal_basis": "sel108", "target_groups": "g"}
    hand.add("loan_pools", id="p", amount=7.0, relieves="anlaegsramme", **pool)
    return hand


@golden
def region_liquidity__hard() -> Hand:
    """``auto`` is hard where the table has rows; r may only start in 2025, so later years have no row."""
    return _spending(region_liquidity="auto")


@golden
def region_liquidity__soft() -> Hand:
    """As hard, less an excess; the liquidity pool relieves it."""
    hand = _spending(region_liquidity="soft")
    pool = {"first_year": 2025, "last_year": 2025, "legal_basis": "sel108", "target_groups": "g"}
    hand.add("loan_pools", id="q", amount=7.0, relieves="likviditet", **pool)
    return hand


@golden
def loan_pools() -> Hand:
    """Two pools, 7 kr. of 2025-2026 and 2 kr. of 2025: each within its amount, both within what is spent a year."""
    hand = _spending(anlaegsramme="hard")
    pool = {"first_year": 2025, "legal_basis": "sel108", "target_groups": "g", "relieves": "anlaegsramme"}
    hand.add("loan_pools", id="p", amount=7.0, last_year=2026, **pool)
    hand.add("loan_pools", id="q", amount=2.0, last_year=2025, **pool)
    return hand


@golden
def planned_places() -> Hand:
    """Every place is planned: the flexible house in two cells, the new §108 house in one, open or not.

    The private house has no s.
    """
    hand = tiny()
    hand.set("limits", reserve_min=0.2)
    hand.offer("hus", 4, 1.0, 1.0, legal_basis="sel107;sel108")
    hand.private("fond", 6, 1.0)
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0)
    return hand


@golden
def planned_places__closures() -> Hand:
    """Σ s = 4·(1 − closed), and each group's share of it too."""
    hand = tiny()
    hand.set("limits", reserve_min=0.2, closures=True)
    hand.offer("hus", 4, 1.0, 1.0, earliest_close=2025)
    return hand


@golden
def planned_places__conversions() -> Hand:
    """s_g + s_h = 4, s_g ≤ 4·(1 − converted), s_h ≤ 4·converted."""
    hand = convertible()
    hand.set("limits", reserve_min=0.2)
    return hand


@golden
def reserve__min() -> Hand:
    """20 % free of the places: d = 3 long-term needs 3/0.8 = 3.75; the temporary cell needs nothing, ≥ 0."""
    hand = tiny()
    hand.set("limits", reserve_min=0.2)
    hand.offer("hus", 4, 1.0, 1.0, legal_basis="sel107;sel108")
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0)
    return hand


@golden
def reserve__max() -> Hand:
    """At most 40 % free from 2026: long-term max(4, 6/0.6 = 10), temporary max(4 existing, 0). 2025 is free."""
    hand = tiny({2025: 3.0, 2026: 6.0})
    hand.set("limits", reserve_max=0.4, reserve_from=2026)
    hand.offer("hus", 4, 1.0, 1.0, legal_basis="sel107;sel108")
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0)
    return hand


@golden
def public_share() -> Hand:
    """Half of d = 3, σ = 1/3: 0.5 temporary and 1 long-term, in municipal and regional houses of complex groups.

    The selvejende house inside the rammeaftale counts for places but isn't public; h isn't complex.
    """
    hand = tiny()
    hand.group("g", temporary_share=1 / 3)
    second_group(hand, complex=False)
    hand.set("limits", public_share_min=0.5)
    hand.offer("hus", 4, 1.0, 1.0, legal_basis="sel107;sel108")
    hand.offer("fond", 4, 1.0, 1.0, owner_type="selvejende", owner="Fonden")
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0, owner_type="region", owner="Region Syddanmark", target_groups="g;h")
    return hand


@golden
def staff() -> Hand:
    """Hires where a house opens: nyt 8 · 1.5 = 12 in 561, by its code and by its area Fyn.

    hus opened that year takes 2 · 4 = 8 of 20. b opens a year after its start, in 2026. A year without a row is free.
    """
    hand = tiny({2025: 3.0, 2026: 3.0})
    hand.set("limits", staff="hard")
    hand.offer("hus", 4, 1.0, 1.0, opened=2025, staff_per_place=2.0)
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0, staff_per_place=1.5, latest=2025)
    hand.candidate("b", 4, 10.0, 1.0, 1.0, staff_per_place=2.0, lead_time=1)
    hand.add("staff_limits", area="561", year=2025, hires=20.0)
    hand.add("staff_limits", area="Fyn", year=2026, hires=9.0)
    return hand
