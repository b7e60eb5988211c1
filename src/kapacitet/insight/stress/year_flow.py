"""One year's flows of a plan in whole persons: arcs and costs that all futures share, and what each future sets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.insight.stress.potentials import IntArray
from kapacitet.planning.costs import Array
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.building import year_network
from kapacitet.planning.recourse.face import TIE
from kapacitet.planning.recourse.network import Network

COSTS_PER_KRONE = 10_000
"""Costs of (a) are whole numbers of 1/10 000 kr. per place-year: finer than what counts as a tie."""
_HAIR = 1e-6


@dataclass(frozen=True, eq=False)
class YearFlow:
    """A year of a plan as a flow network; E arcs, N nodes and then the root.

    Attributes:
        network: the year's recourse, of which this is the plan's part.
        arcs: numbers in ``network`` of the arcs that can carry somebody in some future, shape (E,).
        tails, heads, costs: of those arcs; costs in 1/:data:`COSTS_PER_KRONE` kr., shape (E,).
        lower, upper: bounds by future in persons, shape (S, E).
        supply: persons by future and node, the root apart, shape (S, N).
        beta: all right-hand sides by future, shape (S, ·).
        unit: the unit whose house a node is, −1 for others, shape (N + 1,).
        doorway: whether an arc leaves a house to the root, shape (E,).
        tie: costs closer than this are the same.
    """

    network: Network
    arcs: IntArray
    tails: IntArray
    heads: IntArray
    costs: IntArray
    lower: IntArray
    upper: IntArray
    supply: IntArray
    beta: Array
    unit: IntArray
    doorway: np.ndarray
    tie: int


def year_flow(problem: Problem, plan: Plan, t: int) -> YearFlow:
    """The flows of ``plan`` in year index ``t``, of the problem's futures, which must be whole persons.

    A room that isn't whole (over-occupancy) is rounded down: nobody moves into half a place.
    """
    network = year_network(problem, t)
    fixed, matrix = network.beta.at(network.point(plan.state(problem)))
    beta = fixed + (matrix @ network.features.T).T  # sparse, so each future's sums are the same in any batch
    persons = np.floor(beta + _HAIR).astype(np.int64)
    count, S = len(network.tail), len(beta)
    supply = np.zeros((S, network.nodes), dtype=np.int64)
    supply[:, network.supply[:, 0]] = persons[:, network.supply[:, 1]]
    lower = np.zeros((S, count), dtype=np.int64)
    lower[:, network.lower[:, 0]] = persons[:, network.lower[:, 1]]
    upper = np.repeat(supply.sum(axis=1)[:, None], count, axis=1)
    upper[:, network.upper[:, 0]] = np.maximum(persons[:, network.upper[:, 1]], 0)
    used = np.flatnonzero(upper.any(axis=0))
    tails, heads = network.tail[used], network.head[used]
    unit = _houses(network)
    scale = problem.money_unit * COSTS_PER_KRONE
    return YearFlow(
        network=network,
        arcs=used,
        tails=tails,
        heads=heads,
        costs=np.rint(network.cost[used] * scale).astype(np.int64),
        lower=lower[:, used],
        upper=upper[:, used],
        supply=supply,
        beta=beta,
        unit=unit,
        doorway=(unit[tails] >= 0) & (heads == network.nodes),
        tie=int(TIE * scale),
    )


def _houses(network: Network) -> IntArray:
    """The unit each node is, or leads to, the house of; −1 for cells, markets and the root."""
    unit = np.full(network.nodes + 1, -1, dtype=np.int64)
    used = network.house >= 0
    unit[network.head[used]] = network.house[used]
    inner = network.head != network.nodes
    while True:
        onward = np.flatnonzero(inner & (unit[network.tail] >= 0) & (unit[network.head] < 0))
        if not len(onward):
            return unit
        unit[network.head[onward]] = unit[network.tail[onward]]
