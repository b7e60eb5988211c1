"""Blocks as Markdown and in a terminal: user text means nothing to either."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from kapacitet.report.document import Bullets, Cell, Heading, Paragraph, Picture, grid
from kapacitet.report.markdown import escaped, to_markdown
from kapacitet.report.terminal import console, show

BLOCKS = (
    Heading("Plan", 1),
    Paragraph("Vær *forsigtig*", "warning"),
    Bullets(("første", "anden")),
    grid(["Navn", "Tal"], [["A | B", Cell("12", marked=True)], ["<b>", "3"]], note="en note"),
    Picture("kort.png", "Et kort"),
)


def printed(*, terminal: bool) -> str:
    file = io.StringIO()
    if terminal:
        show(BLOCKS, Console(file=file, force_terminal=True, width=80, markup=False, highlight=False))
    else:
        show(BLOCKS, console(file))
    return file.getvalue()


def test_markdown() -> None:
    assert to_markdown(BLOCKS) == (
        "# Plan\n\n**Vær \\*forsigtig\\***\n\n- første\n- anden\n\n"
        "| Navn | Tal |\n| :--- | ---: |\n| A \\| B | **12** |\n| \\<b\\> | 3 |\n\n*en note*\n\n"
        "![Et kort](kort.png)\n"
    )


@pytest.mark.parametrize(
    ("text", "safe"), [("a\nb", "a b"), ("[x](y)", "\\[x\\](y)"), ("R&D", "R&amp;D"), ("# x", "\\# x")]
)
def test_markdown_of_hostile_text(text: str, safe: str) -> None:
    assert escaped(text) == safe


def test_plain_text_has_no_colour_codes_and_marks_by_a_star() -> None:
    text = printed(terminal=False)
    assert "\x1b" not in text
    assert "12 *" in text and "- første" in text and "A | B" in text and "kort.png" not in text


def test_a_terminal_gets_weight() -> None:
    text = printed(terminal=True)
    assert "\x1b[" in text and "• " in text


def test_lines_are_not_broken_outside_a_terminal() -> None:
    file = io.StringIO()
    show([Paragraph("ord " * 100), Bullets(("ord " * 100,))], console(file))
    assert [len(line.split()) for line in file.getvalue().splitlines()] == [100, 101]


def test_no_text_steers_the_terminal() -> None:
    file = io.StringIO()
    show([Paragraph("a\x1b[31mb\x07 [red]c[/red] :smile:")], console(file))
    assert file.getvalue() == "a�[31mb� [red]c[/red] :smile:\n"
