"""Least cost of serving one year's demand with the places open that year (a small LP)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from .case import EXTERNAL, OUTSIDE, Case, Cell, blank_is_zero, parts
from .money import is_shared, marginal, purchase, top_up, unmet_penalty
from .people import People, people

__all__ = ["EXTERNAL", "OUTSIDE", "Recourse", "State"]


@dataclass(frozen=True)
class State:
    """What is open in a year.

    Attributes:
        year: the year.
        offers: open existing offers with the groups they serve that year.
        candidates: open candidates, and whether critical mass already counts for them.
    """

    year: int
    offers: tuple[tuple[str, frozenset[str]], ...]
    candidates: tuple[tuple[str, bool], ...]

    def groups(self, case: Case) -> dict[str, frozenset[str]]:
        """Every open unit and the groups it serves."""
        own = {unit: frozenset(parts(case.candidates[unit]["target_groups"])) for unit, _ in self.candidates}
        return {**dict(self.offers), **own}


class Recourse:
    """Recourse of all years of a case; equal states are solved once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.people: dict[int, People] = {year: people(case, year) for year in case.years}
        self.prices = {(group, year): purchase(case, group, year) for group in case.groups for year in case.years}
        self.penalty = {year: unmet_penalty(case, year) for year in case.years}
        self.marginal = {
            (unit, group, year): marginal(case, unit, group, year)
            for unit in (*case.offers, *case.candidates)
            for group in case.groups
            for year in case.years
        }
        self.possible: dict[int, list[tuple[str, str]]] = {}
        self._solved: dict[State, dict[str, float]] = {}

    def external(self, state: State, unit: str, groups: frozenset[str]) -> dict[str, float]:
        """Residents of ``udenbys`` by group in an open offer that still serves the group."""
        rows = self.people[state.year].external
        return {group: n for (place, group), n in rows.items() if place == unit and group in groups}

    def cost(self, state: State) -> dict[str, float]:
        """Undiscounted cost of the year by component (the split is one of several where optima tie).

        Raises:
            ValueError: the year can't be served at all (input that validation should have refused).
        """
        if state not in self._solved:
            self._solved[state] = self._solve(state)
        return self._solved[state]

    def arc_cost(self, cell: Cell, unit: str, year: int) -> dict[str, float] | None:
        """Cost of a place-year by component; None where the arc is closed."""
        case = self.case
        code, group, term = cell
        if (code, unit) not in case.minutes or not case.may_serve(unit, group):
            return None
        lock_in = 0.0
        if not case.fits(unit, term):
            price = case.key("levers", "lock_in_cost").get(group)
            if price is None:
                return None
            lock_in = float(price)
        private = unit in case.offers and not is_shared(case.offers[unit])
        return {
            "private" if private else "variable": self.marginal[unit, group, year],
            "top_up": top_up(case, unit),
            "lock_in": lock_in,
            "travel": case.minutes[code, unit] * float(case.key("costs", "travel_cost_per_minute")),
        }

    def cheapest_marginal(self, cell: Cell, served: dict[str, frozenset[str]], year: int) -> float:
        """Cheapest marginal cost open to a cell: what a moved citizen could at best be given."""
        if self.case.readings.move_charge_over == "possible":
            pairs = self.possible[year]
        else:
            pairs = [(unit, group) for unit, groups in served.items() for group in groups]
        return min(
            (
                self.marginal[unit, group, year]
                for unit, group in pairs
                if group == cell[1] and self.arc_cost(cell, unit, year) is not None
            ),
            default=float("inf"),
        )

    def most_saved(self, cell: Cell, served: dict[str, frozenset[str]], year: int) -> float:
        """Cost of the cheapest place or purchase a moved citizen could be given."""
        bought = self.prices[cell[1], year][0] if self.case.readings.move_charge_over == "possible" else float("inf")
        return min(self.cheapest_marginal(cell, served, year), bought)

    def _solve(self, state: State) -> dict[str, float]:
        case, year, crowd = self.case, state.year, self.people[state.year]
        served = state.groups(case)
        stay = bool(case.key("limits", "residents_stay"))
        lp = _Program()
        for cell, need in crowd.demand.items():
            group = cell[1]
            row = lp.equal(need)
            for unit, groups in served.items():
                if group not in groups:
                    continue
                costs = self.arc_cost(cell, unit, year)
                here = crowd.residents.get((cell, unit), 0.0)
                if costs is None:
                    if here > 0:
                        raise ValueError(f"residents of {cell} can't be in {unit}")
                    continue
                x = lp.variable(costs, low=here if stay else 0.0)
                lp.put(row, x, 1.0)
                lp.put(lp.named(("capacity", unit)), x, 1.0)
                lp.put(lp.named(("mass", unit)), x, -1.0)
                if here > 0 and not stay:
                    saving = self.marginal[unit, group, year] - self.most_saved(cell, served, year)
                    moved = lp.variable({"move": max(0.0, saving)})
                    left = lp.at_most(-here)
                    lp.put(left, x, -1.0)
                    lp.put(left, moved, -1.0)
            held = crowd.outside.get(cell, 0.0)
            free = case.readings.udenfor_may_move and not stay
            bought = lp.variable({"purchase": self.prices[group, year][0]}, low=0.0 if free else held)
            lp.put(row, bought, 1.0)
            lp.put(lp.named(("available", group)), bought, 1.0)
            lp.put(row, lp.variable({"unmet": self.penalty[year]}), 1.0)
        self._limits(lp, state, served)
        return lp.solve()

    def _limits(self, lp: _Program, state: State, served: dict[str, frozenset[str]]) -> None:
        """Right-hand sides of capacity, critical mass and what can be bought."""
        case = self.case
        counted = dict(state.candidates)
        for unit, groups in served.items():
            row = case.site(unit)
            guests = sum(self.external(state, unit, groups).values())
            room = float(row["places"]) * (1.0 + float(case.key("limits", "over_occupancy")))
            lp.limit(lp.named(("capacity", unit)), room - guests)
            least = blank_is_zero(row["minimum_residents"])
            mass = lp.named(("mass", unit))
            if least > 0 and counted.get(unit, True):
                short = lp.variable({"critical_mass": float(case.key("costs", "critical_mass_penalty"))})
                lp.put(mass, short, -1.0)
                lp.limit(mass, guests - least)
        for group in case.groups:
            available = self.prices[group, state.year][1]
            if available is not None:
                lp.limit(lp.named(("available", group)), available)


