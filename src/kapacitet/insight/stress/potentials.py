"""Node potentials of a cheapest flow, which say what else is just as cheap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kapacitet.planning.recourse.tree import compiled

IntArray = npt.NDArray[np.int64]


def potentials(
    tails: IntArray, heads: IntArray, room: IntArray, costs: IntArray, flows: IntArray, nodes: int
) -> IntArray:
    """π with cost + π[tail] − π[head] ≥ 0 on every arc that can take more, ≤ 0 on every arc that can give some back.

    Bellman and Ford's shortest distances in the residual network from all nodes at once; whole numbers, so exact.

    Args:
        tails, heads, room, costs: the arcs, shape (A,).
        flows: a cheapest flow on them, 0 ≤ flow ≤ room.
        nodes: how many nodes there are.

    Raises:
        ValueError: the flow isn't a cheapest one.
    """
    found = np.zeros(nodes, dtype=np.int64)
    if not _settle(tails, heads, room, costs, flows, found):
        raise ValueError("the flow isn't a cheapest one")
    return found


@compiled
def _settle(
    tails: IntArray, heads: IntArray, room: IntArray, costs: IntArray, flows: IntArray, found: IntArray
) -> bool:
    """Lowers ``found`` in place until it is the potentials; False with a cycle that makes the flow cheaper."""
    for _ in range(len(found) + 1):
        moved = False
        for a in range(len(tails)):
            tail, head, cost = tails[a], heads[a], costs[a]
            if flows[a] < room[a] and found[tail] + cost < found[head]:
                found[head], moved = found[tail] + cost, True
            if flows[a] > 0 and found[head] - cost < found[tail]:
                found[tail], moved = found[head] - cost, True
        if not moved:
            return True
    return False
