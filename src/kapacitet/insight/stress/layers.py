"""Which of the cheapest flows: houses equally full, then municipalities alike, then by names; as one flow of layers.

Convex costs become arcs of one person each at rising cost (Ahuja, Magnanti and Orlin, *Network Flows*, 1993, chapter
14). The three goals are kept apart by weights: a change from one flow to another is a sum of cycles that pass no node
twice, so a cycle's greatest change of the later goals bounds the weight an earlier one needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.insight.stress.flow import COST_RANGE, cheapest_flow
from kapacitet.insight.stress.potentials import IntArray
from kapacitet.planning.costs import Array

FULL = 55_440
"""Whole steps of (b) in 1, as far as 63 bits allow: exact for houses of up to 12 places."""
ENOUGH = 2_000
LATER = ((840, 128), (60, 32), (12, 8), (2, 2))
"""Whole steps of (c) in 1, and checksums that decide what is left: the first that leave (b) enough. 840 is exact for
cells of up to 8 persons."""


@dataclass(frozen=True)
class Weights:
    """What a goal counts, in whole numbers.

    Attributes:
        full: one step of (b).
        steps: whole steps of (b) in 1.
        alike: one step of (c).
        thirds: whole steps of (c) in 1.
        ties: checksums lie below this.
    """

    full: int
    steps: int
    alike: int
    thirds: int
    ties: int

    @classmethod
    def of(cls, houses: int, cells: int, fullest: float) -> Weights:
        """Weights that hold for any flow between so many houses and cells.

        Args:
            fullest: the largest n/P.

        Raises:
            ValueError: the three goals can't be told apart in 63 bits (many thousand houses and cells).
        """
        passed = 2 * (min(houses, cells) + 2)  # arcs from cells that a cycle can change
        nodes = 2 * houses + cells + 2
        for thirds, ties in LATER:
            alike = passed * ties
            full = passed * 2 * thirds * alike + alike
            steps = int(COST_RANGE / nodes / full / (2 * fullest + 1))
            if steps >= ENOUGH:
                break
        if steps < 1:
            raise ValueError("too many houses for whole costs")
        return cls(full, min(steps, FULL), alike, thirds, ties)

    def by_house(self, places: Array) -> tuple[Array, IntArray]:
        """(steps of n² in each house, what a step counts)."""
        return self.steps / places, np.full(len(places), self.full)

    def by_cell(self, need: Array) -> tuple[Array, IntArray]:
        """(steps of x² of each cell, what a step counts)."""
        return self.thirds / need, np.full(len(need), self.alike)


@dataclass(frozen=True, eq=False)
class Layered:
    """Arcs that are all equally cheap, some of them with a convex cost.

    Attributes:
        tails, heads, room: the arcs, the root being the last node, shape (A,).
        start: what flows beside the arc's own flow already.
        steps: of (start + flow)²; 0 where the size of the flow doesn't matter.
        worth: what a step counts.
        ties: what each person costs beside.
    """

    tails: IntArray
    heads: IntArray
    room: IntArray
    start: IntArray
    steps: Array
    worth: IntArray
    ties: IntArray

    def solve(self, supply: IntArray) -> IntArray:
        """Flows with least Σ worth·steps·(start + flow)² + ties·flow, shape (A,).

        Args:
            supply: by node, the root apart.
        """
        convex = self.steps > 0
        layers = np.where(convex, self.room, 1)
        arc = np.repeat(np.arange(len(layers)), layers)
        before = np.arange(len(arc)) - np.repeat(np.cumsum(layers) - layers, layers)
        marginal = np.rint((2 * (self.start[arc] + before) + 1) * self.steps[arc]).astype(np.int64)
        room = np.where(convex, 1, self.room)
        costs = marginal * self.worth[arc] + self.ties[arc]
        flows = cheapest_flow(self.tails[arc], self.heads[arc], room[arc], costs, supply)
        return np.bincount(arc, flows, minlength=len(layers)).astype(np.int64)
