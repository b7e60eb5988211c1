"""Writing a region, or an empty template, as an Excel workbook that carries no formulas."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.cells import Value
from kapacitet.region.columns import (
    GUIDE_SHEET,
    OUTLINES_HEADER,
    OUTLINES_SHEET,
    REGION_FIELDS,
    REGION_SHEET,
    Column,
    Table,
)
from kapacitet.region.frames import cells_of
from kapacitet.region.model import Region
from kapacitet.region.tables import TABLES
from kapacitet.region.writing.folder import replace_file, unwritable
from kapacitet.region.writing.reference import GUIDE_HEADER, NOTES, column_guide, guide_rows

if TYPE_CHECKING:
    import geopandas as gpd

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_CREATED: Final = dt.datetime(2000, 1, 1)
"""Always the same, so that the same region gives the same file."""
_FIRST_EXCEL_YEAR: Final = 1901


def export_workbook(region: Region, path: Path, *, overwrite: bool = False) -> Path:
    """Write the region as a workbook: a sheet per table, ``region``, ``outlines`` and a guide.

    Args:
        region: what to write.
        path: a file ending in ``.xlsx``; folders above it are made.
        overwrite: whether a file that is already there may be replaced.

    Returns:
        the file.

    Raises:
        FaultyInput: another kind of file, a file that is there already, or it can't be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise FaultyInput([Fault(f"«{path.name}» er ikke navnet på en projektmappe.", "Lad det ende på .xlsx.")])
    if path.exists() and not overwrite and (path.is_dir() or path.stat().st_size):
        raise FaultyInput([Fault(f"«{path.name}» findes i forvejen.", "Vælg et andet navn.")])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, workbook_bytes(region))
    except OSError as error:
        raise FaultyInput([unwritable(path, error)]) from error
    return path


def workbook_bytes(region: Region) -> bytes:
    """The region as the bytes of a workbook; the same region gives the same bytes."""
    return _workbook(region)


def template_bytes() -> bytes:
    """An empty workbook to fill in: every table with its columns explained."""
    return _workbook(None)


def _workbook(region: Region | None) -> bytes:
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, _OPTIONS) as book:
        book.set_properties({"title": region.title if region else "Region", "created": _CREATED})
        looks = _Looks(book)
        _write_fields(book, looks, region)
        for table in TABLES.values():
            _write_table(book, looks, table, region)
        if region is not None and region.outlines is not None:
            _write_outlines(book, looks, region.outlines)
        _write_guide(book, looks)
    return memory.getvalue()


class _Looks:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self.header = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._made: dict[str, Any] = {}

    def of(self, column: Column) -> Any:
        """The format of a column's cells."""
        code = _number_format(column)
        if code not in self._made:
            self._made[code] = self._book.add_format({"num_format": code})
        return self._made[code]


def _number_format(column: Column) -> str:
    if column.kind == "date":
        return "yyyy-mm-dd"
    if column.kind == "whole":
        return "0" if column.unit == "årstal" else "#,##0"
    if column.kind == "number":
        if column.unit == "andel":
            return "0.0##%"
        return "#,##0.00" if column.unit and column.unit.startswith("kr.") else "#,##0.####"
    return "General" if column.kind == "boolean" else "@"


def _sheet(book: Any, name: str, header: tuple[str, ...], looks: _Looks) -> Any:
    """A sheet with a frozen header."""
    sheet = book.add_worksheet(name)
    for place, title in enumerate(header):
        sheet.write_string(0, place, title, looks.header)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_fields(book: Any, looks: _Looks, region: Region | None) -> None:
    sheet = _sheet(book, REGION_SHEET, REGION_FIELDS, looks)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 50)
    if region is not None:
        sheet.write_string(1, 0, region.id)
        sheet.write_string(1, 1, region.title)
        sheet.write_number(1, 2, region.price_year)


def _write_table(book: Any, looks: _Looks, table: Table, region: Region | None) -> None:
    sheet = _sheet(book, table.name, tuple(table.by_name), looks)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, max(10, min(24, len(column.name) + 4)), looks.of(column))
        sheet.write_comment(0, place, column_guide(column), {"x_scale": 2, "author": "kapacitet"})
        if column.allowed and column.kind == "text":
            sheet.data_validation(1, place, 1_000, place, {"validate": "list", "source": list(column.allowed)})
    rows = list(cells_of(region.tables[table.name])) if region is not None else []
    for number, row in enumerate(rows, start=1):
        for place, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            _write_value(sheet, number, place, value, column, looks)
    sheet.autofilter(0, 0, max(len(rows), 1), len(table.columns) - 1)


def _write_value(sheet: Any, row: int, place: int, value: Value, column: Column, looks: _Looks) -> None:
    if value is None:
        return
    look = looks.of(column)
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, look)
    elif column.kind == "date" and int(value[:4]) >= _FIRST_EXCEL_YEAR:
        sheet.write_datetime(row, place, dt.datetime.fromisoformat(value), look)
    else:
        sheet.write_string(row, place, value, look)


def _write_outlines(book: Any, looks: _Looks, outlines: gpd.GeoDataFrame) -> None:
    from kapacitet.region.outlines import wkt_parts  # geopandas is slow to load

    sheet = _sheet(book, OUTLINES_SHEET, OUTLINES_HEADER, looks)
    for number, (code, name, part, text) in enumerate(wkt_parts(outlines), start=1):
        sheet.write_string(number, 0, code)
        sheet.write_string(number, 1, name)
        sheet.write_number(number, 2, part)
        sheet.write_string(number, 3, text)


def _write_guide(book: Any, looks: _Looks) -> None:
    sheet = _sheet(book, GUIDE_SHEET, GUIDE_HEADER, looks)
    for place, width in enumerate((22, 22, 70, 24, 12, 40)):
        sheet.set_column(place, place, width, looks.wrapped)
    number = 0
    for number, row in enumerate(guide_rows(), start=1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, looks.wrapped)
    for place, note in enumerate(NOTES, start=number + 2):
        sheet.write_string(place, 2, note, looks.wrapped)
