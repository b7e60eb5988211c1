"""From a raw cell to a value of the column's kind, or a fault that says why not."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from decimal import Decimal
from typing import Final

from kapacitet.region.columns import SEPARATOR, Column
from kapacitet.region.numbers import UnclearNumber, read_number, shorten
from kapacitet.region.tables import split_list

type Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What a file holds before it is read: CSV gives text only, workbooks and memory also typed values."""
type Value = str | int | float | bool | None
"""What a converted cell holds; dates are ISO text, lists text with ``;`` between, None is missing."""

_DASHES: Final = frozenset({"", "-", "–", "—", "−"})
_TRUE: Final = frozenset({"true", "sand", "ja", "1"})
_FALSE: Final = frozenset({"false", "falsk", "nej", "0"})
_ISO_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DANISH_DATE: Final = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LONGEST_TEXT: Final = 30_000
"""Characters in a cell; a workbook can hold 32 767."""
LARGEST_NUMBER: Final = 1e15
"""Above this a whole number is no longer exact in every file format."""


class BadCell(ValueError):
    """A cell that isn't what its column holds.

    Attributes:
        message: what is wrong, in Danish.
        mend: what to do, in Danish.
    """

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


def shown(cell: Cell) -> str:
    """The cell as a message shows it."""
    return shorten(as_text(cell) or "")


def is_blank(cell: Cell) -> bool:
    """Whether the cell is missing: empty, blanks, a dash, or the not-a-number that pandas uses for missing."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return cell in _DASHES or cell.strip() in _DASHES
    return isinstance(cell, float) and math.isnan(cell)


def as_text(cell: Cell) -> str | None:
    """The cell as text: 410.0 is ``410``, true is ``true``, a date is ISO."""
    if is_blank(cell):
        return None
    if isinstance(cell, str):
        if cell.isascii():
            return cell.strip().replace("\r\n", "\n")
        return unicodedata.normalize("NFC", cell).strip().replace("\r\n", "\n")
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < LARGEST_NUMBER:
        return str(int(cell))
    return str(cell)


def convert(cell: Cell, column: Column, *, danish: bool) -> Value:
    """The cell's value for the column, within its range and allowed values.

    Args:
        cell: what the file holds.
        column: the column's specification.
        danish: whether numbers written as text are Danish (workbooks) or have a decimal point (CSV).

    Raises:
        BadCell: it is something else.
    """
    if is_blank(cell):
        if column.required:
            raise BadCell("Værdien mangler.", _wanted(column))
        return None
    match column.kind:
        case "text":
            return _choice(_text(cell), column)
        case "list":
            return _list(cell, column)
        case "numbers":
            return _numbers(cell, column, danish=danish)
        case "boolean":
            return _boolean(cell)
        case "date":
            return _date(cell)
        case "whole":
            return _whole(cell, column, danish=danish)
        case "number":
            return _rounded(_within(_decimal(cell, column, danish=danish), column))


def _wanted(column: Column) -> str:
    """What the column wants, as a mend."""
    if column.allowed:
        return f"Skriv en af {', '.join(column.allowed)}."
    wanted = {
        "text": "Skriv en tekst.",
        "whole": "Skriv et helt tal; 0, hvis det er nul.",
        "number": "Skriv et tal; 0, hvis det er nul.",
        "boolean": "Skriv true eller false.",
        "date": "Skriv en dato som 2025-12-31.",
        "list": "Skriv mindst ét element, flere med ; imellem.",
        "numbers": "Skriv mindst ét tal, flere med ; imellem.",
    }
    return wanted[column.kind]


def _text(cell: Cell) -> str:
    text = as_text(cell) or ""
    if len(text) > LONGEST_TEXT:
        raise BadCell(f"Teksten er på {len(text)} tegn.", f"Skriv højst {LONGEST_TEXT} tegn.")
    if not text.isprintable() and _CONTROL.search(text):
        raise BadCell("Teksten har usynlige styretegn.", "Skriv teksten igen uden dem.")
    if not isinstance(cell, str):
        return text
    if text.startswith("#") and text.endswith(("!", "?", "/A")):
        raise BadCell("Cellen er en fejl fra regnearket.", "Ret formlen, eller skriv værdien.")
    return text


def _choice(text: str, column: Column) -> str:
    if column.allowed and text not in column.allowed:
        folded = text.casefold()
        if folded in column.allowed:
            return folded
        raise BadCell("Værdien er ikke en af de mulige.", _wanted(column))
    return text


def _list(cell: Cell, column: Column) -> str:
    parts = split_list(_text(cell))
    if not parts:
        raise BadCell("Listen er tom.", _wanted(column))
    parts = tuple(_choice(part, column) for part in parts)
    if len(set(parts)) < len(parts):
        raise BadCell("Det samme står flere gange i listen.", "Skriv hvert element én gang.")
    return SEPARATOR.join(parts)


def _numbers(cell: Cell, column: Column, *, danish: bool) -> str:
    parts = split_list(_text(cell))
    if not parts:
        raise BadCell("Listen er tom.", _wanted(column))
    numbers = [_within(_decimal(part, column, danish=danish), column) for part in parts]
    return SEPARATOR.join(plain(_rounded(number)) for number in numbers)


def _rounded(number: Decimal) -> float:
    """The number to 15 significant digits, all that a workbook is sure to keep; never minus zero."""
    return float(f"{number:.15g}") + 0.0


def plain(number: float) -> str:
    """The shortest text that reads back as the same number, without a trailing ``.0``."""
    return str(int(number)) if number.is_integer() and abs(number) < LARGEST_NUMBER else repr(number)


def shown_value(value: Value) -> str | None:
    """A converted value as messages and CSV files write it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, float) else str(value)


