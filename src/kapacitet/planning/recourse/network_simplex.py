"""Minimum-cost flow in one network for thousands of right-hand sides, each solved from the last one's basis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.recourse.affine import Affine
from kapacitet.planning.recourse.pivots import (
    BAD_BOUNDS,
    INFEASIBLE,
    OPTIMAL,
    add_slopes,
    solve_all,
    solve_futures,
)
from kapacitet.planning.recourse.tree import (
    NONE,
    Basis,
    BoolArray,
    Entries,
    Right,
    Trees,
    network,
    starting_basis,
    whole_costs,
)


@dataclass(frozen=True, eq=False)
class Solution:
    """Optima of R right-hand sides, N nodes, E arcs.

    Attributes:
        cost: Σ cost·flow, shape (R,).
        potential: π of each node, 0 at the root, shape (R, N). With rc = cost − π_tail + π_head, no free arc has
            rc < 0, so that Σ π·supply + Σ rc⁺·lower + Σ rc⁻·upper is a lower bound for *any* right-hand side; at its
            own it is the optimum (but for the perturbation, see ``whole_costs``).
        flow: shape (R, E); None if it wasn't asked for.
        pivots: shape (R,).
    """

    cost: Array
    potential: Array
    flow: Array | None
    pivots: IntArray


class NetworkSimplex:
    """The dual network simplex: min Σ cost·flow, outflow − inflow = supply of each node, lower ≤ flow ≤ upper.

    Nodes are 0 … N − 1; the root N takes what is left. A basis stays dual feasible whatever the right-hand side, so
    each is solved by dual pivots from the last one's basis. An answer depends on what was solved since ``reset`` only
    in the choice among optima. Instances may run in different threads, and go to other processes by pickle.
    """

    def __init__(self, tail: IntArray, head: IntArray, cost: Array, capacitated: BoolArray, nodes: int) -> None:
        """Arcs tail → head (E,) with their costs; ``capacitated`` arcs have an upper bound, all others ∞.

        Raises:
            ValueError: shapes don't match, an end is no node, a cost isn't finite, a node isn't joined with the root,
                or arcs without capacity form a cycle that costs nothing or less.
        """
        tail, head = np.asarray(tail, np.int64), np.asarray(head, np.int64)
        self._cost, self._nodes = np.array(cost, np.float64), nodes
        if not tail.shape == head.shape == self._cost.shape == np.shape(capacitated) == (tail.size,):
            raise ValueError("tail, head, cost and capacitated have different shapes")
        if nodes < 1 or not ((tail >= 0) & (tail <= nodes) & (head >= 0) & (head <= nodes)).all():
            raise ValueError("an arc's end is no node")
        if not np.isfinite(self._cost).all():
            raise ValueError("a cost isn't finite")
        whole, self._scale = whole_costs(self._cost, nodes)
        self._network = network(tail, head, whole, np.asarray(capacitated, np.bool_), nodes)
        self._start = starting_basis(self._network, nodes)
        self.reset()

    def reset(self) -> None:
        """Back to the starting basis, so that the next answer doesn't depend on what was solved before."""
        self._basis = Basis._make(part.copy() for part in self._start)

    def solve(self, supply: Array, lower: Array, upper: Array, *, flows: bool = False) -> Solution:
        """Solve R right-hand sides in order, each from the last basis.

        Args:
            supply: outflow − inflow, shape (R, N).
            lower: ≥ 0, shape (R, E), or (1, E) for all.
            upper: ∞ exactly for arcs without capacity, shape (R, E), or (1, E) for all.
            flows: whether to return flows.

        Raises:
            ValueError: a shape or a bound is wrong.
            RuntimeError: no flow keeps the bounds, or the pivots come to no end.
        """
        supply, lower, upper = (np.ascontiguousarray(a, np.float64) for a in (supply, lower, upper))
        count, arcs = len(supply), len(self._cost)
        if supply.shape != (count, self._nodes) or not np.isfinite(supply).all():
            raise ValueError(f"supply must be finite, of shape (R, {self._nodes}), not {supply.shape}")
        if any(bound.shape not in {(count, arcs), (1, arcs)} for bound in (lower, upper)):
            raise ValueError(f"bounds must have shape ({count}, {arcs}) or (1, {arcs})")
        cost, potential, pivots = np.empty(count), np.empty((count, self._nodes)), np.zeros(count, np.int64)
        flow = np.empty((count if flows else 1, arcs))
        bounded = np.arange(arcs, dtype=np.int32)
        given = (bounded, self._cost, self._scale, supply, lower, upper)
        _checked(*solve_all(self._network, self._basis, *given, cost, potential, flow, pivots))
        return Solution(cost, potential, flow if flows else None, pivots)

    def entries(self, supply: IntArray, lower: IntArray, upper: IntArray, price: Array, beta: Affine) -> Entries:
        """What the entries of right-hand sides are: node of each supply, arc of each bound (all others are 0 and ∞).

        Raises:
            ValueError: an arc with an upper bound isn't capacitated, or one with capacity has no upper bound.
        """
        if not np.array_equal(np.unique(upper), self._network.held):
            raise ValueError("upper bounds belong exactly to the arcs with capacity")
        start = np.searchsorted(beta.entry, np.arange(len(beta.constant) + 1))
        whole, others = np.int32, np.zeros(len(price), bool)
        return Entries(
            supply=supply.astype(whole),
            lower=lower.astype(whole),
            upper=upper.astype(whole),
            paired=np.concatenate(
                [np.zeros(len(supply), bool), np.isin(lower, upper), np.isin(upper, lower), others]
            ),
            price=price,
            bounded=np.union1d(lower, upper).astype(whole),
            constant=beta.constant,
            start=start.astype(whole),
            feature=beta.feature.astype(whole),
            state=beta.state.astype(whole),
            weight=beta.weight,
        )

    def no_trees(self, count: int) -> Trees:
        """Room for the bases of ``count`` right-hand sides that haven't been solved yet."""
        held = len(self._network.held)
        return Trees(np.full((count, self._nodes), NONE, np.int32), np.zeros((count, held), np.bool_))

    def solve_futures(self, entries: Entries, point: Array, features: Array, trees: Trees) -> tuple[Array, IntArray]:
        """Solve R futures at a point in the states, each from its own packed basis, which is renewed in place.

        Args:
            features: φ by future, shape (R, ·).

        Returns:
            Costs, what is priced as it is included, and pivots, each of shape (R,).

        Raises:
            RuntimeError: no flow keeps the bounds, or the pivots come to no end.
        """
        count, n, terms = len(features), len(entries.constant), len(entries.weight)
        cost, pivots = np.empty(count), np.zeros(count, np.int64)
        arcs = len(self._cost)
        right = Right(
            moving=np.empty(n, np.int32),
            moved=np.zeros(1, np.int64),
            constant=np.empty(n),
            start=np.empty(n + 1, np.int32),
            feature=np.empty(terms, np.int32),
            factor=np.empty(terms),
            supply=np.zeros(self._nodes),
            lower=np.zeros(arcs),
            upper=np.full(arcs, np.inf),
        )
        self.reset()
        given = (np.ascontiguousarray(point, np.float64), np.ascontiguousarray(features, np.float64), right, trees)
        _checked(*solve_futures(self._network, self._basis, entries, self._cost, *given, cost, pivots))
        return cost, pivots

    def slopes(self, entries: Entries, features: Array, trees: Trees, weights: Array) -> tuple[Array, Array]:
        """Constants (P,) and slopes (P, states) of Σ weight·duals·β(φ, s) as functions of s, weights (P, R).

        The duals are those of solved futures' ``trees``.
        """
        states = int(entries.state.max(initial=NONE)) + 1
        constants, slopes = np.zeros(len(weights)), np.zeros((len(weights), states))
        room = (np.empty(self._nodes + 1), np.empty(len(entries.constant)))
        features, weights = (np.ascontiguousarray(given, np.float64) for given in (features, weights))
        given = (entries, self._cost, self._scale, features, trees, weights)
        add_slopes(self._network, self._basis, *given, *room, constants, slopes)
        return constants, slopes


def _checked(status: int, at: int) -> None:
    if status == BAD_BOUNDS:
        raise ValueError(f"right-hand side {at}: lower must be ≥ 0, upper finite exactly on capacitated arcs")
    if status != OPTIMAL:
        why = "no flow keeps its bounds" if status == INFEASIBLE else "too many pivots"
        raise RuntimeError(f"right-hand side {at}: {why}")
