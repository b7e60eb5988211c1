"""What is done with a dataset's file: in a process of its own where it is a user's or large, else at once."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kapacitet.faults import Fault
from kapacitet.region import TABLES, export_folder, load_region, workbook_bytes
from kapacitet.region.assembly import assemble
from kapacitet.region.cells import Value, shown_value
from kapacitet.region.columns import DESCRIPTOR
from kapacitet.region.model import Region
from kapacitet.region.reading import RawRegion, read_raw
from kapacitet.report.safe_csv import csv_text, plain
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.models import Scenario
from kapacitet_api.regions.differences import differences
from kapacitet_api.regions.stored import Stored, records, region_archive, rows_of

REGION, OLD, WORKBOOK, TABLE = "region.zip", "old.zip", "region.xlsx", "table.csv"
MOST_TOLD = 5_000
"""Faults of a file that are told one by one; the rest are counted."""
LONGEST_TOLD = 1_000
ABOUT = ("description", "licenses", "sources", "contributors", "homepage", "version", "keywords")
"""What a package says of itself that no table holds; kept as it stands."""
MOST_ABOUT = 64 * 1024


def upload(folder: Path, file: str) -> dict[str, Any]:
    """Check an upload; if it is faultless, write it as :data:`REGION`, the tables as they have been read."""
    path = folder / file
    raw = read_raw(path)
    region, faults = assemble(raw)
    if region is None:
        wrong = [fault for fault in faults if fault.severity == "fejl"]
        hint = _other_kind(path)
        return {"faults": [_told(fault) for fault in wrong[:MOST_TOLD]], "count": len(wrong), "hint": hint}
    kept = export_folder(region, folder / "kept")
    _keep_about(path, kept / DESCRIPTOR)
    (folder / REGION).write_bytes(region_archive(kept))
    return {
        "id": region.id,
        "where": raw.where,
        "title": region.title,
        "input_hash": region.content_hash,
        "facts": found(raw, region, faults),
    }


def facts(folder: Path) -> dict[str, Any]:
    """What is in a kept dataset, and what this version of the program finds wrong with it."""
    raw = read_raw(folder / REGION)
    region, faults = assemble(raw)
    return found(raw, region, faults)


def found(raw: RawRegion, region: Region | None, faults: Iterable[Fault]) -> dict[str, Any]:
    """Counts, warnings and faults."""
    told = [_told(fault) for fault in faults]
    return {
        "usable": region is not None,
        "price_year": None if region is None else region.price_year,
        "rows": {name: len(raw.tables[name].rows) if name in raw.tables else 0 for name in TABLES},
        "outlines": 0 if raw.outlines is None else len(raw.outlines),
        "warnings": [one for one in told if one["severity"] == "advarsel"][:MOST_TOLD],
        "faults": [one for one in told if one["severity"] == "fejl"][:MOST_TOLD],
    }


def workbook(folder: Path) -> dict[str, Any]:
    """Write a kept dataset as :data:`WORKBOOK`."""
    (folder / WORKBOOK).write_bytes(workbook_bytes(load_region(folder / REGION)))
    return {}


def table(folder: Path, name: str, municipality: str | None) -> dict[str, Any]:
    """Write a table of a kept dataset as :data:`TABLE`, for spreadsheets: no text can be run as a formula."""
    raw = rows_of(Stored((folder / REGION).read_bytes()).table(name), municipality)
    cells = ([_safe(value) for value in row.values()] for row in records(raw))
    (folder / TABLE).write_text(csv_text(list(TABLES[name].by_name), cells), encoding="utf-8", newline="\n")
    return {}


def _safe(value: Value) -> str | None:
    return plain(value) if isinstance(value, str) else shown_value(value)


def diff(folder: Path, **asked: Any) -> dict[str, Any]:
    """What differs between two kept datasets."""
    old, new = (Stored((folder / name).read_bytes()) for name in (OLD, REGION))
    return differences(old, new, **asked)


def check(folder: Path, scenario: dict[str, Any]) -> dict[str, Any]:
    """Faults and warnings of asking a scenario of a kept dataset."""
    wanted = Scenario.model_validate(scenario)
    region = load_region(folder / REGION)
    return {"faults": [asdict(fault) for fault in check_against_region(wanted, region)]}


TASKS: dict[str, Callable[..., dict[str, Any]]] = {
    "upload": upload,
    "facts": facts,
    "workbook": workbook,
    "table": table,
    "diff": diff,
    "check": check,
}


def _told(fault: Fault) -> dict[str, Any]:
    """A fault as it can be kept and answered, whatever names the file has."""
    return {name: _clean(value) if isinstance(value, str) else value for name, value in asdict(fault).items()}


def _clean(text: str) -> str:
    shown = text if text.isprintable() else "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return shown if len(shown) <= LONGEST_TOLD else f"{shown[: LONGEST_TOLD - 1]}…"


def _other_kind(path: Path) -> str:
    """What to do about a file that is sent as another kind than it is; blank if it isn't."""
    with suppress(OSError, zipfile.BadZipFile, ValueError, NotImplementedError), zipfile.ZipFile(path) as archive:
        is_workbook = "xl/workbook.xml" in archive.namelist()
        if is_workbook and path.suffix == ".zip":
            return "Filen er en Excel-projektmappe; send den med projektmappens Content-Type."
        if not is_workbook and path.suffix == ".xlsx" and any(DESCRIPTOR in name for name in archive.namelist()):
            return "Filen er en zip med tabeller; send den med Content-Type application/zip."
    return ""


def _keep_about(path: Path, descriptor: Path) -> None:
    """Keep a package's licences and sources, which no table holds."""
    if path.suffix != ".zip":
        return
    about = Stored(path.read_bytes()).descriptor()
    kept = {name: about[name] for name in ABOUT if name in about}
    text = json.dumps(kept, ensure_ascii=False)
    if kept and len(text) <= MOST_ABOUT and text.isprintable():
        whole = {**json.loads(descriptor.read_text(encoding="utf-8")), **kept}
        descriptor.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
