"""Cost and payments of each future against the ledger's own sums."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kapacitet.insight.acceptance_tables import same_scheme
from kapacitet.insight.stress.economy import (
    ALL_KINDS,
    NOT_PAID,
    OWNER,
    STANDING,
    payment_labels,
    payments,
    yearly_cost,
)
from kapacitet.insight.stress.occupancy import residents, served, served_labels, visitors
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.world import World
from kapacitet.planning.evaluate import guests, yearly_costs
from kapacitet.planning.plan import Outcome
from tests.ledger.bulk.regions import CHUNK, worlds

FIRST = range(0, 2 * CHUNK, CHUNK)


def every_world() -> list[World]:
    return [agreed.world for first in FIRST for _, agreed in worlds(first)]


def test_what_is_paid_is_resource_cost_less_what_nobody_pays() -> None:
    for world in every_world():
        found = yearly_cost(world, visitors(world))
        for w, future in enumerate(world.problem.futures):
            alone = replace(world.problem, futures=(replace(future, probability=1.0),))
            costs = yearly_costs(alone, world.plan, Outcome((world.outcome.years[w],)))
            paid = sum(amounts for kind, amounts in costs.items() if kind not in NOT_PAID | {"rammestraf"})
            assert found[w, :-1] == pytest.approx(paid, rel=1e-9)
            assert found[w, -1] == pytest.approx(np.sum(paid), rel=1e-9)


def test_payments_and_the_owners_own_are_the_cost_of_the_houses_in_every_future() -> None:
    for world in every_world():
        names = [name for name in SCHEMES if world.rules.key.any() or "key" not in SCHEMES[name].needs]
        agreements = {name: same_scheme(world, name) for name in names}
        labels = payment_labels(world.problem, world.plan, agreements)
        amounts = payments(world, agreements, labels)
        for scheme in (*names, STANDING):
            mine = world.standing if scheme == STANDING else world.houses
            cost = np.zeros(len(amounts))
            for i in mine:
                rates, use = world.rates[i], world.use[i]
                cost += rates.fixed[rates.open].sum()
                cost += np.nan_to_num(use.sum(axis=2) * rates.variable).sum(axis=(1, 2))
            picked = [n for n, label in enumerate(labels) if label.scheme == scheme and label.kind == ALL_KINDS]
            assert amounts[:, picked].sum(axis=1) == pytest.approx(cost, rel=1e-9, abs=1e-6)


def test_the_owners_loss_is_that_of_acceptance_by_year_and_in_all() -> None:
    for world in every_world():
        agreements = {"standard": same_scheme(world, "standard")}
        labels = payment_labels(world.problem, world.plan, agreements)
        amounts = payments(world, agreements, labels)
        column = {(label.party, label.year): n for n, label in enumerate(labels) if label.kind == OWNER
                  and label.scheme == "standard"}  # fmt: skip
        for owner in {world.rates[i].owner for i in world.houses}:
            losses = sum(
                world.settled(i, agreements["standard"][world.rates[i].offer]).loss
                for i in world.houses
                if world.rates[i].owner == owner
            )
            for t, year in enumerate(world.problem.years):
                assert amounts[:, column[owner, year]] == pytest.approx(losses[:, t])
            assert amounts[:, column[owner, None]] == pytest.approx(losses.sum(axis=1))


def test_demand_is_used_bought_or_unmet_in_each_group_and_year() -> None:
    for world in every_world():
        labels, found = served_labels(world.problem), served(world)
        at = {label: found[:, n] for n, label in enumerate(labels)}
        for group, year, _ in labels:
            parts = sum(at[group, year, what] for what in ("offentlig", "privat", "koeb", "udaekket"))
            assert parts == pytest.approx(at[group, year, "behov"])
            assert at[group, year, "privat_i_alt"] == pytest.approx(
                at[group, year, "privat"] + at[group, year, "koeb"]
            )
        need = [future.demand.sum() for future in world.problem.futures]
        assert at["", None, "behov"] == pytest.approx(need)


def test_residents_are_those_of_the_allocation_and_guests() -> None:
    for world in every_world():
        there = residents(world, visitors(world))
        for w in range(len(world.problem.futures)):
            own = world.outcome.occupancy(world.problem, w)
            assert there[w] == pytest.approx(own + guests(world.problem, world.plan, w).sum(axis=1))
