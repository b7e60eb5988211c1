"""Whether anybody has reason to refuse a plan: the best agreements for it, and what each party says to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from kapacitet.ledger.acceptance.choice import WITHIN, choose
from kapacitet.ledger.acceptance.demands import (
    Demand,
    builders_demands,
    frame_demands,
    participants_demands,
)
from kapacitet.ledger.acceptance.limits import service_frame, tolerance
from kapacitet.ledger.acceptance.offers import HouseOptions, house_options
from kapacitet.ledger.agreements import STANDARD_AGREEMENT, HouseAgreement
from kapacitet.ledger.standing import Burden, apart_from_offers, offer_burden, standing_burden
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array


@dataclass(frozen=True)
class Answer:
    """What a demand comes to under the agreements picked, kr. per inhabitant; ``missed`` is what is too much."""

    demand: Demand
    stated: float
    missed: float


@dataclass(frozen=True)
class Verdict:
    """What the parties say to a plan.

    Attributes:
        agreements: offer -> what is agreed about each new house.
        answers: to every demand.
        account: what each municipality bears, expected and discounted, waiting list included, kr., shape (K,).
    """

    agreements: dict[str, HouseAgreement]
    answers: tuple[Answer, ...]
    account: Array

    @property
    def refusals(self) -> tuple[Answer, ...]:
        """Demands that the agreements picked don't meet, binding or not; none if nobody has reason to refuse."""
        return tuple(answer for answer in self.answers if answer.missed > WITHIN)

    @property
    def accepted(self) -> bool:
        """Whether nobody has reason to refuse, asked or not."""
        return not self.refusals

    @property
    def admitted(self) -> bool:
        """Whether every demand that binds is met."""
        return not any(answer.demand.binding for answer in self.refusals)


class Jury:
    """Judges plans against one baseline.

    Attributes:
        baseline: what each municipality bears without joint places, expected and discounted, kr., shape (K,).
    """

    def __init__(self, baseline: World) -> None:
        everything = dict.fromkeys((one.offer for one in baseline.rates), STANDARD_AGREEMENT)
        self.baseline = total_account(baseline, everything)
        self.allowed = self.baseline + tolerance(baseline.problem)
        self.frame = service_frame(baseline.problem)

    def judge(
        self, world: World, *, thorough: bool = True, agreements: Mapping[str, HouseAgreement] | None = None
    ) -> Verdict:
        """The agreements that serve a plan best, and who refuses all the same.

        Args:
            agreements: by offer, of every new house; picked if None.
            thorough: among agreements that miss least also those with the least largest burden, then the simplest.
        """
        fixed = agreements or {}
        options = tuple(house_options(world, i, fixed.get(world.rates[i].offer)) for i in world.houses)
        standing = standing_burden(world)
        apart = expected(world, standing.concerned)
        demands = self._asked(world, options, standing)
        if not thorough and any(demand.binding for demand in demands):
            demands = [demand for demand in demands if demand.binding]
        burdens = list(participants_demands(world, options, apart, self.baseline)) if thorough else []
        choice = choose(options, demands, world.probability, burdens=burdens)
        account = apart + sum(
            (option.concerned[v] for option, v in zip(options, choice.picked, strict=True)), np.zeros(len(apart))
        )
        names = [world.rates[option.house].offer for option in options]
        picked = [option.agreements[v] for option, v in zip(options, choice.picked, strict=True)]
        answers = zip(demands, choice.stated.tolist(), choice.missed.tolist(), strict=True)
        return Verdict(dict(zip(names, picked, strict=True)), tuple(Answer(*answer) for answer in answers), account)

    def _asked(self, world: World, options: tuple[HouseOptions, ...], standing: Burden) -> list[Demand]:
        """Everything that can be asked of a plan; what the scenario doesn't enforce only informs."""
        enforced = world.problem.scenario.acceptance.enforce
        found = [
            *builders_demands(world, options),
            *participants_demands(world, options, expected(world, standing.concerned), self.allowed),
        ]
        found = [replace(demand, binding=enforced) for demand in found]
        if self.frame is not None:
            booked = np.einsum("wtk,w->tk", standing.booked, world.probability)
            found += frame_demands(world, options, booked, self.frame)
        return found


def builder_refuses(world: World, party: str) -> bool:
    """Whether a builder's own limits can't be met by any agreements about its new houses."""
    options = [house_options(world, i) for i in world.houses if world.owners[world.rates[i].unit] == party]
    demands = list(builders_demands(world, options))
    return not choose(options, demands, world.probability).accepted


def total_account(world: World, agreements: Mapping[str, HouseAgreement]) -> Array:
    """What each municipality bears, expected and discounted, kr., shape (K,), waiting list included.

    Args:
        agreements: by offer; others follow the scenario or standard.
    """
    total = apart_from_offers(world)
    for i, rates in enumerate(world.rates):
        agreement = agreements.get(rates.offer) or world.fixed_agreement(i)
        total += offer_burden(world, i, world.settled(i, agreement))
    return expected(world, total.concerned)


def expected(world: World, amounts: Array) -> Array:
    """Expectation over futures, discounted over years: (Ω, T, K) to (K,)."""
    return np.asarray(np.einsum("wtk,w,t->k", amounts, world.probability, world.problem.discount))
