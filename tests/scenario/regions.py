"""A small region with one of each thing a scenario can name, and shipped regions made up for the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from kapacitet.region import Region, published, region_from_tables
from kapacitet.scenario.models import Scenario

Rows = Sequence[Mapping[str, Any]]
YEARS = range(2026, 2031)


def candidate(name: str, project: str, owner: str = "410", **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "project": project,
        "name": name,
        "municipality": owner if owner.isdigit() else "410",
        "owner_type": "kommune" if owner.isdigit() else "region",
        "owner": owner,
        "legal_basis": "sel107",
        "target_groups": "autisme",
        "places": 8,
        "construction_cost": 10e6,
        "spend_profile": "0.5;0.5",
        "lead_time": 2,
        "earliest": 2026,
        "latest": 2030,
        "fixed_cost": 1e6,
        "variable_cost": 1e5,
        "budgeted_occupancy": 0.95,
        **changes,
    }


def offer(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": name,
        "municipality": "410",
        "owner_type": "kommune",
        "owner": "410",
        "legal_basis": "sel107;sel108",
        "target_groups": "autisme;dom",
        "places": 20,
        "fixed_cost": 1e6,
        "variable_cost": 1e5,
        "budgeted_occupancy": 0.95,
        "in_rammeaftale": True,
        "as_of": "2025-12-31",
        **changes,
    }


def frame_rows(years: Sequence[int] = YEARS, **keys: str) -> list[dict[str, Any]]:
    return [{**keys, "year": year, "amount": 1e6} for year in years]


def small_region(**tables: Rows) -> Region:
    """Two municipalities, three candidates in two projects, one offer; ``tables`` replace or add."""
    groups = ("autisme", "dom")
    given: dict[str, Rows] = {
        "municipalities": [
            {
                "code": code,
                "name": name,
                "population": 1000,
                "seat": name,
                "latitude": 55,
                "longitude": 9,
                "group": grouping,
            }
            for code, name, grouping in (("410", "Middelfart", "Fyn"), ("561", "Esbjerg", None))
        ],
        "target_groups": [
            {
                "id": group,
                "name": group,
                "support_step": 0.5,
                "attrition": 0.1,
                "temporary_share": 0.5,
                "complex": True,
            }
            for group in groups
        ],
        "demand": [
            {"municipality": code, "target_group": group, "year": year, "low": 1, "central": 2, "high": 3}
            for code in ("410", "561")
            for group in groups
            for year in YEARS
        ],
        "offers": [offer("fuglsang")],
        "candidates": [
            candidate("egebo-8", "egebo"),
            candidate("egebo-12", "egebo", places=12),
            candidate("regionsbo", "regionsbo", "Region Syddanmark"),
        ],
        "purchase_prices": [{"target_group": group, "year": 2026, "price": 2e6} for group in groups],
        "anlaegsramme": frame_rows(municipality="410"),
        "region_liquidity": frame_rows(),
        "joint_frame": frame_rows(),
        "travel_links": [{"from": "410", "to": "561", "kind": "road", "minutes": 60}],
    }
    return region_from_tables("lille", 2025, given | tables, source="test", evidence="illustrativ")


def asked(**sections: Any) -> Scenario:
    """A scenario of the small region for the years it covers."""
    horizon = {"first": YEARS.start, "last": YEARS.stop - 1}
    return Scenario.model_validate({"name": "Prøve", "region": "lille", "horizon": horizon, **sections})


def ship(folder: Path, monkeypatch: pytest.MonkeyPatch, presets: Mapping[str, Mapping[str, str]]) -> None:
    """Make ``folder`` the folder of shipped regions, with the text of each preset by region and id."""
    for region, texts in presets.items():
        scenarios = folder / region / "scenarios"
        scenarios.mkdir(parents=True)
        (folder / region / "datapackage.json").write_text(json.dumps({"name": region}), encoding="utf-8")
        for name, text in texts.items():
            (scenarios / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(published, "_regions", lambda: folder)
