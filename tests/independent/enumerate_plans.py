"""Best plan of a tiny region by looking at every plan there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .case import PRICE_YEAR, Case, Tables, blank_is_zero
from .limits import frame_cost, places_can_be_planned
from .money import candidate_fixed, capital_after_closing, is_shared, offer_fixed
from .plans import Plan, all_plans, broken_rules, make_plan, opening, out_of_choice, possible_pairs, state
from .readings import DEFAULT_READINGS, Readings
from .recourse import Recourse, State

__all__ = ["Best", "Plan", "any_feasible", "best_plans", "evaluate_plan", "make_plan"]

TIE = 1e-9


@dataclass
class Best:
    """The answer of an enumeration.

    Attributes:
        status: "optimal" or "infeasible".
        objective: least discounted cost, None if infeasible.
        plans: every plan within ``TIE`` (relative) of it.
        looked_at: plans enumerated.
        feasible: plans that keep every rule and limit.
        reasons: how many plans broke each kind of rule.
    """

    status: str
    objective: float | None = None
    plans: list[Plan] = field(default_factory=list)
    looked_at: int = 0
    feasible: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


class _Evaluator:
    """Costs of plans of one case, with what is shared between plans kept."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.recourse = Recourse(case)
        self.recourse.possible = {year: possible_pairs(case, year) for year in case.years}
        self._plannable: dict[State, bool] = {}
        self._standing: dict[State, dict[str, float]] = {}

    def faults(self, plan: Plan, states: list[State]) -> list[str]:
        """Rules and limits the plan breaks, frames apart."""
        wrong = broken_rules(self.case, plan)
        for at in states:
            if at not in self._plannable:
                self._plannable[at] = places_can_be_planned(self.recourse, at)
            if not self._plannable[at]:
                wrong.append(f"reserve or public share: {at.year}")
        return wrong

    def any_feasible(self) -> bool:
        """Whether some plan keeps every rule and limit."""
        for plan in all_plans(self.case):
            if broken_rules(self.case, plan) or frame_cost(self.case, plan) is None:
                continue
            if not self.faults(plan, [state(self.case, plan, year) for year in self.case.years]):
                return True
        return False

    def standing(self, at: State) -> dict[str, float]:
        """Cost of the year that follows from what is open, whoever of the region lives there."""
        if at not in self._standing:
            case = self.case
            cost = {"fixed": 0.0, "external_variable": 0.0, "external_top_up": 0.0, "housing": 0.0}
            served = at.groups(case)
            for unit, groups in at.offers:
                cost["fixed"] += offer_fixed(case, unit, groups, at.year)
                if not is_shared(case.offers[unit]):
                    continue
                for group, guests in self.recourse.external(at, unit, served[unit]).items():
                    cost["external_variable"] += self.recourse.marginal[unit, group, at.year] * guests
                    if case.readings.external_top_up:
                        cost["external_top_up"] += blank_is_zero(case.offers[unit]["top_up"]) * guests
            for unit, _ in at.candidates:
                cost["housing"] += blank_is_zero(case.candidates[unit]["housing_cost"])
            self._standing[at] = cost
        return self._standing[at]

    def decided(self, plan: Plan, year: int) -> dict[str, float]:
        """Cost of the year that follows from when things were decided."""
        case = self.case
        cost = {"fixed": 0.0, "conversion": 0.0, "closing": 0.0, "capital_after_closing": 0.0}
        for unit, start in plan.builds:
            first = opening(case, unit, start)
            if first <= year:
                cost["fixed"] += candidate_fixed(case, unit, first, year)
        for _, number, start in plan.conversions:
            if start == year:
                cost["conversion"] += float(case.conversions[number]["cost"])
        ends = dict(plan.closures)
        if case.readings.closes_column_costs:
            for unit, row in case.offers.items():
                if unit not in ends and row["closes"] is not None and is_shared(row):
                    ends[unit] = row["closes"]
        for unit, closes in ends.items():
            if closes == year:
                cost["closing"] += blank_is_zero(case.offers[unit]["closing_cost"])
            if closes <= year:
                cost["capital_after_closing"] += capital_after_closing(case, unit, year)
        return cost

    def years(self, plan: Plan, states: list[State], penalty: dict[int, float]) -> dict[int, dict[str, float]]:
        """Undiscounted cost by year and component."""
        found: dict[int, dict[str, float]] = {}
        for at in states:
            total: dict[str, float] = {"frame_penalty": penalty.get(at.year, 0.0)}
            for part in (self.standing(at), self.decided(plan, at.year), self.recourse.cost(at)):
                for name, amount in part.items():
                    total[name] = total.get(name, 0.0) + amount
            found[at.year] = total
        return found

    def objective(self, by_year: dict[int, dict[str, float]]) -> float:
        """Σ_t discount(t) · cost of the year."""
        return sum(self.case.discount(year) * sum(parts.values()) for year, parts in by_year.items())


