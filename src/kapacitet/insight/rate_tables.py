"""Rates as result tables: what each offer costs and is sold for, and what a house loses when residents progress."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kapacitet.insight.tables import DUST
from kapacitet.ledger.indexation import pl_factor
from kapacitet.ledger.rates import UnitRates, mean_support
from kapacitet.ledger.use import use_of_units
from kapacitet.planning.costs import DAYS_PER_YEAR, cost_factor, support_cost
from kapacitet.planning.evaluate import groups_served
from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem

ANYBODY = ""
"""A payer with whom no price is agreed."""
RATES = [
    "year",
    "offer",
    "name",
    "owner_type",
    "owner",
    "existing",
    "target_group",
    "fixed_cost",
    "capital_charge",
    "tilsyn",
    "approval",
    "other_fixed",
    "places",
    "budgeted_occupancy",
    "variable_cost",
    "basistakst_day",
    "ydelsestakst_day",
    "takst",
    "startup_takst",
    "ceiling",
    "price",
    "taken_by_ceiling",
    "rammebudget",
    "top_up",
    "pl_factor",
    "evidence",
]
PROGRESSION = [
    "year",
    "offer",
    "name",
    "owner_type",
    "owner",
    "existing",
    "rammebudget",
    "place_years",
    "loss",
    "loss_other_pricing",
    "evidence",
]


def rates_table(problem: Problem, rates: Sequence[UnitRates]) -> pd.DataFrame:
    """One row per offer, year in which it is open and group it serves then.

    Kr. of the price year: a year for ``fixed_cost`` and its parts, per place-year for ``variable_cost``, takster,
    ``ceiling``, ``price`` and ``top_up``, per day for ``basistakst_day`` and ``ydelsestakst_day`` (together the
    takst). ``startup_takst`` is blank outside the years of a start-up β, ``ceiling`` where there is none, and
    ``pl_factor`` (kr. of the year per kr. of the price year) where ``pl_index`` is silent. ``price`` is the general
    one, not one agreed with a single municipality; ``taken_by_ceiling`` is what the ceiling takes of the takst.
    """
    index = pl_factor(problem.region, problem.years)
    rows: list[dict[str, object]] = []
    for rate in rates:
        price = np.column_stack([rate.price(ANYBODY, group) for group in rate.groups])
        ceiling = np.where(np.isfinite(rate.ceiling), rate.ceiling, np.nan)
        for t in np.flatnonzero(rate.open):
            for g in np.flatnonzero(rate.served[t]):
                rows.append(
                    {
                        **_identity(problem, rate, int(t)),
                        "target_group": rate.groups[g],
                        "fixed_cost": rate.fixed[t],
                        "capital_charge": rate.capital[t],
                        "tilsyn": rate.tilsyn[t],
                        "approval": rate.approval[t],
                        "other_fixed": rate.rest[t],
                        "places": rate.places[t],
                        "budgeted_occupancy": rate.occupancy,
                        "variable_cost": rate.variable[t, g],
                        "basistakst_day": rate.basistakst[t, g] / DAYS_PER_YEAR,
                        "ydelsestakst_day": rate.support[t, g] / DAYS_PER_YEAR,
                        "takst": rate.takst[t, g],
                        "startup_takst": rate.startup_takst[t, g] if rate.starting_up[t] else np.nan,
                        "ceiling": ceiling[t, g],
                        "price": price[t, g],
                        "taken_by_ceiling": rate.takst[t, g] - price[t, g],
                        "top_up": rate.top_up,
                        "pl_factor": index[t],
                    }
                )
    return pd.DataFrame(rows, columns=RATES).sort_values(["year", "offer", "target_group"], ignore_index=True)


def progression_table(problem: Problem, plan: Plan, rates: Sequence[UnitRates], outcome: Outcome) -> pd.DataFrame:
    """What each house loses a year because its residents have progressed, kr.; a gain is negative.

    Priced as an ordinary offer it loses (1 − s)·Σ_g ΔY[g]·n_g: the price falls by ΔY, the cost by s·ΔY. Under a
    rammebudget it gains s·ΔȲ·β·P: the budget of staff falls and the price stays. Both after the takst reduction, and
    at the takst, before ceilings and agreed prices. ΔY is what Y has fallen by since the first year, Ȳ the mean over
    the groups served, n the expected place-years used, external residents included.

    Columns: ``loss`` as the house is priced now, ``loss_other_pricing`` under the other of the two. Rows where both
    are 0 are left out.
    """
    support = support_cost(problem.region, problem.scenario, problem.years)
    share = problem.scenario.costs.support_variable_share
    probability = np.array([future.probability for future in problem.futures])
    rows: list[dict[str, object]] = []
    for rate, use in zip(rates, use_of_units(problem, plan, outcome, rates), strict=True):
        unit = problem.units[rate.unit]
        n = np.tensordot(probability, use, 1).sum(axis=1)
        factor = cost_factor(unit.owner_type, unit.shared, problem.scenario, problem.years)
        served = [groups_served(problem, plan, rate.unit, t) for t in range(len(problem.years))]
        mean_start, mean_now = mean_support(support, served)
        ordinary = factor * (1 - share) * ((rate.support[0] - rate.support) * n).sum(axis=1)
        budgeted = -factor * share * (mean_start - mean_now) * rate.occupancy * rate.places
        now, other = (budgeted, ordinary) if rate.rammebudget else (ordinary, budgeted)
        rows += [
            {
                **_identity(problem, rate, int(t)),
                "place_years": n[t].sum(),
                "loss": now[t],
                "loss_other_pricing": other[t],
            }
            for t in np.flatnonzero(rate.open & ((np.abs(now) > DUST) | (np.abs(other) > DUST)))
        ]
    return pd.DataFrame(rows, columns=PROGRESSION).sort_values(["year", "offer"], ignore_index=True)


def _identity(problem: Problem, rate: UnitRates, t: int) -> dict[str, object]:
    unit = problem.units[rate.unit]
    return {
        "year": problem.years[t],
        "offer": unit.id,
        "name": unit.name,
        "owner_type": unit.owner_type,
        "owner": rate.owner,
        "existing": unit.existing,
        "rammebudget": rate.rammebudget,
        "evidence": unit.evidence,
    }
