"""Small regions for the tests of demand, made of few rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapacitet.region import Region, region_from_tables
from kapacitet.scenario.models import Scenario

Rows = Sequence[Mapping[str, Any]]
CODES = ("410", "561")
BASIS = {"temp": "sel107", "long": "sel108", "abl": "abl105", "flex": "sel107;sel108", "wide": "sel107;abl105"}


def municipality(code: str) -> dict[str, Any]:
    return {"code": code, "name": f"By{code}", "population": 1000, "seat": "By", "latitude": 55, "longitude": 9}


def group(name: str = "autisme", attrition: float = 0.0, temporary: float = 0.25) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "support_step": 0.5,
        "attrition": attrition,
        "temporary_share": temporary,
        "complex": True,
    }


def offer(name: str, groups: str, closes: int | None = None, places: int = 1000) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "municipality": "410",
        "owner_type": "kommune",
        "owner": "410",
        "legal_basis": BASIS[name],
        "target_groups": groups,
        "places": places,
        "fixed_cost": 1,
        "variable_cost": 1,
        "budgeted_occupancy": 0.95,
        "closes": closes,
        "in_rammeaftale": True,
        "as_of": "2025-12-31",
    }


def need(code: str, year: int, low: float, central: float, high: float, name: str = "autisme") -> dict[str, Any]:
    return {"municipality": code, "target_group": name, "year": year, "low": low, "central": central, "high": high}


def level(value: float, years: Sequence[int], names: Sequence[str] = ("autisme",)) -> list[dict[str, Any]]:
    """The same need everywhere, every year, in every projection."""
    return [need(code, year, value, value, value, name) for code in CODES for year in years for name in names]


def living(code: str, offer_id: str, count: int, name: str = "autisme", as_of: str = "2025-12-31") -> dict[str, Any]:
    return {"municipality": code, "target_group": name, "offer": offer_id, "count": count, "as_of": as_of}


def world(
    demand: Rows,
    residents: Rows = (),
    groups: Rows | None = None,
    closes: Mapping[str, int] | None = None,
    **tables: Rows,
) -> Region:
    """Two municipalities, one offer of each legal basis open to every group, and the rows given."""
    groups = groups or [group()]
    names = ";".join(row["id"] for row in groups)
    return region_from_tables(
        "test",
        2025,
        {
            "municipalities": [municipality(code) for code in CODES],
            "target_groups": groups,
            "offers": [offer(name, names, (closes or {}).get(name)) for name in BASIS],
            "demand": demand,
            "residents": residents,
            "purchase_prices": [{"target_group": row["id"], "year": 2026, "price": 1e6} for row in groups],
            "travel_links": [{"from": "410", "to": "561", "kind": "road", "minutes": 30}],
            **tables,
        },
        source="test",
        evidence="illustrativ",
    )


def scenario(first: int = 2026, last: int = 2028, **sections: Any) -> Scenario:
    horizon = {"first": first, "last": last}
    return Scenario.model_validate({"name": "Prøve", "region": "test", "horizon": horizon, **sections})
