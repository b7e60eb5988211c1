"""CSV for spreadsheets: text that one would run as a formula is quoted."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kapacitet.ledger.claims import Entry

ENTRY_COLUMNS = ("booked_year", "concerns_year", "payer", "payee", "offer", "kind", "amount")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(text: str) -> str:
    """The text as a spreadsheet shows it and doesn't run it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with comma; whoever makes them has made users' texts :func:`plain`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def entries_csv(entries: Iterable[Entry]) -> str:
    """Entries as CSV: kr. with two decimals and a point; text that a spreadsheet would run as a formula is quoted."""
    return csv_text(ENTRY_COLUMNS, map(entry_row, entries))


def entry_row(entry: Entry) -> list[object]:
    """An entry under :data:`ENTRY_COLUMNS`."""
    parties = (plain(part) for part in (entry.payer, entry.payee, entry.offer))
    return [entry.booked_year, entry.concerns_year, *parties, entry.kind, f"{entry.amount:.2f}"]