def _boolean(cell: Cell) -> bool:
    text = (as_text(cell) or "").casefold()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise BadCell("Værdien er hverken sand eller falsk.", "Skriv true eller false.")


def _date(cell: Cell) -> str:
    text = as_text(cell) or ""
    mend = "Skriv datoen som 2025-12-31."
    if iso := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in iso.groups())
    elif danish := _DANISH_DATE.fullmatch(text):
        day, month, year = (int(danish.group(index)) for index in (1, 3, 4))
        if danish.group(2) == "/" and day <= 12 and day != month:
            raise BadCell("Datoen kan læses med dagen eller måneden først.", mend)
    else:
        raise BadCell("Værdien er ikke en dato.", mend)
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        raise BadCell("Datoen findes ikke.", mend) from None


def _decimal(cell: Cell, column: Column, *, danish: bool) -> Decimal:
    """The cell as an exact finite number."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise BadCell("Værdien er ikke et tal.", _wanted(column))
    if isinstance(cell, str):
        try:
            number = read_number(_text(cell), danish=danish, unit=column.unit)
        except UnclearNumber as unclear:
            raise BadCell(unclear.message, unclear.mend) from None
    elif isinstance(cell, float) and not math.isfinite(cell):
        raise BadCell("Værdien er uendelig.", _wanted(column))
    else:
        number = Decimal(str(cell))
    if abs(number) > LARGEST_NUMBER:
        raise BadCell("Tallet er urimeligt stort.", "Ret tallet.")
    return number


def _whole(cell: Cell, column: Column, *, danish: bool) -> int:
    number = _decimal(cell, column, danish=danish)
    if number != number.to_integral_value():
        mend = "Skriv et helt tal."
        if isinstance(cell, str) and re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", cell.strip()):
            mend = f"CSV har decimalpunktum: skriv {cell.strip().replace('.', '')}, hvis det er tusinder."
        raise BadCell("Tallet er ikke helt.", mend)
    return int(_within(number, column))


def _within(number: Decimal, column: Column) -> Decimal:
    """The number, if it lies in the column's range."""
    value = float(number)
    unit = f" {column.unit.removesuffix('.')}" if column.unit not in (None, "", "årstal", "andel") else ""
    if column.minimum is not None and value < column.minimum:
        raise BadCell("Tallet er for lille.", f"Skriv mindst {_danish(column.minimum)}{unit}.")
    if column.above is not None and value <= column.above:
        raise BadCell("Tallet er for lille.", f"Skriv et tal over {_danish(column.above)}{unit}.")
    if column.maximum is not None and value > column.maximum:
        hint = " Skriv en procent som andel, fx 0.5 for 50 %." if column.unit == "andel" else ""
        raise BadCell("Tallet er for stort.", f"Skriv højst {_danish(column.maximum)}{unit}.{hint}")
    return number


def _danish(number: float) -> str:
    """The bound in Danish, years without a thousands point."""
    return plain(number).replace(".", ",")
