"""Key figures of a plan, from its result tables."""

from __future__ import annotations

import pandas as pd

from kapacitet.planning.problem import Problem

Tables = dict[str, pd.DataFrame]


def key_figures(problem: Problem, tables: Tables) -> dict[str, float]:
    """Totals over the horizon: place-years are undiscounted, costs say so in their name."""
    groups, builds, capacity = tables["groups"], tables["builds"], tables["capacity"]
    new = builds[builds["kind"] == "byg"]
    demand = float(groups["demand"].sum())
    private = float(groups["in_privat"].sum() + groups["purchased"].sum())
    public = float(groups["in_kommune"].sum() + groups["in_region"].sum())
    open_places = capacity.loc[~capacity["owner_type"].eq("privat"), ["places", "used"]].sum()
    travel = tables["placements"]
    minutes = float((travel["minutes"] * travel["place_years"]).sum())
    served = float(travel["place_years"].sum())
    costs = tables["costs"]
    return {
        "nye_pladser": float(new["places"].sum()),
        "nye_tilbud": float(len(new)),
        "nye_pladser_kommune": float(new.loc[new["owner_type"] == "kommune", "places"].sum()),
        "nye_pladser_region": float(new.loc[new["owner_type"] == "region", "places"].sum()),
        "anlaegssum": float(new["construction_cost"].sum()),
        "behov_helaarspladser": demand,
        "offentlig_andel": public / demand if demand else 0.0,
        "privat_andel": private / demand if demand else 0.0,
        "udaekket_helaarspladser": float(groups["unmet"].sum()),
        "koebt_helaarspladser": float(groups["purchased"].sum()),
        "belaegning_ikke_private": float(open_places["used"] / open_places["places"])
        if open_places["places"]
        else 0.0,
        "rejsetid_minutter": minutes / served if served else 0.0,
        "kritisk_masse_mangler": float(capacity["shortfall"].sum()),
        "overskredne_rammer": float(tables["frames"]["penalty"].gt(0).sum()),
        "omkostning_foerste_aar": _year_total(costs, problem.years[0]),
        "omkostning_sidste_aar": _year_total(costs, problem.years[-1]),
        "omkostning_tilbagediskonteret": float(costs["discounted"].sum()),
    }


def removed_service_hours(problem: Problem, tables: Tables) -> pd.DataFrame:
    """Hours of support a week that the takst reduction (forslag B) removes, by year.

    One ydelsestrin buys 7 hours a week, so hours = kr. saved / (step price · 365) · 7; not known (NaN) without
    a step price. Columns: year, saved, hours.
    """
    prices = problem.region.tables["support_step_price"]
    step = prices.loc[prices["year"] == problem.region.price_year, "price"]
    price = float(step.iloc[0]) if len(step) else 0.0
    factor = {u.id: u for u in problem.units}
    rows = []
    for t, year in enumerate(problem.years):
        here = tables["capacity"][tables["capacity"]["year"] == year]
        saved = 0.0
        for row in here.to_dict("records"):
            share = problem.cost_share(factor[str(row["offer"])], t)
            saved += (float(row["fixed_cost"]) + float(row["variable_cost"])) * (1 / share - 1) if share < 1 else 0.0
        hours = saved / (price * 365) * 7 if price > 0 else float("nan")
        rows.append({"year": year, "saved": saved, "hours": hours})
    return pd.DataFrame(rows, columns=["year", "saved", "hours"])


def _year_total(costs: pd.DataFrame, year: int) -> float:
    return float(costs.loc[costs["year"] == year, "amount"].sum())
