"""Blocks as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kapacitet.report.document import Block, Bullets, Cell, Grid, Heading, Paragraph, Picture

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")
_SPACE = re.compile(r"\s+")
_WRAPPED = {"strong": "**", "warning": "**", "quiet": "*", "normal": ""}


def escaped(text: str) -> str:
    """User text on one line, in which no character means anything to Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text).strip()).replace("&", "&amp;")


def to_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as a Markdown document ending in a newline."""
    return "\n\n".join(_block(block) for block in blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {escaped(block.text)}"
        case Paragraph():
            wrap = _WRAPPED[block.tone]
            return f"{wrap}{escaped(block.text)}{wrap}"
        case Bullets():
            return "\n".join(f"- {escaped(item)}" for item in block.items)
        case Grid():
            return _table(block)
        case Picture():
            return f"![{escaped(block.alt)}]({block.file})"


def _table(block: Grid) -> str:
    aligned = [":---" if i < block.left else "---:" for i in range(len(block.columns))]
    lines = [_line(escaped(column) for column in block.columns), _line(aligned)]
    lines += [_line(_cell(cell) for cell in row) for row in block.rows]
    return "\n".join(lines) + (f"\n\n*{escaped(block.note)}*" if block.note else "")


def _cell(cell: Cell) -> str:
    return f"**{escaped(cell.text)}**" if cell.marked and cell.text else escaped(cell.text)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
