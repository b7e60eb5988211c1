"""Reading a Data Package: ``datapackage.json`` and the tables it names, all inside one folder."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

from kapacitet.faults import Fault
from kapacitet.region.cells import Cell
from kapacitet.region.columns import DESCRIPTOR, OUTLINES_FILE
from kapacitet.region.reading.archive import Files, is_inside
from kapacitet.region.reading.csv_text import read_csv
from kapacitet.region.reading.limits import Refused
from kapacitet.region.reading.raw import RawRegion
from kapacitet.region.records import nearest
from kapacitet.region.tables import TABLES


def read_package(files: Files, fallback_id: str) -> RawRegion:
    """Read the package's own fields, its tables and its outlines.

    Only names inside the folder are read: a path in ``datapackage.json`` that leads elsewhere, a web address
    or data written into the descriptor is a fault. A table that lies in the folder but isn't named in the
    descriptor is read, with a warning, so that nothing is left out unseen.

    Args:
        files: the folder or zip.
        fallback_id: used, with a warning, if the descriptor has no ``name``.
    """
    raw = RawRegion()
    descriptor = _descriptor(files, raw)
    if descriptor is None:
        return raw
    raw.id = _cell(descriptor.get("name") or descriptor.get("id"))
    if raw.id is None:
        raw.id = re.sub(r"[^a-z0-9._-]+", "-", fallback_id.lower()).strip("-._") or "region"
        _warn(raw, f"Pakken har intet name; regionen kaldes {raw.id}.", "Skriv name.")
    raw.title = _cell(descriptor.get("title"))
    raw.price_year = _cell(descriptor.get("price_year"))
    places = _places(descriptor.get("resources", []), raw)
    for name in files.names():
        table = name.removesuffix(".csv")
        if table in TABLES and name.endswith(".csv") and table not in places:
            places[table] = name
            if descriptor.get("resources"):
                _warn(raw, f"{name} ligger i mappen, men står ikke i {DESCRIPTOR}. Den er læst med.", "", table)
    for table, place in places.items():
        _read_table(files, table, place, raw)
    _read_outlines(files, raw)
    return raw


def _warn(raw: RawRegion, message: str, mend: str, table: str = DESCRIPTOR) -> None:
    raw.faults.append(Fault(message, mend, table, severity="advarsel"))


def _descriptor(files: Files, raw: RawRegion) -> dict[str, object] | None:
    data = files.read(DESCRIPTOR)
    if data is None:
        mend = "En region er en mappe med datapackage.json og en CSV-fil pr. tabel."
        raw.faults.append(Fault(f"Der er ingen {DESCRIPTOR} i mappen.", mend))
        return None
    try:
        descriptor = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raw.faults.append(Fault("Filen er ikke gemt som UTF-8.", "Gem den som UTF-8.", DESCRIPTOR))
    except json.JSONDecodeError as error:
        message = f"Filen er ikke gyldig JSON: linje {error.lineno}, tegn {error.colno}."
        raw.faults.append(Fault(message, "Ret filen.", DESCRIPTOR))
    except (RecursionError, ValueError):
        raw.faults.append(Fault("Filen er ikke gyldig JSON.", "Ret filen.", DESCRIPTOR))
    else:
        if isinstance(descriptor, dict):
            return descriptor
        raw.faults.append(Fault("Filen er ikke et JSON-objekt.", "Ret filen.", DESCRIPTOR))
    return None


def _cell(value: object) -> Cell:
    return value if isinstance(value, str | int | float) else None


def _places(resources: object, raw: RawRegion) -> dict[str, str]:
    """Where the tables named in the descriptor lie, only names that stay inside the folder."""
    if not isinstance(resources, list):
        raw.faults.append(Fault("resources er ikke en liste.", "Ret den.", DESCRIPTOR, column="resources"))
        return {}
    places: dict[str, str] = {}
    for resource in resources:
        name = resource.get("name") if isinstance(resource, dict) else None
        path = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(name, str) or not isinstance(path, str):
            message = "En ressource mangler name eller path, eller path er ikke én fil i mappen."
            raw.faults.append(Fault(message, "Skriv name og path for hver fil.", DESCRIPTOR, column="resources"))
            continue
        table = name if name in TABLES else PurePosixPath(path).stem
        if not is_inside(path):
            message = f"Stien til {name} fører ud af regionens mappe og læses ikke."
            raw.faults.append(Fault(message, f"Skriv {table}.csv.", DESCRIPTOR, column="path", value=path))
            raw.unreadable.add(table)
        elif path.endswith(".geojson"):
            if path != OUTLINES_FILE:
                _warn(raw, f"{path} er ikke læst.", f"Omridsene skal hedde {OUTLINES_FILE}.")
        elif table not in TABLES:
            _unknown(name, raw)
        elif table in places:
            raw.faults.append(Fault("Tabellen er nævnt to gange.", "Slet den ene.", DESCRIPTOR, value=name))
        else:
            places[table] = path
    return places


def _unknown(name: str, raw: RawRegion) -> None:
    near = nearest(name, TABLES)
    if near:
        raw.faults.append(
            Fault("Tabellen kendes ikke.", f"Mente du {near}?", DESCRIPTOR, column="resources", value=name)
        )
    else:
        _warn(raw, f"Tabellen {name} kendes ikke og er ikke læst.", "")


def _read_table(files: Files, table: str, place: str, raw: RawRegion) -> None:
    try:
        data = files.read(place)
        if data is None:
            raise Refused(f"Filen {place} findes ikke i mappen.", f"Læg den der, eller ret {DESCRIPTOR}.", table)
        raw.tables[table] = read_csv(table, data)
    except Refused as refused:
        raw.faults.append(refused.fault)
        raw.unreadable.add(table)


def _read_outlines(files: Files, raw: RawRegion) -> None:
    data = files.read(OUTLINES_FILE)
    if data is not None:
        from kapacitet.region.outlines import read_geojson  # geopandas is slow to load

        raw.outlines, faults = read_geojson(data)
        raw.faults.extend(faults)
