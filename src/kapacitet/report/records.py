"""Rows of a table as plain dicts."""

from __future__ import annotations

from typing import Any

import pandas as pd

Row = dict[str, Any]


def records(table: pd.DataFrame) -> list[Row]:
    """The rows of ``table`` in order, by column name."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