def best_plans(
    tables: Tables,
    scenario: dict[str, Any],
    *,
    price_year: int = PRICE_YEAR,
    readings: Readings = DEFAULT_READINGS,
) -> Best:
    """Enumerate every plan and return the best.

    Args:
        tables: table name to rows (columns as in DATA.md).
        scenario: keys of the scenario contract.
        price_year: price year of the package.
        readings: how open questions are read.
    """
    case = Case(tables, scenario, price_year, readings)
    evaluator = _Evaluator(case)
    best = Best("infeasible")
    values: list[tuple[float, Plan]] = []
    for plan in all_plans(case):
        best.looked_at += 1
        states = [state(case, plan, year) for year in case.years]
        wrong = evaluator.faults(plan, states)
        penalty = frame_cost(case, plan)
        if penalty is None:
            wrong.append("frames: hard")
        if wrong or penalty is None:
            best.reasons.update({text.split(":")[0] for text in wrong})
            continue
        best.feasible += 1
        values.append((evaluator.objective(evaluator.years(plan, states, penalty)), plan))
    if values:
        least = min(value for value, _ in values)
        best.status, best.objective = "optimal", least
        best.plans = [plan for value, plan in values if value <= least + TIE * max(1.0, abs(least))]
    return best


def any_feasible(tables: Tables, scenario: dict[str, Any], *, price_year: int = PRICE_YEAR) -> bool:
    """Whether some plan keeps every rule and limit (no cost is computed)."""
    return _Evaluator(Case(tables, scenario, price_year)).any_feasible()


def evaluate_plan(
    tables: Tables,
    scenario: dict[str, Any],
    plan: Plan,
    *,
    price_year: int = PRICE_YEAR,
    readings: Readings = DEFAULT_READINGS,
) -> dict[str, Any]:
    """Cost of one plan, and every rule it breaks.

    Returns:
        ``feasible``, ``reasons`` (list of str), ``objective`` (discounted), ``components`` (discounted, by
        name) and ``by_year`` (undiscounted, year → component → kr.). A plan that breaks rules is costed all
        the same, save that a broken hard frame carries no penalty.
    """
    case = Case(tables, scenario, price_year, readings)
    evaluator = _Evaluator(case)
    states = [state(case, plan, year) for year in case.years]
    penalty = frame_cost(case, plan)
    reasons = out_of_choice(case, plan) + evaluator.faults(plan, states)
    if penalty is None:
        reasons.append("frames: hard")
    by_year = evaluator.years(plan, states, penalty or {})
    components: dict[str, float] = {}
    for year, split in by_year.items():
        for name, amount in split.items():
            components[name] = components.get(name, 0.0) + case.discount(year) * amount
    return {
        "feasible": not reasons,
        "reasons": reasons,
        "objective": evaluator.objective(by_year),
        "components": components,
        "by_year": by_year,
    }
