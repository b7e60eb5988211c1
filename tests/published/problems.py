"""Location problems for tests: written as files of the OR-Library, and solved by looking at every choice of sites."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog


@dataclass(frozen=True)
class Problem:
    """Capacity and fixed cost of sites; demand of customers; cost of all of a customer's demand from each site."""

    capacity: Sequence[float]
    fixed: Sequence[float]
    demand: Sequence[float]
    cost: Sequence[Sequence[float]]

    def text(self, *, width: int = 7, word: bool = False) -> str:
        """The file, ``width`` numbers on a line whatever they are; ``word`` writes the word for each capacity."""
        numbers = [str(len(self.fixed)), str(len(self.demand))]
        for room, fixed in zip(self.capacity, self.fixed, strict=True):
            numbers += ["capacity" if word else f"{room}", f"{fixed}."]
        for need, costs in zip(self.demand, self.cost, strict=True):
            numbers += [f"{need}", *(f"{cost:.5f}" for cost in costs)]
        return "".join(f" {' '.join(part)} \n" for part in itertools.batched(numbers, width))

    def optimum(self) -> float:
        """Least cost over every choice of sites; the sites chosen supply at least cost (a linear program)."""
        choices = itertools.product((0, 1), repeat=len(self.fixed))
        return min(self._cost(np.array(chosen, dtype=np.bool_)) for chosen in choices)

    def _cost(self, chosen: np.ndarray) -> float:
        room = np.array(self.capacity, dtype=np.float64)[chosen]
        need = np.array(self.demand, dtype=np.float64)
        if room.sum() < need.sum():
            return float("inf")
        fixed = float(np.array(self.fixed)[chosen].sum())
        n, m = len(need), len(room)
        if not need.any():
            return fixed
        unit = np.array(self.cost)[:, chosen] / np.where(need > 0, need, 1.0)[:, None]
        rows = np.kron(np.eye(n), np.ones(m))  # one per customer
        columns = np.kron(np.ones(n), np.eye(m))  # one per site
        solved = linprog(unit.ravel(), A_ub=columns, b_ub=room, A_eq=rows, b_eq=need)
        return fixed + float(solved.fun)


SMALL = Problem(
    capacity=(10, 8, 12),
    fixed=(100, 60, 150),
    demand=(5, 4, 0, 6),
    cost=((10, 50, 25), (40, 8, 20), (0, 0, 0), (90, 30, 12)),
)
"""Two sites of three are needed for 15. Sites 1 and 2 cost 160; customer 1 from site 1: 10; customer 4 from site 2:
30; customer 2 as far as site 2 has room, 2 of 4: 4, and the rest from site 1: 20. That is 224; no choice is cheaper.
"""
