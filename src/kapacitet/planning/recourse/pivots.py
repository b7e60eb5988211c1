"""The dual network simplex with bounded arcs, compiled.

All of it stands in one file, because the compiler's cache looks only at the date of the file of the function that
is called. Costs and potentials are whole numbers, so that a pivot is exact; flows are floats. Theory: Ahuja, Magnanti
and Orlin, Network Flows (1993), ch. 11; Maros, Computational Techniques of the Simplex Method (2003), ch. 10.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kapacitet.planning.costs import Array
from kapacitet.planning.recourse.tree import (
    LOWER,
    NONE,
    TREE,
    UPPER,
    Basis,
    Entries,
    Incidence,
    Network,
    Right,
    Trees,
    compiled,
)

OPTIMAL, INFEASIBLE, ENDLESS, BAD_BOUNDS = 0, 1, 2, 3
PRIMAL_TOLERANCE = 1e-10  # of a flow, for supplies up to 1
_PATIENCE, _LIMIT = 10, 10_000  # pivots per node until the rule that can't cycle takes over, and until giving up
_FAR = np.int64(2**62)
_NEAR = 20  # pivots from a right-hand side's own last basis that no other start is likely to better


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
def _load(
    net: Network,
    basis: Basis,
    bounded: npt.NDArray[np.int32],
    cost: Array,
    supply: Array,
    lower: Array,
    upper: Array,
) -> float:
    """Put ``bounded`` arcs outside the tree at their bounds (all others are 0) and let the tree carry the rest.

    Returns what the flow outside the tree costs.
    """
    surplus, standing, tail, head = basis.surplus, basis.standing, net.tail, net.head
    nodes, parent, arc, least, most = basis.nodes, basis.parent, basis.arc, basis.least, basis.most
    total = 0.0
    for v in range(len(supply)):
        surplus[v] = supply[v]
    for e in bounded:
        if standing[e] == TREE:
            continue
        flow = lower[e] if standing[e] == LOWER else upper[e]
        if flow != 0.0:
            surplus[tail[e]] -= flow
            surplus[head[e]] += flow
            total += cost[e] * flow
    for i in range(_subtree(basis, len(supply)) - 1, 0, -1):
        v = nodes[i]
        e = arc[v]
        least[v], most[v] = (lower[e], upper[e]) if tail[e] == v else (-upper[e], -lower[e])
        surplus[parent[v]] += surplus[v]
    return total


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
def _optimise(
    net: Network,
    basis: Basis,
    bounded: npt.NDArray[np.int32],
    cost: Array,
    supply: Array,
    lower: Array,
    upper: Array,
) -> tuple[int, int, float]:
    """Make the basis optimal for one right-hand side: (status, pivots, cost).

    It stays dual feasible if there is no flow. Flows are summed anew after the last pivot, and pivots go on if that
    shows a broken bound.
    """
    tolerance = _tolerance(supply)
    status, done, total = OPTIMAL, 0, 0.0
    while status == OPTIMAL:
        total = _load(net, basis, bounded, cost, supply, lower, upper)
        before = done
        status, done = _pivots(net, basis, lower, upper, tolerance, done)
        if done == before:
            break
    for v in range(len(supply)):
        e = basis.arc[v]
        total += cost[e] * (basis.surplus[v] if net.tail[e] == v else -basis.surplus[v])
    return status, done, total


@compiled
def _tolerance(supply: Array) -> float:
    largest = 1.0
    for amount in supply:
        largest = max(largest, abs(amount))
    return PRIMAL_TOLERANCE * largest


@compiled
def solve_all(
    net: Network,
    basis: Basis,
    bounded: npt.NDArray[np.int32],
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

    ``lower``, ``upper`` may have one row for all; any arc may be ``bounded``. ``flow`` may have one row, for the last
    flows only. Returns (status, number) of the first that has no optimum, (OPTIMAL, R) if all have.
    """
    for r in range(len(supply)):
        low, high = lower[min(r, len(lower) - 1)], upper[min(r, len(upper) - 1)]
        status = _check(net, low, high, _tolerance(supply[r]))
        if status == OPTIMAL:
            status, pivots[r], cost[r] = _optimise(net, basis, bounded, true_cost, supply[r], low, high)
        if status != OPTIMAL:
            return status, r
        x = flow[min(r, len(flow) - 1)]
        for e in range(len(x)):
            x[e] = low[e] if basis.standing[e] == LOWER else high[e]
        for v in range(supply.shape[1]):
            e = basis.arc[v]
            x[e] = basis.surplus[v] if net.tail[e] == v else -basis.surplus[v]
            potential[r, v] = basis.potential[v] / scale
    return OPTIMAL, len(supply)


