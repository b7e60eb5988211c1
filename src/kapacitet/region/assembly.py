"""From raw tables to a region: convert, check everything, and only then build."""

from __future__ import annotations

import re
from typing import Final

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.cells import BadCell, convert, is_blank, shown
from kapacitet.region.columns import Column
from kapacitet.region.frames import content_hash, frame_of
from kapacitet.region.model import Region, Tables
from kapacitet.region.reading.raw import RawRegion
from kapacitet.region.records import Records, records_of
from kapacitet.region.tables import TABLES
from kapacitet.region.validation import Draft, check_all

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_TITLE: Final = Column("title", "text", "Regionens navn.", required=False)
_PRICE_YEAR: Final = Column(
    "price_year", "whole", "Det år, alle beløb er i priser fra.", unit="årstal", minimum=1900, maximum=2200
)


def assemble(raw: RawRegion, *, over_occupancy: float = 0.0) -> tuple[Region | None, tuple[Fault, ...]]:
    """Convert, check and build.

    Args:
        raw: what was read.
        over_occupancy: residents an offer may hold above its places, as a share of them.

    Returns:
        the region, None if there is any fault, and all faults and warnings.
    """
    faults = list(raw.faults)
    records: dict[str, Records] = {}
    for name, table in TABLES.items():
        if name in raw.tables:
            records[name], found = records_of(raw.tables[name], table)
            faults.extend(found)
        else:
            records[name] = Records(table, usable=table.optional and name not in raw.unreadable)
            if not table.optional and name not in raw.unreadable and _something_read(raw):
                faults.append(_missing(name))
    id, title, price_year = _fields(raw, faults)
    if _something_read(raw):
        faults.extend(check_all(Draft(price_year, records, raw.outlines, over_occupancy)))
    if price_year is None or any(fault.severity == "fejl" for fault in faults):
        return None, tuple(faults)
    return _build(id, title, price_year, records, raw, tuple(faults)), tuple(faults)


def _something_read(raw: RawRegion) -> bool:
    """Whether there is anything to check; a file that was refused has its one fault."""
    return bool(raw.tables) or not any(fault.severity == "fejl" for fault in raw.faults)


def built(outcome: tuple[Region | None, tuple[Fault, ...]]) -> Region:
    """The region of an outcome of :func:`assemble`.

    Raises:
        FaultyInput: it has faults.
    """
    region, faults = outcome
    if region is None:
        raise FaultyInput(fault for fault in faults if fault.severity == "fejl")
    return region


def _missing(name: str) -> Fault:
    table = TABLES[name]
    header = ", ".join(table.by_name)
    if table.reference_only:
        return Fault("Tabellen mangler.", "Den bruges kun til opslag.", name, severity="advarsel")
    tail = "" if table.filled else " Har den ingen rækker, så skriv kun overskriften."
    return Fault("Tabellen mangler.", f"Tilføj den med kolonnerne {header}.{tail}", name)


def _fields(raw: RawRegion, faults: list[Fault]) -> tuple[str, str, int | None]:
    """Id, title and price year; their faults are added."""
    if not _something_read(raw):
        return "", "", None
    id = "" if is_blank(raw.id) else str(raw.id).strip()
    if not _ID.fullmatch(id):
        message = "Regionens id mangler eller har andre tegn end små bogstaver, tal, punktum og bindestreg."
        faults.append(Fault(message, "Skriv fx syddanmark.", raw.where, None, "id", id or None))
    title, price_year = None, None
    try:
        title = convert(raw.title, _TITLE, danish=False)
    except BadCell as bad:
        faults.append(Fault(bad.message, bad.mend, raw.where, None, "title", shown(raw.title)))
    try:
        price_year = convert(raw.price_year, _PRICE_YEAR, danish=False)
    except BadCell as bad:
        value = None if is_blank(raw.price_year) else shown(raw.price_year)
        faults.append(Fault(bad.message, "Skriv prisåret, fx 2026.", raw.where, None, "price_year", value))
    return id, str(title or id), price_year if isinstance(price_year, int) else None


def _build(
    id: str,
    title: str,
    price_year: int,
    records: dict[str, Records],
    raw: RawRegion,
    warnings: tuple[Fault, ...],
) -> Region:
    outlines = ""
    if raw.outlines is not None:
        from kapacitet.region.outlines import canonical_text

        outlines = canonical_text(raw.outlines)
    return Region(
        id=id,
        title=title,
        price_year=price_year,
        tables=Tables({name: frame_of(each) for name, each in records.items()}),
        outlines=raw.outlines,
        warnings=warnings,
        content_hash=content_hash(id, title, price_year, records.values(), outlines),
    )
