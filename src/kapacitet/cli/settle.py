"""``kapacitet settle``: one botilbud settled under one scheme or all, to the øre."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.faults import Fault, FaultyInput
from kapacitet.ledger.case import Case, load_case
from kapacitet.ledger.futures import Settlement, settle_case
from kapacitet.ledger.schemes import SCHEMES, Scheme
from kapacitet.region.writing.folder import replace_file
from kapacitet.report.document import Block, Paragraph
from kapacitet.report.safe_csv import entries_csv
from kapacitet.report.settlement import schemes_shown, settlement_blocks
from kapacitet.report.terminal import console, show
from kapacitet.scenario.suggest import suggestion

ALL = "alle"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks beside the case.

    Attributes:
        scheme: a scheme's name, ``alle``, or None for all with the case's own in the file.
        out: where the entries are written as CSV, if anywhere.
        plot: where the chart is written as PNG, if anywhere.
    """

    scheme: str | None = None
    out: Path | None = None
    plot: Path | None = None


def settle(file: Path, wishes: Wishes) -> int:
    """Settle the case, print it, and write what is asked.

    Args:
        file: the case (TOML).
        wishes: the rest of the command line.

    Returns:
        the exit status.

    Raises:
        FaultyInput: with every fault; nothing is written.
        OSError: a file can't be written.
    """
    one = _wanted(wishes.scheme)
    _refuse_unwritable(wishes)
    case = load_case(file, wishes.scheme)
    chosen = one or (SCHEMES[case.scheme] if case.scheme is not None else None)
    if wishes.out is not None and chosen is None:
        raise FaultyInput([Fault("Filen rummer én ordnings poster.", "Vælg ordningen med --scheme.", column="--out")])
    shown, notes = schemes_shown(case, one, chosen)
    settlements = [settle_case(case, scheme) for scheme in shown]
    blocks = settlement_blocks(case, settlements, notes)
    if wishes.out is not None and chosen is not None:
        blocks.append(_write_entries(wishes.out, next(found for found in settlements if found.scheme is chosen)))
    if wishes.plot is not None:
        blocks.append(_draw(wishes.plot, case, settlements))
    show(blocks, console())
    return statuses.PLAN


def _wanted(name: str | None) -> Scheme | None:
    if name is None or name == ALL:
        return None
    if name not in SCHEMES:
        raise FaultyInput(
            [Fault("Ordningen findes ikke.", suggestion(name, [*SCHEMES, ALL]), column="--scheme", value=name)]
        )
    return SCHEMES[name]


def _refuse_unwritable(wishes: Wishes) -> None:
    """Say before anything is reckoned that a file can't lie where it is wanted."""
    faults = [
        Fault(
            "Mappen findes ikke." if not path.is_dir() else "Det er en mappe.", "Vælg et andet sted.", column=option
        )
        for option, path in (("--out", wishes.out), ("--plot", wishes.plot))
        if path is not None and (not path.parent.is_dir() or path.is_dir())
    ]
    if faults:
        raise FaultyInput(faults)


def _write_entries(out: Path, found: Settlement) -> Block:
    replace_file(out, entries_csv(found.expected).encode())
    what = "De forventede poster" if len(found.courses) > 1 else "Posterne"
    return Paragraph(f"{what} under ordningen {found.scheme.title} er skrevet i {out}.")


def _draw(plot: Path, case: Case, settlements: list[Settlement]) -> Block:
    from kapacitet.report.charts.settlement import settlement_spec  # the charts take a second to load
    from kapacitet.report.render import png

    replace_file(plot, png(settlement_spec(case, settlements)))
    return Paragraph(f"Figuren er tegnet i {plot}.")
