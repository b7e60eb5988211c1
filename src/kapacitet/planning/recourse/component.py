"""Connected parts of a year's network, each a min-cost flow of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.recourse.affine import Affine
from kapacitet.planning.recourse.network import BoolArray, Network, StateKey
from kapacitet.planning.recourse.network_simplex import NetworkSimplex, Solution


@dataclass(eq=False)
class Component:
    """A part of a network that shares no node with the rest: E arcs, N nodes beside the root, e entries of β.

    β holds supplies first, then lower bounds, then upper bounds, then what is priced as it is.

    Attributes:
        t: index of the year.
        arcs: their numbers in the network.
        supply: node of each supply.
        lower, upper: arcs (of the part) whose bounds are entries.
        price: of the last entries.
        entries, features, states: which of the network's entries of β, features and states these are; ``keys`` names
            the states.
    """

    t: int
    tail: IntArray
    head: IntArray
    cost: Array
    nodes: int
    arcs: IntArray
    supply: IntArray
    lower: IntArray
    upper: IntArray
    price: Array
    beta: Affine
    entries: IntArray
    features: IntArray
    states: IntArray
    keys: tuple[StateKey, ...]

    @cached_property
    def _simplex(self) -> NetworkSimplex:
        return NetworkSimplex(self.tail, self.head, self.cost, self._capacitated, self.nodes)

    @cached_property
    def _capacitated(self) -> BoolArray:
        result = np.zeros(len(self.arcs), dtype=np.bool_)
        result[self.upper] = True
        return result

    def forget(self) -> None:
        """Let the next solve start from nothing, so that its duals don't depend on what was solved before."""
        if len(self.arcs):
            self._simplex.reset()

    def bounds(self, beta: Array) -> tuple[Array, Array, Array, Array]:
        """Supplies (R, N), lower and upper bounds (R, E), and priced entries (R, ·) of R right-hand sides."""
        ends = np.cumsum([len(self.supply), len(self.lower), len(self.upper)])
        supplies, lows, ups, priced = np.split(beta, ends, axis=1)
        supply = np.zeros((len(beta), self.nodes))
        supply[:, self.supply] = supplies
        lower, upper = np.zeros((len(beta), len(self.arcs))), np.full((len(beta), len(self.arcs)), np.inf)
        lower[:, self.lower], upper[:, self.upper] = np.maximum(lows, 0.0), np.maximum(ups, 0.0)
        return supply, np.minimum(lower, upper), upper, priced  # sums of the same amounts can meet a hair apart

    def reduced_costs(self, potential: Array) -> Array:
        """cost − π_tail + π_head, shape (R, E), with potentials (R, N)."""
        whole = np.concatenate([potential, np.zeros((len(potential), 1))], axis=1)
        return np.asarray(self.cost - whole[:, self.tail] + whole[:, self.head])

    def flow(self, beta: Array) -> Solution:
        """Least-cost flows, with their potentials, of R right-hand sides, shape (R, e)."""
        supply, lower, upper, _ = self.bounds(beta)
        return self._simplex.solve(supply, lower, upper, flows=True)

    def solve(self, beta: Array) -> tuple[Array, Array]:
        """(least costs (R,), duals of β (R, e)) of R right-hand sides, shape (R, e).

        duals·β is the least cost, and a lower bound with any other β of the network.
        """
        supply, lower, upper, priced = self.bounds(beta)
        fixed = priced @ self.price
        if not len(self.arcs):
            return fixed, np.tile(self.price, (len(beta), 1))
        found = self._simplex.solve(supply, lower, upper)
        reduced = self.reduced_costs(found.potential)
        duals = np.concatenate(
            [
                found.potential[:, self.supply],
                np.maximum(reduced[:, self.lower], 0.0),
                np.minimum(reduced[:, self.upper], 0.0),
                np.tile(self.price, (len(beta), 1)),
            ],
            axis=1,
        )
        return found.cost + fixed, duals


def components(network: Network) -> Iterator[Component]:
    """The parts of a network; what is priced and goes with no arc is a part without arcs."""
    root, count = network.nodes, len(network.tail)
    inner = network.head != root
    graph = sp.csr_array((np.ones(int(inner.sum())), (network.tail[inner], network.head[inner])), shape=(root, root))
    parts, label = sp.csgraph.connected_components(graph, directed=False) if root else (0, np.zeros(0, np.int64))
    of_arc = label[network.tail] if count else np.zeros(0, np.int64)
    of_priced = np.append(of_arc, -1)[network.priced[:, 0]]
    alone = np.flatnonzero(of_priced < 0)
    for part in range(parts):
        yield _part(
            network, np.flatnonzero(label == part), np.flatnonzero(of_arc == part), np.flatnonzero(of_priced == part)
        )
    if len(alone):
        yield _part(network, np.zeros(0, np.int64), np.zeros(0, np.int64), alone)


def _part(network: Network, nodes: IntArray, arcs: IntArray, priced: IntArray) -> Component:
    node = np.full(network.nodes + 1, -1, dtype=np.int64)
    node[nodes], node[network.nodes] = np.arange(len(nodes)), len(nodes)
    arc = np.full(len(network.tail), -1, dtype=np.int64)
    arc[arcs] = np.arange(len(arcs))
    supply = network.supply[node[network.supply[:, 0]] >= 0]
    lower, upper = (pairs[arc[pairs[:, 0]] >= 0] for pairs in (network.lower, network.upper))
    entries = np.concatenate([supply[:, 1], lower[:, 1], upper[:, 1], network.priced[priced, 1]])
    beta, features, states = network.beta.part(entries)
    return Component(
        t=network.t,
        tail=node[network.tail[arcs]],
        head=node[network.head[arcs]],
        cost=network.cost[arcs],
        nodes=len(nodes),
        arcs=arcs,
        supply=node[supply[:, 0]],
        lower=arc[lower[:, 0]],
        upper=arc[upper[:, 0]],
        price=network.price[priced],
        beta=beta,
        entries=entries,
        features=features,
        states=states,
        keys=tuple(network.states[i] for i in states),
    )
