"""What a report says, apart from how it is shown: headings, paragraphs, lists, tables and pictures.

The terminal (:mod:`kapacitet.report.terminal`) and Markdown (:mod:`kapacitet.report.markdown`) show the same blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Tone = Literal["normal", "strong", "warning", "quiet"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the title of the whole."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``tone`` is shown by weight and colour, never by colour alone."""

    text: str
    tone: Tone = "normal"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``marked`` says that it stands out (differs, is above a limit)."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        columns: headers.
        rows: cells; text alone is a cell that isn't marked.
        left: how many columns from the left hold text; the others hold figures and are set to the right.
        note: a line below.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a file beside the report; the terminal leaves it out."""

    file: str
    alt: str


Block = Heading | Paragraph | Bullets | Grid | Picture


def grid(columns: Sequence[str], rows: Sequence[Sequence[str | Cell]], *, left: int = 1, note: str = "") -> Grid:
    """A table whose cells may be given as plain text."""
    cells = tuple(tuple(part if isinstance(part, Cell) else Cell(part) for part in row) for row in rows)
    return Grid(tuple(columns), cells, left, note)
