"""Tables on their way in: raw cells as read, and records of converted values with their row numbers."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kapacitet.faults import Fault
from kapacitet.region.cells import BadCell, Cell, Value, as_text, convert, is_blank, shown
from kapacitet.region.columns import Column, Table

MOST_FAULTS = 2_000
"""Faults told one by one per table; the rest are counted."""

_LONGEST_NAME = 60
_MOST_NAMES = 1_000
"""Suggestions are sought among so many names at most: seeking is slow."""


@dataclass(frozen=True)
class RawTable:
    """A table as it was read.

    Attributes:
        name: table name.
        header: the first row.
        rows: row number (the header is row 1) and cells of each further row that isn't blank.
        danish: whether numbers written as text are Danish.
    """

    name: str
    header: Sequence[Cell]
    rows: Sequence[tuple[int, Sequence[Cell]]]
    danish: bool = False


class Record(dict[str, Value]):
    """One row's values by column name; None is missing or faulty.

    Attributes:
        number: row number, the header is row 1.
        bad: columns whose value could not be used (and has been told).
    """

    __slots__ = ("bad", "number")

    def __init__(self, values: Iterable[tuple[str, Value]], number: int, bad: frozenset[str]) -> None:
        super().__init__(values)
        self.number = number
        self.bad = bad

    def text(self, name: str) -> str:
        """A text value; blank if it is missing or faulty."""
        value = self[name]
        return value if isinstance(value, str) else ""

    def number_or_none(self, name: str) -> float | None:
        """A numeric value; None if it is missing or faulty."""
        value = self[name]
        return float(value) if isinstance(value, int | float) else None

    def whole(self, name: str) -> int | None:
        """A whole number; None if it is missing or faulty."""
        value = self[name]
        return value if isinstance(value, int) else None


@dataclass(frozen=True)
class Records:
    """A table's records, with what was wrong with the table as such.

    Attributes:
        table: the specification.
        rows: the records in the order they came.
        usable: the columns could be read, so that references into the table can be checked.
    """

    table: Table
    rows: tuple[Record, ...] = ()
    usable: bool = True

    def __iter__(self) -> Iterator[Record]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass
class _Log:
    """Faults of one table, told one by one up to a limit."""

    table: str
    faults: list[Fault] = field(default_factory=list)
    untold: int = 0

    def add(self, message: str, mend: str, row: int | None, column: str | None, value: str | None) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(message, mend, self.table, row, column, value))
        else:
            self.untold += 1

    def all(self) -> list[Fault]:
        if self.untold:
            message = f"Der er {self.untold} fejl mere i tabellen."
            return [*self.faults, Fault(message, "Ret de nævnte, og prøv igen.", self.table)]
        return self.faults


def records_of(raw: RawTable, table: Table) -> tuple[Records, list[Fault]]:
    """Convert a raw table, collecting every fault in its header and cells."""
    log = _Log(raw.name)
    places = _columns(raw, table, log)
    if places is None:
        return Records(table, usable=False), log.all()
    width = len(raw.header)
    rows = tuple(_record(number, cells, width, places, raw.danish, log) for number, cells in raw.rows)
    if table.filled and not rows:
        log.add("Tabellen har ingen rækker.", "Tilføj mindst én række.", None, None, None)
    return Records(table, rows), log.all()


def _record(
    number: int,
    cells: Sequence[Cell],
    width: int,
    places: Sequence[tuple[Column, int | None]],
    danish: bool,
    log: _Log,
) -> Record:
    if len(cells) < width or any(not is_blank(cell) for cell in cells[width:]):
        log.add(
            f"Rækken har {len(cells)} felter, men overskriften har {width}.",
            "Sæt tekst og tal med komma i anførselstegn; et tomt felt er to kommaer efter hinanden.",
            number,
            None,
            None,
        )
        names = [column.name for column, _ in places]
        return Record(((name, None) for name in names), number, frozenset(names))
    values: list[tuple[str, Value]] = []
    bad: set[str] = set()
    for column, place in places:
        cell = None if place is None else cells[place]
        try:
            values.append((column.name, convert(cell, column, danish=danish)))
        except BadCell as fault:
            log.add(fault.message, fault.mend, number, column.name, None if is_blank(cell) else shown(cell))
            values.append((column.name, None))
            bad.add(column.name)
    return Record(values, number, frozenset(bad))


def _columns(raw: RawTable, table: Table, log: _Log) -> list[tuple[Column, int | None]] | None:
    """Where each column stands; None if the header is so wrong that the rows can't be read."""
    names = [(as_text(cell) or "").casefold() for cell in raw.header]
    if not any(names):
        mend = f"Skriv overskriften i række 1: {', '.join(table.by_name)}."
        log.add("Tabellen er tom og har ingen overskrift.", mend, None, None, None)
        return None
    places: dict[str, int] = {}
    sound = True
    for place, name in enumerate(names):
        if not name:
            if any(len(cells) > place and not is_blank(cells[place]) for _, cells in raw.rows):
                message = f"Kolonne nummer {place + 1} har værdier, men ingen overskrift."
                log.add(message, "Skriv overskriften, eller slet kolonnen.", 1, None, None)
        elif name in places:
            log.add("Kolonnen står flere gange.", "Slet eller omdøb den ene.", 1, name, None)
            sound = False
        elif name not in table.by_name:
            unknown = as_text(raw.header[place]) or name
            log.add("Kolonnen kendes ikke.", _suggestion(name, table, names), 1, shown(unknown), None)
        else:
            places[name] = place
    for column in table.columns:
        if column.required and column.name not in places:
            log.add("Kolonnen mangler.", f"Tilføj kolonnen. {column.description}", 1, column.name, None)
            sound = False
    return [(column, places.get(column.name)) for column in table.columns] if sound else None


def _suggestion(name: str, table: Table, names: Sequence[str]) -> str:
    free = [column for column in table.by_name if column not in names]
    if near := nearest(name, free):
        return f"Mente du {near}?"
    return f"Slet kolonnen; tabellen har {', '.join(table.by_name)}."


def nearest(name: str, among: Iterable[str]) -> str | None:
    """The nearest of some names, if one is near enough to be what was meant."""
    if len(name) > _LONGEST_NAME:
        return None
    found = difflib.get_close_matches(name, list(islice(among, _MOST_NAMES)), n=1, cutoff=0.6)
    return found[0] if found else None
