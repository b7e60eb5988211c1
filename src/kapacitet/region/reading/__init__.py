"""Reading a region from a folder, a zip of a folder or a workbook into raw tables, trusting none of them."""

from __future__ import annotations

from pathlib import Path

from kapacitet.faults import Fault
from kapacitet.region.reading.archive import FolderFiles, ZipFiles
from kapacitet.region.reading.limits import Refused
from kapacitet.region.reading.package import read_package
from kapacitet.region.reading.raw import RawRegion
from kapacitet.region.reading.workbook import read_workbook

__all__ = ["RawRegion", "read_raw"]


def read_raw(path: Path) -> RawRegion:
    """Read whatever ``path`` is: a folder, an ``.xlsx`` workbook or a ``.zip`` of a folder.

    Never raises for what the user handed over; the faults are in the result.
    """
    try:
        return _read(path)
    except Refused as refused:
        return RawRegion(faults=[refused.fault])
    except OSError as error:
        return RawRegion(faults=[_unreadable(path, error)])


def _read(path: Path) -> RawRegion:
    if path.is_dir():
        return read_package(FolderFiles(path), path.resolve().name)
    if not path.exists():
        raise Refused("Filen eller mappen findes ikke.", "Kontrollér stien.", str(path))
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return read_workbook(path)
    if suffix == ".zip":
        return read_package(ZipFiles(path), path.stem)
    if suffix == ".xlsm":
        raise Refused("Projektmapper med makroer læses ikke.", "Gem som .xlsx uden makroer.", path.name)
    if suffix in (".xls", ".xlsb", ".ods"):
        raise Refused("Filtypen læses ikke.", "Gem projektmappen som .xlsx.", path.name)
    if path.name == "datapackage.json":
        raise Refused("Stien er en fil i en region.", "Angiv den mappe, filen ligger i.", path.name)
    raise Refused("Filtypen læses ikke.", "Angiv en mappe med datapackage.json, en .xlsx eller en .zip.", path.name)


def _unreadable(path: Path, error: OSError) -> Fault:
    reason = "der mangler adgang til den" if isinstance(error, PermissionError) else "systemet melder en fejl"
    return Fault(f"«{path.name}» kan ikke læses: {reason}.", "Kontrollér filen og dens rettigheder.")
