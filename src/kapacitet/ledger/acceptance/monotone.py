"""When a builder's refusal of some houses is a refusal of every plan that contains them.

Houses are substitutes: in a transport problem with convex separable costs more places in one house never raise the
occupancy of another (Gale and Politof, *Discrete Applied Mathematics* 3, 1981). If the builder's loss can only grow
as its houses empty, then a plan with more places is refused too. Both hold for the families named here, not for
all; where they don't, a refusal rules out nothing but the refused plan.
"""

from __future__ import annotations

import numpy as np

from kapacitet.ledger.acceptance.offers import allowed_schemes
from kapacitet.ledger.bulk import settle_unit
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.world import World

STEPS = 96
SAME = 1e-6  # kr. per place-year


def losses_only_grow(world: World, party: str) -> bool:
    """Whether adding places elsewhere can only raise the builder's loss, whatever of the allowed is agreed."""
    problem = world.problem
    if not problem.scenario.limits.residents_stay:
        return False
    return all(
        _one_price(world, i) and _loss_falls_with_use(world, i)
        for i in world.houses
        if world.owners[world.rates[i].unit] == party
    )


def _one_price(world: World, i: int) -> bool:
    """Whether everybody in the house costs and pays the same, so that only how many they are counts."""
    rates = world.rates[i]
    served = rates.served & rates.open[:, None]
    for amounts in (rates.variable, rates.supplement, rates.ceiling):
        low = np.where(served, amounts, np.inf).min(axis=1)[rates.open]
        high = np.where(served, amounts, -np.inf).max(axis=1)[rates.open]
        if not np.allclose(low, high, rtol=0.0, atol=SAME):
            return False
    return not rates.agreed


def _loss_falls_with_use(world: World, i: int) -> bool:
    """Whether the owner loses less the more places are used, under every allowed scheme; never so for abonnement."""
    rates, names = world.rates[i], allowed_schemes(world, i)
    if any("subscriptions" in SCHEMES[name].needs for name in names):
        return False
    use = np.zeros((STEPS + 1, *world.use[i].shape[1:]))
    most = rates.places.max() * (1 + world.problem.scenario.limits.over_occupancy)
    use[:, :, 0, 0] = np.linspace(0.0, most, STEPS + 1)[:, None] * rates.open
    for name in names:
        loss = settle_unit(world.rules, rates, use, SCHEMES[name]).loss
        if (np.diff(loss, axis=0) > SAME).any():
            return False
    return True
