"""The ways to a region: from files, with all faults told, or from tables in memory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kapacitet.faults import Fault
from kapacitet.region.assembly import assemble, built
from kapacitet.region.columns import Evidence
from kapacitet.region.model import Region
from kapacitet.region.reading import read_raw
from kapacitet.region.reading.memory import Rows, raw_from_rows
from kapacitet.region.reading.raw import RawRegion
from kapacitet.region.records import RawTable, nearest
from kapacitet.region.tables import TABLES

if TYPE_CHECKING:
    import geopandas as gpd


def validate_region(path: Path, *, over_occupancy: float = 0.0) -> tuple[Region | None, tuple[Fault, ...]]:
    """Read and check a region: a folder with ``datapackage.json``, a workbook or a zip of a folder.

    Args:
        path: the folder, ``.xlsx`` or ``.zip``.
        over_occupancy: residents an offer may hold above its places, as a share of them (a scenario's
            ``limits.over_occupancy``); 0.0 makes more residents than places a fault.

    Returns:
        the region, None if there is any fault, and every fault and warning found.
    """
    return assemble(read_raw(Path(path)), over_occupancy=over_occupancy)


def load_region(path: Path, *, over_occupancy: float = 0.0) -> Region:
    """The region at a path, see :func:`validate_region`.

    Raises:
        FaultyInput: with every fault; nothing is half-loaded.
    """
    return built(validate_region(path, over_occupancy=over_occupancy))


def region_from_tables(
    id: str,
    price_year: int,
    tables: Mapping[str, Rows],
    *,
    title: str | None = None,
    outlines: gpd.GeoDataFrame | None = None,
    source: str | None = None,
    evidence: Evidence | None = None,
    over_occupancy: float = 0.0,
) -> Region:
    """A region built and checked in memory, for programs and tests; the same checks as for files.

    Args:
        id: machine name, small letters.
        price_year: the year whose prices all kr. are in.
        tables: frames or lists of rows by table name. Tables that are left out are empty. Missing values
            are None, NaN, or a column left out if it is optional; lists may be Python lists.
        title: name for readers; the id if left out.
        outlines: municipal outlines (``kommunekode``, ``navn``, ``geometry``).
        source, evidence: filled into rows that have none.
        over_occupancy: see :func:`validate_region`.

    Raises:
        FaultyInput: with every fault.
    """
    raw = RawRegion(id, title or id, price_year, outlines=outlines, where="region")
    filled = {name: value for name, value in (("source", source), ("evidence", evidence)) if value is not None}
    for name, rows in tables.items():
        if name not in TABLES:
            near = nearest(name, TABLES)
            mend = f"Mente du {near}?" if near else f"Tabellerne er {', '.join(TABLES)}."
            raw.faults.append(Fault("Tabellen kendes ikke.", mend, value=name))
        elif len(rows):
            raw.tables[name] = raw_from_rows(name, rows, filled)
    for name, table in TABLES.items():
        raw.tables.setdefault(name, RawTable(name, [column.name for column in table.columns], ()))
    return built(assemble(raw, over_occupancy=over_occupancy))
