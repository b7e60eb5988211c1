"""Blocks in a terminal: with weight and colour there, as plain text where there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kapacitet.report.document import Block, Bullets, Cell, Grid, Heading, Paragraph, Picture

PLAIN_WIDTH = 160
MARK = " *"
UNDERLINES = ("=", "-")
_TONES = {"normal": "", "strong": "bold", "warning": "bold yellow", "quiet": "dim"}


def console(file: IO[str] | None = None, *, stderr: bool = False) -> Console:
    """A console that never reads markup out of user text; wide where it is no terminal."""
    made = Console(file=file, stderr=stderr, markup=False, highlight=False, emoji=False)
    if not made.is_terminal:
        made.width = PLAIN_WIDTH
    return made


def visible(text: str) -> str:
    """``text`` with control characters shown as such: nothing in the input may steer the terminal."""
    return "".join(char if char == "\n" or char.isprintable() else "�" for char in text)


def show(blocks: Iterable[Block], to: Console) -> None:
    """Print the blocks."""
    for number, block in enumerate(blocks):
        if number and isinstance(block, Heading):
            to.print()
        _show(block, to)


def _show(block: Block, to: Console) -> None:
    match block:
        case Heading():
            _line(to, block.text, "bold")
            if not to.is_terminal:
                _line(to, UNDERLINES[block.level > 1] * len(block.text))
        case Paragraph():
            _line(to, block.text, _TONES[block.tone])
        case Bullets():
            for item in block.items:
                _bullet(to, visible(item))
        case Grid():
            to.print(_table(block))
            if block.note:
                _line(to, block.note, "dim")
        case Picture():
            pass


def _line(to: Console, text: str, style: str = "") -> None:
    """Wrapped in a terminal; one line elsewhere, so that a log can be searched."""
    to.print(Text(visible(text), style=style), soft_wrap=not to.is_terminal)


def _bullet(to: Console, text: str) -> None:
    if not to.is_terminal:
        _line(to, f"- {text}")
        return
    hanging = Table.grid(padding=(0, 1))
    hanging.add_row("•", Text(text))
    to.print(hanging)


def _table(block: Grid) -> Table:
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    for i, column in enumerate(block.columns):
        table.add_column(Text(visible(column)), justify="left" if i < block.left else "right", overflow="fold")
    for row in block.rows:
        table.add_row(*(_cell(cell) for cell in row))
    return table


def _cell(cell: Cell) -> Text:
    return Text(visible(cell.text) + (MARK if cell.marked else ""), style="bold" if cell.marked else "")
