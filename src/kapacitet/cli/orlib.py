"""``kapacitet orlib``: a published location problem as a region with its scenario, ready to be solved."""

from __future__ import annotations

from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.region import export_folder
from kapacitet.region.orlib import read_orlib
from kapacitet.region.orlib_region import orlib_region, orlib_scenario
from kapacitet.region.writing.folder import replace_file
from kapacitet.report import numbers
from kapacitet.report.document import Paragraph
from kapacitet.report.terminal import console, show
from kapacitet.scenario.documents import document_text

SCENARIO = "scenario.toml"


def orlib(file: Path, out: Path, capacity: int | None) -> int:
    """Write the problem in ``file`` as a region folder with a scenario.

    Args:
        file: a capacitated warehouse location file of the OR-Library.
        out: the folder; one that holds the same problem is written over.
        capacity: of sites whose capacity is a word in the file.

    Returns:
        the exit status.

    Raises:
        FaultyInput: the file is malformed, or the folder can't be written.
    """
    problem = read_orlib(file, capacity=capacity)
    export_folder(orlib_region(problem), out)
    replace_file(out / SCENARIO, document_text(orlib_scenario(problem, "."), ".toml").encode())
    sites, customers = numbers.number(len(problem.fixed)), numbers.number(len(problem.demand))
    text = f"{problem.name}: {sites} steder og {customers} kunder. Løs det med kapacitet solve {out / SCENARIO}."
    show([Paragraph(text)], console())
    return statuses.PLAN
