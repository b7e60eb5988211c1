"""Tables as JSON rows, CSV, Parquet and Excel; text from users is never a formula."""

from __future__ import annotations

import datetime as dt
import io
import math
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from kapacitet.report.inert import inert
from kapacitet.report.result_columns import Meaning

_ARROW = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}
_CREATED: Final = dt.datetime(2000, 1, 1)
"""Always the same, so that the same table gives the same file."""
_one_workbook = threading.Lock()
"""Workbooks are made in Python alone: one at a time, so that other requests are answered meanwhile."""


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows for JSON: numbers to the last bit, and null for what is missing or not finite."""
    columns = [[_plain(value) for value in table[column].tolist()] for column in table.columns]
    names = [str(column) for column in table.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def csv_bytes(table: pd.DataFrame) -> bytes:
    """UTF-8, commas, floats as shortest round-trip text."""
    safe = pd.DataFrame({column: _inert(table[column]) for column in table.columns}, columns=list(table.columns))
    return safe.to_csv(index=False, lineterminator="\n").encode()


def parquet_bytes(table: pd.DataFrame, meanings: Mapping[str, Meaning]) -> bytes:
    """Typed columns, with what each says in the metadata of the field."""
    arrays, fields = [], []
    for name in map(str, table.columns):
        said = meanings[name]
        try:
            array = pa.array([_plain(value) for value in table[name].tolist()], type=_ARROW[said.kind])
        except (pa.ArrowInvalid, pa.ArrowTypeError):  # of another version: as it was read
            array = pa.array(table[name], from_pandas=True)
        arrays.append(array)
        fields.append(pa.field(name, array.type, metadata={"betydning": said.text, "enhed": said.unit}))
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), buffer, compression="zstd")
    return buffer.getvalue()


def workbook_bytes(title: str, table: pd.DataFrame, meanings: Mapping[str, Meaning]) -> bytes:
    """A sheet with frozen header and filter, number formats by unit, and what columns say as comments."""
    memory = io.BytesIO()
    with _one_workbook, xlsxwriter.Workbook(memory, _OPTIONS) as book:
        book.set_properties({"title": inert(title), "created": _CREATED})
        sheet = book.add_worksheet(_sheet_name(title))
        header = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        formats: dict[str, Any] = {}
        for place, name in enumerate(map(str, table.columns)):
            said = meanings[name]
            code = number_format(said)
            look = formats.setdefault(code, book.add_format({"num_format": code}))
            sheet.write_string(0, place, inert(name), header)
            if said.text:
                unit = f" ({said.unit})" if said.unit else ""
                sheet.write_comment(0, place, f"{said.text}{unit}", {"x_scale": 2, "author": "kapacitet"})
            sheet.set_column(place, place, max(10, min(40, len(name) + 4)), look)
            for number, value in enumerate(table[name].tolist(), start=1):
                _write(sheet, number, place, _plain(value), look)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table), 1), max(len(table.columns) - 1, 0))
    return memory.getvalue()


def number_format(said: Meaning) -> str:
    """Excel's format of a column."""
    if said.kind == "whole":
        return "0" if said.unit == "årstal" else "#,##0"
    if said.kind == "number":
        if said.unit == "andel":
            return "0.0##%"
        return "#,##0.00" if said.unit.startswith("kr.") else "#,##0.####"
    return "General" if said.kind == "boolean" else "@"


def _write(sheet: Any, row: int, place: int, value: object, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, look)
    else:
        sheet.write_string(row, place, str(inert(str(value))), look)


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "Tabel"


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _inert(column: pd.Series) -> Sequence[Any] | pd.Series:
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return column
    return pd.Series([inert(_plain(value)) for value in column.tolist()], index=column.index, dtype=object)
