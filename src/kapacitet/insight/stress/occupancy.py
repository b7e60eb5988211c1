"""Who is served where in each future: residents of every offer, and who is left to private offers or unserved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from kapacitet.insight.future_tables import HALF
from kapacitet.ledger.world import World
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import guests, open_share
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.sparse_rows import SparseRows

NEARLY_ALL = 0.95
Served = Literal["behov", "offentlig", "privat", "koeb", "privat_i_alt", "udaekket"]
SERVED: tuple[Served, ...] = get_args(Served)
"""Persons: need; in offers of the rammeaftale, in private offers, bought elsewhere, the two together, unserved."""


@dataclass(frozen=True, eq=False)
class Offer:
    """A unit that has places under the plan.

    Attributes:
        unit: its index.
        id, name: of the offer.
        new: whether the plan (or what is committed) builds it.
        places: P by year, 0 while it isn't open, shape (T,).
    """

    unit: int
    id: str
    name: str
    new: bool
    places: Array


def offers(problem: Problem, plan: Plan) -> tuple[Offer, ...]:
    """Every unit with places in some year, by id."""
    places = open_share(problem, plan) * problem.places
    found = (
        Offer(u, unit.id, unit.name, not unit.existing, places[u])
        for u, unit in enumerate(problem.units)
        if places[u].any()
    )
    return tuple(sorted(found, key=lambda offer: offer.id))


def visitors(world: World) -> Array:
    """Persons from outside the region who have their place in each unit, shape (S, U, C, T)."""
    problem = world.problem
    everybody = np.ones((len(problem.units), len(problem.cells), len(problem.years)))
    template = replace(problem.futures[0], guests=SparseRows.of(everybody))
    stay = guests(replace(problem, futures=(template,)), world.plan, 0)
    return np.stack([future.external for future in problem.futures]) * stay


def residents(world: World, present: Array) -> Array:
    """Persons in each unit, those from outside the region (``present``) included, shape (S, U, T)."""
    own = [world.outcome.occupancy(world.problem, w) for w in range(len(world.problem.futures))]
    return np.asarray(np.stack(own) + present.sum(axis=2))


def halves(there: Array, every: tuple[Offer, ...]) -> Array:
    """Years in which each new house stands more than half empty, shape (S, houses)."""
    new = [offer for offer in every if offer.new]
    if not new:
        return np.zeros((len(there), 0))
    places = np.stack([offer.places for offer in new])
    return np.asarray((there[:, [offer.unit for offer in new]] < HALF * places).sum(axis=2), dtype=np.float64)


def served_labels(problem: Problem) -> tuple[tuple[str, int | None, Served], ...]:
    """(target group or blank for all, year or None for all years together, what) of each column of ``served``."""
    groups = ["", *sorted({cell.group for cell in problem.cells})]
    years: list[int | None] = [*problem.years, None]
    return tuple((group, year, what) for group in groups for year in years for what in SERVED)


def served(world: World) -> Array:
    """Persons by the labels of :func:`served_labels`, shape (S, labels); guests apart, who have no demand here."""
    problem = world.problem
    groups = sorted({cell.group for cell in problem.cells})
    of_cell = np.array([[cell.group == group for cell in problem.cells] for group in groups], dtype=np.float64)
    shared, arcs = problem.shared[problem.arcs.u], problem.arcs
    found = np.zeros((len(problem.futures), len(groups), len(problem.years), len(SERVED)))
    for w, (future, years) in enumerate(zip(problem.futures, world.outcome.years, strict=True)):
        for t, year in enumerate(years):
            use, public = year.used, shared[year.used.index]
            cells = arcs.c[use.index]
            bought = year.buy.sum(axis=0)
            private = np.bincount(cells, use.values * ~public, minlength=len(problem.cells))
            by_cell: dict[Served, Array] = {
                "behov": future.demand[:, :, t].sum(axis=0),
                "offentlig": np.bincount(cells, use.values * public, minlength=len(problem.cells)),
                "privat": private,
                "koeb": bought,
                "privat_i_alt": private + bought,
                "udaekket": year.unmet.sum(axis=0),
            }
            found[w, :, t] = of_cell @ np.stack([by_cell[what] for what in SERVED], axis=1)
    found = np.concatenate([found.sum(axis=1, keepdims=True), found], axis=1)
    found = np.concatenate([found, found.sum(axis=2, keepdims=True)], axis=2)
    return found.reshape(len(found), -1)
