"""How much is read at most, and how a file is refused."""

from __future__ import annotations

from kapacitet.faults import Fault

MEGABYTE = 1024 * 1024
MOST_COMPRESSED = 50 * MEGABYTE
"""Bytes of an uploaded workbook or zip."""
MOST_UNCOMPRESSED = 300 * MEGABYTE
"""Bytes of all that a workbook, zip or folder holds."""
MOST_RATIO = 200
"""How many times a part above one megabyte may grow when it is unpacked."""
MOST_PARTS = 2_000
"""Files in a workbook or zip."""
MOST_ROWS = 200_000
"""Rows of a table."""
MOST_COLUMNS = 200
"""Columns of a table."""


class Refused(Exception):
    """A whole file that isn't read; carries the fault to tell."""

    def __init__(self, message: str, mend: str, table: str | None = None) -> None:
        self.fault = Fault(message, mend, table)
        super().__init__(self.fault.text())


def thousands(number: int) -> str:
    """The number with Danish thousands points."""
    return f"{number:,}".replace(",", ".")
