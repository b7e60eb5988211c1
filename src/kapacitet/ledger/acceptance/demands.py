"""What the parties ask of the agreements: each a bound on a sum over the agreements chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kapacitet.ledger.acceptance.limits import builder_limit, heads
from kapacitet.ledger.acceptance.offers import HouseOptions
from kapacitet.ledger.world import World, committed_units
from kapacitet.planning.costs import Array

Role = Literal["bygger_forventet", "bygger_risiko", "deltager", "serviceramme"]
TAIL = 0.05


@dataclass(frozen=True)
class Demand:
    """One party's demand: Σ over houses of the chosen agreement's ``cost`` ≤ ``limit``, kr. per inhabitant.

    Attributes:
        role: as what the party asks.
        party: its code.
        year: the year it is about; None for the whole horizon.
        population: inhabitants the amounts are counted on.
        cost: by position among the options, the cost under each agreement, shape (V,); for ``bygger_risiko`` by
            future, shape (V, Ω), and the bound is on CVaR_95 of the sum.
        limit: what the sum may be.
        binding: whether a plan that misses it is ruled out; else it only informs.
    """

    role: Role
    party: str
    year: int | None
    population: float
    cost: dict[int, Array]
    limit: float
    binding: bool = True


def builders_demands(world: World, options: Sequence[HouseOptions]) -> Iterator[Demand]:
    """Each builder's limits on its loss on its new houses, every year; committed houses are facts, not choices.

    With a single future expectation and tail are the same, and the lower limit is the one that counts.
    """
    problem, committed = world.problem, committed_units(world)
    mine: dict[str, list[int]] = {}
    for position, option in enumerate(options):
        if world.rates[option.house].unit not in committed:
            mine.setdefault(option.owner, []).append(position)
    for party, positions in sorted(mine.items()):
        limit = builder_limit(problem, party)
        for t, year in enumerate(problem.years):
            losses = {p: options[p].loss[:, :, t] / limit.population for p in positions}
            if not any(loss.any() for loss in losses.values()):
                continue
            expected = {p: loss @ world.probability for p, loss in losses.items()}
            yield Demand(
                "bygger_forventet", party, year, limit.population, expected, limit.expected / limit.population
            )
            yield Demand("bygger_risiko", party, year, limit.population, losses, limit.risk / limit.population)


def participants_demands(
    world: World, options: Sequence[HouseOptions], standing: Array, allowed: Array
) -> Iterator[Demand]:
    """Each municipality's account, expected and discounted, is at most what it accepts.

    Args:
        standing: what it bears apart from new houses, kr., shape (K,).
        allowed: its account in the baseline, and its tolerance on top, kr., shape (K,).
    """
    for k, m in enumerate(world.problem.municipalities):
        people = heads(m.population)
        cost = {p: option.concerned[:, k] / people for p, option in enumerate(options)}
        yield Demand("deltager", m.code, None, people, cost, float(allowed[k] - standing[k]) / people)


def frame_demands(world: World, options: Sequence[HouseOptions], standing: Array, frame: Array) -> Iterator[Demand]:
    """Each municipality's operating cost of a year, as booked, is within its service frame.

    Args:
        standing: what is booked on it apart from new houses, kr., shape (T, K).
        frame: kr., shape (T, K), infinite where there is none.
    """
    for t, k in zip(*np.nonzero(np.isfinite(frame)), strict=True):
        m = world.problem.municipalities[k]
        people = heads(m.population)
        cost = {p: option.booked[:, t, k] / people for p, option in enumerate(options)}
        limit = float(frame[t, k] - standing[t, k]) / people
        yield Demand("serviceramme", m.code, world.problem.years[t], people, cost, limit)
