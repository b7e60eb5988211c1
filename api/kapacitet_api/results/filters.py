"""Rows of a table whose columns have certain values: ``?municipality=561&year=2030``."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from kapacitet.scenario.suggest import suggestion
from kapacitet_api.problems import Problem
from kapacitet_api.validation import LONGEST_VALUE

RESERVED = frozenset({"limit", "after", "format"})
_LOGICAL = {"true": True, "false": False}
type Wanted = Mapping[str, Sequence[str]]


def wanted(parameters: Sequence[tuple[str, str]]) -> Wanted:
    """Columns and the values asked of them; a column named several times may have any of its values."""
    found: dict[str, list[str]] = {}
    for name, value in parameters:
        if name not in RESERVED:
            found.setdefault(name, []).append(value)
    return found


def filtered(table: pd.DataFrame, asked: Wanted) -> pd.DataFrame:
    """The rows in which every column asked for has one of its values.

    Raises:
        Problem: 422, with every column and value that can't be.
    """
    errors: list[dict[str, str]] = []
    keep = pd.Series(True, index=table.index)
    for name, values in asked.items():
        if name not in table.columns:
            mend = suggestion(name, map(str, table.columns))
            errors.append({"detail": f"Tabellen har ikke kolonnen. {mend}", "parameter": name[:LONGEST_VALUE]})
            continue
        column, found = table[name], pd.Series(False, index=table.index)
        for text in values:
            try:
                found |= column.eq(_value(column, text)).fillna(False).astype(bool)
            except ValueError:
                detail = "Skal være true eller false." if _is_logical(column) else "Skal være et tal."
                errors.append({"detail": detail, "parameter": name, "value": text[:LONGEST_VALUE]})
        keep &= found
    if errors:
        raise Problem("invalid", "Ret felterne, og send igen.", errors=errors)
    return table[keep] if asked else table


def _value(column: pd.Series, text: str) -> str | float | bool:
    if _is_logical(column):
        if text.lower() not in _LOGICAL:
            raise ValueError(text)
        return _LOGICAL[text.lower()]
    if pd.api.types.is_numeric_dtype(column):
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(text)
        return number
    return text


def _is_logical(column: pd.Series) -> bool:
    return pd.api.types.is_bool_dtype(column)
