"""The published JSON Schema of the scenario file, written by ``python -m kapacitet.scenario.schema FILE``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from kapacitet.scenario.models import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def scenario_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a scenario, with Danish titles, explanations, units and sources."""
    schema = Scenario.model_json_schema()
    schema["$defs"] = {name: _without_docstring(part) for name, part in sorted(schema["$defs"].items())}
    return {"$schema": DIALECT, **_without_docstring(schema), "title": "Scenarie for kapacitet"}


def schema_text() -> str:
    """The schema as it is committed."""
    return json.dumps(scenario_schema(), ensure_ascii=False, indent=2) + "\n"


def _without_docstring(part: dict[str, Any]) -> dict[str, Any]:
    """A section without its English docstring: what is published is for planners, in Danish."""
    return {key: value for key, value in part.items() if key != "description"}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8", newline="\n")
