"""The data package's description and the outlines of the municipalities."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from files import FAKTISK, FORUDSAETNING, ILLUSTRATIV, INPUTS
from layout import TABLES, Column, Table
from money import PRICE_YEAR

OUTLINES = "municipalities.geojson"
REFERENCES: dict[tuple[str, str], tuple[str, str]] = {
    (table, column): target
    for column, target, tables in (
        (
            "municipality",
            ("municipalities", "code"),
            "demand demand_futures population_projection offers candidates anlaegsramme service_frame "
            "agreed_prices keys travel_times",
        ),
        (
            "target_group",
            ("target_groups", "id"),
            "demand demand_futures demand_rates residents purchase_prices agreed_prices",
        ),
        ("offer", ("offers", "id"), "conversions agreed_prices"),
        ("from", ("municipalities", "code"), "travel_links"),
        ("to", ("municipalities", "code"), "travel_links"),
    )
    for table in tables.split()
}
ALLOWED = {
    "evidence": [FAKTISK, FORUDSAETNING, ILLUSTRATIV],
    "owner_type": ["kommune", "region", "privat", "selvejende"],
    "kind": ["road", "ferry"],
    "relieves": ["anlaegsramme", "likviditet"],
}
ODBL = {
    "name": "ODbL-1.0",
    "title": "Open Data Commons Open Database License 1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
MIT = {"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}
CC_BY = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
EUPL = {
    "name": "EUPL-1.2",
    "title": "European Union Public Licence 1.2",
    "path": "https://eupl.eu/1.2/da/",
}
SOURCES = (
    {"title": "KKR Syddanmark, juni 2023: Handlemuligheder til imødegåelse af udgiftspresset"},
    {"title": "Region Syddanmark: takstblade for Autismecenter Syddanmark 2024 og Specialcenter Syddanmark 2022"},
    {"title": "Udlændingestyrelsen: landstal for 2024 og 2025 (fra Danmarks Statistik)"},
    {"title": "Socialtilsyn Syd: finansieringsbehov 2024"},
    {"title": "Ekspertudvalget på socialområdet, april 2024"},
    {"title": "GeoNames", "path": "https://www.geonames.org/"},
    {"title": "OpenStreetMap-bidragydere (kystlinje)", "path": "https://www.openstreetmap.org/copyright"},
)


def write_outlines(folder: Path) -> None:
    """Copy the outlines with the municipality code as text, one municipality per line."""
    source = json.loads((INPUTS / OUTLINES).read_text(encoding="utf-8"))
    lines = []
    for feature in source["features"]:
        properties = feature["properties"]
        properties["kommunekode"] = str(properties["kommunekode"])
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    features = ",\n".join(lines)
    text = f'{{"type":"FeatureCollection","features":[\n{features}\n]}}\n'
    (folder / OUTLINES).write_text(text, encoding="utf-8", newline="\n")


def write_package(folder: Path) -> None:
    """Write ``datapackage.json`` (Frictionless Data Package) for the tables and the outlines."""
    package = {
        "name": "syddanmark",
        "id": "syddanmark",
        "title": "Region Syddanmark: botilbud til tre målgrupper",
        "description": "22 kommuner, tre målgrupper med komplekse behov. Publicerede tal er mærket faktisk, "
        "planlæggerens antagelser forudsaetning og konstruerede tal illustrativ.",
        "profile": "data-package",
        "price_year": PRICE_YEAR,
        "licenses": [EUPL, CC_BY, ODBL, MIT],
        "sources": list(SOURCES),
        "resources": [*(_resource(name, table) for name, table in TABLES.items()), _outlines()],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8", newline="\n")


def _resource(name: str, table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    links = [(c.name, REFERENCES[name, c.name]) for c in table.columns if (name, c.name) in REFERENCES]
    if links:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": resource, "fields": [field]}}
            for column, (resource, field) in links
        ]
    resource: dict[str, Any] = {
        "name": name,
        "title": table.title,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
    if name == "municipalities":
        resource["licenses"] = [CC_BY]
    return resource


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.name in ALLOWED:
        constraints["enum"] = ALLOWED[column.name]
    if constraints:
        field["constraints"] = constraints
    return field


def _outlines() -> dict[str, Any]:
    return {
        "name": "municipality-outlines",
        "title": "Kommunernes omrids",
        "path": OUTLINES,
        "format": "geojson",
        "mediatype": "application/geo+json",
        "encoding": "utf-8",
        "licenses": [ODBL, MIT],
        "sources": [
            {"title": "react-denmark-map 1.0.0 (MIT)"},
            {"title": "@geo-maps/countries-land-100m 0.6.0, data © OpenStreetMap contributors (ODbL 1.0)"},
        ],
    }
