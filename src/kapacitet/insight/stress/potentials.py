"""Node potentials of a cheapest flow, which say what else is just as cheap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kapacitet.planning.recourse.tree import compiled

IntArray = npt.NDArray[np.int64]


@compiled
def potentials(
    tails: IntArray, heads: IntArray, room: IntArray, costs: IntArray, flows: IntArray, nodes: int
) -> IntArray:
    """π with cost + π[tail] − π[head] ≥ 0 on every arc that can take more, ≤ 0 on every arc that can give some back.

    Bellman and Ford's shortest distances in the residual network from all nodes at once; whole numbers, so exact.

    Args:
        tails, heads, room, costs: the arcs, shape (A,).
        flows: a cheapest flow on them, 0 ≤ flow ≤ room.
        nodes: how many nodes there are.
    """
    found = np.zeros(nodes, dtype=np.int64)
    for _ in range(nodes + 1):
        moved = False
        for a in range(len(tails)):
            tail, head, cost = tails[a], heads[a], costs[a]
            if flows[a] < room[a] and found[tail] + cost < found[head]:
                found[head], moved = found[tail] + cost, True
            if flows[a] > 0 and found[head] - cost < found[tail]:
                found[tail], moved = found[head] - cost, True
        if not moved:
            return found
    raise ValueError("the flow isn't a cheapest one")
