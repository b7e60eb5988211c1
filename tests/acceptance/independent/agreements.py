"""The agreements a new house may have under a plan, and what each costs everybody."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tests.independent.case import EXTERNAL
from tests.independent.plans import Plan, committed, opening

from .accounts import Agreement, Ledger, Subscribed
from .quadratic import Array

FIRST_SUBSCRIBED = 2
"""0-based year of operation from which use is counted for a subscription."""
ROUNDING = 1e-9
FULL = 1e-6


@dataclass(frozen=True)
class Option:
    """One agreement of one house.

    Attributes:
        agreement: scheme and subscriptions.
        accounts: expected discounted kr. by municipality, in the order of the case.
        losses: max(0, ejer) by future and year.
    """

    agreement: Agreement
    accounts: Array
    losses: Array


def quantile(values: Sequence[float], probabilities: Sequence[float], share: float) -> float:
    """The lower quantile: the least value v with P(X ≤ v) ≥ share."""
    reached = 0.0
    for value, probability in sorted(zip(values, probabilities, strict=True)):
        reached += probability
        if reached >= share - ROUNDING:
            return value
    return max(values)


def may_subscribe(ledger: Ledger, plan: Plan, unit: str) -> dict[str, dict[str, float]]:
    """Participant to places it would subscribe to by group, those with none left out."""
    world = ledger.world
    start = dict(plan.builds)[unit]
    from_year = opening(world.case, unit, start) + FIRST_SUBSCRIBED
    states = [at for at in world.states(plan) if at.year >= from_year]
    if not states:
        return {}
    share = 1.0 - world.rules.acceptance["subscriber_share"]
    uses = [[world.used(future, at, unit) for at in states] for future in range(len(world.futures))]
    found: dict[str, dict[str, float]] = {}
    for code, group in sorted({pair for years in uses for used in years for pair in used if pair[0] != EXTERNAL}):
        means = [sum(used.get((code, group), 0.0) for used in years) / len(states) for years in uses]
        a = math.floor(quantile(means, world.probabilities, share) + world.openings.use_noise)
        if a > 0 and code in world.rules.weights:
            found.setdefault(code, {})[group] = float(a)
    return found


def agreements(ledger: Ledger, plan: Plan, unit: str) -> Iterator[Agreement]:
    """Every scheme that may be agreed, with every set of subscribers where it has any."""
    underskud = ledger.world.rules.underskud
    fixed = underskud["scheme_by_offer"].get(unit)
    places = float(ledger.world.case.site(unit)["places"])
    free = list(underskud["allowed"])
    if unit in committed(ledger.world.case) and "standard" not in free:
        free.append("standard")  # so that doing nothing more is never refused
    for scheme in [fixed] if fixed else free:
        if "abonnement" not in scheme:
            yield scheme, ()
            continue
        willing = may_subscribe(ledger, plan, unit)
        single: list[Subscribed] = [
            (((code, group), a),) for code, own in willing.items() for group, a in own.items()
        ]
        whole: list[Subscribed] = [
            tuple(((code, group), a) for group, a in own.items()) for code, own in willing.items()
        ]
        units = single if ledger.world.openings.subscribe_by_group else whole
        for size in range(len(units) + 1):
            for chosen in itertools.combinations(units, size):
                taken = tuple(itertools.chain.from_iterable(chosen))
                if sum(a for _, a in taken) <= places + FULL:
                    yield scheme, taken


def options(ledger: Ledger, plan: Plan, unit: str) -> list[Option]:
    """What each agreement of a new house costs the municipalities and loses its owner."""
    world = ledger.world
    case = world.case
    first = opening(case, unit, dict(plan.builds)[unit])
    codes = {code: at for at, code in enumerate(case.municipalities)}
    owner = world.bearer(unit)
    states = [at for at in world.states(plan) if unit in at.groups(case)]
    found = []
    for agreement in agreements(ledger, plan, unit):
        accounts = np.zeros(len(codes))
        losses = np.zeros((len(world.futures), len(case.years)))
        for future, probability in enumerate(world.probabilities):
            for at in states:
                lines = ledger.house(future, at, unit, first, agreement)
                for (_, party), amount in lines.items():
                    if party in codes:
                        accounts[codes[party]] += probability * case.discount(at.year) * amount
                losses[future, at.year - case.first] = max(0.0, lines.get(("ejer", owner), 0.0))
        found.append(Option(agreement, accounts, losses))
    return found
