"""Reading an Excel workbook: a sheet per table, a sheet ``region``, nothing run and nothing followed."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
import openpyxl.xml
from defusedxml import DefusedXmlException
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from kapacitet.faults import Fault
from kapacitet.region.cells import Cell, as_text, is_blank
from kapacitet.region.columns import GUIDE_SHEET, OUTLINES_HEADER, OUTLINES_SHEET, REGION_FIELDS, REGION_SHEET
from kapacitet.region.reading.archive import open_archive, read_part
from kapacitet.region.reading.limits import MOST_COLUMNS, MOST_ROWS, Refused, thousands
from kapacitet.region.reading.raw import RawRegion
from kapacitet.region.records import RawTable, nearest
from kapacitet.region.tables import TABLES

if openpyxl.xml.LXML:
    raise ImportError("openpyxl was imported before kapacitet, and reads with lxml: import kapacitet first")
_LAST_ROW: Final = 1_048_576
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ParseError,
    LookupError,
    ArithmeticError,
    AssertionError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    InvalidFileException,
)
"""What openpyxl raises for workbooks that are not as they should be."""
type Row = tuple[Cell, ...]


def read_workbook(path: Path) -> RawRegion:
    """Read the sheets that are tables, the sheet ``region`` and, if it is there, the sheet ``outlines``.

    Formulas count by the value Excel saved with them; a formula without one is a fault.

    Raises:
        Refused: the file isn't a workbook that may be read.
    """
    with open_archive(path) as archive:
        formulas = _refuse_strangers(archive, path.name)
        whole = archive.fp
        assert isinstance(whole, io.BytesIO)
        data = whole.getvalue()
    raw = RawRegion(where=REGION_SHEET)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _read_sheets(data, formulas, raw)
    except _DAMAGE as error:
        if _has_entities(error):
            raise Refused("Filen rummer XML-entiteter, som ikke læses.", "Gem den igen.", path.name) from None
        raise Refused("Projektmappen er beskadiget.", "Åbn den i Excel, og gem den igen.", path.name) from None
    return raw


def _has_entities(error: BaseException | None) -> bool:
    """Whether XML entities are behind an error, however openpyxl wrapped it."""
    return error is not None and (
        isinstance(error, DefusedXmlException) or _has_entities(error.__cause__ or error.__context__)
    )


def _refuse_strangers(archive: zipfile.ZipFile, name: str) -> bool:
    """Refuse what is no plain workbook; tell whether any sheet has formulas."""
    parts = archive.namelist()
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise Refused("Filen er ikke en Excel-projektmappe.", "Gem den som .xlsx.", name)
    if b"macroEnabled" in read_part(archive, "[Content_Types].xml"):
        raise Refused("Projektmappen er gemt med makroer.", "Gem som .xlsx uden makroer.", name)
    sheets = [part for part in parts if part.startswith("xl/worksheets/") and part.endswith(".xml")]
    return any(mark in read_part(archive, part) for part in sheets for mark in (b"<f>", b"<f ", b":f>", b":f "))


def _read_sheets(data: bytes, formulas: bool, raw: RawRegion) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    source = (
        openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        if formulas
        else None
    )
    read: set[str] = set()
    for sheet in book.worksheets:
        name = str(sheet.title).strip().lower()
        if name in read:
            raw.faults.append(Fault("Arket findes to gange.", "Slet eller omdøb det ene.", name))
            continue
        read.add(name)
        if name == GUIDE_SHEET:
            continue
        if name not in TABLES and name not in (REGION_SHEET, OUTLINES_SHEET):
            _unknown(str(sheet.title), raw)
            continue
        try:
            rows = list(_rows(name, sheet, source[sheet.title] if source else None, raw))
        except Refused as refused:
            raw.faults.append(refused.fault)
            raw.unreadable.add(name)
            continue
        if name == REGION_SHEET:
            _read_fields(rows, raw)
        elif name == OUTLINES_SHEET:
            _read_outlines(rows, raw)
        else:
            raw.tables[name] = _table(name, rows)
    if REGION_SHEET not in read:
        mend = f"Tilføj et ark med navnet region og kolonnerne {', '.join(REGION_FIELDS)}."
        raw.faults.append(Fault("Arket region mangler.", mend, REGION_SHEET))
    for opened in (book, source):
        if opened is not None:
            opened.close()


def _unknown(title: str, raw: RawRegion) -> None:
    near = nearest(title.lower(), (*TABLES, REGION_SHEET))
    if near:
        mend = f"Mente du {near}? Omdøb arket."
        raw.faults.append(Fault("Arkets navn kendes ikke.", mend, value=title))
    else:
        message = f"Arket {title} kendes ikke og er ikke læst."
        raw.faults.append(Fault(message, "", severity="advarsel"))


def _rows(name: str, sheet: Any, source: Any, raw: RawRegion) -> Iterator[tuple[int, Row]]:
    """Row number and cells of each row that isn't blank, without blank cells at the end."""
    sheet.reset_dimensions()
    written: Iterator[Row] = repeat(())
    if source is not None:
        source.reset_dimensions()
        written = source.iter_rows(values_only=True, min_row=1)
    pairs = zip(sheet.iter_rows(values_only=True, min_row=1), written, strict=False)
    for number, (cells, formulas) in enumerate(pairs, start=1):
        if number > _LAST_ROW:
            raise Refused("Arket har rækker, som Excel ikke kan have.", "Gem projektmappen igen.", name)
        _report_unsaved(name, number, cells, formulas, raw)
        last = len(cells)
        while last and is_blank(cells[last - 1]):
            last -= 1
        if not last:
            continue
        if last > MOST_COLUMNS:
            raise Refused(f"Tabellen har mere end {MOST_COLUMNS} kolonner.", "Slet de overflødige.", name)
        if number > MOST_ROWS + 1:
            raise Refused(f"Tabellen har mere end {thousands(MOST_ROWS)} rækker.", "Del den op.", name)
        yield number, tuple(cells[:last])


