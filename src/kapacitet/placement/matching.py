"""Who of those who had to be placed anew went where: the fewest moves the assignment allows, each with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kapacitet.placement.ground import Ground, Layout
from kapacitet.placement.network import IntArray


class Reason(StrEnum):
    """Why somebody changes place, as a reader sees it."""

    CLOSED = "lukning"
    CONVERTED = "omlægning"
    ALLOWED = "tilladt flytning"
    BOUGHT_TO_PLACE = "fra køb til plads"
    LESS_TO_BUY = "færre pladser at købe"
    WAITING_TO_PLACE = "fra udækket til plads"
    WAITING_TO_BOUGHT = "fra udækket til køb"


@dataclass(frozen=True)
class Move:
    """``persons`` of municipality ``k`` and cell ``c`` go from one place to another."""

    k: int
    c: int
    origin: int
    target: int
    persons: int
    reason: Reason


def match(layout: Layout, ground: Ground, released: IntArray, found: IntArray) -> tuple[IntArray, tuple[Move, ...]]:
    """Those who end where they were, (K, C, P), and the moves of the others.

    Those who can remain where they are do; then who lost a home, who leaves bought places, who waits, and newcomers
    take what is found in this order, houses before purchase before nothing.

    Args:
        released: who is to be placed anew, by the place they were in, shape (K, C, P).
        found: where the pool (the released and newcomers) goes, shape (K, C, P).
    """
    stayed = np.minimum(released, found)
    stayed[:, :, layout.unserved] = 0
    moves: list[Move] = []
    for k, c in zip(*np.nonzero(released.sum(axis=2)), strict=True):
        origins, targets = released[k, c] - stayed[k, c], found[k, c] - stayed[k, c]
        for origin, target, persons in _in_order(origins, targets):
            if origin == target:
                stayed[k, c, origin] += persons
                continue
            why = reason(layout, ground, int(c), origin, target)
            moves.append(Move(int(k), int(c), origin, target, persons, why))
    return stayed, tuple(moves)


def _in_order(origins: IntArray, targets: IntArray) -> Iterator[tuple[int, int, int]]:
    """The first of ``origins`` take the first of ``targets``; (origin, target, persons) until no origin is left."""
    left = [(int(p), int(targets[p])) for p in np.flatnonzero(targets)][::-1]
    for origin in np.flatnonzero(origins):
        wanting = int(origins[origin])
        while wanting:
            target, free = left.pop()
            persons = min(wanting, free)
            yield int(origin), target, persons
            wanting -= persons
            if free > persons:
                left.append((target, free - persons))


def reason(layout: Layout, ground: Ground, c: int, origin: int, target: int) -> Reason:
    """Why somebody of cell ``c`` goes from one place to another."""
    if origin < layout.bought:
        if not ground.open[origin]:
            return Reason.CLOSED
        return Reason.ALLOWED if ground.home[origin, c] else Reason.CONVERTED
    if origin == layout.unserved:
        return Reason.WAITING_TO_BOUGHT if target == layout.bought else Reason.WAITING_TO_PLACE
    held = layout.long_term[c] and layout.problem.scenario.limits.residents_stay
    return Reason.BOUGHT_TO_PLACE if target < layout.bought and not held else Reason.LESS_TO_BUY
