"""The conservation law of a region: what the parties bear together is what the plan costs, year by year concerned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kapacitet.ledger.bulk import Settled, settle_unit
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.standing import offer_burden, standing_burden
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import yearly_costs
from tests.ledger.bulk.regions import CHUNK, SEEDS, Agreed, all_settled, is_municipality, shape_of, worlds
from tests.ledger.bulk.resource import Year

CLOSE = 1e-10
OUTSIDE_ACCOUNTS = {"bolig", "udaekket", "rejse", "kritisk_masse", "rammestraf"}
"""Components of resource cost that no account here holds: tenants' rent, unmet need, travel and penalties."""


def municipal(agreed: Agreed, settled: list[Settled]) -> Array:
    """What the municipalities bear, as the ledger has it, kr. by future, year concerned and municipality."""
    world = agreed.world
    burden = standing_burden(world)
    for i in world.houses:
        burden = burden + offer_burden(world, i, settled[i])
    return burden.concerned


def others(agreed: Agreed, settled: list[Settled], f: int, t: int) -> float:
    """What everybody else bears: the region and other owners, those outside the region, and the state."""
    world, year = agreed.world, Year(agreed.world, f, t)
    owners = sum(
        one.own[f, t] for one, r in zip(settled, world.rates, strict=True) if not is_municipality(world, r.unit)
    )
    ended = sum(year.ended(u) for u in range(len(world.problem.units)) if not is_municipality(world, u))
    outside = sum(one.now[f, t, -1] + one.later[f, t, -1] for one in settled) + year.guest_top_ups()
    state = sum(one.refund[f, t].sum() for one in settled)
    state += sum(year.apart(k)[1] for k in range(len(world.problem.municipalities)))
    return float(owners + ended + outside + state)


