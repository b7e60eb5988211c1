"""What differs between two versions of a region, by the keys of the tables: the order of rows doesn't count."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from kapacitet.region import TABLES
from kapacitet.region.cells import Cell, Value
from kapacitet.region.columns import REGION_FIELDS, Table
from kapacitet.region.records import RawTable, Record, records_of
from kapacitet_api.regions.stored import Stored, places_of

type Key = tuple[Value, ...]
type Change = dict[str, Any]


def differences(
    old: Stored, new: Stored, *, table: str | None = None, first: int = 0, count: int = 100
) -> dict[str, Any]:
    """Counts of every table, and some of the changed rows.

    Args:
        table: the only table whose rows are wanted.
        first, count: which of the rows, in the order of tables and keys.

    Returns:
        ``fields`` of the region itself, ``tables`` with counts, ``outlines`` with counts, ``rows``, ``more``.
    """
    tables, rows, passed = [], [], 0
    for name, specification in TABLES.items():
        changes = list(_changes(old.table(name), new.table(name), specification))
        kinds = [change["kind"] for change in changes]
        tables.append({"table": name, **{kind: kinds.count(kind) for kind in ("added", "removed", "changed")}})
        if table in (None, name):
            rows += changes[max(0, first - passed) : max(0, first + count - passed)]
            passed += len(changes)
    return {
        "fields": _fields(old, new),
        "tables": tables,
        "outlines": _outlines(old.outlines, new.outlines),
        "rows": rows,
        "more": passed > first + count,
    }


def _changes(old: RawTable, new: RawTable, table: Table) -> Iterator[Change]:
    """Each row that isn't in both, in the order of the keys.

    Rows that are written alike in both are put aside first, as quick as sets are: keys are unique, so nothing else
    has theirs. Only what is left is converted and matched by key.
    """
    before, after = _left(old, new, table)
    for key in sorted({*before, *after}, key=lambda key: tuple((value is None, str(value)) for value in key)):
        one, other = before.get(key), after.get(key)
        named = dict(zip(table.key, key, strict=False))
        if one is None or other is None:
            kind, row = ("added", other) if one is None else ("removed", one)
            yield {"table": table.name, "kind": kind, "key": named, "columns": _sides(kind, row or {}, table)}
            continue
        columns = [
            {"column": column, "old": one[column], "new": other[column]}
            for column in table.by_name
            if column not in table.key and one[column] != other[column]
        ]
        if columns:
            yield {"table": table.name, "kind": "changed", "key": named, "columns": columns}


def _sides(kind: str, row: Record | dict[str, Value], table: Table) -> list[Change]:
    """The values of a row that is in one of the two only, without its key."""
    rest = [name for name in table.by_name if name not in table.key]
    if kind == "added":
        return [{"column": name, "old": None, "new": row[name]} for name in rest if row[name] is not None]
    return [{"column": name, "old": row[name], "new": None} for name in rest if row[name] is not None]


def _left(old: RawTable, new: RawTable, table: Table) -> tuple[dict[Key, Record], dict[Key, Record]]:
    ordered = [_in_order(raw, table) for raw in (old, new)]
    same = set(ordered[0]) & set(ordered[1])
    return (_by_key(ordered[0], same, table), _by_key(ordered[1], same, table))


def _in_order(raw: RawTable, table: Table) -> list[tuple[Cell, ...]]:
    """The rows with their cells in the order of the specification."""
    places = [place for _, place in places_of(raw, table)]
    return [tuple(None if place is None else cells[place] for place in places) for _, cells in raw.rows]


def _by_key(rows: Sequence[tuple[Cell, ...]], same: set[tuple[Cell, ...]], table: Table) -> dict[Key, Record]:
    left = [(number, row) for number, row in enumerate(rows, start=2) if row not in same]
    found, _ = records_of(RawTable(table.name, list(table.by_name), left), table)
    return {_key(record, table): record for record in found}


def _key(record: Record, table: Table) -> Key:
    if table.name == "travel_links":  # a link is the same both ways
        here, there = sorted((record.text("from"), record.text("to")))
        return here, there, record["kind"]
    return tuple(record[name] for name in table.key)


def _fields(old: Stored, new: Stored) -> list[Change]:
    before, after = old.descriptor(), new.descriptor()
    names = {"id": "name"}
    pairs = [(name, before.get(names.get(name, name)), after.get(names.get(name, name))) for name in REGION_FIELDS]
    return [{"column": name, "old": one, "new": other} for name, one, other in pairs if one != other]


def _outlines(old: bytes, new: bytes) -> dict[str, int]:
    """Municipalities whose outlines are new, gone or another shape."""
    if old == new:
        return {"added": 0, "removed": 0, "changed": 0}
    before, after = _shapes(old), _shapes(new)
    return {
        "added": len(after.keys() - before.keys()),
        "removed": len(before.keys() - after.keys()),
        "changed": sum(before[code] != after[code] for code in before.keys() & after.keys()),
    }


def _shapes(data: bytes) -> dict[str, str]:
    if not data:
        return {}
    from kapacitet.region.outlines import canonical_text, read_geojson  # geopandas is slow to load

    frame, _ = read_geojson(data)
    lines = canonical_text(frame).splitlines()
    return {str(json.loads(line)[0]): line for line in lines}
