"""Rates of every shared offer under a plan (MODEL, sections 2 and 8: cost of an offer, forslag B-D, progression).

The ydelsestakst Y falls with progression and the price with it, but only the share s of the cost does: an ordinary
house loses (1 − s)·ΔY per place-year. A rammebudget is sold at the price budgeted at the start, so what progression
saves is the house's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from kapacitet.ledger.owners import bearers
from kapacitet.ledger.rates_unit import Flags, UnitRates
from kapacitet.planning.costs import Array, capital_charge, cost_factor, support_cost
from kapacitet.planning.evaluate import fixed_cost, groups_served, open_share
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.records import Row, number, year_of
from kapacitet.planning.sets import Unit
from kapacitet.region.tables import split_list

__all__ = ["LONG_OPEN", "UnitRates", "mean_support", "plan_rates"]

LONG_OPEN = 1000
"""Years of operation of an offer that states no year of opening."""


def plan_rates(problem: Problem, plan: Plan) -> tuple[UnitRates, ...]:
    """Rates of each shared unit that has places in some year under ``plan``, in the problem's order."""
    is_open, fixed = open_share(problem, plan), fixed_cost(problem, plan)
    support = support_cost(problem.region, problem.scenario, problem.years)
    opening = {problem.starts[i].unit: problem.starts[i].open_year for i in plan.starts}
    rows, owners = _rows(problem), bearers(problem)
    return tuple(
        _unit_rates(problem, plan, u, rows[unit.id], is_open[u] > 0, fixed[u], support, opening.get(u), owners[u])
        for u, unit in enumerate(problem.units)
        if unit.shared and is_open[u].any()
    )


def mean_support(support: Mapping[str, Array], served: Sequence[Sequence[str]]) -> tuple[Array, Array]:
    """Ȳ by year over the groups an offer serves then: before any progression, and with it; each of shape (T,).

    Args:
        support: Y[g] by year, as ``support_cost`` gives it.
        served: the groups served in each year.
    """
    start = np.array([np.mean([support[g][0] for g in groups]) for groups in served])
    now = np.array([np.mean([support[g][t] for g in groups]) for t, groups in enumerate(served)])
    return start, now


def _rows(problem: Problem) -> dict[str, Row]:
    tables = problem.region.tables
    return {
        str(row["id"]): {str(column): value for column, value in row.items()}
        for name in ("offers", "candidates")
        for row in tables[name].to_dict("records")
    }


def _unit_rates(
    problem: Problem,
    plan: Plan,
    u: int,
    row: Row,
    is_open: Flags,
    fixed: Array,
    support: Mapping[str, Array],
    start_opens: int | None,
    owner: str,
) -> UnitRates:
    unit, scenario, years = problem.units[u], problem.scenario, np.array(problem.years)
    groups = _groups(problem, u)
    served = [groups_served(problem, plan, u, t) for t in range(len(years))]
    rammebudget = unit.id in scenario.levers.rammebudget
    opened = year_of(row, "opened") if unit.existing else start_opens
    age = np.full(len(years), LONG_OPEN) if opened is None else np.maximum(years - opened, 0)
    approval = np.where(is_open & (years == opened), problem.costs.approval[u], 0.0)
    by_group = np.array([support[g] for g in groups]).T
    return UnitRates(
        unit=u,
        offer=unit.id,
        owner=owner,
        groups=groups,
        served=np.array([[g in now for g in groups] for now in served]),
        open=is_open,
        places=np.where(is_open, unit.places, 0.0),
        operation_year=age,
        fixed=fixed + approval,
        capital=np.where(is_open, _capital(problem, unit, row), 0.0),
        tilsyn=np.where(is_open, number(row, "yearly_tilsyn"), 0.0),
        approval=approval,
        occupancy=unit.budgeted_occupancy,
        startup=_startup(problem, unit, row),
        variable=np.array([problem.costs.marginal[g][u] for g in groups]).T,
        support=by_group,
        supplement=_supplement(problem, unit, rammebudget, by_group, *mean_support(support, served)),
        ceiling=np.tile([scenario.levers.takst_cap.get(g, np.inf) for g in groups], (len(years), 1)),
        agreed=_agreed(problem, unit),
        top_up=float(problem.costs.top_up[u]),
        rammebudget=rammebudget,
    )


def _groups(problem: Problem, u: int) -> tuple[str, ...]:
    """Groups that have a cost in unit ``u``: its own, those after a conversion, and those who live there."""
    costed = {g for g, cost in problem.costs.marginal.items() if np.isfinite(cost[u]).any()}
    own = problem.units[u].groups
    return (*own, *sorted(costed - set(own)))


def _supplement(
    problem: Problem, unit: Unit, rammebudget: bool, support: Array, mean_start: Array, mean_now: Array
) -> Array:
    """What is added to F/(β·P) + V, shape (T, G).

    Ordinary offers: (1 − s)·(Y − Ȳ at the start). Rammebudget: s·(Ȳ at the start − Ȳ), since F holds s·Ȳ·β·P but
    the price stays as it was budgeted.
    """
    share = problem.scenario.costs.support_variable_share
    factor = cost_factor(unit.owner_type, unit.shared, problem.scenario, problem.years)
    if rammebudget:
        return np.tile((factor * share * (mean_start - mean_now))[:, None], (1, support.shape[1]))
    return np.asarray((factor * (1 - share))[:, None] * (support - mean_start[:, None]))


def _capital(problem: Problem, unit: Unit, row: Row) -> float:
    if unit.existing:
        return number(row, "capital_charge")
    return capital_charge(number(row, "construction_cost"), problem.scenario)


def _startup(problem: Problem, unit: Unit, row: Row) -> tuple[float, ...]:
    """Start-up β of a new house: the scenario's, else the candidate's own."""
    if unit.existing:
        return ()
    own = tuple(float(part) for part in split_list(row["startup_occupancy"]))
    return problem.scenario.underskud.startup_occupancy or own


def _agreed(problem: Problem, unit: Unit) -> dict[tuple[str, str], float]:
    table = problem.region.tables["agreed_prices"]
    own = table[table["offer"] == unit.id]
    return {
        (str(code), str(group)): float(price)
        for code, group, price in zip(own["municipality"], own["target_group"], own["price"], strict=True)
    }
