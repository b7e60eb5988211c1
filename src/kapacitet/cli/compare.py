"""``kapacitet compare``: results side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.result import Result
from kapacitet.insight.store import read_result
from kapacitet.region.writing.folder import replace_file
from kapacitet.report.comparison import Comparison
from kapacitet.report.comparison import compare as side_by_side
from kapacitet.report.document import Paragraph
from kapacitet.report.markdown import to_markdown
from kapacitet.report.terminal import console, show
from kapacitet.report.words import listed

SUFFIXES = (".csv", ".md")
PAYMENTS = {"accounts", "acceptance", "agreements", "scheme_accounts", "schemes"}
"""Tables of who pays, which results of early versions lack."""


def compare(folders: Sequence[Path], out: Path | None) -> int:
    """Print the comparison of results, or write it as CSV or Markdown by the suffix of ``out``.

    Raises:
        FaultyInput: a folder holds no result.
        OSError: the file can't be written.
    """
    found = side_by_side(_read(folders), [folder.resolve().name for folder in folders])
    if out is None:
        show(found.blocks(), console())
    else:
        replace_file(out, _text(found, out).encode())
        show([Paragraph(f"Sammenligningen er skrevet i {out}.")], console())
    return statuses.PLAN


def _read(folders: Sequence[Path]) -> list[Result]:
    """The results; of those that can't be read, all faults at once."""
    results: list[Result] = []
    faults: list[Fault] = []
    for folder in folders:
        try:
            result = read_result(folder)
        except FaultyInput as error:
            faults += error.faults
            continue
        if lacking := sorted(PAYMENTS - set(result.tables)):
            faults.append(_older(folder, lacking))
        results.append(result)
    if faults:
        raise FaultyInput(faults)
    return results


def _older(folder: Path, lacking: Sequence[str]) -> Fault:
    return Fault(
        f"Resultatet er fra en ældre udgave af kapacitet: {listed(f'{name}.csv' for name in lacking)} mangler.",
        "Kør scenariet igen med kapacitet solve.",
        value=str(folder),
    )


def _text(found: Comparison, out: Path) -> str:
    if out.suffix.lower() == ".md":
        return to_markdown(found.blocks())
    return found.table().to_csv(index=False, lineterminator="\n")
