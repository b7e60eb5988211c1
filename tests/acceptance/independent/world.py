"""A case with its futures: who is where in every state, solved once and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.independent.case import EXTERNAL, PRICE_YEAR, Case, Tables
from tests.independent.enumerate_plans import _Evaluator
from tests.independent.money import is_shared, open_by_table, private_price
from tests.independent.plans import Plan, possible_pairs, state
from tests.independent.recourse import Recourse, State

from .allocation import Allocation, allocate
from .prices import bands
from .rules import DEFAULT_OPENINGS, Openings, rules_of

Demands = Mapping[tuple[str, str, int], float]
"""(municipality, target group, year) to place-years needed."""
Futures = Sequence[tuple[float, Demands]]

REGION = "region"
STATE = "staten"


@dataclass(frozen=True)
class Future:
    """A course of demand with its probability, and the years' needs and prices in it."""

    probability: float
    recourse: Recourse


class World:
    """Everything about a case that plans share.

    Args:
        tables: table name to rows.
        scenario: keys of the scenario contract.
        futures: probability and demand of each future; what a future doesn't name is as the projection has it.
            Without futures the projection is the only one.
        price_year: price year of the package.
        openings: how open questions are read.
    """

    def __init__(
        self,
        tables: Tables,
        scenario: dict[str, Any],
        futures: Futures | None = None,
        price_year: int = PRICE_YEAR,
        openings: Openings = DEFAULT_OPENINGS,
    ) -> None:
        self.case = Case(tables, scenario, price_year)
        self.openings = openings
        self.rules = rules_of(tables, scenario, openings)
        self.bands = bands(self.case)
        spread = {"cvar_weight": 0.0, "cvar_level": 0.95, **scenario.get("futures", {})}
        self.tail = (float(spread["cvar_weight"]), float(spread["cvar_level"]))
        self.futures = [_future(tables, scenario, price_year, *given) for given in futures or [(1.0, {})]]
        self.probabilities = [future.probability for future in self.futures]
        self.standing = _Evaluator(self.case)
        for year in self.case.years:
            crowds = [(one.probability, one.recourse.people[year].demand) for one in self.futures]
            # Limits on planned places are about the mean need.
            self.standing.recourse.people[year].demand = {
                cell: sum(weight * demand[cell] for weight, demand in crowds) for cell in crowds[0][1]
            }
        self._found: dict[tuple[int, State], Allocation] = {}

    def states(self, plan: Plan) -> list[State]:
        """What is open under a plan, year by year."""
        return [state(self.case, plan, year) for year in self.case.years]

    def allocation(self, future: int, at: State) -> Allocation:
        """Who is where in a year of a future."""
        if (future, at) not in self._found:
            self._found[future, at] = allocate(self.futures[future].recourse, at)
        return self._found[future, at]

    def used(self, future: int, at: State, unit: str) -> dict[tuple[str, str], float]:
        """(payer, group) to place-years used in a unit, udenbys included; what is only rounding is left out."""
        found: dict[tuple[str, str], float] = {}
        for ((code, group, _), place), amount in self.allocation(future, at).x.items():
            if place == unit:
                found[code, group] = found.get((code, group), 0.0) + amount
        for group, guests in self.guests(future, at, unit).items():
            found[EXTERNAL, group] = guests
        return {pair: amount for pair, amount in found.items() if amount > self.openings.use_noise}

    def guests(self, future: int, at: State, unit: str) -> dict[str, float]:
        """Group to place-years of udenbys in an open unit."""
        return self.futures[future].recourse.external(at, unit, at.groups(self.case)[unit])

    def dearest(self, year: int) -> float:
        """The year's dearest private price: over purchases and the prices of offers open by the tables."""
        case = self.case
        offered = [
            private_price(case, row, year)
            for row in case.offers.values()
            if not is_shared(row) and open_by_table(row, year)
        ]
        return max([*offered, *(self.futures[0].recourse.prices[group, year][0] for group in case.groups)])

    def bearer(self, unit: str) -> str:
        """Who covers the deficit of a unit and pays for closing or converting it: a party's name."""
        row = self.case.site(unit)
        return self._party(str(row.get("deficit_bearer") or row["owner"]))

    def keeper(self, unit: str) -> str:
        """Who keeps a unit's surplus."""
        return self.bearer(unit) if self.openings.bearer_takes_surplus else self._party(self.case.site(unit)["owner"])

    def _party(self, named: str) -> str:
        """The region under one name, whatever its offers call it."""
        regional = {
            str(other["owner"])
            for rows in (self.case.offers, self.case.candidates)
            for other in rows.values()
            if other["owner_type"] == "region"
        }
        return REGION if named in regional else named


def _future(
    tables: Tables, scenario: dict[str, Any], price_year: int, probability: float, demands: Demands
) -> Future:
    rows = []
    for row in tables["demand"]:
        need = demands.get((str(row["municipality"]), row["target_group"], row["year"]))
        rows.append(row if need is None else {**row, "low": need, "central": need, "high": need})
    case = Case({**tables, "demand": rows}, scenario, price_year)
    recourse = Recourse(case)
    recourse.possible = {year: possible_pairs(case, year) for year in case.years}
    return Future(probability, recourse)
