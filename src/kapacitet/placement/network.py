"""One small door to OR-Tools' min-cost flow: arcs as arrays in, whole flows out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

IntArray = npt.NDArray[np.int64]
COST_RANGE = 2.0**58
"""Largest |cost| × nodes; beyond 2⁶¹ OR-Tools refuses the costs."""


def least_cost_flow(
    tails: IntArray, heads: IntArray, capacities: IntArray, costs: IntArray, supplies: IntArray
) -> IntArray:
    """The cheapest of the largest flows, by arc; deterministic for a given order of arcs.

    Args:
        tails, heads, capacities, costs: the arcs, shape (A,).
        supplies: by node, negative where flow is taken out, shape (N,).

    Raises:
        RuntimeError: OR-Tools has no flow, which the callers rule out.
    """
    network = SimpleMinCostFlow()
    arcs = network.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    network.set_nodes_supplies(np.arange(len(supplies)), supplies)
    status = network.solve_max_flow_with_min_cost()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise RuntimeError(f"OR-Tools ended a flow with {status}")
    return np.asarray(network.flows(arcs), dtype=np.int64)
