"""One year's recourse as a flow network, the same for all futures; what differs are supplies and bounds of arcs.

Citizens flow from their cell (municipality and group) through a house, or past all houses as purchase or unmet need,
to the root. It is the model of ``planning/constraints`` (tests compare the two for random regions), written so that
thousands of futures need no model of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.recourse.affine import Affine

StateKey = tuple[str, int, int]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Network:
    """min Σ cost·flow + Σ price·β[priced]: outflow − inflow of each node is its supply, lower ≤ flow ≤ upper.

    E arcs, N nodes beside the root, whose number is N.

    Attributes:
        t: index of the year.
        tail, head, cost: of each arc; undiscounted money units per place-year, shape (E,).
        supply: (node, entry of β); other nodes supply nothing. Shape (·, 2), as the next two.
        lower, upper: (arc, entry of β); other arcs lie in [0, ∞).
        priced: (arc it goes with or −1, entry of β) of what costs ``price`` whatever flows.
        beta: right-hand sides.
        features: φ of every future, shape (S, features).
        states: what the states of ``beta`` are.
        use: the arc of the problem each arc of the network is x of, −1 for others, shape (E,).
        house: unit each x leads to, −1 for others, shape (E,).
        need: feature of d of the cell that an x, p or u serves, −1 for others, shape (E,).
        buy, unmet: (municipality, cell) -> arc.
        lack: unit -> entry: residents it ought to have.
        stay: arc of the problem -> entry: residents who are free to move away.
    """

    t: int
    tail: IntArray
    head: IntArray
    cost: Array
    nodes: int
    supply: IntArray
    lower: IntArray
    upper: IntArray
    priced: IntArray
    price: Array
    beta: Affine
    features: Array
    states: tuple[StateKey, ...]
    use: IntArray
    house: IntArray
    need: IntArray
    buy: Mapping[tuple[int, int], int]
    unmet: Mapping[tuple[int, int], int]
    lack: Mapping[int, int]
    stay: Mapping[int, int]

    def point(self, state: Mapping[StateKey, float]) -> Array:
        """The states' values by number; what isn't mentioned is 0, shape (states,)."""
        return np.array([state.get(key, 0.0) for key in self.states], dtype=np.float64)
