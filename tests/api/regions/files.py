"""Files a region is sent as: sound ones, spoilt ones and ones made to harm."""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from kapacitet_api.body_limit import WORKBOOK, ZIP

from kapacitet.region import Region, region_from_tables, workbook_bytes
from tests.api.small import archive
from tests.report.world import region, tables

__all__ = ["WORKBOOK", "ZIP", "archive"]


def changed(**names: str) -> Region:
    """The small region with other names of municipalities."""
    rows = tables()
    for row in rows["municipalities"]:
        row["seat"] = names.get(row["code"], row["seat"])
    return region_from_tables(
        "proeve", 2026, rows, title="Prøveregion", source="prøve", evidence="illustrativ", outlines=region().outlines
    )


def book(of: Region | None = None) -> bytes:
    """A region as a workbook."""
    return workbook_bytes(of or region())


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(content: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip."""
    memory = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(memory, "w", kind) as file:
        warnings.simplefilter("ignore")
        for name, data in content.items():
            file.writestr(name, data)
    return memory.getvalue()


def with_part(name: str, data: bytes, base: Callable[[], bytes] = archive) -> bytes:
    """A sound file with a part added or replaced."""
    return zipped({**parts(base()), name: data})


def with_sheet(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with the XML of a large sheet changed."""
    found = parts(book())
    name = "xl/worksheets/sheet4.xml"
    return zipped({**found, name: change(found[name])})


def laughs() -> bytes:
    """A workbook whose XML has entities within entities: a billion laughs."""
    entities = b'<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (depth, b"&a%d;" % (depth - 1) * 10) for depth in range(1, 11)
    )

    def inject(sheet: bytes) -> bytes:
        head, tail = sheet.split(b"<worksheet", 1)
        return head + b"<!DOCTYPE worksheet [" + entities + b"]><worksheet" + tail.replace(b"<v>0<", b"<v>&a10;<")

    found = parts(book())
    strings = found["xl/sharedStrings.xml"]
    head, tail = strings.split(b"<sst", 1)
    strings = head + b"<!DOCTYPE sst [" + entities + b"]><sst" + tail.replace(b"<t>Vejen", b"<t>&a10;", 1)
    name = "xl/worksheets/sheet4.xml"
    return zipped({**found, "xl/sharedStrings.xml": strings, name: inject(found[name])})


def huge_dimension() -> bytes:
    """A sheet that says it has a million rows of 16 384 columns, and a last cell there."""
    return with_sheet(
        lambda sheet: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', sheet).replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )
    )


def bomb() -> bytes:
    """A zip of a few kilobytes that is hundreds of megabytes unpacked."""
    return with_part("demand.csv", b"0" * 400_000_000)


def quiet_bomb(megabytes: int = 280) -> bytes:
    """A workbook whose texts stay under every limit told beforehand, and fill the memory when they are read."""
    noise = random.Random(1).randbytes(4000).hex().encode()
    one = b"".join(
        b"<si><t>%d%s</t></si>" % (number, noise[number % 800 : number % 800 + 20]) for number in range(60_000)
    )
    strings = parts(book())["xl/sharedStrings.xml"]
    head, _ = strings.rsplit(b"</sst>", 1)
    times = megabytes * 1024 * 1024 // len(one)
    return with_part("xl/sharedStrings.xml", head + one * times + b"</sst>", book)


def lying_sizes() -> bytes:
    """A zip whose directory says that a part is short."""
    data = bytearray(archive())
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = file.getinfo("demand.csv").file_size
    return bytes(data.replace(struct.pack("<L", size), struct.pack("<L", 10)))


def encrypted() -> bytes:
    """A zip whose parts are marked as encrypted."""
    data = bytearray(archive())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(signature, start + 4)
    return bytes(data)


def elsewhere(path: str) -> bytes:
    """A package that names a file elsewhere."""
    import json

    found = parts(archive())
    descriptor: dict[str, Any] = json.loads(found["datapackage.json"])
    descriptor["resources"][0]["path"] = path
    return zipped({**found, "datapackage.json": json.dumps(descriptor).encode()})


def many_rows(count: int = 1_000_000) -> bytes:
    """A table with too many rows."""
    header = parts(archive())["demand.csv"].split(b"\n", 1)[0]
    rows = b"".join(b"575,autisme,%d,1,1,1,,x,illustrativ\n" % (number % 9999) for number in range(count))
    return with_part("demand.csv", header + b"\n" + rows)


def spoilt() -> bytes:
    """A package with faults in several tables at once."""
    found = parts(archive())
    offers = found["offers.csv"].replace(b",12,", b",tolv,", 1)
    demand = found["demand.csv"].replace(b"575,autisme,2026", b"999,autisme,2026", 1)
    return zipped({**found, "offers.csv": offers, "demand.csv": demand})
