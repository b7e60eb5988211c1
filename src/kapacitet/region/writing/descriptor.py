"""``datapackage.json``: the Frictionless description of a region, derived from the specification."""

from __future__ import annotations

from typing import Any, Final

from kapacitet.region.columns import OUTLINES_FILE, Column, Table
from kapacitet.region.tables import TABLES

_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES: Final = {
    "text": "string",
    "list": "string",
    "numbers": "string",
    "whole": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
}


def package_descriptor(id: str, title: str, price_year: int, *, outlines: bool) -> dict[str, Any]:
    """The descriptor of a region, checked by Frictionless.

    Args:
        id, title, price_year: the region's own fields.
        outlines: whether ``municipalities.geojson`` is in the folder.
    """
    from frictionless import Package

    resources: list[dict[str, Any]] = [table_resource(table) for table in TABLES.values()]
    if outlines:
        resources.append(
            {"name": "outlines", "path": OUTLINES_FILE, "format": "geojson", "mediatype": "application/geo+json"}
        )
    descriptor = {
        "$schema": _PROFILE,
        "name": id,
        "title": title,
        "price_year": price_year,
        "resources": resources,
    }
    return dict(Package.from_descriptor(descriptor).to_descriptor())


def table_resource(table: Table) -> dict[str, Any]:
    """The resource of a table: its file, columns, key and those foreign keys the standard can express."""
    names = {column.name for column in table.columns}
    foreign = [
        {"fields": [column.name], "reference": {"resource": _split(column)[0], "fields": [_split(column)[1]]}}
        for column in table.columns
        if column.kind == "text" and len(column.references) == 1 and not column.also and not column.prefix
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": [name for name in table.key if name in names],
    }
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _split(column: Column) -> tuple[str, str]:
    table, _, name = column.references[0].partition(".")
    return table, name


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.kind in ("whole", "number"):
        number = int if column.kind == "whole" else float
        for name, bound in (
            ("minimum", column.minimum),
            ("exclusiveMinimum", column.above),
            ("maximum", column.maximum),
        ):
            if bound is not None:
                constraints[name] = number(bound)
    if column.allowed and column.kind == "text":
        constraints["enum"] = list(column.allowed)
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": column.description,
    }
    if column.unit:
        field["unit"] = column.unit
    if constraints:
        field["constraints"] = constraints
    return field
