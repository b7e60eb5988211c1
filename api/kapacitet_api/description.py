"""The OpenAPI document: FastAPI's, with the schema of problems, and with the nulls in examples that FastAPI drops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from kapacitet_api import problems

_REFERENCE = "#/components/schemas/"


def document_of(app: FastAPI) -> dict[str, Any]:
    """The document, the same object each time."""
    made = app.openapi_schema is None
    document = app.openapi()
    if made:
        problems.add_schema(document)
        schemas = document["components"]["schemas"]
        for schema in schemas.values():
            for example in schema.get("examples", ()):
                _complete(example, schema, schemas)
    return document


def _complete(value: Any, schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> None:
    """Give each object in an example the fields it must have and that can be null."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].removeprefix(_REFERENCE)]
    for choice in schema.get("anyOf", ()):
        _complete(value, choice, schemas)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for item in value:
            _complete(item, schema["items"], schemas)
    if not isinstance(value, dict):
        return
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value and _nullable(properties[name]):
            value[name] = None
    for name, inner in value.items():
        if name in properties:
            _complete(inner, properties[name], schemas)


def _nullable(schema: Mapping[str, Any]) -> bool:
    return any(choice.get("type") == "null" for choice in schema.get("anyOf", ()))
