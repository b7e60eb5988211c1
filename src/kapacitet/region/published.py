"""The regions that ship with the project."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.records import nearest

_REGIONS = "regions"


def shipped_ids() -> tuple[str, ...]:
    """Ids of the shipped regions, sorted."""
    folder = _regions()
    if not folder.is_dir():
        return ()
    return tuple(sorted(path.parent.name for path in folder.glob("*/datapackage.json")))


def shipped_region(id: str) -> Path:
    """The folder of a shipped region.

    Raises:
        FaultyInput: there is no such region.
    """
    ids = shipped_ids()
    if id in ids:
        return _regions() / id
    near = nearest(id, ids)
    mend = f"Mente du {near}?" if near else f"Vælg en af {', '.join(ids)}, eller angiv en mappe."
    raise FaultyInput([Fault("Der følger ingen region med det id.", mend, column="region", value=id)])


def _regions() -> Path:
    """The folder of shipped regions: inside the installed package, or in the repository."""
    packaged = Path(str(files("kapacitet"))) / "_data" / _REGIONS
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3] / "data" / _REGIONS
