"""What municipalities pay apart from new houses: existing offers, purchase, top-ups, moves, closing, waiting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.ledger.bulk import Settled
from kapacitet.ledger.ended import closing_by_unit, converting_by_unit
from kapacitet.ledger.refund import refund_per_place_year
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array
from kapacitet.planning.objective import move_cost
from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import REGION_PARTY


@dataclass(frozen=True)
class Burden:
    """What each municipality bears in each future and year, kr., shape (Ω, T, K).

    Attributes:
        concerned: by the year it concerns, state refund and (memo) waiting list included.
        booked: operating cost by the year it is booked in, as far as the horizon goes: no refund, no waiting list.
    """

    concerned: Array
    booked: Array

    def __add__(self, other: Burden) -> Burden:
        return Burden(self.concerned + other.concerned, self.booked + other.booked)


def offer_burden(world: World, i: int, settled: Settled) -> Burden:
    """What the i-th offer means to each municipality: what it pays, and the result of the offers it owns.

    Settled may have more leading axes than (Ω, T).
    """
    problem, K = world.problem, len(world.problem.municipalities)
    share = result_shares(problem, world.owners[world.rates[i].unit])
    own = settled.own[..., None] * share
    now, later = settled.now[..., :K], settled.later[..., :K]
    lag = problem.scenario.underskud.lag
    moved = np.zeros_like(later)
    if lag < later.shape[-2]:
        moved[..., lag:, :] = later[..., : later.shape[-2] - lag, :]
    return Burden(now + later + own - settled.refund[..., :K], now + moved + own)


def result_shares(problem: Problem, owner: str) -> Array:
    """Share of an owner's result on each municipality, shape (K,).

    A municipality bears its own. The region's is its own account, or the municipalities' by population where the
    scenario says so; other owners' is nobody's here.
    """
    if owner == REGION_PARTY and problem.scenario.underskud.region_result == "by_population":
        population = np.array([m.population for m in problem.municipalities])
        return np.asarray(population / max(population.sum(), 1.0))
    return np.array([float(m.code == owner) for m in problem.municipalities])


def standing_burden(world: World) -> Burden:
    """Everything a municipality bears but what new houses bring."""
    found = apart_from_offers(world)
    for i in world.standing:
        found += offer_burden(world, i, world.settled(i, world.fixed_agreement(i)))
    return found


def dearest_private(problem: Problem) -> Array:
    """The dearest private price of each year, kr. per place-year, shape (T,): what waiting is charged at."""
    dearest = problem.purchase_price.max(axis=0, initial=0.0)
    for u, unit in enumerate(problem.units):
        if not unit.shared:
            for prices in problem.costs.marginal.values():
                dearest = np.fmax(dearest, np.where(problem.places[u] > 0, prices[u], 0.0))
    return np.asarray(dearest)


def waiting_list(world: World) -> Array:
    """Unmet need at the year's dearest private price (memo ``venteliste``), kr., shape (Ω, T, K)."""
    unmet = np.array([[year.unmet.sum(axis=1) for year in future] for future in world.outcome.years])
    return np.asarray(unmet * dearest_private(world.problem)[None, :, None])


def apart_from_offers(world: World) -> Burden:
    """Private offers, purchase, top-ups, lock-in, moves, closing and conversion; refund and waiting list."""
    problem = world.problem
    T, K, arcs = len(problem.years), len(problem.municipalities), problem.arcs
    cost = np.zeros((len(problem.futures), T, K))
    memo = waiting_list(world)
    private = ~problem.shared[arcs.u]
    top_up = problem.costs.top_up[arcs.u]
    cost += _ended(world)
    for f, future in enumerate(world.outcome.years):
        for t, year in enumerate(future):
            steps = world.rules.refund.by_year[t]
            price = np.where(private, problem.arc_service_cost[:, t], 0.0)
            charge = (price + top_up + arcs.lock_in) * year.use + move_cost(problem, t) * year.moved
            np.add.at(cost[f, t], arcs.k, charge)
            refunded = np.where(private, refund_per_place_year(price + top_up, steps), 0.0) * year.use
            np.subtract.at(memo[f, t], arcs.k, refunded)
            bought = problem.purchase_price[:, t]
            cost[f, t] += year.buy @ bought
            memo[f, t] -= year.buy @ refund_per_place_year(bought, steps)
    return Burden(cost + memo, cost)


def _ended(world: World) -> Array:
    """Closing, capital that stays, and conversion, on the municipality that bears the offer's result, (T, K)."""
    problem = world.problem
    result = np.zeros((len(problem.years), len(problem.municipalities)))
    for by_unit in (closing_by_unit(problem, world.plan), converting_by_unit(problem, world.plan)):
        for u, amounts in by_unit.items():
            result += amounts[:, None] * result_shares(problem, world.owners[u])
    return result
