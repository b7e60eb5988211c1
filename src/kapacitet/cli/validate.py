"""``kapacitet validate``: every fault of a region, and the region written anew as folder or workbook."""

from __future__ import annotations

from pathlib import Path

from kapacitet.cli import statuses
from kapacitet.cli.speech import tell_faults
from kapacitet.region import Region, export_folder, export_workbook, shipped_ids, shipped_region, validate_region
from kapacitet.report import numbers
from kapacitet.report.document import Paragraph
from kapacitet.report.terminal import console, show


def validate(region_name: str, folder: Path | None, workbook: Path | None) -> int:
    """Check a region and, if it is faultless, write it where asked.

    Args:
        region_name: a folder, workbook or zip, or the id of a shipped region.
        folder, workbook: where to write the region, if anywhere.

    Returns:
        the exit status.

    Raises:
        FaultyInput: the region can't be read at all, or can't be written.
    """
    path = Path(region_name)
    if not path.exists() and region_name in shipped_ids():
        path = shipped_region(region_name)
    region, faults = validate_region(path)
    tell_faults(faults, path.name)
    if region is None:
        return statuses.FAULTY
    show([Paragraph(_found(region), "strong")], console())
    if folder is not None:
        export_folder(region, folder)
        show([Paragraph(f"Regionen er skrevet i mappen {folder}.")], console())
    if workbook is not None:
        export_workbook(region, workbook)
        show([Paragraph(f"Regionen er skrevet i {workbook}.")], console())
    return statuses.PLAN


def _found(region: Region) -> str:
    counted = (
        ("municipalities", "kommuner"),
        ("target_groups", "målgrupper"),
        ("offers", "tilbud"),
        ("candidates", "kandidater"),
    )
    counts = ", ".join(f"{numbers.number(len(region.tables[table]))} {noun}" for table, noun in counted)
    return f"{region.title} kan bruges: {counts}."