def _report_unsaved(name: str, number: int, cells: Row, formulas: Row, raw: RawRegion) -> None:
    """A fault for each formula that has no value: saved by a program that doesn't compute, or an empty text."""
    for place, formula in enumerate(formulas):
        if formula is not None and (place >= len(cells) or cells[place] is None):
            message = f"Formlen i {get_column_letter(place + 1)}{number} har ingen gemt værdi."
            mend = "Åbn projektmappen i Excel, og gem den igen, eller skriv værdien i stedet for formlen."
            raw.faults.append(Fault(message, mend, name, number))


def _table(name: str, rows: list[tuple[int, Row]]) -> RawTable:
    """The raw table of a sheet; the first row that isn't blank is the header."""
    header = rows[0][1] if rows else ()
    width = len(header)
    body = [(number, cells + (None,) * (width - len(cells))) for number, cells in rows[1:]]
    return RawTable(name, header, body, danish=True)


def _read_fields(rows: list[tuple[int, Row]], raw: RawRegion) -> None:
    """Id, title and price year: as a header with one row, or as names in column A with values in column B."""
    cells = [row for _, row in rows]
    names = [(as_text(cell) or "").casefold() for cell in cells[0]] if cells else []
    if "id" in names and "price_year" in names:
        values = cells[1] if len(cells) > 1 else ()
        pairs = dict(zip(names, values, strict=False))
    else:
        pairs = {(as_text(row[0]) or "").casefold(): row[1] for row in cells if len(row) > 1}
    raw.id, raw.title, raw.price_year = (pairs.get(field) for field in REGION_FIELDS)


def _read_outlines(rows: list[tuple[int, Row]], raw: RawRegion) -> None:
    """Outlines as the export writes them: well-known text, cut in parts that fit a cell."""
    fault = Fault("Arket kan ikke læses.", "Slet arket, eller eksportér det igen.", OUTLINES_SHEET)
    if not rows or tuple(rows[0][1]) != OUTLINES_HEADER:
        raw.faults.append(fault)
        return
    body: list[Any] = [row for _, row in rows[1:]]
    from kapacitet.region.outlines import read_wkt  # geopandas is slow to load

    try:
        parts = [(as_text(code) or "", as_text(name) or "", int(part), str(wkt)) for code, name, part, wkt in body]
    except (ValueError, TypeError):
        raw.faults.append(fault)
        return
    raw.outlines, faults = read_wkt(parts)
    raw.faults.extend(faults)
