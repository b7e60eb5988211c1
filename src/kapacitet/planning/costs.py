"""What units, purchase and unmet need cost, each krone once.

F (fixed cost of an open unit), V (variable cost per place-year), prices of purchase and the effective unmet
penalty, by year of the horizon, in kr. of the package's price year. Rules: the model's section on data and
``docs/decisions.md`` (Cost).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kapacitet.planning.records import Row, number
from kapacitet.planning.sets import Unit
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
DAYS_PER_YEAR = 365
UNMET_MARKUP = 1.25


def annuity(amount: float, rate: float, life: float) -> float:
    """Yearly capital charge that recovers ``amount`` kr. over ``life`` years at real ``rate``.

    At rate 0 it is ``amount / life``.
    """
    if rate == 0:
        return amount / life
    return float(amount * rate / (1 - (1 + rate) ** -life))


def capital_charge(construction_cost: float, scenario: Scenario) -> float:
    """Yearly capital charge (kr.) of a construction cost, overrun included."""
    costs = scenario.costs
    amount = construction_cost * (1 + scenario.levers.construction_overrun)
    return annuity(amount, costs.capital_rate, costs.capital_life)


def support_cost(region: Region, scenario: Scenario, years: Sequence[int]) -> dict[str, Array]:
    """Y[g] by year: (trin − progression·years passed − ½) steps · step price · 365, never below 0 (kr./year)."""
    prices = region.tables["support_step_price"]
    row = prices.loc[prices["year"] == region.price_year, "price"]
    step_price = float(row.iloc[0]) if len(row) else 0.0
    passed = np.arange(len(years), dtype=np.float64)
    result = {}
    for group in region.tables["target_groups"].to_dict("records"):
        steps = float(group["support_step"]) - scenario.levers.progression * passed - 0.5
        result[str(group["id"])] = np.maximum(steps, 0.0) * step_price * DAYS_PER_YEAR
    return result


def cost_factor(owner_type: str, shared: bool, scenario: Scenario, years: Sequence[int]) -> Array:
    """Share of cost left after the takst reduction (forslag B) by year; 1 for units that are not shared."""
    factor = np.ones(len(years))
    if not shared:
        return factor
    general, own = scenario.levers.takst_reduction, dict(scenario.levers.takst_reduction_by)
    rule = next((share for kind, share in own.items() if kind == owner_type), general)
    steps = rule.items() if isinstance(rule, Mapping) else [(years[0], rule)]
    for first_year, share in sorted((int(year), float(share)) for year, share in steps):
        factor[np.asarray(years) >= first_year] = 1 - share
    return factor


@dataclass(frozen=True)
class UnitCosts:
    """Costs of every unit u by year t (kr.).

    Attributes:
        fixed: F[u,t] while open, shape (U, T); 0 for units paid by price. Approval is apart.
        staying: the capital charge that goes on after a closure (no service, so no reduction), shape (U, T).
        housing: rent-financed housing cost a year, shape (U,).
        top_up: tillægsydelse per place-year used, shape (U,).
        approval: one-off cost of approval by the year of opening, shape (U, T).
        marginal: V or price per place-year by group, mapping group -> (U, T); NaN where the group isn't served.
        takst: r in full operation in the first year, before any reduction, mapping group -> (U,); NaN where the
            group isn't served.
    """

    fixed: Array
    staying: Array
    housing: Array
    top_up: Array
    approval: Array
    marginal: dict[str, Array]
    takst: dict[str, Array]


def unit_costs(
    region: Region,
    scenario: Scenario,
    units: Sequence[Unit],
    rows: Sequence[Row],
    groups_served: Sequence[Sequence[str]],
    years: Sequence[int],
) -> UnitCosts:
    """F, V and takst of ``units`` from their table ``rows``.

    ``groups_served`` lists every group a unit may serve at some time (conversions included).
    """
    support = support_cost(region, scenario, years)
    share = scenario.costs.support_variable_share
    U, T = len(units), len(years)
    fixed, staying = np.zeros((U, T)), np.zeros((U, T))
    housing, top_up, approval = np.zeros(U), np.zeros(U), np.zeros((U, T))
    marginal = {g: np.full((U, T), np.nan) for g in support}
    takst = {g: np.full(U, np.nan) for g in support}
    growth = (1 + scenario.levers.private_price_growth) ** (np.asarray(years) - region.price_year)
    for u, (unit, row, served) in enumerate(zip(units, rows, groups_served, strict=True)):
        top_up[u] = number(row, "top_up")
        if not unit.shared:
            for g in served:
                marginal[g][u] = number(row, "price") * growth
            continue
        factor = cost_factor(unit.owner_type, unit.shared, scenario, years)
        approval[u] = number(row, "approval_cost") * factor
        base = number(row, "fixed_cost") + number(row, "yearly_tilsyn")
        if unit.existing:
            staying[u] = number(row, "capital_charge")
        else:
            base += capital_charge(number(row, "construction_cost"), scenario)
            housing[u] = number(row, "housing_cost")
        variable = number(row, "variable_cost")
        mean_support = np.mean([support[g] for g in unit.groups], axis=0)
        full_use = unit.budgeted_occupancy * unit.places
        one_price = unit.id in scenario.levers.rammebudget
        full = base + (share * mean_support * full_use if one_price else np.zeros(T))
        fixed[u] = full * factor
        for g in served:
            own = np.zeros(T) if one_price else share * support[g]
            marginal[g][u] = (variable + own) * factor
            spread = 0.0 if one_price else (1 - share) * (support[g][0] - mean_support[0])
            if full_use > 0:
                takst[g][u] = full[0] / full_use + variable + own[0] + spread
    return UnitCosts(fixed, staying, housing, top_up, approval, marginal, takst)


def budget_change(
    region: Region, scenario: Scenario, unit: Unit, groups_after: Sequence[str], years: Sequence[int]
) -> Array:
    """Change of F by year (kr.) when a conversion gives ``unit`` other groups, shape (T,).

    Only a rammebudget follows the groups, since it holds the mean support cost of those the house is for.
    """
    if unit.id not in scenario.levers.rammebudget or not unit.shared:
        return np.zeros(len(years))
    support = support_cost(region, scenario, years)
    before, after = (np.mean([support[g] for g in groups], axis=0) for groups in (unit.groups, groups_after))
    full_use = unit.budgeted_occupancy * unit.places
    factor = cost_factor(unit.owner_type, unit.shared, scenario, years)
    return np.asarray(scenario.costs.support_variable_share * (after - before) * full_use * factor)


def purchase_prices(region: Region, scenario: Scenario, years: Sequence[int]) -> dict[str, Array]:
    """Price of p (kr. per place-year) by group and year; rows are final, growth fills the years without one."""
    table = region.tables["purchase_prices"].dropna(subset=["price"])
    growth = 1 + scenario.levers.private_price_growth
    result: dict[str, Array] = {}
    for group, rows in table.groupby("target_group"):
        stated = {int(y): float(p) for y, p in zip(rows["year"], rows["price"], strict=True)}
        result[str(group)] = np.array([_filled(stated, year, growth) for year in years])
    return result


def purchase_available(region: Region, groups: Sequence[str], years: Sequence[int]) -> dict[str, Array]:
    """Place-years of p to be had by group and year, from the row that gives the price; blank is unlimited."""
    result = {g: np.full(len(years), np.inf) for g in groups}
    table = region.tables["purchase_prices"].dropna(subset=["price"])
    for group, rows in table.groupby("target_group"):
        stated = {int(y): float(a) for y, a in zip(rows["year"], rows["available"], strict=True)}
        limits = np.array([stated[_source(stated, year)] for year in years])
        result[str(group)] = np.where(np.isnan(limits), np.inf, limits)
    return result


def unmet_rate(
    scenario: Scenario, prices: Mapping[str, Array], priced: Sequence[Array], years: Sequence[int]
) -> Array:
    """Effective unmet penalty by year: max(unmet_penalty, 1.25 × the dearest price), so waiting never pays.

    ``priced`` holds the price by year of every offer that is paid by price.
    """
    rate = np.full(len(years), float(scenario.costs.unmet_penalty))
    for series in [*prices.values(), *priced]:
        rate = np.maximum(rate, UNMET_MARKUP * series)
    return rate


def _source(stated: Mapping[int, float], year: int) -> int:
    """The year whose row speaks for ``year``: its own, else the nearest earlier, else the nearest later one."""
    earlier = [y for y in stated if y <= year]
    return max(earlier) if earlier else min(stated)


def _filled(stated: Mapping[int, float], year: int, growth: float) -> float:
    source = _source(stated, year)
    return stated[source] * growth ** (year - source)
