"""Writing a region as a folder: ``datapackage.json``, a CSV per table and the outlines."""

from __future__ import annotations

import csv
import io
import json
import shutil
import uuid
from pathlib import Path

import pandas as pd

from kapacitet.faults import Fault, FaultyInput, system_message
from kapacitet.region.cells import shown_value
from kapacitet.region.columns import DESCRIPTOR, OUTLINES_FILE
from kapacitet.region.frames import cells_of
from kapacitet.region.model import Region
from kapacitet.region.writing.descriptor import package_descriptor


def export_folder(region: Region, path: Path) -> Path:
    """Write the region into a folder, which is made if it isn't there.

    A folder that already holds this region (same id) is written over, file by file; any other folder with
    content is left alone.

    Returns:
        the folder.

    Raises:
        FaultyInput: the path is a file, or a folder with something else in it, or can't be written.
    """
    path = Path(path)
    _refuse_foreign(region, path)
    contents = {f"{name}.csv": _csv(frame) for name, frame in region.tables.items()}
    if region.outlines is not None:
        from kapacitet.region.outlines import to_geojson  # geopandas is slow to load

        contents[OUTLINES_FILE] = to_geojson(region.outlines)
    descriptor = package_descriptor(region.id, region.title, region.price_year, outlines=region.outlines is not None)
    contents[DESCRIPTOR] = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    is_new = not path.exists()
    try:
        path.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            replace_file(path / name, content.encode())
        if region.outlines is None:
            (path / OUTLINES_FILE).unlink(missing_ok=True)
    except OSError as error:
        if is_new:
            shutil.rmtree(path, ignore_errors=True)
        raise FaultyInput([unwritable(path, error)]) from error
    return path


def _refuse_foreign(region: Region, path: Path) -> None:
    mend = "Vælg en ny eller tom mappe."
    if path.exists() and not path.is_dir():
        raise FaultyInput([Fault(f"«{path.name}» er en fil, ikke en mappe.", mend)])
    if not path.exists() or not any(path.iterdir()):
        return
    try:
        name = json.loads((path / DESCRIPTOR).read_bytes()).get("name")
    except (OSError, ValueError, AttributeError, RecursionError):
        name = None
    if name != region.id:
        message = f"Mappen «{path.name}» har andet indhold end regionen {region.id} og overskrives ikke."
        raise FaultyInput([Fault(message, mend)])


def replace_file(path: Path, content: bytes) -> None:
    """Write a file at once and whole; a link that stands there is replaced, never written through."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def unwritable(path: Path, error: OSError) -> Fault:
    """The fault of a path that can't be written."""
    return Fault(f"«{path.name}» kan ikke skrives.", system_message(error, path.parent) or "Vælg et andet sted.")


def _csv(frame: pd.DataFrame) -> str:
    """The frame as CSV: comma, decimal point, true/false, empty for missing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([shown_value(value) for value in row] for row in cells_of(frame))
    return text.getvalue()
