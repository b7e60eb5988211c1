"""A kept dataset as it lies in the store: a zip with a CSV file per table, checked before it was kept."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any

from kapacitet.region import TABLES, split_list
from kapacitet.region.cells import Cell, as_text
from kapacitet.region.columns import DESCRIPTOR, OUTLINES_FILE, Column, Table
from kapacitet.region.reading.archive import is_inside
from kapacitet.region.reading.csv_text import read_csv
from kapacitet.region.records import RawTable, Records, records_of
from kapacitet_api.archive import packed

SMALL = 4 * 1024 * 1024
"""Bytes of tables up to which a dataset is read in the API's own process."""
MUNICIPALITY = "municipalities.code"


class Stored:
    """The files of a dataset."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))

    @property
    def is_small(self) -> bool:
        """Whether it is read in no time."""
        return sum(part.file_size for part in self._archive.infolist()) <= SMALL

    def read(self, name: str) -> bytes | None:
        """A file's bytes, None if it isn't there."""
        tops = [part for part in self._archive.namelist() if part.rpartition("/")[2] == name and is_inside(part)]
        return self._archive.read(min(tops, key=len)) if tops else None

    def descriptor(self) -> dict[str, Any]:
        """What the package says of itself."""
        found = json.loads((self.read(DESCRIPTOR) or b"{}").decode("utf-8-sig"))
        return found if isinstance(found, dict) else {}

    @cached_property
    def outlines(self) -> bytes:
        """The outlines' file; empty if there is none."""
        return self.read(OUTLINES_FILE) or b""

    def table(self, name: str) -> RawTable:
        """A table as it was written; without rows if it isn't there."""
        data = self.read(f"{name}.csv")
        return RawTable(name, list(TABLES[name].by_name), ()) if data is None else read_csv(name, data)


def places_of(raw: RawTable, table: Table) -> list[tuple[Column, int | None]]:
    """Where each column of the specification stands in the rows."""
    names = [(as_text(cell) or "").casefold() for cell in raw.header]
    return [(column, names.index(column.name) if column.name in names else None) for column in table.columns]


def rows_of(raw: RawTable, municipality: str | None) -> RawTable:
    """The table with those rows that speak of ``municipality``; all of them if None, or if the table names none."""
    columns = [
        place
        for column, place in places_of(raw, TABLES[raw.name])
        if place is not None and MUNICIPALITY in column.references
    ]
    if municipality is None or not columns:
        return raw
    mine = [row for row in raw.rows if any(_names(row[1][place], municipality) for place in columns)]
    return RawTable(raw.name, raw.header, mine)


def _names(cell: Cell, code: str) -> bool:
    return code in split_list(as_text(cell))


def records(raw: RawTable, first: int = 0, count: int | None = None) -> Records:
    """The values of some rows in the order they lie."""
    rows = raw.rows[first:] if count is None else raw.rows[first : first + count]
    return records_of(RawTable(raw.name, raw.header, rows, raw.danish), TABLES[raw.name])[0]


def region_archive(folder: Path) -> bytes:
    """The tables of a region's folder as a zip."""
    names = (*(f"{name}.csv" for name in TABLES), DESCRIPTOR, OUTLINES_FILE)
    return packed(folder / name for name in names if (folder / name).is_file())