@pytest.mark.parametrize("first", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_the_parties_bear_what_the_plan_costs(first: int) -> None:
    """Municipalities + region + other owners + those outside + state = resource cost less unmet, travel, penalties.

    The memo of waiting in the municipalities' burdens is added to the cost; tenants' housing is in neither.
    """
    for seed, agreed in worlds(first):
        world, settled = agreed.world, all_settled(agreed)
        municipalities = municipal(agreed, settled)
        towns = range(len(world.problem.municipalities))
        for f, t in np.ndindex(shape_of(world)):
            year = Year(world, f, t)
            apart = [year.apart(k) for k in towns]
            cost = year.houses() + sum(paid for paid, _, _ in apart) + year.guest_top_ups()
            cost += sum(year.ended(u) for u in range(len(world.problem.units)))
            waiting = sum(memo for _, _, memo in apart)
            borne = municipalities[f, t].sum() + others(agreed, settled, f, t)
            scale = cost + waiting + sum(np.abs(one.now[f, t]).sum() for one in settled)
            assert abs(borne - cost - waiting) <= CLOSE * scale, (seed, f, t, borne - cost - waiting)


@pytest.mark.parametrize("first", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_the_cost_borne_is_the_one_planning_has(first: int) -> None:
    """The loops of these tests against the components of the objective, expected over futures."""
    for seed, agreed in worlds(first):
        world = agreed.world
        planned = yearly_costs(world.problem, world.plan, world.outcome)
        for t in range(len(world.problem.years)):
            mean = 0.0
            for f, future in enumerate(world.problem.futures):
                year = Year(world, f, t)
                cost = year.houses() + year.guest_top_ups()
                cost += sum(year.apart(k)[0] for k in range(len(world.problem.municipalities)))
                cost += sum(year.ended(u) for u in range(len(world.problem.units)))
                mean += future.probability * cost
            assert mean == pytest.approx(
                sum(planned[name][t] for name in planned.keys() - OUTSIDE_ACCOUNTS), rel=1e-9, abs=1e-9
            ), (seed, t)


@pytest.mark.parametrize("first", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_each_municipality_bears_its_own_purchases_waiting_and_closings(first: int) -> None:
    """standing_burden less that of existing offers, municipality by municipality."""
    for seed, agreed in worlds(first):
        world = agreed.world
        problem = world.problem
        found = standing_burden(world).concerned.copy()
        for i in world.standing:
            found -= offer_burden(world, i, world.settled(i, world.fixed_agreement(i))).concerned
        population = sum(m.population for m in problem.municipalities)
        for f, t in np.ndindex(shape_of(world)):
            year = Year(world, f, t)
            for k, town in enumerate(problem.municipalities):
                paid, refund, memo = year.apart(k)
                expected = paid - refund + memo
                for u, owner in enumerate(world.owners):
                    if owner == town.code:
                        expected += year.ended(u)
                    elif is_municipality(world, u) and owner == "region":
                        expected += year.ended(u) * town.population / population
                scale = np.abs(found[f, t]).sum() + abs(expected) + 1e-9 + sum(r.fixed.sum() for r in world.rates)
                assert abs(found[f, t, k] - expected) <= CLOSE * scale, (seed, f, t, town.code)


@pytest.mark.parametrize("first", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_what_is_booked_in_the_horizon_is_what_concerns_it_less_what_comes_later(first: int) -> None:
    """Booked: efterregulering ``lag`` years on; neither refund nor the memo of waiting."""
    for seed, agreed in worlds(first):
        world, settled = agreed.world, all_settled(agreed)
        K, T, lag = (
            len(world.problem.municipalities),
            len(world.problem.years),
            world.problem.scenario.underskud.lag,
        )
        for i, one in enumerate(settled):
            burden = offer_burden(world, i, one)
            for t in range(T):
                expected = burden.concerned[:, t] - one.later[:, t, :K] + one.refund[:, t, :K]
                if t >= lag:
                    expected = expected + one.later[:, t - lag, :K]
                scale = np.abs(one.now).max(initial=1e-9)
                np.testing.assert_allclose(
                    burden.booked[:, t], expected, rtol=0, atol=CLOSE * scale, err_msg=str(seed)
                )


@pytest.mark.parametrize("first", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_ways_to_subscribe_may_lie_in_front_of_the_futures(first: int) -> None:
    for _, agreed in worlds(first):
        world = agreed.world
        for i in world.houses:
            scheme = SCHEMES[agreed.agreements[i].scheme]
            full = world.subscription_array(i, agreed.agreements[i])
            ways = np.array([0.0, 0.5, 1.0])[:, None, None, None, None] * full
            rates, use = world.rates[i], world.use[i]
            many = offer_burden(world, i, settle_unit(world.rules, rates, use, scheme, ways))
            for w in range(len(ways)):
                one = offer_burden(world, i, settle_unit(world.rules, rates, use, scheme, ways[w, 0]))
                for book in ("concerned", "booked"):
                    alone, among = getattr(one, book), getattr(many, book)
                    among = among[w] if among.ndim > alone.ndim else among
                    np.testing.assert_allclose(among, alone, rtol=1e-12, atol=1e-6)


@pytest.mark.parametrize("first", range(SEEDS.start, SEEDS.stop, CHUNK))
def test_a_krone_of_one_offers_fixed_cost_is_a_krone_borne(first: int) -> None:
    """F of one offer up by 1 kr. in one year: all parties together bear 1 kr. more for that year, in every future.

    The state's refund moves with the price, so the municipalities' share of the krone is less by what it takes.
    """
    for _, agreed in worlds(first):
        world, settled = agreed.world, all_settled(agreed)
        for i, rates in enumerate(world.rates):
            scheme = SCHEMES[agreed.agreements[i].scheme]
            places = world.subscription_array(i, agreed.agreements[i])
            for t in np.flatnonzero(rates.open):
                krone = np.zeros(len(rates.open))
                krone[t] = 1.0
                dearer = replace(rates, fixed=rates.fixed + krone)
                after = settle_unit(world.rules, dearer, world.use[i], scheme, places)
                more = _borne(world, i, after) - _borne(world, i, settled[i])
                np.testing.assert_allclose(more, np.broadcast_to(krone, more.shape), rtol=0, atol=1e-6)


def _borne(world: World, i: int, one: Settled) -> Array:
    """What all parties bear of an offer, shape (Ω, T)."""
    total = offer_burden(world, i, one).concerned.sum(axis=-1) + one.refund.sum(axis=-1)
    total = total + one.now[..., -1] + one.later[..., -1]
    return total if is_municipality(world, world.rates[i].unit) else total + one.own


def test_the_random_worlds_are_of_every_kind() -> None:
    """New houses under every scheme, endings, conversions, guests, purchase, waiting, other owners, moves."""
    found = [agreed for first in range(SEEDS.start, SEEDS.stop, CHUNK) for _, agreed in worlds(first)]
    every = [agreed.world for agreed in found]
    schemes = [agreed.agreements[i].scheme for agreed in found for i in agreed.world.houses]
    for count in (
        *(schemes.count(name) for name in SCHEMES),
        sum(bool(world.plan.closures) for world in every),
        sum(bool(world.problem.planned_closing.any()) for world in every),
        sum(bool(world.plan.conversions) for world in every),
        sum(any(use[:, :, -1].any() for use in world.use) for world in every),
        sum(any(year.buy.any() for future in world.outcome.years for year in future) for world in every),
        sum(any(year.unmet.any() for future in world.outcome.years for year in future) for world in every),
        sum(any(year.moved.any() for future in world.outcome.years for year in future) for world in every),
        sum("region" in world.owners for world in every),
        sum("Fonden Test" in (r.owner for r in world.rates) for world in every),
        sum(bool(world.rules.refund.by_year[0]) for world in every),
    ):
        assert count >= 3
