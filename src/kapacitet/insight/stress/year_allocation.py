"""One year's allocation in whole persons, future by future."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kapacitet.insight.stress.flow import cheapest_flow
from kapacitet.insight.stress.layers import Layered, Weights
from kapacitet.insight.stress.potentials import IntArray, potentials
from kapacitet.insight.stress.ties import Checksums, ties
from kapacitet.insight.stress.year_flow import YearFlow, year_flow
from kapacitet.planning.costs import Array
from kapacitet.planning.plan import Plan, YearOutcome
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.network import BoolArray


class YearAllocation:
    """A year of a plan, ready for one future after another.

    Args:
        problem: its futures must be whole persons.
        names: of :func:`~kapacitet.insight.stress.ties.checksums`.
    """

    def __init__(self, problem: Problem, plan: Plan, t: int, names: Checksums) -> None:
        self.problem, self.t = problem, t
        self.flow: YearFlow = year_flow(problem, plan, t)
        network, used = self.flow.network, self.flow.arcs
        self.need = network.need[used]
        self.served = self.need >= 0
        self.use = network.use[used]
        self.names = names
        self.placed = np.flatnonzero(network.use >= 0)
        self.leaves = np.flatnonzero(self.flow.doorway)
        places = problem.places[:, t]
        room = 1 + problem.scenario.limits.over_occupancy
        self.weights = Weights.of(len(problem.units), len(problem.municipalities) * len(problem.cells), room)
        self.places = np.where(places > 0, places, 1.0)[self.flow.unit]
        self.guests = np.stack(
            [f.external[:, :, t].sum(axis=1).astype(np.int64) for f in problem.futures]
        )  # of houses that stay as they are; those that end have nobody free to be levelled among

    def outcome(self, w: int, future: int) -> YearOutcome:
        """Who is placed where in the w-th of the problem's futures, whose index among all is ``future``."""
        flow = self.flow
        lower = flow.lower[w]
        room = np.maximum(flow.upper[w] - lower, 0)
        supply = np.append(flow.supply[w], 0)
        np.subtract.at(supply, flow.tails, lower)
        np.add.at(supply, flow.heads, lower)
        room = np.where(self.served, np.minimum(room, supply[flow.tails]), room)  # nobody flows into a cell
        cheap = cheapest_flow(flow.tails, flow.heads, room, flow.costs, supply[:-1])
        level = potentials(flow.tails, flow.heads, room, flow.costs, cheap, len(supply))
        reduced = flow.costs + level[flow.tails] - level[flow.heads]
        free = (np.abs(reduced) <= flow.tie) & (room > 0)
        flows = lower + self._levelled(w, future, free, np.where(free, 0, cheap), room, supply)
        return self._outcome(w, flows)

    def _levelled(
        self, w: int, future: int, free: BoolArray, stands: IntArray, room: IntArray, supply: IntArray
    ) -> IntArray:
        """Flows beyond the lower bounds: those that stand, and on the free arcs the one that (b) and (c) choose."""
        flow, nodes = self.flow, len(supply)
        supply = supply.copy()
        np.subtract.at(supply, flow.tails, stands)
        np.add.at(supply, flow.heads, stands)
        free = free & ~(self.served & (supply[flow.tails] == 0))  # a cell with nobody left to place
        own = np.flatnonzero(free & ~flow.doorway)
        most = np.where(self.served[own], np.minimum(room[own], supply[flow.tails[own]]), room[own])
        doors = np.flatnonzero(free & flow.doorway)
        houses, door_of = np.unique(flow.tails[doors], return_inverse=True)
        gone = np.zeros(nodes, dtype=np.int64)
        np.add.at(gone, flow.tails[self.leaves], (flow.lower[w] + stands)[self.leaves])
        arriving = np.zeros(nodes, dtype=np.int64)
        np.add.at(arriving, flow.heads[own], most)
        leaving = np.bincount(door_of, room[doors], minlength=len(houses)).astype(np.int64)
        leaving = np.minimum(leaving, np.maximum(arriving[houses] + supply[houses], 0))
        beyond = nodes - 1 + np.arange(len(houses))  # a node behind each house, where its layers end
        root = nodes - 1 + len(houses)
        heads = np.where(flow.heads == nodes - 1, root, flow.heads)
        need = np.where(self.served[own], flow.network.features[w][self.need[own]], 1.0)
        cell_steps, cell_worth = self.weights.by_cell(np.maximum(need, 1.0))
        house_steps, house_worth = self.weights.by_house(self.places[houses])
        none = np.zeros(len(doors), dtype=np.int64)
        guests = self.guests[w][flow.unit[houses]]
        layered = Layered(
            tails=np.concatenate([flow.tails[own], houses, beyond[door_of]]),
            heads=np.concatenate([heads[own], beyond, heads[doors]]),
            room=np.concatenate([most, leaving, room[doors]]),
            start=np.concatenate([flow.lower[w][own], guests + gone[houses], none]),
            steps=np.concatenate([np.where(self.served[own], cell_steps, 0.0), house_steps, np.zeros(len(doors))]),
            worth=np.concatenate([cell_worth, house_worth, none]),
            ties=np.concatenate([self._ties(own, future), np.zeros(len(houses), np.int64), none]),
        )
        found = layered.solve(np.concatenate([supply[:-1], np.zeros(len(houses), np.int64)]))
        result = stands.copy()
        result[own] = found[: len(own)]
        result[doors] = found[len(own) + len(houses) :]
        return result

    def _ties(self, arcs: IntArray, future: int) -> IntArray:
        """What decides between equals, by arc of the flow; only uses of houses have any."""
        use = self.use[arcs]
        return np.where(use >= 0, ties(self.names[use], self.t, future, self.weights.ties), 0)

    def _by_cell(self, arcs: Mapping[tuple[int, int], int], flows: Array) -> Array:
        """What flows on one arc per municipality and cell, shape (K, C)."""
        found = np.zeros((len(self.problem.municipalities), len(self.problem.cells)))
        if arcs:
            k, c = np.array(list(arcs)).T
            found[k, c] = flows[list(arcs.values())]
        return found

    def _outcome(self, w: int, flows: IntArray) -> YearOutcome:
        problem, flow, network = self.problem, self.flow, self.flow.network
        every = np.zeros(len(network.tail))
        every[flow.arcs] = flows
        use, moved = np.zeros(len(problem.arcs)), np.zeros(len(problem.arcs))
        use[network.use[self.placed]] = every[self.placed]
        buy, unmet = (self._by_cell(arcs, every) for arcs in (network.buy, network.unmet))
        short = np.zeros(len(problem.units))
        beta = flow.beta[w]
        inside = np.bincount(problem.arcs.u, use, minlength=len(problem.units))
        for u, entry in network.lack.items():
            short[u] = max(beta[entry] - inside[u], 0.0)
        for a, entry in network.stay.items():
            moved[a] = max(beta[entry] - use[a], 0.0)
        cost = float(network.cost @ every + network.price @ beta[network.priced[:, 1]]) * problem.money_unit
        return YearOutcome.of(use, buy, unmet, short, moved, cost)
