"""The record of who did what as pages and as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from kapacitet_api.audit.schemas import Entry

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""
COLUMNS = tuple(Entry.model_fields)


def as_csv(entries: Iterable[Entry]) -> str:
    """Entries with a heading, points in time by ISO 8601; no text can be a formula in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        row = entry.model_dump(mode="json")
        row["detail"] = "" if entry.detail is None else json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
        writer.writerow([_safe(row[name]) for name in COLUMNS])
    return text.getvalue()


def _safe(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
