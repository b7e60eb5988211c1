"""The allocation rule of section 5 for one year: (a) least cost, (b) least Σ n²/P, (c) least Σ x²/d + p²/d + u²/d."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from tests.independent.case import Cell, blank_is_zero
from tests.independent.recourse import Recourse, State

from .quadratic import Array, least_squares

MONEY = 1000.0
"""kr. in a unit of the linear program."""
POSITIVE = 1e-6
"""Reduced costs and duals above this (in thousand kr.) count: a thousandth of a krone."""
NOBODY = 1e-12
"""Place-years of demand that are only rounding."""


@dataclass(frozen=True)
class Allocation:
    """Who is where in one year.

    Attributes:
        cost: undiscounted kr. of the recourse by component; the sum is the least cost.
        x: (cell, offer or candidate) to place-years used.
        p, u: cell to place-years bought, and not served.
    """

    cost: dict[str, float]
    x: dict[tuple[Cell, str], float]
    p: dict[Cell, float]
    u: dict[Cell, float]


@dataclass
class Program:
    """The year's linear program: least Σ costs·z, ``equal`` rows met, ``most`` rows kept, z ≥ low.

    Attributes:
        names: what each variable is: ("x", cell, unit), ("p", cell, ""), ("u", cell, ""), or another kind.
        costs: kr. by component per variable.
        low: lower bounds.
        equal: (factors, right-hand side) by cell.
        most: (factors, right-hand side), Σ ≤ right-hand side.
        places: unit to P.
        guests: unit to place-years of ``udenbys``.
        demand: cell to d.
    """

    names: list[tuple[str, Cell, str]] = field(default_factory=list)
    costs: list[dict[str, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    most: list[tuple[dict[int, float], float]] = field(default_factory=list)
    places: dict[str, float] = field(default_factory=dict)
    guests: dict[str, float] = field(default_factory=dict)
    demand: dict[Cell, float] = field(default_factory=dict)

    def variable(self, kind: str, cell: Cell, unit: str, costs: dict[str, float], low: float = 0.0) -> int:
        self.names.append((kind, cell, unit))
        self.costs.append(costs)
        self.low.append(low)
        return len(self.low) - 1

    def matrix(self, rows: list[tuple[dict[int, float], float]]) -> tuple[Array, Array]:
        """Rows as a dense matrix and their right-hand sides."""
        found = np.zeros((len(rows), len(self.low)))
        for line, (factors, _) in enumerate(rows):
            for at, factor in factors.items():
                found[line, at] = factor
        return found, np.array([right for _, right in rows], dtype=float)


def allocate(recourse: Recourse, state: State) -> Allocation:
    """The allocation of a year in one future.

    Raises:
        ValueError: the year can't be served at all.
    """
    program = year_program(recourse, state)
    z = three_steps(program)
    x: dict[tuple[Cell, str], float] = {}
    p: dict[Cell, float] = {}
    u: dict[Cell, float] = {}
    cost: dict[str, float] = defaultdict(float)
    for amount, (kind, cell, unit), costs in zip(z.tolist(), program.names, program.costs, strict=True):
        for name, price in costs.items():
            cost[name] += price * amount
        if kind == "x":
            x[cell, unit] = amount
        elif kind in ("p", "u"):
            (p if kind == "p" else u)[cell] = amount
    return Allocation(dict(cost), x, p, u)


def year_program(recourse: Recourse, state: State) -> Program:
    """The year's rows, from the tables: demand, capacity, residents, critical mass and what can be bought."""
    case, year, crowd = recourse.case, state.year, recourse.people[state.year]
    served = state.groups(case)
    stay = bool(case.key("limits", "residents_stay"))
    found = Program()
    using: dict[str, list[int]] = {unit: [] for unit in served}
    buying: dict[str, list[int]] = {group: [] for group in case.groups}
    for cell, need in crowd.demand.items():
        if need <= NOBODY:
            continue
        found.demand[cell] = need
        row: dict[int, float] = {}
        for unit, groups in served.items():
            costs = recourse.arc_cost(cell, unit, year) if cell[1] in groups else None
            if costs is None:
                continue
            here = crowd.residents.get((cell, unit), 0.0)
            at = found.variable("x", cell, unit, costs, here if stay else 0.0)
            row[at] = 1.0
            using[unit].append(at)
            saving = recourse.marginal[unit, cell[1], year] - recourse.most_saved(cell, served, year) if here else 0.0
            if not stay and saving > 0:
                moved = found.variable("moved", cell, unit, {"move": saving})
                found.most.append(({at: -1.0, moved: -1.0}, -here))
        held = crowd.outside.get(cell, 0.0)
        bought = found.variable("p", cell, "", {"purchase": recourse.prices[cell[1], year][0]}, held)
        buying[cell[1]].append(bought)
        row |= {bought: 1.0, found.variable("u", cell, "", {"unmet": recourse.penalty[year]}): 1.0}
        found.equal.append((row, need))
    counted = dict(state.candidates)
    for unit, groups in served.items():
        site = case.site(unit)
        found.places[unit] = float(site["places"])
        found.guests[unit] = sum(recourse.external(state, unit, groups).values())
        room = found.places[unit] * (1.0 + float(case.key("limits", "over_occupancy")))
        found.most.append((dict.fromkeys(using[unit], 1.0), room - found.guests[unit]))
        least = blank_is_zero(site["minimum_residents"])
        if least > 0 and counted.get(unit, True):
            price = {"critical_mass": float(case.key("costs", "critical_mass_penalty"))}
            short = found.variable("short", ("", "", ""), unit, price)
            found.most.append(({short: -1.0, **dict.fromkeys(using[unit], -1.0)}, found.guests[unit] - least))
    for group, variables in buying.items():
        available = recourse.prices[group, year][1]
        if available is not None:
            found.most.append((dict.fromkeys(variables, 1.0), available))
    return found


