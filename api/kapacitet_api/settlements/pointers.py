"""Where in a request a case's fault is: ``[[use]] nr. 3 place_years`` is ``#/use/2/place_years``."""

from __future__ import annotations

import re
from typing import Any

from kapacitet.faults import Fault
from kapacitet_api.problems import place
from kapacitet_api.sent import escaped

FILE = "sagen"
"""What faults call the case."""
_TABLE = re.compile(
    r"(?:\[\[(?P<rows>[^\]]+)\]\](?: nr\. (?P<number>\d+))?|\[(?P<table>[^\]]+)\])\s*(?P<key>.*)", re.DOTALL
)


def placed(fault: Fault) -> dict[str, Any]:
    """A case's fault with a pointer to its field."""
    told = place(fault)
    if fault.table not in (FILE, None):
        return told
    told.pop("table", None)
    column = told.pop("column", None) or ""
    return {**told, "pointer": "#" + "".join(f"/{escaped(part)}" for part in _parts(column))}


def _parts(column: str) -> list[str]:
    found = _TABLE.fullmatch(column)
    if found is None:
        return column.split(".") if column else []
    parts = (found["rows"] or found["table"]).split(".")
    if found["number"]:
        parts.append(str(int(found["number"]) - 1))
    return [*parts, found["key"]] if found["key"] else parts