@compiled
def _hang(net: Network, basis: Basis, arcs: npt.NDArray[np.int32], at_upper: npt.NDArray[np.bool_]) -> None:
    """Unpack a basis."""
    parent, arc, size, potential, standing = basis.parent, basis.arc, basis.size, basis.potential, basis.standing
    child, following, preceding = basis.child, basis.following, basis.preceding
    root = len(arcs)
    for v in range(root):
        standing[arc[v]] = LOWER
        child[v] = NONE
    child[root] = NONE
    for i in range(len(at_upper)):
        standing[net.held[i]] = UPPER if at_upper[i] else LOWER
    for v in range(root):
        e = arcs[v]
        above = net.head[e] if net.tail[e] == v else net.tail[e]
        arc[v], parent[v], standing[e] = e, above, TREE
        first = child[above]
        child[above], following[v], preceding[v] = v, first, NONE
        if first != NONE:
            preceding[first] = v
        size[v] = 1
    size[root] = 1
    count = _subtree(basis, root)
    for i in range(1, count):
        v = basis.nodes[i]
        e, above = arc[v], parent[v]
        potential[v] = potential[above] + net.cost[e] if net.tail[e] == v else potential[above] - net.cost[e]
    for i in range(count - 1, 0, -1):
        v = basis.nodes[i]
        size[parent[v]] += size[v]


@compiled
def _pack(net: Network, basis: Basis, arcs: npt.NDArray[np.int32], at_upper: npt.NDArray[np.bool_]) -> None:
    """The other way."""
    for v in range(len(arcs)):
        arcs[v] = basis.arc[v]
    for i in range(len(at_upper)):
        at_upper[i] = basis.standing[net.held[i]] == UPPER


@compiled
def _put(entries: Entries, right: Right, k: int, amount: float) -> float:
    """An entry's amount to where it belongs; returns what it costs as it is.

    Negative bounds count as 0, and sums of the same amounts can meet a hair apart.
    """
    if k < len(entries.supply):
        right.supply[entries.supply[k]] = amount
        return 0.0
    k -= len(entries.supply)
    if k < len(entries.lower):
        right.lower[entries.lower[k]] = max(amount, 0.0)
        return 0.0
    k -= len(entries.lower)
    if k < len(entries.upper):
        e, most = entries.upper[k], max(amount, 0.0)
        right.upper[e] = most
        right.lower[e] = min(right.lower[e], most)
        return 0.0
    return float(entries.price[k - len(entries.upper)] * amount)


@compiled
def _fix(entries: Entries, point: Array, right: Right) -> float:
    """Right-hand sides at a point, leaving out what it makes 0; returns what all futures pay as it is.

    An arc's two bounds are put together for each future: one with a low upper bound must not spoil the next one's.
    """
    filled, moving, priced = 0, 0, 0.0
    for k in range(len(entries.constant)):
        constant, first = entries.constant[k], filled
        for i in range(entries.start[k], entries.start[k + 1]):
            factor = entries.weight[i]
            if entries.state[i] != NONE:
                factor *= point[entries.state[i]]
            if entries.feature[i] == NONE:
                constant += factor
            elif factor != 0.0:
                right.feature[filled], right.factor[filled] = entries.feature[i], factor
                filled += 1
        if filled > first or entries.paired[k]:
            right.moving[moving], right.constant[moving], right.start[moving] = k, constant, first
            moving += 1
        else:
            priced += _put(entries, right, k, constant)
    right.start[moving], right.moved[0] = filled, moving
    return priced