def three_steps(program: Program) -> Array:
    """z of the rule: the cheapest face, on it the evenest houses, and at those the evenest municipalities."""
    if not program.low:
        return np.zeros(0)
    equal, met = program.matrix(program.equal)
    most, right = program.matrix(program.most)
    low = np.array(program.low)
    unit_cost = np.array([sum(costs.values()) for costs in program.costs]) / MONEY
    done = linprog(unit_cost, most, right, equal, met, [(value, None) for value in low], method="highs-ds")
    if done.status != 0 or done.x is None:
        raise ValueError(f"the year can't be served: {done.message}")
    # Any optimal dual names the whole face of least cost: what costs more stays at its bound, what is worth
    # something stays used up.
    fixed = np.asarray(done.lower.marginals) > POSITIVE
    tight = np.asarray(done.ineqlin.marginals) < -POSITIVE
    z = np.where(fixed, low, np.maximum(done.x, low))
    live, houses = ~fixed, _houses(program)
    guests = np.array([program.guests[unit] for unit in program.places])
    size = np.sqrt([program.places[unit] for unit in program.places])
    held = np.vstack([equal, most[tight]])[:, live]
    above = np.vstack([np.eye(int(live.sum())), -most[~tight][:, live]])
    bound = np.concatenate([low[live], most[~tight][:, fixed] @ z[fixed] - right[~tight]])
    already = (guests + houses[:, fixed] @ z[fixed]) / size
    z[live] = least_squares(houses[:, live] / size[:, None], already, z[live], held, above, bound)
    fair = np.array(
        [1.0 / np.sqrt(program.demand[cell]) if kind in ("x", "p", "u") else 0.0 for kind, cell, _ in program.names]
    )[live]
    held = np.vstack([held, houses[:, live]])
    z[live] = least_squares(np.diag(fair), np.zeros(len(fair)), z[live], held, above, bound)
    return z


def _houses(program: Program) -> Array:
    """n of each unit, without udenbys, as rows over z."""
    units = list(program.places)
    rows = np.zeros((len(units), len(program.low)))
    for at, (kind, _, unit) in enumerate(program.names):
        if kind == "x":
            rows[units.index(unit), at] = 1.0
    return rows
