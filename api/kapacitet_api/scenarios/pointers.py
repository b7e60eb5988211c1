"""Where in a request a scenario's fault is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kapacitet.faults import Fault
from kapacitet_api.problems import place
from kapacitet_api.sent import escaped

OWN = (None, "scenarie")
"""What faults call a scenario that came from no file."""


def places(faults: Iterable[Fault], document: Mapping[str, Any], prefix: str) -> list[dict[str, Any]]:
    """Each fault with a pointer to the scenario's field, or to the row of the region's table.

    Args:
        document: the scenario as it was sent.
        prefix: pointer to the scenario in the body.
    """
    return [_place(fault, document, prefix) for fault in faults]


def _place(fault: Fault, document: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    told = place(fault)
    if fault.table not in OWN:
        return told
    parts = _parts(fault.column or "", document)
    told.pop("table", None)
    told.pop("column", None)
    return {**told, "pointer": "".join((prefix, *(f"/{escaped(part)}" for part in parts)))}


def _parts(column: str, document: object) -> list[str]:
    """The keys of a path with dots; a key of the document that has dots itself is one."""
    if not column:
        return []
    if isinstance(document, Mapping):
        for key in sorted(map(str, document), key=len, reverse=True):
            if column == key:
                return [key]
            if column.startswith(f"{key}."):
                return [key, *_parts(column[len(key) + 1 :], document[key])]
    head, _, rest = column.partition(".")
    inner: object = None
    if isinstance(document, list) and head.isdigit() and int(head) < len(document):
        inner = document[int(head)]
    return [head, *_parts(rest, inner)]