@compiled
def _bounds(entries: Entries, right: Right, features: Array) -> float:
    """A future's right-hand side to where it belongs; returns what is paid as it is beside what all futures pay."""
    priced = 0.0
    for m in range(right.moved[0]):
        amount = right.constant[m]
        for i in range(right.start[m], right.start[m + 1]):
            amount += right.factor[i] * features[right.feature[i]]
        priced += _put(entries, right, right.moving[m], amount)
    return priced


@compiled
def solve_futures(
    net: Network,
    basis: Basis,
    entries: Entries,
    true_cost: Array,
    point: Array,
    features: Array,
    right: Right,
    trees: Trees,
    cost: Array,
    pivots: npt.NDArray[np.int64],
) -> tuple[int, int]:
    """Futures at a point, each from its own packed basis or from the last one's.

    Its own is tried where there is one; where that took many pivots, so is the one before, and what took fewer on
    average is gone on with.

    Args:
        features: φ by future, shape (R, ·).
        right: room.
        trees: packed bases, renewed in place.
        cost, pivots: by future, filled.

    Returns:
        (status, number) as ``solve_all`` says.
    """
    own, owns, chained, chains = 0, 0, 0, 0
    common = _fix(entries, point, right)
    for r in range(len(features)):
        mine = trees.arc[r, 0] != NONE
        if mine and owns > 0 and own > _NEAR * owns:
            mine = chains > 0 and own * chains <= chained * owns
        if mine:
            _hang(net, basis, trees.arc[r], trees.upper[r])
        priced = common + _bounds(entries, right, features[r])
        bounds = (right.supply, right.lower, right.upper)
        status, pivots[r], flows = _optimise(net, basis, entries.bounded, true_cost, *bounds)
        if status != OPTIMAL:
            return status, r
        if mine:
            own, owns = own + pivots[r], owns + 1
        else:
            chained, chains = chained + pivots[r], chains + 1
        _pack(net, basis, trees.arc[r], trees.upper[r])
        cost[r] = priced + flows
    return OPTIMAL, len(features)


@compiled
def _duals(
    net: Network, basis: Basis, entries: Entries, cost: Array, scale: float, potential: Array, dual: Array
) -> None:
    """Duals of the entries at a basis."""
    for v in range(len(potential)):
        potential[v] = basis.potential[v] / scale
    at = 0
    for v in entries.supply:
        dual[at] = potential[v]
        at += 1
    for e in entries.lower:
        dual[at] = max(cost[e] - potential[net.tail[e]] + potential[net.head[e]], 0.0)
        at += 1
    for e in entries.upper:
        dual[at] = min(cost[e] - potential[net.tail[e]] + potential[net.head[e]], 0.0)
        at += 1
    for price in entries.price:
        dual[at] = price
        at += 1


@compiled
def add_slopes(
    net: Network,
    basis: Basis,
    entries: Entries,
    true_cost: Array,
    scale: float,
    features: Array,
    trees: Trees,
    weights: Array,
    potential: Array,
    dual: Array,
    constants: Array,
    slopes: Array,
) -> None:
    """Σ weight·duals·β(φ, s) over futures as a function of the states s; adds to the last two.

    The duals are those of packed bases. With p of them and ``weights`` of shape (P, R) these have shapes (P,) and
    (P, states); ``potential`` (N + 1,) and ``dual`` (n,) are room.
    """
    for r in range(len(features)):
        used = False
        for p in range(len(weights)):
            used = used or weights[p, r] != 0.0
        if not used:
            continue
        _hang(net, basis, trees.arc[r], trees.upper[r])
        _duals(net, basis, entries, true_cost, scale, potential, dual)
        for k in range(len(dual)):
            if dual[k] == 0.0:
                continue
            for p in range(len(weights)):
                constants[p] += weights[p, r] * dual[k] * entries.constant[k]
            for i in range(entries.start[k], entries.start[k + 1]):
                amount = dual[k] * entries.weight[i]
                if entries.feature[i] != NONE:
                    amount *= features[r, entries.feature[i]]
                if amount == 0.0:
                    continue
                for p in range(len(weights)):
                    if entries.state[i] == NONE:
                        constants[p] += weights[p, r] * amount
                    else:
                        slopes[p, entries.state[i]] += weights[p, r] * amount
