"""One year's cheapest whole-person assignment of those who are to be placed, as a min-cost flow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kapacitet.placement.ground import Ground, Layout
from kapacitet.placement.network import COST_RANGE, IntArray, least_cost_flow
from kapacitet.planning.costs import Array

FULLNESS_STEPS = 64
"""Fineness of how full a house is, when equally cheap houses are told apart."""


@dataclass(frozen=True)
class Request:
    """Who is to be placed beside those who stay.

    Attributes:
        pool: persons by municipality and cell, shape (K, C).
        fixed: persons who stay where they are, shape (K + 1, C, P).
        homes: how many of the pool live on each arc already, shape (A,): only where they may be moved.
        charge: kr. for each of ``homes`` who is moved away, shape (A,).
    """

    pool: IntArray
    fixed: IntArray
    homes: IntArray
    charge: Array


@dataclass(frozen=True)
class _Arcs:
    """Arcs with their cost in kr. and what tells equally cheap ones apart (``fine``)."""

    tail: IntArray
    head: IntArray
    capacity: IntArray
    cost: Array
    fine: IntArray


def assign(layout: Layout, ground: Ground, t: int, request: Request) -> IntArray:
    r"""Where the pool goes at least cost, shape (K, C, P).

    min Σ cost·x + price·p + penalty·u + critical mass + charges  over whole x, p, u with Σ x + p + u = pool,
    x within the room left, p within what is to be had. Of equally cheap ones: those who may be moved stay, then
    least Σ n²/P (houses equally full), as in the plan's own allocation.
    """
    problem, pool = layout.problem, request.pool
    found = np.zeros((pool.shape[0], pool.shape[1], layout.shape[2]), dtype=np.int64)
    if not pool.any():
        return found
    k, c = np.nonzero(pool)
    buyer = np.full(pool.shape, -1, dtype=np.int64)
    buyer[k, c] = np.arange(len(k))
    U, G = len(problem.units), len(layout.groups)
    house, market, sink = len(k), len(k) + U, len(k) + U + G
    present = request.fixed[:, :, :U].sum(axis=(0, 1))
    fill = _fill(layout, ground, present, house, sink, int(pool.sum()))
    use, arc = _use(layout, ground, t, request, buyer, house, 1 + int(fill.fine.max(initial=0)))
    bought = request.fixed[:, :, layout.bought] + request.fixed[:, :, layout.outside]
    left = ground.to_buy - np.bincount(layout.group, weights=bought.sum(axis=0), minlength=G).astype(np.int64)
    many, free = pool[k, c], np.zeros(len(k))
    groups = np.arange(G)
    parts = [
        use,
        _Arcs(buyer[k, c], market + layout.group[c], many, problem.purchase_price[c, t], _none(len(k))),
        _Arcs(buyer[k, c], np.full(len(k), sink), many, free + problem.unmet_rate[t], _none(len(k))),
        _Arcs(market + groups, np.full(G, sink), np.maximum(left, 0), np.zeros(G), _none(G)),
        fill,
    ]
    supplies = np.zeros(sink + 1, dtype=np.int64)
    supplies[: len(k)] = many
    supplies[sink] = -many.sum()
    flows = _solve(parts, supplies)
    own = flows[: len(arc)]
    arcs = problem.arcs
    np.add.at(found, (arcs.k[arc], arcs.c[arc], arcs.u[arc]), own)
    found[k, c, layout.bought] = flows[len(arc) : len(arc) + len(k)]
    found[k, c, layout.unserved] = flows[len(arc) + len(k) : len(arc) + 2 * len(k)]
    return found


def _none(size: int) -> IntArray:
    return np.zeros(size, dtype=np.int64)


def _use(
    layout: Layout, ground: Ground, t: int, request: Request, buyer: IntArray, house: int, stay: int
) -> tuple[_Arcs, IntArray]:
    """Arcs from buyers to houses, and the triple each stands for: first those at home, then anybody.

    ``stay`` is more than a fuller house can ever weigh.
    """
    arcs, cost = layout.problem.arcs, layout.problem.arc_cost[:, t]
    wanted = (buyer[arcs.k, arcs.c] >= 0) & ground.open[arcs.u]
    at_home = np.flatnonzero(wanted & (request.homes > 0))
    anybody = np.flatnonzero(wanted & ground.joinable)
    arc = np.concatenate([at_home, anybody])
    capacity = np.concatenate([request.homes[at_home], request.pool[arcs.k[anybody], arcs.c[anybody]]])
    saved = np.concatenate([request.charge[at_home], np.zeros(len(anybody))])
    fine = np.concatenate([np.full(len(at_home), -stay), _none(len(anybody))])
    tail, head = buyer[arcs.k[arc], arcs.c[arc]], house + arcs.u[arc]
    return _Arcs(tail, head, capacity, cost[arc] - saved, fine), arc


def _fill(layout: Layout, ground: Ground, present: IntArray, house: int, sink: int, most: int) -> _Arcs:
    """An arc per place left: a place below critical mass saves its penalty, the next in a fuller house is later."""
    problem = layout.problem
    left = np.clip(ground.room - present, 0, most)
    u = np.repeat(np.arange(len(left)), left)
    number = present[u] + np.arange(len(u)) - np.repeat(np.cumsum(left) - left, left)
    missing = np.clip(ground.mass[u] - number, 0.0, 1.0)
    places = np.array([unit.places for unit in problem.units])
    fullness = np.rint(FULLNESS_STEPS * (2 * number + 1) / np.maximum(places[u], 1)).astype(np.int64)
    return _Arcs(
        house + u,
        np.full(len(u), sink),
        np.ones(len(u), dtype=np.int64),
        -problem.scenario.costs.critical_mass_penalty * missing,
        fullness,
    )


def _solve(parts: list[_Arcs], supplies: IntArray) -> IntArray:
    """Costs as whole numbers as fine as OR-Tools takes them; what only tells ties apart never adds up to one."""
    tail, head, capacity, cost, fine = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("tail", "head", "capacity", "cost", "fine")
    )
    steps = 1 + int(supplies[supplies > 0].sum()) * int(fine.max(initial=0) - fine.min(initial=0))
    largest = float(np.abs(cost).max(initial=0.0)) + 1.0
    kroner = 2.0 ** np.ceil(np.log2(largest * steps * (len(supplies) + 1) / COST_RANGE))
    whole = np.rint(cost / kroner).astype(np.int64) * steps + fine
    return least_cost_flow(tail, head, capacity, whole, supplies)
