"""OR-Tools' min-cost flow on arrays, with arcs and nodes that carry nothing left out."""

from __future__ import annotations

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from kapacitet.insight.stress.potentials import IntArray

COST_RANGE = 2**58
"""Largest |cost| × nodes; beyond 2⁶¹ OR-Tools refuses the costs."""


def cheapest_flow(tails: IntArray, heads: IntArray, room: IntArray, costs: IntArray, supply: IntArray) -> IntArray:
    """The cheapest flow that carries every supply to the root, shape (A,).

    Arcs without room are left out and nodes numbered anew, so that a future's flow doesn't depend on what other
    futures need.

    Args:
        tails, heads, room, costs: the arcs, shape (A,); the root is the last node.
        supply: by node, the root apart; negative where flow is taken out, shape (N,).

    Raises:
        RuntimeError: there is none.
    """
    flows = np.zeros(len(tails), dtype=np.int64)
    used = np.flatnonzero(room > 0)
    if not supply.any():
        return flows
    whole = np.append(supply, -supply.sum())
    there = whole != 0
    there[tails[used]] = there[heads[used]] = True
    number = np.cumsum(there) - 1
    network = SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        number[tails[used]], number[heads[used]], room[used], costs[used]
    )
    network.set_nodes_supplies(np.arange(number[-1] + 1), whole[there])
    status = network.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError(f"OR-Tools ended a flow with {status}")
    flows[used] = network.flows(arcs)
    return flows
