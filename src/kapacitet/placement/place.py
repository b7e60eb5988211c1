"""From a finished plan to the persons in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from babel.numbers import format_decimal, format_percent

from kapacitet.faults import Fault
from kapacitet.placement.ground import Layout, grounds
from kapacitet.placement.network import IntArray
from kapacitet.placement.result import Placement, moves_table, persons_table
from kapacitet.placement.years import Walk, Year
from kapacitet.planning.costs import Array
from kapacitet.planning.evaluate import objective, yearly_costs
from kapacitet.planning.futures import Future
from kapacitet.planning.plan import Outcome, Plan, YearOutcome
from kapacitet.planning.problem import Problem

DEAR_CONTINUITY = 0.01


def place(problem: Problem, plan: Plan, future: int = 0, *, outcome: Outcome | None = None) -> Placement:
    """Who lives where under ``plan`` in one future: whole persons, one min-cost flow a year, continuity first.

    Nobody who has a place moves before attrition, a closure or a conversion, whether they live there today or were
    placed by the plan, temporary or long-term. A bought long-term place is a home too. Where the scenario allows
    moves (``residents_stay = false``), everybody may, at a charge that takes away what is saved by it.

    Args:
        future: index of the demand future.
        outcome: the plan's allocation in place-years, to tell what whole persons cost.
    """
    layout, chosen = Layout(problem), problem.futures[future]
    steps = grounds(layout, plan, chosen.demand)
    years = Walk(layout, chosen, steps).years()
    yearly = _costs(layout, plan, years, [(y.persons, y.moved) for y in years], [g.mass for g in steps])
    reference = _costs(layout, plan, years, [(y.free, y.free_moved) for y in years], [g.mass for g in steps])
    cost, reference_cost = objective(problem, yearly), objective(problem, reference)
    price = max(cost - reference_cost, 0.0) / reference_cost if reference_cost > 0 else 0.0
    return Placement(
        persons=persons_table(layout, years),
        moves=moves_table(layout, years),
        cost=cost,
        reference_cost=reference_cost,
        price_of_continuity=price,
        rounding_cost=None if outcome is None else reference_cost - _fractional(problem, plan, outcome, future),
        yearly=yearly,
        reference_yearly=reference,
        warnings=tuple(_warnings(problem, years, cost - reference_cost, price)),
    )


def _costs(
    layout: Layout,
    plan: Plan,
    years: tuple[Year, ...],
    placed: list[tuple[IntArray, IntArray]],
    masses: list[Array],
) -> dict[str, Array]:
    """Kr. by component and year of whole persons, priced by the same rules as the plan's own allocation."""
    outcome = Outcome((tuple(_outcome(layout, *at, mass) for at, mass in zip(placed, masses, strict=True)),))
    guests = np.stack([year.persons[-1, :, : layout.bought].T for year in years], axis=-1).astype(np.float64)
    demand = np.stack([year.demand for year in years], axis=-1).astype(np.float64)
    arcs = layout.problem.arcs
    residents = np.stack([year.residents[arcs.k, arcs.c, arcs.u] for year in years], axis=-1).astype(np.float64)
    outside = np.stack([year.persons[:-1, :, layout.outside] for year in years], axis=-1).astype(np.float64)
    whole = replace(layout.problem, futures=(Future.of(1.0, demand, residents, outside, guests),))
    return yearly_costs(whole, plan, outcome)


def _outcome(layout: Layout, persons: IntArray, moved: IntArray, mass: Array) -> YearOutcome:
    """Whole persons in the form of the plan's allocation; its cost is told by ``yearly_costs``."""
    arcs = layout.problem.arcs
    occupied = persons[:, :, : layout.bought].sum(axis=(0, 1))
    return YearOutcome.of(
        use=persons[arcs.k, arcs.c, arcs.u].astype(np.float64),
        buy=(persons[:-1, :, layout.bought] + persons[:-1, :, layout.outside]).astype(np.float64),
        unmet=persons[:-1, :, layout.unserved].astype(np.float64),
        short=np.maximum(mass - occupied, 0.0),
        moved=moved.astype(np.float64),
        cost=float("nan"),
    )


def _fractional(problem: Problem, plan: Plan, outcome: Outcome, future: int) -> float:
    """Discounted cost of the plan's own allocation in one future."""
    alone = replace(problem, futures=(replace(problem.futures[future], probability=1.0),))
    return objective(problem, yearly_costs(alone, plan, Outcome((outcome.years[future],))))


def _warnings(problem: Problem, years: tuple[Year, ...], extra: float, price: float) -> list[Fault]:
    found = []
    if price > DEAR_CONTINUITY:
        percent = format_percent(price, format="#,##0.0 %", locale="da_DK")
        amount = format_decimal(extra / 1e6, format="#,##0.0", locale="da_DK")
        found.append(
            Fault(
                f"At borgerne bliver boende, koster {percent} mere end planen regner med ({amount} mio. kr.).",
                "Planen holder kun nuværende beboere fast; se efter, om nye pladser åbner for sent.",
                severity="advarsel",
            )
        )
    waiting = {
        year: more
        for year, each in zip(problem.years, years, strict=True)
        if (more := int(each.persons[:-1, :, -1].sum() - each.free[:-1, :, -1].sum())) > 0
    }
    if waiting:
        listed = ", ".join(f"{year}: {persons}" for year, persons in waiting.items())
        found.append(
            Fault(
                f"Borgere venter på en plads, fordi andre bliver boende ({listed}).",
                "Se i placeringen, hvilke tilbud der er fyldt af andre målgrupper eller kommuner.",
                severity="advarsel",
            )
        )
    return found