class _Program:
    """An LP built entry by entry and handed to HiGHS through scipy."""

    def __init__(self) -> None:
        self.costs: list[dict[str, float]] = []
        self.low: list[float] = []
        self.rows: list[dict[int, float]] = []
        self.right: list[float] = []
        self.is_equal: list[bool] = []
        self.names: dict[tuple[str, str], int] = {}

    def variable(self, costs: dict[str, float], low: float = 0.0) -> int:
        self.costs.append(costs)
        self.low.append(low)
        return len(self.low) - 1

    def _row(self, right: float, equal: bool) -> int:
        self.rows.append({})
        self.right.append(right)
        self.is_equal.append(equal)
        return len(self.rows) - 1

    def equal(self, right: float) -> int:
        return self._row(right, True)

    def at_most(self, right: float) -> int:
        return self._row(right, False)

    def named(self, name: tuple[str, str]) -> int:
        """A row "at most" by name; without a limit until one is set."""
        if name not in self.names:
            self.names[name] = self._row(float("inf"), False)
        return self.names[name]

    def limit(self, row: int, right: float) -> None:
        self.right[row] = right

    def put(self, row: int, variable: int, factor: float) -> None:
        self.rows[row][variable] = factor

    def solve(self) -> dict[str, float]:
        """Cost by component at the optimum."""
        c = np.array([sum(costs.values()) for costs in self.costs])
        scale = max(1e-12, float(np.abs(c).max(initial=0.0)))
        kinds: dict[bool, tuple[np.ndarray | None, list[float] | None]] = {}
        for equal in (True, False):
            index = [
                i
                for i, kind in enumerate(self.is_equal)
                if kind is equal and self.right[i] < float("inf") and (self.rows[i] or self.right[i] < 0)
            ]
            matrix = np.zeros((len(index), len(c)))
            for line, i in enumerate(index):
                for variable, factor in self.rows[i].items():
                    matrix[line, variable] = factor
            kinds[equal] = (matrix, [self.right[i] for i in index]) if index else (None, None)
        done = linprog(
            c / scale,
            A_ub=kinds[False][0],
            b_ub=kinds[False][1],
            A_eq=kinds[True][0],
            b_eq=kinds[True][1],
            bounds=[(low, None) for low in self.low],
            method="highs-ds",
        )
        if done.status != 0 or done.x is None:
            raise ValueError(f"the recourse has no solution: {done.message}")
        total: dict[str, float] = {}
        for amount, costs in zip(done.x, self.costs, strict=True):
            for name, price in costs.items():
                total[name] = total.get(name, 0.0) + price * float(amount)
        return total
