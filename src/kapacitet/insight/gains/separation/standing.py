"""What each member adds to a group's cost before anything is decided: its houses, and those who have a place."""

from __future__ import annotations

import numpy as np

from kapacitet.insight.gains.world import World
from kapacitet.planning.costs import Array


def standing_cost(world: World) -> Array:
    r"""A[k], discounted kr. by which a member k adds to the cost of any group but N, shape (K,).

    Residents of l in k's house cost the group V if both are in it, r if only l is, V − r if only k is. That is
    r·z_l + (V − r)·z_k: linear in the membership z, so each member carries its part alone:

    A[k] = Σ_t δ_t·{Σ R of k·(r or price, lock-in, travel) + outside·price + F + closing + Σ all who live in k's
    houses·(V − r)}.
    """
    problem = world.problem
    arcs, future, costs = problem.arcs, problem.futures[0], problem.costs
    shared = problem.shared
    paid = np.where(
        shared[arcs.u][:, None],
        (world.takst[arcs.u, arcs.c] + arcs.lock_in + problem.arc_travel_cost)[:, None],
        problem.arc_cost,
    )
    yearly = np.zeros((len(problem.municipalities), len(problem.years)))
    living = future.residents > 0
    np.add.at(yearly, arcs.k, np.where(living, future.residents * paid, 0.0))
    yearly += (future.outside * problem.purchase_price).sum(axis=1)
    present = future.external + world.residents.sum(axis=0).transpose(1, 0, 2)
    service = np.stack([costs.marginal[cell.group] for cell in problem.cells], axis=1) + costs.top_up[:, None, None]
    hosting = np.where(present > 0, present * (service - world.takst[:, :, None]), 0.0).sum(axis=1)
    own = np.where(problem.places > 0, costs.fixed + hosting, 0.0) + problem.planned_closing
    for u, unit in enumerate(problem.units):
        if unit.existing and world.holder[u] >= 0:
            yearly[world.holder[u]] += own[u]
    return np.asarray(yearly @ problem.discount)
