"""Columns of the tables in the order of DATA.md, and rows made from them."""

from __future__ import annotations

from .case import Row

COLUMNS: dict[str, str] = {
    "municipalities": "code name population seat latitude longitude group expected_limit risk_limit",
    "target_groups": "id name support_step attrition temporary_share complex",
    "demand": "municipality target_group year low central high tier",
    "demand_futures": "future probability municipality target_group year place_years",
    "demand_rates": "target_group age_from age_to rate",
    "population_projection": "municipality age_from age_to year persons",
    "offers": "id name municipality owner_type owner legal_basis target_groups places fixed_cost "
    "capital_charge variable_cost price top_up budgeted_occupancy opened closes earliest_close closing_cost "
    "minimum_residents staff_per_place yearly_tilsyn latitude longitude in_rammeaftale deficit_bearer as_of",
    "residents": "municipality target_group offer count as_of",
    "candidates": "id project name municipality owner_type owner legal_basis target_groups places "
    "construction_cost spend_profile lead_time earliest latest fixed_cost variable_cost housing_cost "
    "budgeted_occupancy startup_occupancy minimum_residents staff_per_place approval_cost yearly_tilsyn "
    "requires latitude longitude",
    "conversions": "offer from_groups to_groups cost years earliest",
    "anlaegsramme": "municipality year amount",
    "joint_frame": "year amount",
    "region_liquidity": "year amount",
    "service_frame": "municipality year amount",
    "staff_limits": "area year hires",
    "loan_pools": "id first_year last_year legal_basis target_groups amount relieves",
    "purchase_prices": "target_group year price available",
    "agreed_prices": "municipality offer target_group price",
    "support_step_price": "year price",
    "pl_index": "year index",
    "refund_thresholds": "year threshold percent",
    "keys": "key municipality weight",
    "travel_links": "from to kind minutes via",
    "travel_times": "municipality offer_or_candidate minutes",
    "figures": "id figure value unit period scope qualifier use",
}


def make_row(table: str, **values: object) -> Row:
    """A row with every column of the table in order; what isn't named is missing (None).

    A trailing underscore is taken off a name, so that ``from_`` can be written.
    """
    given = {name.rstrip("_"): value for name, value in values.items()}
    row: Row = {name: given.pop(name, None) for name in COLUMNS[table].split()}
    if given:
        raise KeyError(f"{table} has no columns {sorted(given)}")
    return {**row, "source": "opfundet til test", "evidence": "illustrativ"}


def empty_tables() -> dict[str, list[Row]]:
    """Every table, without rows."""
    return {name: [] for name in COLUMNS}
