"""Checks of keys and references between tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kapacitet.faults import Fault
from kapacitet.region.cells import Value, shown_value
from kapacitet.region.columns import Column, Table
from kapacitet.region.records import Record, nearest
from kapacitet.region.tables import TABLES, split_list
from kapacitet.region.validation.draft import Draft, at

_MOST_SUGGESTIONS: Final = 50
"""Suggestions per column: seeking is slow."""


def unique_rows(draft: Draft) -> Iterator[Fault]:
    """No two rows of a table have the same key; a travel link is the same in both directions."""
    for table in TABLES.values():
        first: dict[tuple[Value, ...], int] = {}
        for row in draft[table.name]:
            if any(row[name] is None for name in table.key):
                continue
            key = _key(table, row)
            if key in first:
                shown = ", ".join(shown_value(row[name]) or "" for name in table.key)
                yield Fault(
                    f"Rækken har samme {' + '.join(table.key)} som række {first[key]}.",
                    "Slet den ene, eller ret den.",
                    table.name,
                    row.number,
                    table.key[0] if len(table.key) == 1 else None,
                    shown,
                )
            else:
                first[key] = row.number


def _key(table: Table, row: Record) -> tuple[Value, ...]:
    if table.name == "travel_links":
        return (*sorted((row.text("from"), row.text("to"))), row["kind"])
    return tuple(row[name] for name in table.key)


def unique_unit_ids(draft: Draft) -> Iterator[Fault]:
    """Offers and candidates share one set of ids, and a project's id is no other project's candidate."""
    projects = {row.text("project") for row in draft["candidates"]}
    for row in draft["candidates"]:
        id = row.text("id")
        if id and id in draft.offers:
            yield at("candidates", row, "id", "Et tilbud har samme id.", "Giv varianten et andet id.")
        if id in projects and row["project"] and row["project"] != id:
            yield at("candidates", row, "id", "Et andet projekt har samme id.", "Giv varianten et andet id.")


def references(draft: Draft) -> Iterator[Fault]:
    """Every value that names a row of another table names one that is there."""
    for table in TABLES.values():
        for column in table.columns:
            targets = (*column.references, *([column.prefixed] if column.prefixed else []))
            if column.references and all(_can_be_sought(draft, _table(target)) for target in targets):
                yield from _Reference(draft, table, column).unknown()


class _Reference:
    """One referring column, and what its values may be."""

    def __init__(self, draft: Draft, table: Table, column: Column) -> None:
        self.draft, self.table, self.column = draft, table, column
        self.known = [value for target in column.references for value in _values(draft, target)]
        self.allowed = {*self.known, *column.also}
        self.prefixed = set(_values(draft, column.prefixed)) if column.prefixed else set()
        self.mends: dict[str, str] = {}

    def unknown(self) -> Iterator[Fault]:
        """A fault for every value that is nowhere."""
        column = self.column
        message = "Værdien findes ikke i den tabel, den henviser til."
        for row in self.draft[self.table.name]:
            for part in split_list(row[column.name]) if column.kind == "list" else [row.text(column.name)]:
                prefix = column.prefix if column.prefix and part.startswith(column.prefix) else ""
                wanted = part.removeprefix(prefix)
                if part and wanted not in (self.prefixed if prefix else self.allowed):
                    yield Fault(message, self.mend(wanted, prefix), self.table.name, row.number, column.name, part)

    def mend(self, wanted: str, prefix: str) -> str:
        """What to write: the code of a municipality given by name, the nearest id, or a new row."""
        if prefix + wanted not in self.mends:
            self.mends[prefix + wanted] = self._mend(wanted, prefix)
        return self.mends[prefix + wanted]

    def _mend(self, wanted: str, prefix: str) -> str:
        column = self.column
        codes = {name.casefold(): code for code, name in self.draft.municipality_names.items()}
        if "municipalities.code" in column.references and wanted.casefold() in codes:
            return f"Skriv koden {codes[wanted.casefold()]}."
        target = column.prefixed if prefix and column.prefixed else column.references[0]
        sought = sorted(self.prefixed) if prefix else self.known
        near = nearest(wanted, sought) if len(self.mends) < _MOST_SUGGESTIONS else None
        if near:
            return f"Mente du {prefix}{near}? Ellers tilføj den i {_table(target)}."
        return f"Ret værdien, eller tilføj en række i {_table(target)}."


def _can_be_sought(draft: Draft, table: str) -> bool:
    """Whether references into a table can be checked: it was read, and isn't empty against its specification."""
    return draft[table].usable and bool(len(draft[table]) or not TABLES[table].filled)


def _table(target: str) -> str:
    return target.partition(".")[0]


def _values(draft: Draft, target: str) -> list[str]:
    table, _, column = target.partition(".")
    return [row.text(column) for row in draft[table] if row.text(column)]
