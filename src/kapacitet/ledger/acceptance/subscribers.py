"""Whom abonnement can bind, and to how many places: a subscriber never takes more than it is fairly sure to use."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations

import numpy as np

from kapacitet.ledger.agreements import participants
from kapacitet.ledger.terms import Cell
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array

SETTLED_FROM = 2
"""Operation year, counted from 0, from which use counts: a house's third year."""
NEARLY_WHOLE = 1e-6
MOST_FREE = 8


def quantile(values: Array, probability: Array, level: float) -> float:
    """The lowest value v for which P(value ≤ v) ≥ level.

    Args:
        values, probability: of each future, shape (Ω,); the probabilities sum to 1.
        level: between 0 and 1.
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(probability[order]) >= level - NEARLY_WHOLE
    return float(values[order][reached.argmax() if reached.any() else -1])


def subscribable(world: World, i: int) -> dict[Cell, float]:
    """Places by payer and target group that participants may subscribe to in the i-th offer; none of 0 places.

    a is the lower (1 − subscriber_share) quantile over futures of mean yearly use from the third year of operation,
    rounded down.
    """
    rates, share = world.rates[i], world.problem.scenario.acceptance.subscriber_share
    settled = rates.open & (rates.operation_year >= SETTLED_FROM)
    if not settled.any():
        return {}
    mean = world.use[i][:, settled].mean(axis=1)
    found = {}
    for payer in participants(world.problem):
        k = world.rules.payers.index(payer)
        for g, group in enumerate(rates.groups):
            places = np.floor(quantile(mean[:, k, g], world.probability, 1 - share) + NEARLY_WHOLE)
            if places > 0:
                found[payer, group] = float(places)
    return found


def subscriptions(most: dict[Cell, float], places: float) -> Iterator[dict[Cell, float]]:
    """Every choice of who subscribes, Σ a ≤ P; each subscriber takes all it may or nothing. The first takes least.

    With more than ``MOST_FREE`` possible subscriptions the largest of them are always taken (as far as there are
    places), so that no more than 2^``MOST_FREE`` choices are looked at.
    """
    cells = sorted(most, key=lambda cell: (most[cell], cell))
    free, largest = cells[:MOST_FREE], cells[MOST_FREE:]
    always = all_subscribe({cell: most[cell] for cell in largest}, places)
    for chosen in chain.from_iterable(combinations(free, size) for size in range(len(free) + 1)):
        taken = {**{cell: most[cell] for cell in chosen}, **always}
        if not chosen or sum(taken.values()) <= places:
            yield taken


def all_subscribe(most: dict[Cell, float], places: float) -> dict[Cell, float]:
    """Everybody takes what it may, the largest first, as far as there are places."""
    taken: dict[Cell, float] = {}
    for cell in sorted(most, key=lambda cell: (-most[cell], cell)):
        if sum(taken.values()) + most[cell] <= places:
            taken[cell] = most[cell]
    return taken
