"""One row of a region's table, and the numbers in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

Row = Mapping[str, Any]


def number(row: Row, column: str) -> float:
    """The number in ``column``; 0 where an optional cost is blank or the table has no such column."""
    value = row.get(column)
    return 0.0 if pd.isna(value) else float(value)


def year_of(row: Row, column: str) -> int | None:
    """The year in ``column``; None where it is blank."""
    value: float | None = row[column]
    return None if pd.isna(value) else int(value)
