"""The tiny region behind each golden LP file, named ``<family>`` or ``<family>__<mode>``.

Each holds only what its family needs. The comments work out by hand what the file must say.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.independent.hand import Hand
from tests.planning.worlds import second_group, tiny

WORLDS: dict[str, Callable[[], Hand]] = {}


def golden(build: Callable[[], Hand]) -> Callable[[], Hand]:
    """Register a world under the name of its function."""
    WORLDS[build.__name__] = build
    return build


def convertible() -> Hand:
    """House of 4 for g that may be converted to h with effect from the year of its start."""
    hand = tiny()
    second_group(hand)
    hand.set("limits", conversions=True)
    hand.offer("hus", 4, 1.0, 1.0)
    hand.add("conversions", offer="hus", from_groups="g", to_groups="h", cost=1.0, years=0, earliest=2025)
    return hand
