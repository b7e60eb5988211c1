"""The contract as JSON Schema (draft 2020-12): ``python -m kapacitet_api.dashboard.contract FILE`` writes it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from kapacitet_api.dashboard.schemas import Summary

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def contract() -> dict[str, Any]:
    """The schema of what ``/api/v1/dashboard/summary`` answers."""
    return {"$schema": DIALECT, **Summary.model_json_schema(mode="serialization")}


def text() -> str:
    """The file's content."""
    return json.dumps(contract(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8", newline="\n")
