"""A network in arrays, a spanning tree of it as a simplex basis, and the dual feasible tree to begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, cast

import numba
import numpy as np
import numpy.typing as npt

from kapacitet.planning.costs import Array, IntArray

BoolArray = npt.NDArray[np.bool_]
LOWER, TREE, UPPER = 1, 0, -1  # where an arc's flow stands: at a bound, or in the tree
NONE = -1
_PERTURBATION_BITS = 12
_LARGEST_BITS = 61  # of a potential; a reduced cost is a sum of three and must fit 63


def compiled[F: Callable[..., Any]](function: F) -> F:
    """To machine code, kept between runs; other threads go on while it runs.

    Arrays belong to the caller and are never made inside, so counting references (``_nrt``) would only cost time.
    """
    options: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
    return cast("F", numba.njit(**options)(function))


class Incidence(NamedTuple):
    """Arcs at node v: entries start[v] to start[v + 1] of their numbers, their other ends and their costs."""

    start: npt.NDArray[np.uint32]  # an index without a sign needs no test for counting from the end
    arc: npt.NDArray[np.int32]
    other: npt.NDArray[np.uint32]
    cost: npt.NDArray[np.int64]


class Trees(NamedTuple):
    """Bases of R right-hand sides, packed: enough to go on from later, here or in another process.

    ``arc`` joins a node with its parent, shape (R, N), NONE in a row's first place if there is no basis yet;
    ``upper`` says which capacitated arcs stand at their upper bound, shape (R, C).
    """

    arc: npt.NDArray[np.int32]
    upper: BoolArray

    def of(self, which: slice) -> Trees:
        """A copy of some of them."""
        return Trees(self.arc[which].copy(), self.upper[which].copy())


class Entries(NamedTuple):
    """What a right-hand side β(ω, s) = β₀ + terms consists of, n entries in all.

    First come supplies of nodes, then lower, then upper bounds of arcs, then amounts priced as they are. Entry k has
    the terms start[k] to start[k + 1], each weight·φ[feature]·s[state], where NONE stands for a factor of 1.
    ``bounded`` are the arcs that have a bound other than 0 and ∞; ``paired`` entries, shape (n,), are bounds of arcs
    that have both.
    """

    supply: npt.NDArray[np.int32]
    lower: npt.NDArray[np.int32]
    upper: npt.NDArray[np.int32]
    paired: BoolArray
    price: Array
    bounded: npt.NDArray[np.int32]
    constant: Array
    start: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int32]
    state: npt.NDArray[np.int32]
    weight: Array


class Right(NamedTuple):
    """Right-hand sides at a point in the states: β(ω) = constant + factors·φ, and room for one of them.

    ``moving`` entries, as many as ``moved`` says, have factors: the k-th those from start[k] to start[k + 1]. All
    others stand in ``supply``, ``lower`` and ``upper`` once for all futures.
    """

    moving: npt.NDArray[np.int32]
    moved: npt.NDArray[np.int64]
    constant: Array
    start: npt.NDArray[np.int32]
    feature: npt.NDArray[np.int32]
    factor: Array
    supply: Array
    lower: Array
    upper: Array


class Network(NamedTuple):
    """Arcs tail → head with costs as whole numbers of 1/scale; free arcs have no upper bound, capacitated have."""

    tail: npt.NDArray[np.int32]
    head: npt.NDArray[np.int32]
    cost: npt.NDArray[np.int64]
    capacitated: BoolArray
    held: npt.NDArray[np.int32]  # the numbers of capacitated arcs
    free_out: Incidence
    free_in: Incidence
    capacitated_out: Incidence
    capacitated_in: Incidence


class Basis(NamedTuple):
    """A spanning tree hung from the root (the last node), nodes N + 1, arcs E.

    ``arc`` joins a node with its ``parent``. ``child``, ``following`` and ``preceding`` are linked lists of children;
    ``size`` counts the nodes of a node's subtree, itself included. ``surplus`` is what goes from the node to its
    parent (negative: from parent to node), to be kept between ``least`` and ``most``.
    """

    parent: npt.NDArray[np.int32]
    arc: npt.NDArray[np.int32]
    child: npt.NDArray[np.int32]
    following: npt.NDArray[np.int32]
    preceding: npt.NDArray[np.int32]
    size: npt.NDArray[np.int32]
    potential: npt.NDArray[np.int64]
    standing: npt.NDArray[np.int8]  # LOWER, TREE or UPPER of each arc
    surplus: Array
    least: Array
    most: Array
    nodes: npt.NDArray[np.int32]  # room to list a subtree
    rest: npt.NDArray[np.int32]  # and one to list all other nodes
    inside: BoolArray  # which nodes the subtree has
    candidate: npt.NDArray[np.int32]  # room for capacitated arcs of a ratio test
    ratio: npt.NDArray[np.int64]


def whole_costs(cost: Array, nodes: int) -> tuple[npt.NDArray[np.int64], float]:
    """Costs as whole numbers, and how many of them make 1.

    Whole numbers make reduced costs exact, whatever the number of pivots. Each cost is rounded down and lowered by a
    hash of the arc's number, less than 2⁻³⁹ + (N + 1)·2⁻⁴⁷ of the largest cost: ties in the ratio test, and with them
    pivots that gain nothing, become rare. Potentials that suit the lowered costs suit the true ones: their bound
    is valid.
    """
    largest = max(float(np.abs(cost).max(initial=0.0)), 1e-3) * (nodes + 1)
    bits = min(_LARGEST_BITS - int(np.ceil(np.log2(largest))), 52)
    mixed = np.arange(1, len(cost) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    lowering = (mixed >> np.uint64(64 - _PERTURBATION_BITS)).astype(np.int64)
    return np.floor(np.ldexp(cost, bits)).astype(np.int64) - lowering, float(2.0**bits)


def network(
    tail: IntArray, head: IntArray, cost: npt.NDArray[np.int64], capacitated: BoolArray, nodes: int
) -> Network:
    """Arcs and how they meet the N nodes and the root."""

    def incidence(members: IntArray, at: IntArray, other: IntArray) -> Incidence:
        order = members[np.argsort(at[members], kind="stable")]
        start = np.searchsorted(at[order], np.arange(nodes + 2))
        ends = other[order].astype(np.uint32)
        return Incidence(start.astype(np.uint32), order.astype(np.int32), ends, cost[order])

    free, held = np.flatnonzero(~capacitated), np.flatnonzero(capacitated)
    return Network(
        tail.astype(np.int32),
        head.astype(np.int32),
        cost,
        capacitated,
        held.astype(np.int32),
        incidence(free, tail, head),
        incidence(free, head, tail),
        incidence(held, tail, head),
        incidence(held, head, tail),
    )


@compiled
def _spread(
    net: Network,
    forward: bool,
    settled: BoolArray,
    potential: npt.NDArray[np.int64],
    arc: npt.NDArray[np.int32],
    reached: BoolArray,
) -> int:
    """Shortest paths over free arcs from settled nodes to others: along the arcs or against them (Bellman–Ford).

    Against the arcs π is the smallest that π_tail ≤ cost + π_head allows, along them the largest.
    Returns how many nodes were reached, −1 if a cycle of arcs costs less than nothing.
    """
    reached[:] = False
    sign = 1 if forward else -1
    changed, rounds = True, 0
    while changed:
        changed, rounds = False, rounds + 1
        if rounds > len(settled) + 1:
            return -1
        for e in range(len(net.cost)):
            a, b = (net.tail[e], net.head[e]) if forward else (net.head[e], net.tail[e])
            if net.capacitated[e] or settled[b] or not (settled[a] or reached[a]):
                continue
            reach = potential[a] - sign * net.cost[e]
            if not reached[b] or sign * (reach - potential[b]) > 0:
                potential[b], arc[b], reached[b], changed = reach, e, True, True
    count = 0
    for v in range(len(settled)):
        settled[v] |= reached[v]
        count += reached[v]
    return count


@compiled
def _bridge(net: Network, settled: BoolArray, potential: npt.NDArray[np.int64], arc: npt.NDArray[np.int32]) -> bool:
    """Settle one more node by the first capacitated arc that leads there; any reduced cost is allowed on those."""
    for e in range(len(net.cost)):
        a, b = net.tail[e], net.head[e]
        if settled[a] != settled[b]:
            if settled[b]:
                potential[a], arc[a] = potential[b] + net.cost[e], e
            else:
                potential[b], arc[b] = potential[a] - net.cost[e], e
            settled[a] = settled[b] = True
            return True
    return False


def starting_basis(net: Network, nodes: int) -> Basis:
    """The shortest-path tree to the root, and capacitated arcs at upper where their reduced cost is negative.

    Nodes that can't reach the root over free arcs hang from those that reach them; where no free arc joins them with
    the tree, a capacitated one does.

    Raises:
        ValueError: a node is joined with nothing, or free arcs form a cycle that costs nothing or less.
    """
    settled, potential = np.zeros(nodes + 1, np.bool_), np.zeros(nodes + 1, np.int64)
    reached, arc = np.zeros(nodes + 1, np.bool_), np.full(nodes + 1, NONE, np.int32)
    settled[nodes] = True
    while not settled.all():
        grown = [_spread(net, forward, settled, potential, arc, reached) for forward in (False, True)]
        if min(grown) < 0:
            raise ValueError("a cycle of arcs without capacity costs nothing or less")
        if max(grown) == 0 and not _bridge(net, settled, potential, arc):
            raise ValueError(f"no arc joins node {int(np.flatnonzero(~settled)[0])} with the root")
    standing = np.full(len(net.cost), LOWER, np.int8)
    standing[net.capacitated & (net.cost - potential[net.tail] + potential[net.head] < 0)] = UPPER
    standing[arc[:nodes]] = TREE
    at = np.arange(nodes)
    parent = np.full(nodes + 1, NONE, np.int32)
    parent[:nodes] = np.where(net.tail[arc[:nodes]] == at, net.head[arc[:nodes]], net.tail[arc[:nodes]])
    child, following, preceding = (np.full(nodes + 1, NONE, np.int32) for _ in range(3))
    size = np.ones(nodes + 1, np.int32)
    for v in range(nodes):
        first = child[parent[v]]
        child[parent[v]], following[v] = v, first
        if first != NONE:
            preceding[first] = v
        up = parent[v]
        while up != NONE:
            size[up] += 1
            up = parent[up]
    return Basis(
        parent=parent,
        arc=arc,
        child=child,
        following=following,
        preceding=preceding,
        size=size,
        potential=potential,
        standing=standing,
        surplus=np.zeros(nodes + 1),
        least=np.zeros(nodes + 1),
        most=np.zeros(nodes + 1),
        nodes=np.zeros(nodes + 1, np.int32),
        rest=np.zeros(nodes + 1, np.int32),
        inside=np.zeros(nodes + 1, np.bool_),
        candidate=np.zeros(len(net.cost), np.int32),
        ratio=np.zeros(len(net.cost), np.int64),
    )
