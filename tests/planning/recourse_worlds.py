"""The tiny regions behind the golden files of the recourse families, with their sums."""

from __future__ import annotations

from tests.independent.hand import Hand
from tests.planning.family_worlds import convertible, golden
from tests.planning.worlds import buying, second_group, tiny


@golden
def demand() -> Hand:
    """d = 4, σ = 0.25: 1 temporary and 3 long-term. The flexible house takes both cells, §108 only the long one.

    Two live in the §108 house, so its column starts at 2; one lives outside the listed offers, split by σ in
    0.25 and 0.75, so that purchase starts there. 573 wants nothing and has no row.
    """
    hand = tiny({2025: 4.0}, ("561", "573"))
    hand.add("travel_links", from_="561", to="573", kind="road", minutes=10)
    hand.group("g", temporary_share=0.25)
    hand.offer("begge", 5, 1.0, 1.0, legal_basis="sel107;sel108")
    hand.offer("lang", 5, 1.0, 1.0)
    hand.live(2, "lang")
    hand.live(1, "udenfor:g")
    return hand


@golden
def capacity() -> Hand:
    """Over-occupancy 25 %: 4 places take 5, less one resident from outside the region = 4; 8 new places take 10."""
    hand = tiny()
    hand.set("limits", over_occupancy=0.25)
    hand.offer("hus", 4, 1.0, 1.0)
    hand.live(1, "hus", code="udenbys")
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0)
    return hand


@golden
def capacity__closures() -> Hand:
    """Open: x ≤ 4 − 1 guest. Closed: the guest has left too, so 4 − 1 less (4 − 1) = 0: coefficient 4 − 1 = 3."""
    hand = tiny()
    hand.set("limits", closures=True)
    hand.offer("hus", 4, 1.0, 1.0, earliest_close=2025)
    hand.live(1, "hus", code="udenbys")
    return hand


@golden
def capacity__conversions() -> Hand:
    """A guest of g leaves with the conversion to h: x ≤ 4 − 1 before, x ≤ 4 after; both groups' columns count."""
    hand = convertible()
    hand.live(1, "hus", code="udenbys")
    return hand


@golden
def legal_basis__closures() -> Hand:
    """A house of 4 that may close: x ≤ 4·(1 − closed)."""
    hand = tiny()
    hand.set("limits", closures=True)
    hand.offer("hus", 4, 1.0, 1.0, earliest_close=2025)
    return hand


@golden
def legal_basis__conversions() -> Hand:
    """g loses its places, x_g ≤ 4·(1 − converted); h gains them, x_h ≤ 4·converted."""
    return convertible()


@golden
def residents_stay__closures() -> Hand:
    """Two live in a house that may close: x ≥ 2·(1 − closed); its column starts at 0, since the row says it."""
    hand = tiny()
    hand.set("limits", closures=True)
    hand.offer("hus", 4, 1.0, 1.0, earliest_close=2025)
    hand.live(2, "hus")
    return hand


@golden
def residents_stay__conversions() -> Hand:
    """Two of group g live in a house that may be converted to h: x ≥ 2·(1 − converted)."""
    hand = convertible()
    hand.live(2, "hus")
    return hand


@golden
def residents_stay__moves() -> Hand:
    """``residents_stay = false``: x + moved ≥ 2, moved ≤ 2."""
    hand = tiny()
    hand.set("limits", residents_stay=False)
    hand.offer("hus", 4, 1.0, 1.0)
    hand.live(2, "hus")
    return hand


@golden
def critical_mass() -> Hand:
    """Existing: short + x + 1 guest ≥ 3, so ≥ 2. New, from its 2nd year: short + x ≥ 5·mature; no row in 2025."""
    hand = tiny({2025: 3.0, 2026: 3.0})
    hand.set("limits", critical_mass_year=2)
    hand.offer("hus", 4, 1.0, 1.0, minimum_residents=3)
    hand.live(1, "hus", code="udenbys")
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0, minimum_residents=5, latest=2025)
    return hand


@golden
def critical_mass__closures() -> Hand:
    """Open: short + x + 1 ≥ 3. Closed: no guest, no minimum: 3·closed − 1·closed on the left."""
    hand = tiny()
    hand.set("limits", closures=True)
    hand.offer("hus", 4, 1.0, 1.0, earliest_close=2025, minimum_residents=3)
    hand.live(1, "hus", code="udenbys")
    return hand


@golden
def critical_mass__conversions() -> Hand:
    """The guest of g leaves with the conversion: short + x_g + x_h + 1 − converted ≥ 3."""
    hand = convertible()
    hand.tables["offers"][0]["minimum_residents"] = 3
    hand.live(1, "hus", code="udenbys")
    return hand


@golden
def purchase() -> Hand:
    """2.5 place-years of g to be had, both terms together; h has no limit and no row."""
    hand = tiny({2025: 4.0})
    hand.group("g", temporary_share=0.25)
    second_group(hand)
    hand.tables["purchase_prices"].clear()
    buying(hand, "g", available=2.5)
    buying(hand, "h")
    return hand


@golden
def building_use() -> Hand:
    """561 wants 3, of whom one stays in hus: at most 2 move to nyt (8 places). lille (2 places) needs no row."""
    hand = tiny()
    hand.offer("hus", 4, 1.0, 1.0)
    hand.live(1, "hus")
    hand.candidate("nyt", 8, 10.0, 1.0, 1.0)
    hand.candidate("lille", 2, 10.0, 1.0, 1.0)
    return hand
