"""What a plan costs in each future, and what owners and payers of its houses bear under each scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.bulk import float_bill
from kapacitet.ledger.owners import bearers
from kapacitet.ledger.parties import payers
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.settle import parts_of
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import yearly_costs
from kapacitet.planning.objective import move_cost
from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem

STANDING = "bestaaende"
"""Existing offers, which are settled as the scenario says whatever is agreed about new ones."""
NOT_PAID = frozenset({"udaekket", "rejse", "kritisk_masse", "rammestraf", "planaendring"})
"""Components of resource cost that no account pays."""
OWNER, ALL_KINDS = "ejer", "i_alt"
KINDS = ("takst", "abonnement", OWNER, "objektiv", "efterregulering", "garanti")


@dataclass(frozen=True, slots=True)
class Payment:
    """A quantity in kr.: what a party bears of a kind.

    Attributes:
        scheme: that of all new houses, ``planens`` for what is agreed, ``bestaaende`` for existing offers.
        party: code of a municipality, the region, another owner, or ``udenbys``.
        kind: of entry; ``ejer`` is the loss alone, Σ max(0, result) over house and year; ``i_alt`` is takst and all
            that covers deficits and surpluses, the owner's own result included.
        year: concerned; None is the whole horizon, undiscounted.
    """

    scheme: str
    party: str
    kind: str
    year: int | None


def yearly_cost(world: World, present: Array) -> Array:
    """What is paid each year and in all, kr., shape (S, T + 1): the cost that the accounts share, undiscounted.

    Args:
        present: persons from outside the region, of :func:`~kapacitet.insight.stress.occupancy.visitors`.
    """
    problem, costs, arcs = world.problem, world.problem.costs, world.problem.arcs
    alone = yearly_costs(replace(problem, futures=()), world.plan, Outcome(()))
    certain = sum(amounts for kind, amounts in alone.items() if kind not in NOT_PAID)
    by_arc = problem.arc_service_cost + (costs.top_up[arcs.u] + arcs.lock_in)[:, None]
    served = np.stack([np.nan_to_num(costs.marginal[cell.group]) for cell in problem.cells], axis=1)
    by_guest = (served + costs.top_up[:, None, None]) * problem.shared[:, None, None]
    moves = np.stack([move_cost(problem, t) for t in range(len(problem.years))], axis=1)
    found = np.einsum("suct,uct->st", present, by_guest) + certain
    for w, years in enumerate(world.outcome.years):
        for t, year in enumerate(years):
            found[w, t] += by_arc[year.used.index, t] @ year.used.values
            found[w, t] += moves[year.left.index, t] @ year.left.values
            found[w, t] += (year.buy.sum(axis=0) * problem.purchase_price[:, t]).sum()
    return np.concatenate([found, found.sum(axis=1, keepdims=True)], axis=1)


def payment_labels(
    problem: Problem, plan: Plan, agreements: Mapping[str, Mapping[str, HouseAgreement]]
) -> tuple[Payment, ...]:
    """Every quantity of :func:`payments`: all parties in all years, and owners of new houses by year."""
    owners = bearers(problem)
    builders = sorted({owners[problem.starts[i].unit] for i in plan.starts})
    parties = sorted({*payers(problem), *(owners[u] for u in np.flatnonzero(problem.shared))})
    found = [
        Payment(scheme, party, kind, None)
        for scheme in (*agreements, STANDING)
        for party in parties
        for kind in (*KINDS, ALL_KINDS)
    ]
    yearly = [Payment(scheme, p, OWNER, year) for scheme in agreements for p in builders for year in problem.years]
    return tuple(found + yearly)


def payments(
    world: World, agreements: Mapping[str, Mapping[str, HouseAgreement]], labels: Sequence[Payment]
) -> Array:
    """Kr. by future and label, shape (S, labels)."""
    column = {label: i for i, label in enumerate(labels)}
    found = np.zeros((len(world.problem.futures), len(labels)))
    for i in world.standing:
        _settle(world, i, world.fixed_agreement(i), STANDING, column, found)
    for scheme, houses in agreements.items():
        for i in world.houses:
            _settle(world, i, houses[world.rates[i].offer], scheme, column, found)
    return found


def _settle(
    world: World, i: int, agreement: HouseAgreement, scheme: str, column: Mapping[Payment, int], found: Array
) -> None:
    """Add the i-th offer's amounts, settled by the rules of the ledger, to those found."""
    rates, rules = world.rates[i], world.rules
    years = np.flatnonzero(rates.open)
    bill = float_bill(
        rules, rates, world.use[i][:, years], SCHEMES[agreement.scheme], world.subscription_array(i, agreement)
    )
    for part in parts_of(bill, SCHEMES[agreement.scheme]):
        amount = np.broadcast_to(part.amount, (len(found), *part.amount.shape[1:]))
        if part.kind == OWNER:
            loss = np.maximum(amount, 0.0)
            found[:, column[Payment(scheme, rates.owner, OWNER, None)]] += loss.sum(axis=1)
            found[:, column[Payment(scheme, rates.owner, ALL_KINDS, None)]] += amount.sum(axis=1)
            if scheme != STANDING:
                for k, t in enumerate(years.tolist()):
                    year = world.problem.years[t]
                    found[:, column[Payment(scheme, rates.owner, OWNER, year)]] += loss[:, k]
            continue
        for k in np.flatnonzero(amount.any(axis=(0, 1))).tolist():
            for kind in (part.kind, ALL_KINDS):
                found[:, column[Payment(scheme, rules.payers[k], kind, None)]] += amount[:, :, k].sum(axis=1)
