"""From records to the frames of a region, and the hash of their content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kapacitet.region.cells import Value
from kapacitet.region.columns import Column, Table
from kapacitet.region.records import Record, Records
from kapacitet.region.tables import TABLES

_EXTENSIONS: Final[dict[str, Any]] = {"str": pd.StringDtype(na_value=np.nan), "Int64": pd.Int64Dtype()}
"""The dtypes that numpy doesn't have."""


def frame_of(records: Records) -> pd.DataFrame:
    """The frame of a table: all its columns in order, with their dtypes, rows as they came."""
    if not records.rows:
        return _empty(records.table.name)
    return _frame(records.table, records.rows)


@cache
def _empty(name: str) -> pd.DataFrame:
    return _frame(TABLES[name], ())


def _frame(table: Table, rows: Sequence[Record]) -> pd.DataFrame:
    return pd.DataFrame({column.name: _array([row[column.name] for row in rows], column) for column in table.columns})


def _array(values: list[Any], column: Column) -> npt.NDArray[Any] | pd.api.extensions.ExtensionArray:
    """A column's values in its dtype; arrays, since series would be aligned by their index first."""
    if column.dtype in _EXTENSIONS:
        extended: pd.api.extensions.ExtensionArray = pd.array(values, dtype=_EXTENSIONS[column.dtype])
        return extended
    return np.array(values, dtype=column.dtype)


def content_hash(id: str, title: str, price_year: int, tables: Iterable[Records], outlines: str) -> str:
    """SHA-256 over the content: independent of row order, of the file format and of how numbers are written.

    Args:
        id, title, price_year: the region's own fields.
        tables: the converted tables.
        outlines: canonical text of the outlines, blank if there are none.
    """
    digest = hashlib.sha256()
    digest.update(json.dumps([id, title, price_year], ensure_ascii=False).encode())
    for records in sorted(tables, key=lambda each: each.table.name):
        digest.update(f"\n\n{records.table.name}\n".encode())
        lines = sorted(json.dumps(list(row.values()), ensure_ascii=False) for row in records)
        digest.update("\n".join(lines).encode())
    digest.update(b"\n\n" + outlines.encode())
    return digest.hexdigest()


def cells_of(frame: pd.DataFrame) -> Iterator[tuple[Value, ...]]:
    """The rows of a region's frame as plain values, None for missing."""
    columns = [
        [None if blank else value for value, blank in zip(series.tolist(), series.isna().tolist(), strict=True)]
        for _, series in frame.items()
    ]
    return zip(*columns, strict=True)
