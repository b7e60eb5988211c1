"""Reading a CSV table: UTF-8, comma, a header, the rest is data."""

from __future__ import annotations

import csv
import io
import itertools

from kapacitet.region.reading.limits import MOST_COLUMNS, MOST_ROWS, Refused, thousands
from kapacitet.region.records import RawTable


def read_csv(name: str, data: bytes) -> RawTable:
    """The raw table in a CSV file; row numbers count records, as a spreadsheet does.

    Raises:
        Refused: wrong encoding or separator, broken quotes, too many rows or columns.
    """
    text = _decoded(name, data)
    first = text.split("\n", 1)[0]
    if ";" in first and "," not in first:
        raise Refused(
            "Filen er delt med semikolon, som Excel gør på dansk.",
            "Gem regionen som .xlsx i stedet, eller del kolonnerne med komma og brug decimalpunktum.",
            name,
        )
    if "\t" in first and "," not in first:
        raise Refused("Filen er delt med tabulator.", "Del kolonnerne med komma, eller gem som .xlsx.", name)
    try:
        records = list(itertools.islice(csv.reader(io.StringIO(text, newline=""), strict=True), MOST_ROWS + 2))
    except csv.Error as error:
        if "field limit" in str(error):
            message = f"Et felt er på over {thousands(csv.field_size_limit())} tegn."
            raise Refused(message, "Forkort feltet, eller se efter et glemt anførselstegn.", name) from None
        mend = "Sæt anførselstegn om tekst med komma, og skriv et anførselstegn i teksten dobbelt."
        raise Refused("Filens anførselstegn passer ikke sammen.", mend, name) from None
    header = records[0] if records else []
    if len(header) > MOST_COLUMNS:
        raise Refused(f"Tabellen har mere end {MOST_COLUMNS} kolonner.", "Slet de overflødige.", name)
    if len(records) > MOST_ROWS + 1:
        raise Refused(f"Tabellen har mere end {thousands(MOST_ROWS)} rækker.", "Del den op.", name)
    rows = [
        (number, cells) for number, cells in enumerate(records[1:], start=2) if any(cell.strip() for cell in cells)
    ]
    return RawTable(name, header, rows)


def _decoded(name: str, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:1000]:
        raise Refused("Filen er ikke gemt som UTF-8 (den ligner UTF-16).", "Gem den som CSV UTF-8.", name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        around = data[max(0, error.start - 12) : error.start + 12].decode("cp1252", errors="replace")
        shown = " ".join(around.split())
        raise Refused(
            f"Filen er ikke gemt som UTF-8: linje {line} kan ikke læses («{shown}»).",
            "Gem den som CSV UTF-8.",
            name,
        ) from None
