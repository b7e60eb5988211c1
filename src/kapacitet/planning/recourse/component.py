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
from kapacitet.planning.recourse.tree import Entries, Trees


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
    def _entries(self) -> Entries:
        return self._simplex.entries(self.supply, self.lower, self.upper, self.price, self.beta)

    @cached_property
    def _capacitated(self) -> BoolArray:
        result = np.zeros(len(self.arcs), dtype=np.bool_)
        result[self.upper] = True
        return result

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

    def no_trees(self, count: int) -> Trees:
        """Where ``solve`` keeps the bases of ``count`` right-hand sides."""
        if not len(self.arcs):
            return Trees(np.zeros((count, 0), np.int32), np.zeros((count, 0), np.bool_))
        return self._simplex.no_trees(count)

    def solve(self, point: Array, features: Array, trees: Trees) -> Array:
        """Least costs (R,) at a point in the states of R futures with these features, shape (R, ·).

        Each is solved from its own last basis in ``trees``, which is renewed in place: what has changed little takes
        few pivots.
        """
        if len(self.arcs):
            return self._simplex.solve_futures(self._entries, point, features, trees)[0]
        fixed, matrix = self.beta.at(point)
        return np.asarray((fixed + (matrix @ features.T).T) @ self.price)

    def slopes(self, features: Array, trees: Trees, weights: Array) -> tuple[Array, Array]:
        """(constants (P,), slopes (P, states)): lower bounds on Σ weight·cost over R futures at any state.

        They are tight where the futures were solved. ``weights`` has shape (P, R).
        """
        if len(self.arcs):
            constants, slopes = self._simplex.slopes(self._entries, features, trees, weights)
            return constants, np.pad(slopes, ((0, 0), (0, len(self.keys) - slopes.shape[1])))
        return self.beta.slopes(self.price, weights @ features, weights.sum(axis=1))


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
