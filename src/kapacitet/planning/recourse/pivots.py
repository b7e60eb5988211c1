"""The dual network simplex with bounded arcs, compiled.

All of it stands in one file, because the compiler's cache looks only at the date of the file of the function that
is called. Costs and potentials are whole numbers, so that a pivot is exact; flows are floats. Theory: Ahuja, Magnanti
and Orlin, Network Flows (1993), ch. 11; Maros, Computational Techniques of the Simplex Method (2003), ch. 10.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kapacitet.planning.costs import Array
from kapacitet.planning.recourse.tree import LOWER, NONE, TREE, UPPER, Basis, Incidence, Network, compiled

OPTIMAL, INFEASIBLE, ENDLESS, BAD_BOUNDS = 0, 1, 2, 3
PRIMAL_TOLERANCE = 1e-10  # of a flow, for supplies up to 1
_PATIENCE, _LIMIT = 10, 10_000  # pivots per node until the rule that can't cycle takes over, and until giving up
_FAR = np.int64(2**62)


@compiled
def _check(net: Network, lower: Array, upper: Array, tolerance: float) -> int:
    for e in range(len(lower)):
        if not lower[e] >= 0.0:
            return BAD_BOUNDS
        if net.capacitated[e]:
            if not upper[e] < np.inf:
                return BAD_BOUNDS
            if lower[e] > upper[e] + tolerance:
                return INFEASIBLE
        elif upper[e] != np.inf:
            return BAD_BOUNDS
    return OPTIMAL


@compiled
def _subtree(basis: Basis, top: int) -> int:
    """List the nodes of a subtree, parents first; returns how many."""
    nodes, child, following = basis.nodes, basis.child, basis.following
    nodes[0], count, i = top, 1, 0
    while i < count:
        u = child[nodes[i]]
        while u != NONE:
            nodes[count] = u
            count += 1
            u = following[u]
        i += 1
    return count


@compiled
def _load(net: Network, basis: Basis, supply: Array, lower: Array, upper: Array) -> None:
    """Put arcs outside the tree at their bounds and let the tree carry the rest."""
    surplus, standing, tail, head = basis.surplus, basis.standing, net.tail, net.head
    nodes, parent, arc, least, most = basis.nodes, basis.parent, basis.arc, basis.least, basis.most
    for v in range(len(supply)):
        surplus[v] = supply[v]
    for e in range(len(lower)):
        if standing[e] == TREE:
            continue
        flow = lower[e] if standing[e] == LOWER else upper[e]
        if flow != 0.0:
            surplus[tail[e]] -= flow
            surplus[head[e]] += flow
    for i in range(_subtree(basis, len(supply)) - 1, 0, -1):
        v = nodes[i]
        e = arc[v]
        least[v], most[v] = (lower[e], upper[e]) if tail[e] == v else (-upper[e], -lower[e])
        surplus[parent[v]] += surplus[v]


@compiled
def _leaving(basis: Basis, tolerance: float, careful: bool) -> int:
    """The node whose tree arc breaks a bound and shall leave, NONE if all hold.

    A row of the inverse basis is the indicator of a subtree, so that sizes give the weights of dual steepest edge.
    The excess per node of the smaller side takes a few pivots more than excess² does, but on smaller subtrees.
    ``careful`` takes the arc with the smallest number (Bland).
    """
    best, best_score = NONE, 0.0
    surplus, least, most, size = basis.surplus, basis.least, basis.most, basis.size
    for v in range(len(surplus) - 1):
        excess = max(surplus[v] - most[v], least[v] - surplus[v])
        if excess > tolerance:
            score = 1.0 / (1.0 + basis.arc[v]) if careful else excess / min(size[v], len(surplus) - size[v])
            if score > best_score:
                best, best_score = v, score
    return best


@compiled
def _free_candidate(
    at: Incidence, basis: Basis, nodes: npt.NDArray[np.int32], count: int, sign: int, across: bool, leaving: int
) -> tuple[int, np.int64]:
    """The free arc across the cut whose reduced cost is used up first, in the direction that ``at`` lists.

    ``nodes`` are those of one side; ``across`` is what ``inside`` says of the other.
    """
    inside, potential = basis.inside, basis.potential
    start, other, cost, arc = at.start, at.other, at.cost, at.arc
    best, best_ratio = NONE, _FAR
    for i in range(count):
        v = nodes[i]
        level = sign * potential[v]
        for k in range(start[v], start[v + 1]):
            ratio = cost[k] + sign * potential[other[k]] - level
            if ratio > best_ratio or inside[other[k]] != across or arc[k] == leaving:
                continue
            if ratio < best_ratio or arc[k] < best:
                best, best_ratio = arc[k], ratio
    return best, best_ratio


@compiled
def _free_across(net: Network, basis: Basis, count: int, sign: int, leaving: int) -> tuple[int, np.int64]:
    """The free arc that mends the violation of a cut first, searched from the side that has fewer arcs."""
    near, far = (net.free_out, net.free_in) if sign > 0 else (net.free_in, net.free_out)
    nodes, rest, inside, total = basis.nodes, basis.rest, basis.inside, len(basis.parent)
    near_start, far_start = near.start, far.start
    saved = np.int64(far_start[total])
    for i in range(count):
        v = nodes[i]
        saved -= far_start[v + 1] - far_start[v] + near_start[v + 1] - near_start[v]
    if saved >= 0:
        return _free_candidate(near, basis, nodes, count, sign, False, leaving)
    others = 0
    for v in range(total):
        if not inside[v]:
            rest[others] = v
            others += 1
    return _free_candidate(far, basis, rest, others, -sign, True, leaving)


@compiled
def _capacitated_candidates(
    at: Incidence, basis: Basis, count: int, sign: int, standing: int, below: np.int64, found: int
) -> int:
    """Capacitated arcs across the cut that stand at a bound and whose reduced cost is used up before ``below``."""
    start, other, cost, arc = at.start, at.other, at.cost, at.arc
    nodes, inside, potential, stands = basis.nodes, basis.inside, basis.potential, basis.standing
    for i in range(count):
        v = nodes[i]
        for k in range(start[v], start[v + 1]):
            if stands[arc[k]] == standing and not inside[other[k]]:
                ratio = standing * (cost[k] + sign * (potential[other[k]] - potential[v]))
                if ratio <= below:
                    basis.candidate[found], basis.ratio[found] = arc[k], ratio
                    found += 1
    return found


@compiled
def _push(basis: Basis, source: int, target: int, amount: float) -> None:
    """Send ``amount`` from source to target over an arc outside the tree; tree arcs on the cycle make up for it.

    Of two nodes the one with the smaller subtree can't be above the other.
    """
    parent, surplus, size = basis.parent, basis.surplus, basis.size
    while source != target:
        if size[source] < size[target]:
            surplus[source] -= amount
            source = parent[source]
        else:
            surplus[target] += amount
            target = parent[target]


@compiled
def _entering(
    net: Network,
    basis: Basis,
    v: int,
    count: int,
    sign: int,
    lower: Array,
    upper: Array,
    tolerance: float,
    careful: bool,
) -> tuple[int, np.int64]:
    """The arc that enters when the tree arc of v leaves, and how far the subtree's potentials move.

    ``sign`` is 1 if more must leave the subtree on other ways, −1 if more must come in. Capacitated arcs that are
    passed change bound as long as that doesn't mend the whole violation (long step). NONE: nothing can mend it.
    """
    free, below = _free_across(net, basis, count, sign, basis.arc[v])
    if sign > 0:
        found = _capacitated_candidates(net.capacitated_out, basis, count, 1, LOWER, below, 0)
        found = _capacitated_candidates(net.capacitated_in, basis, count, -1, UPPER, below, found)
    else:
        found = _capacitated_candidates(net.capacitated_in, basis, count, -1, LOWER, below, 0)
        found = _capacitated_candidates(net.capacitated_out, basis, count, 1, UPPER, below, found)
    candidate, ratio = basis.candidate, basis.ratio
    slope = max(basis.surplus[v] - basis.most[v], basis.least[v] - basis.surplus[v])
    passed = 0
    while passed < found:
        first = passed
        for i in range(passed + 1, found):
            if ratio[i] < ratio[first] or (ratio[i] == ratio[first] and candidate[i] < candidate[first]):
                first = i
        e, step = candidate[first], ratio[first]
        if careful and step == below and NONE < free < e:
            break
        width = max(upper[e] - lower[e], 0.0)
        if slope - width <= tolerance or (careful and width > 0.0):
            _flip(net, basis, passed, lower, upper)
            return e, step
        candidate[first], ratio[first] = candidate[passed], ratio[passed]
        candidate[passed], ratio[passed] = e, step
        slope -= width
        passed += 1
    if free != NONE:
        _flip(net, basis, passed, lower, upper)
    return free, below


@compiled
def _flip(net: Network, basis: Basis, passed: int, lower: Array, upper: Array) -> None:
    """Move the first ``passed`` candidates to their other bound."""
    for i in range(passed):
        e = basis.candidate[i]
        width = basis.standing[e] * max(upper[e] - lower[e], 0.0)
        basis.standing[e] = -basis.standing[e]
        if width != 0.0:
            _push(basis, net.tail[e], net.head[e], width)


@compiled
def _exchange(net: Network, basis: Basis, v: int, sign: int, entering: int, lower: Array, upper: Array) -> None:
    """Let ``entering`` take the place of the tree arc of v, and hang the subtree by its end inside."""
    parent, arc, size = basis.parent, basis.arc, basis.size
    surplus, least, most = basis.surplus, basis.least, basis.most
    child, following, preceding = basis.child, basis.following, basis.preceding
    tail, head, standing = net.tail, net.head, basis.standing
    leaving, total = arc[v], size[v]
    outward = basis.inside[tail[entering]]
    a, b = (tail[entering], head[entering]) if outward else (head[entering], tail[entering])
    excess = surplus[v] - (most[v] if sign > 0 else least[v])
    _push(basis, a, b, excess)
    flow = lower[entering] if standing[entering] == LOWER else upper[entering]
    standing[entering] = TREE
    standing[leaving] = UPPER if (tail[leaving] == v) == (sign > 0) else LOWER
    p, q = parent[v], b
    while p != q:
        if size[p] < size[q]:
            size[p] -= total
            p = parent[p]
        else:
            size[q] += total
            q = parent[q]
    u, above, by, carried, under = a, b, entering, (flow if outward else -flow) + excess, total
    while True:
        old_parent, old_arc, old_surplus, old_size = parent[u], arc[u], surplus[u], size[u]
        before, after = preceding[u], following[u]
        if before == NONE:
            child[old_parent] = after
        else:
            following[before] = after
        if after != NONE:
            preceding[after] = before
        first = child[above]
        child[above], following[u], preceding[u] = u, first, NONE
        if first != NONE:
            preceding[first] = u
        parent[u], arc[u], surplus[u], size[u] = above, by, carried, under
        least[u], most[u] = (lower[by], upper[by]) if tail[by] == u else (-upper[by], -lower[by])
        if u == v:
            break
        u, above, by, carried, under = old_parent, u, old_arc, -old_surplus, total - old_size


@compiled
def _pivots(net: Network, basis: Basis, lower: Array, upper: Array, tolerance: float, done: int) -> tuple[int, int]:
    """Pivot until every tree arc holds its bounds: (status, pivots, those ``done`` before included)."""
    nodes, inside, potential = basis.nodes, basis.inside, basis.potential
    patience, limit = _PATIENCE * len(basis.parent), _LIMIT * len(basis.parent)
    while True:
        careful = done >= patience
        v = _leaving(basis, tolerance, careful)
        if v == NONE:
            return OPTIMAL, done
        if done >= limit:
            return ENDLESS, done
        sign = 1 if basis.surplus[v] > basis.most[v] else -1
        count = _subtree(basis, v)
        for i in range(count):
            inside[nodes[i]] = True
        entering, step = _entering(net, basis, v, count, sign, lower, upper, tolerance, careful)
        if entering != NONE:
            _exchange(net, basis, v, sign, entering, lower, upper)
        for i in range(count):
            inside[nodes[i]] = False
        if entering == NONE:
            return INFEASIBLE, done
        for i in range(count):
            potential[nodes[i]] += sign * step
        done += 1


@compiled
def solve_one(net: Network, basis: Basis, supply: Array, lower: Array, upper: Array) -> tuple[int, int]:
    """Make the basis optimal for one right-hand side: (status, pivots). It stays dual feasible if there is no flow.

    Flows are summed anew after the last pivot, and pivots go on if that shows a broken bound.
    """
    largest = 1.0
    for amount in supply:
        largest = max(largest, abs(amount))
    tolerance = PRIMAL_TOLERANCE * largest
    status, done = _check(net, lower, upper, tolerance), 0
    while status == OPTIMAL:
        _load(net, basis, supply, lower, upper)
        before = done
        status, done = _pivots(net, basis, lower, upper, tolerance, done)
        if done == before:
            break
    return status, done


@compiled
def solve_all(
    net: Network,
    basis: Basis,
    true_cost: Array,
    scale: float,
    supply: Array,
    lower: Array,
    upper: Array,
    cost: Array,
    potential: Array,
    flow: Array,
    pivots: npt.NDArray[np.int64],
) -> tuple[int, int]:
    """Right-hand sides in order, each from the last basis; fills the last four.

    ``lower``, ``upper`` may have one row for all. ``flow`` may have one row, for the last flows only.
    Returns (status, number) of the first that has no optimum, (OPTIMAL, R) if all have.
    """
    for r in range(len(supply)):
        low, high = lower[min(r, len(lower) - 1)], upper[min(r, len(upper) - 1)]
        status, pivots[r] = solve_one(net, basis, supply[r], low, high)
        if status != OPTIMAL:
            return status, r
        x = flow[min(r, len(flow) - 1)]
        total = 0.0
        for e in range(len(x)):
            x[e] = low[e] if basis.standing[e] == LOWER else high[e]
            if basis.standing[e] != TREE:
                total += true_cost[e] * x[e]
        for v in range(supply.shape[1]):
            e = basis.arc[v]
            x[e] = basis.surplus[v] if net.tail[e] == v else -basis.surplus[v]
            total += true_cost[e] * x[e]
            potential[r, v] = basis.potential[v] / scale
        cost[r] = total
    return OPTIMAL, len(supply)
