"""What can be agreed about each new house, and what each agreement means to everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from kapacitet.ledger.acceptance.subscribers import subscribable, subscriptions
from kapacitet.ledger.agreements import STANDARD, HouseAgreement
from kapacitet.ledger.bulk import settle_unit
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.standing import offer_burden
from kapacitet.ledger.world import World, committed_units
from kapacitet.planning.costs import Array

AT_ONCE = 256
"""Agreements times futures that are settled in one go: enough to be quick, and little memory."""


@dataclass(frozen=True)
class HouseOptions:
    """The agreements a new house can have, V of them.

    Attributes:
        house: position in the world's rates.
        owner: the party that bears its result.
        agreements: V of them, simplest first.
        concerned: what each municipality bears, expected and discounted by year concerned, shape (V, K).
        booked: expected operating cost by the year it is booked in, shape (V, T, K).
        loss: the owner's loss, max(0, ejer), shape (V, Ω, T).
    """

    house: int
    owner: str
    agreements: tuple[HouseAgreement, ...]
    concerned: Array
    booked: Array
    loss: Array


def house_options(world: World, house: int, only: HouseAgreement | None = None) -> HouseOptions:
    """Every agreement the scenario allows for a new house, or ``only`` one, and what it brings."""
    agreements: list[HouseAgreement] = []
    concerned, booked, loss = [], [], []
    chances, discount = world.probability, world.problem.discount
    for some in [[only]] if only else _batches(world, house):
        wanted = np.array([world.subscription_array(house, one) for one in some])[:, None]
        settled = settle_unit(
            world.rules, world.rates[house], world.use[house][None], SCHEMES[some[0].scheme], wanted
        )
        burden = offer_burden(world, house, settled)
        shape = (len(some), *burden.concerned.shape[1:])
        concerned.append(np.einsum("vwtk,w,t->vk", np.broadcast_to(burden.concerned, shape), chances, discount))
        booked.append(np.einsum("vwtk,w->vtk", np.broadcast_to(burden.booked, shape), chances))
        loss.append(np.broadcast_to(settled.loss, (len(some), *settled.loss.shape[1:])))
        agreements += some
    owner = world.owners[world.rates[house].unit]
    return HouseOptions(house, owner, tuple(agreements), *map(np.concatenate, (concerned, booked, loss)))


def allowed_schemes(world: World, house: int) -> tuple[str, ...]:
    """Names of the schemes the house may have, simplest first; a scheme the scenario fixes is alone.

    A committed house may always keep to standard, so that doing nothing more is never refused. Takststyring of a
    house without start-up occupancy is the scheme it is combined with. Where nobody has a weight in the key (a
    scenario that asks for consent is refused then) there is no scheme that splits by it.
    """
    chosen = world.problem.scenario.underskud
    fixed = chosen.scheme_by_offer.get(world.rates[house].offer)
    decided = world.rates[house].unit in committed_units(world)
    names = [fixed] if fixed else [n for n in SCHEMES if n in chosen.allowed or (decided and n == STANDARD)]
    if not world.rules.key.any():
        names = [name for name in names if "key" not in SCHEMES[name].needs]
    if world.rates[house].startup:
        return tuple(names)
    plain = ["standard" if name == "takststyring" else name.removesuffix("+takststyring") for name in names]
    return tuple(dict.fromkeys(plain))


def _batches(world: World, house: int) -> Iterator[Sequence[HouseAgreement]]:
    """Agreements of one scheme at a time; abonnement without subscribers isn't told apart from its plain scheme."""
    names, most = allowed_schemes(world, house), subscribable(world, house)
    places = float(world.rates[house].places.max())
    size = max(1, AT_ONCE // len(world.probability))
    for name in names:
        choices = list(subscriptions(most, places)) if "subscriptions" in SCHEMES[name].needs else [{}]
        plain = "takststyring" if name.endswith("+takststyring") else "standard"
        if name != plain and "subscriptions" in SCHEMES[name].needs and plain in names:
            choices = [choice for choice in choices if choice]
        found = [HouseAgreement(name, choice) for choice in choices]
        yield from (found[start : start + size] for start in range(0, len(found), size))
