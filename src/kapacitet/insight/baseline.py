"""The plan against a world without new places, the difference split in volume and unit cost.

Volume growth and unit-cost growth are different drivers and are kept apart: per target group and way of being
served, volume is the change in place-years at the baseline's unit cost, unit cost the change in unit cost at the
plan's place-years; the two add up to the whole change.
"""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from kapacitet.scenario.models import Scenario

SERVED = ("offentlig", "privat", "koeb", "udaekket")


def without_new_places(scenario: Scenario) -> Scenario:
    """The same scenario, in which nothing new is built and nothing is closed or converted; committed ones stay.

    It was never planned, so nothing is paid for changing a previous plan.
    """
    projects = scenario.projects.model_copy(update={"forced": (), "only_owner_types": (), "previous": ()})
    limits = scenario.limits.model_copy(
        update={
            "closures": False,
            "conversions": False,
            "reserve_min": 0.0,
            "reserve_max": 1.0,
            "public_share_min": 0.0,
        }
    )
    return scenario.model_copy(update={"projects": projects, "limits": limits})


def service_costs(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Discounted place-years and cost by target group and way of being served.

    Fixed and housing cost of a shared house is spread on the groups by use in the year (on the groups it is open
    to, in equal parts, where nobody uses it). Columns: target_group, served, place_years, cost.
    """
    factor = tables["costs"].drop_duplicates("year").set_index("year")["discount_factor"]
    parts = [_used(tables, factor), _fixed(tables, factor)]
    for table, served, amount in (("purchases", "koeb", "cost"), ("unmet", "udaekket", "penalty")):
        rows = tables[table]
        weight = rows["year"].map(factor)
        parts.append(
            pd.DataFrame(
                {
                    "target_group": rows["target_group"],
                    "served": served,
                    "place_years": rows["place_years"] * weight,
                    "cost": rows[amount] * weight,
                }
            )
        )
    every = pd.concat([part for part in parts if len(part)], ignore_index=True)
    return every.groupby(["target_group", "served"], as_index=False)[["place_years", "cost"]].sum()


def _used(tables: dict[str, pd.DataFrame], factor: pd.Series) -> pd.DataFrame:
    rows = tables["placements"]
    weight = rows["year"].map(factor)
    amounts = rows[["cost", "top_up_cost", "lock_in_cost", "travel_cost", "move_cost"]].sum(axis=1)
    return pd.DataFrame(
        {
            "target_group": rows["target_group"],
            "served": _kind(tables, rows),
            "place_years": rows["place_years"] * weight,
            "cost": amounts * weight,
        }
    )


def _kind(tables: dict[str, pd.DataFrame], rows: pd.DataFrame) -> pd.Series:
    shared = tables["capacity"].drop_duplicates("offer").set_index("offer")["shared"].astype(bool)
    return rows["offer"].map(shared).map({True: "offentlig", False: "privat"})


def _fixed(tables: dict[str, pd.DataFrame], factor: pd.Series) -> pd.DataFrame:
    use = tables["placements"].groupby(["year", "offer", "target_group"])["place_years"].sum().reset_index()
    result: list[dict[str, object]] = []
    mine: dict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    for used in use[use["place_years"] > 0].to_dict("records"):
        mine[used["year"], used["offer"]].append((used["target_group"], used["place_years"]))
    for row in tables["capacity"].to_dict("records"):
        cost = (row["fixed_cost"] + row["housing_cost"]) * factor[row["year"]]
        if not cost:
            continue
        key = (row["year"], row["offer"])
        groups = str(row["target_groups"]).split(";")
        use_by_group = mine.get(key) or [(group, 1.0) for group in groups]
        total = sum(amount for _, amount in use_by_group)
        shares = [(group, amount / total) for group, amount in use_by_group]
        result += [
            {"target_group": group, "served": "offentlig", "place_years": 0.0, "cost": cost * share}
            for group, share in shares
        ]
    return pd.DataFrame(result, columns=["target_group", "served", "place_years", "cost"])


def delta(plan: dict[str, pd.DataFrame], baseline: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Change from the baseline by group and way of being served (discounted kr.), split in volume and unit cost.

    Columns: target_group, served, place_years_baseline, place_years_plan, unit_cost_baseline, unit_cost_plan,
    change, volume, unit_cost. Where one of the two worlds has no place-years all of the change is volume.
    """
    keys = ["target_group", "served"]
    both = (
        service_costs(baseline)
        .merge(service_costs(plan), on=keys, how="outer", suffixes=("_baseline", "_plan"))
        .fillna(0.0)
    )
    unit_old = (both["cost_baseline"] / both["place_years_baseline"]).where(both["place_years_baseline"] > 0)
    unit_new = (both["cost_plan"] / both["place_years_plan"]).where(both["place_years_plan"] > 0)
    change = both["cost_plan"] - both["cost_baseline"]
    volume = ((both["place_years_plan"] - both["place_years_baseline"]) * unit_old).where(unit_new.notna(), change)
    volume = volume.fillna(change)
    return both[[*keys, "place_years_baseline", "place_years_plan"]].assign(
        unit_cost_baseline=unit_old,
        unit_cost_plan=unit_new,
        change=change,
        volume=volume,
        unit_cost=change - volume,
    )
