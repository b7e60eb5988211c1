"""Raw tables from frames and lists of rows in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from kapacitet.region.cells import Cell
from kapacitet.region.columns import SEPARATOR
from kapacitet.region.records import RawTable

type Rows = pd.DataFrame | Sequence[Mapping[str, object]]
"""A table in memory: a frame, or rows as mappings. A missing key, None, NaN or NA is a missing value."""


def raw_from_rows(name: str, rows: Rows, filled: Mapping[str, str]) -> RawTable:
    """The raw table; numbers written as text have a decimal point, as in CSV.

    Args:
        name: table name.
        rows: its rows; a list or tuple in a cell becomes ``;``-separated text.
        filled: columns to fill in where the rows lack them (``source``, ``evidence``).
    """
    if isinstance(rows, pd.DataFrame):
        header = [str(column) for column in rows.columns]
        columns = [_cells(rows.iloc[:, place]) for place in range(len(header))]
        table = [list(cells) for cells in zip(*columns, strict=True)] if columns else []
    else:
        header = list(dict.fromkeys(key for row in rows for key in row))
        table = [[_cell(row.get(key)) for key in header] for row in rows]
    for column, value in filled.items():
        if column not in header:
            header.append(column)
            for cells in table:
                cells.append(value)
        else:
            place = header.index(column)
            for cells in table:
                cells[place] = value if cells[place] is None else cells[place]
    return RawTable(name, header, list(enumerate(table, start=2)))


def _cells(series: pd.Series) -> list[Cell]:
    """A frame's column as plain Python values, None for missing."""
    missing = series.isna().tolist()
    return [None if blank else _cell(value) for value, blank in zip(series.tolist(), missing, strict=True)]


def _cell(value: object) -> Cell:
    if isinstance(value, list | tuple):
        return SEPARATOR.join(str(part) for part in value)
    if hasattr(value, "item"):
        return _cell(value.item())
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    return value if isinstance(value, str | int | float | dt.date) else str(value)
