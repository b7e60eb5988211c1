"""Random offers over some years, said twice: as arrays of floats for bulk, and in exact fractions year by year."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

import numpy as np

from kapacitet.ledger.bulk import Rules
from kapacitet.ledger.rates import UnitRates
from kapacitet.ledger.refund import RefundRate, RefundStep
from kapacitet.ledger.terms import Agreement, GroupTerms, OfferYear
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem
from kapacitet.scenario.models import Scenario
from tests.ledger.bulk.floats import rates_of
from tests.planning.worlds import problem_of, tiny

CODES = ("410", "420", "561", "573")
OUTSIDE = "udenbys"
PAYERS = (*CODES, OUTSIDE)
FIRST = 2026


@dataclass(frozen=True)
class RandomOffer:
    """An offer and what is agreed about it; every number is a fraction with few decimals.

    Attributes:
        owner: a municipality or somebody who never lives there.
        groups: ids of target groups.
        years: the offer by year it is open in.
        agreement: what is agreed.
        scenario: parameters of the schemes as a scenario holds them.
        rates, use, subscriptions: the same in floats; use of shape (T, K+1, G), subscriptions (1, K+1, G).
        refund: thresholds of each year.
    """

    owner: str
    groups: tuple[str, ...]
    years: dict[int, OfferYear]
    agreement: Agreement
    scenario: dict[str, Any]
    rates: UnitRates
    use: Array
    subscriptions: Array
    refund: RefundRate

    @cached_property
    def rules(self) -> Rules:
        """Rules with the offer's parameters and key."""
        weights = np.array([float(self.agreement.key.get(code, 0)) for code in PAYERS])
        return Rules(problem_with(self.scenario), PAYERS, weights, self.refund)


@cache
def _problem() -> Problem:
    return problem_of(tiny(municipalities=CODES))


def problem_with(underskud: dict[str, Any]) -> Problem:
    """A problem of the four municipalities with these parameters of the schemes."""
    keys = _problem().scenario.model_dump(exclude_unset=True)
    return replace(_problem(), scenario=Scenario.model_validate(keys | {"underskud": underskud}))


@cache
def random_offer(seed: int) -> RandomOffer:
    """Same seed, same offer: one to six years, one to three groups, nobody there in some years, full in others."""
    rng = random.Random(f"afregning-{seed}")
    groups = ("g", "h", "i")[: rng.randint(1, 3)]
    terms, agreed = _prices(rng, groups)
    places, count = rng.randint(1, 24), rng.randint(1, 6)
    fixed = _kr(rng, 0, 40_000_000)
    beta, startup = _share(rng, 300, 1000), tuple(_share(rng, 200, 1000) for _ in range(rng.randint(0, 3)))
    owner = rng.choice((*CODES, "region", "Fonden"))
    age = rng.choice((0, 0, 1, 2, 40))
    years: dict[int, OfferYear] = {}
    for t in range(count):
        if rng.random() < 0.1 and (years or t + 1 < count):
            continue  # closed that year
        years[t] = OfferYear(
            offer="hus",
            owner=owner,
            year=FIRST + t,
            operation_year=age + t,
            places=Fraction(places),
            fixed_cost=fixed if rng.random() < 0.7 else _kr(rng, 0, 40_000_000),
            budgeted_occupancy=beta,
            startup_occupancy=startup,
            groups={g: terms[g] if rng.random() < 0.7 else _terms(rng) for g in groups},
            use=_use(rng, places, groups),
            agreed=agreed,
        )
    agreement = _agreement(rng, groups, places)
    steps = [
        RefundStep(float(_kr(rng, 300_000 * n, 300_000 * (n + 1))), 25.0 * n) for n in range(1, rng.randint(1, 4))
    ]
    return RandomOffer(
        owner=owner,
        groups=groups,
        years=years,
        agreement=agreement,
        scenario={
            "owner_limit": float(agreement.owner_limit),
            "lag": agreement.lag,
            "alpha": float(agreement.alpha),
            "psi": float(agreement.psi),
            "guarantee_years": agreement.guarantee_years,
            "guarantee_share": float(agreement.guarantee_share),
        },
        rates=rates_of(years, count, rng.choice((0.0, float(_kr(rng, 0, 200_000))))),
        use=np.array(
            [[[_at(years.get(t), k, g) for g in groups] for k in PAYERS] for t in range(count)], dtype=np.float64
        ),
        subscriptions=np.array(
            [[[float(agreement.subscriptions.get((k, g), 0)) for g in groups] for k in PAYERS]], dtype=np.float64
        ),
        refund=RefundRate(tuple(tuple(steps) if rng.random() < 0.8 else () for _ in range(count)), ()),
    )


def _at(year: OfferYear | None, payer: str, group: str) -> float:
    return 0.0 if year is None else float(year.use.get((payer, group), 0))


def _kr(rng: random.Random, low: int, high: int) -> Fraction:
    return Fraction(rng.randint(low * 100, high * 100), 100)


def _share(rng: random.Random, low: int, high: int) -> Fraction:
    return Fraction(rng.randint(low, high), 1000)


def _terms(rng: random.Random) -> GroupTerms:
    ceiling = _kr(rng, 200_000, 3_000_000) if rng.random() < 0.3 else None
    return GroupTerms(_kr(rng, 0, 900_000), _kr(rng, -200_000, 200_000), ceiling)


def _prices(
    rng: random.Random, groups: tuple[str, ...]
) -> tuple[dict[str, GroupTerms], dict[tuple[str, str], Fraction]]:
    agreed = {(k, g): _kr(rng, 0, 4_000_000) for k in CODES for g in groups if rng.random() < 0.15}
    return {g: _terms(rng) for g in groups}, agreed


def _use(rng: random.Random, places: int, groups: tuple[str, ...]) -> dict[tuple[str, str], Fraction]:
    """Nobody in every fifth year; else from nearly empty to a quarter above the places."""
    if rng.random() < 0.2:
        return {}
    weight = {(k, g): rng.randint(1, 100) for k in PAYERS for g in groups if rng.random() < 0.6}
    target = Fraction(places * rng.choice((5, 40, 70, 90, 100, 125)), 100)
    whole = sum(weight.values())
    return {cell: round(target * n / whole, 3) for cell, n in weight.items()}


def _agreement(rng: random.Random, groups: tuple[str, ...], places: int) -> Agreement:
    """Subscriptions of at most all places, often more than is used; at least one participant weighs something."""
    subscribers = rng.sample(CODES, rng.randint(0, 4))
    each = Fraction(places, max(len(subscribers) * len(groups), 1))
    participants = rng.sample(CODES, rng.randint(1, 4))
    return Agreement(
        owner_limit=rng.choice((Fraction(0), Fraction(1, 20), _share(rng, 0, 300))),
        lag=rng.randint(0, 4),
        subscriptions={(k, g): round(each * _share(rng, 0, 1000), 3) for k in subscribers for g in groups},
        alpha=rng.choice((Fraction(1), _share(rng, 0, 1000))),
        key={code: Fraction(rng.choice((0, rng.randint(1, 200_000)))) for code in participants}
        | {participants[0]: Fraction(rng.randint(1, 200_000))},
        psi=rng.choice((Fraction(0), Fraction(1), _share(rng, 0, 1000))),
        guarantee_years=rng.randint(0, 4),
        guarantee_share=_share(rng, 0, 1000),
    )
