"""What the command line says outside the reports: faults, errors and short notes, all to standard error."""

from __future__ import annotations

from collections.abc import Iterable

from kapacitet.faults import Fault
from kapacitet.report.document import Block, Bullets, Heading, Paragraph
from kapacitet.report.terminal import console, show


def say(*blocks: Block) -> None:
    """Print blocks to standard error."""
    show(blocks, console(stderr=True))


def tell_faults(faults: Iterable[Fault], where: str = "") -> None:
    """Every fault, then every warning, each on a line of its own."""
    known = tuple(faults)
    for severity, one, many in (("fejl", "fejl", "fejl"), ("advarsel", "advarsel", "advarsler")):
        mine = tuple(fault.text() for fault in known if fault.severity == severity)
        if mine:
            count = f"{len(mine)} {one if len(mine) == 1 else many}"
            say(Heading(f"{count} i {where}" if where else count), Bullets(mine))


def tell_error(message: str, mend: str = "") -> None:
    """One error and what to do about it."""
    say(Paragraph(f"{message} {mend}".strip(), "warning"))
