"""Plans and allocations by the names of what they are about, so that two problems can be compared."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem

Amounts = dict[tuple[str, ...], float]


def same_plan(plan: Plan, problem: Problem, other: Problem, new: Mapping[str, str]) -> Plan:
    """``plan`` of ``problem`` in ``other``, where ``new`` names what was renamed.

    Draws, excess and planned places are left out: the allocation doesn't depend on them.
    """

    def of(p: Problem, name: Mapping[str, str]) -> tuple[dict[tuple[object, ...], int], ...]:
        def call(u: int) -> str:
            return name.get(p.units[u].id, p.units[u].id)

        starts = {(call(s.unit), s.start_year): i for i, s in enumerate(p.starts)}
        closures = {(call(c.unit), c.year): i for i, c in enumerate(p.closures)}
        after = [tuple(sorted(name.get(g, g) for g in c.groups_after)) for c in p.conversions]
        conversions = {
            (call(c.unit), c.start_year, groups, c.cost): i
            for i, (c, groups) in enumerate(zip(p.conversions, after, strict=True))
        }
        return starts, closures, conversions

    theirs = of(other, {})
    chosen = [
        tuple(sorted(there[key] for key, i in here.items() if i in mine))
        for here, there, mine in zip(
            of(problem, new), theirs, (plan.starts, plan.closures, plan.conversions), strict=True
        )
    ]
    return Plan(*chosen)


def allocation(problem: Problem, outcome: Outcome, new: Mapping[str, str] | None = None) -> Amounts:
    """Place-years by name: occupancy per offer, use per payer, group, term and offer, bought and unmet; per year."""
    names = new or {}
    found: Amounts = {}
    for t, year in enumerate(problem.years):
        out, arcs = outcome.years[0][t], problem.arcs
        for a, amount in enumerate(out.use):
            k, c, u = problem.municipalities[arcs.k[a]].code, problem.cells[arcs.c[a]], problem.units[arcs.u[a]].id
            payer, group, unit = (names.get(name, name) for name in (k, c.group, u))
            found["use", str(year), payer, group, c.term, unit] = float(amount)
            key = ("occupancy", str(year), unit)
            found[key] = found.get(key, 0.0) + float(amount)
        for kind, amounts in (("bought", out.buy), ("unmet", out.unmet)):
            for k_, c_ in np.ndindex(*amounts.shape):
                cell, payer = problem.cells[c_], problem.municipalities[k_].code
                key = (kind, str(year), names.get(payer, payer), names.get(cell.group, cell.group), cell.term)
                found[key] = float(amounts[k_, c_])
    return found


def differences(one: Amounts, other: Amounts, tolerance: float) -> dict[tuple[str, ...], tuple[float, float]]:
    """Entries that differ by more than ``tolerance``."""
    keys = sorted({*one, *other})
    return {
        key: (one.get(key, 0.0), other.get(key, 0.0))
        for key in keys
        if abs(one.get(key, 0.0) - other.get(key, 0.0)) > tolerance
    }
