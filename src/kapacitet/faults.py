"""Faults in what users hand over: tables, workbooks, scenarios.

Everything wrong is collected and said at once, in Danish, with the place and the mend.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Severity = Literal["fejl", "advarsel"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in the input, said so that the reader can mend it.

    Attributes:
        message: what is wrong, in Danish, one sentence.
        mend: what to do about it, in Danish, one sentence.
        table: table or sheet, or a file (a name with a point or slash, or ``scenarie``), if it is known.
        row: row number as the user sees it (the header is row 1), or a file's line, if it is known.
        column: column or scenario key, if it is known.
        value: the value as it stands in the input, if it is known.
        severity: ``fejl`` stops everything, ``advarsel`` is shown with every result.
    """

    message: str
    mend: str = ""
    table: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    severity: Severity = "fejl"

    def text(self) -> str:
        """The fault as one line of Danish: place, value, message, mend."""
        in_file = self.table in (None, "scenarie") or any(mark in str(self.table) for mark in "./\\")
        table, row, column = ("", "linje", "nøgle") if in_file else ("tabel ", "række", "kolonne")
        place = [
            part
            for part in (
                self.table and f"{table}{self.table}",
                self.row is not None and f"{row} {self.row}",
                self.column and f"{column} {self.column}",
                self.value is not None and f"værdi «{self.value}»",
            )
            if part
        ]
        head = ", ".join(place)
        body = f"{self.message} {self.mend}".strip()
        return f"{head}: {body}" if head else body


class FaultyInput(ValueError):
    """Raised when input can't be used; carries every fault found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.text() for fault in self.faults))


_SYSTEM: Final = {
    errno.ENOSPC: ("Disken er fuld.", "Ryd op, eller vælg et andet sted."),
    errno.EDQUOT: ("Pladskvoten er brugt op.", "Ryd op, eller vælg et andet sted."),
    errno.EACCES: ("Der mangler adgang til {file}.", "Bed om adgang, eller vælg et andet sted."),
    errno.EPERM: ("Der mangler adgang til {file}.", "Bed om adgang, eller vælg et andet sted."),
    errno.EROFS: ("{file} ligger på et drev, der ikke kan skrives på.", "Vælg et andet sted."),
    errno.ENOENT: ("{file} findes ikke.", "Ret stien."),
    errno.EEXIST: ("{file} findes allerede og er ikke en mappe.", "Vælg et andet sted."),
    errno.ENOTDIR: ("Stien går gennem en fil, der ikke er en mappe.", "Ret stien."),
    errno.ENAMETOOLONG: ("Stien er for lang.", "Vælg et kortere navn."),
}


def system_message(error: OSError, path: Path | None = None) -> str:
    """What the system refused and what to do about it, in Danish; blank if there is no word for it.

    Args:
        path: named instead of the file in the error, which may be a temporary one nobody knows.
    """
    if error.errno not in _SYSTEM:
        return ""
    message, mend = _SYSTEM[error.errno]
    name = path if path is not None else error.filename
    file = f"«{os.fsdecode(name)}»" if isinstance(name, str | bytes | Path) else "Filen"
    return f"{message.format(file=file)} {mend}"
