"""Files made to harm: each is refused in Danish, none is unpacked, followed or run."""

from __future__ import annotations

import importlib.util
import io
import os
import random
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kapacitet.region import export_workbook, validate_region
from kapacitet.region.reading import archive
from tests.region import small


def told(path: Path) -> str:
    region, faults = validate_region(path)
    assert region is None
    return " ".join(fault.text() for fault in faults if fault.severity == "fejl")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small.write_book(tmp_path / "bog.xlsx")


@pytest.fixture
def zipped(tmp_path: Path) -> Path:
    path = tmp_path / "region.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for each in small.write_folder(tmp_path / "region").iterdir():
            file.write(each, each.name)
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The same archive with some parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, change(name, data))
    return path


def test_macros_are_refused_wherever_they_lie(book: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(book, "a") as file:
        file.writestr("xl/vbaProject.bin", b"x")
    assert "Filen rummer makroer. Gem som .xlsx uden makroer." in told(book)
    assert "Projektmapper med makroer læses ikke." in told(book.rename(tmp_path / "bog.xlsm"))


def test_a_macro_workbook_by_another_name_is_refused(book: Path) -> None:
    rewritten(book, lambda name, data: data.replace(b"spreadsheetml.sheet.main", b"macroEnabled.main"))
    assert "Projektmappen er gemt med makroer." in told(book)


@pytest.mark.parametrize("name", ["../ud.csv", "/etc/passwd", "a/../../ud.csv", "C:\\ud.csv", "~/ud.csv"])
def test_names_that_lead_out_are_refused(zipped: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(zipped, "a") as file:
        file.writestr(name, b"x")
    before = sorted(tmp_path.rglob("*"))
    assert "Filen rummer navne, der fører ud af dens mappe." in told(zipped)
    assert sorted(tmp_path.rglob("*")) == before


def test_links_in_a_zip_are_refused(zipped: Path) -> None:
    link = zipfile.ZipInfo("keys-link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(zipped, "a") as file:
        file.writestr(link, "/etc/passwd")
    assert "Filen rummer genveje (links)." in told(zipped)


def test_a_bomb_is_refused_before_it_is_unpacked(zipped: Path, book: Path) -> None:
    for path in (zipped, book):
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
            file.writestr("fyld.csv", b"0" * 20_000_000)
        assert "Filen er pakket, så den svulmer op, når den læses." in told(path)


def test_all_parts_together_are_limited(zipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNCOMPRESSED", 1_000)
    assert "når den pakkes ud" in told(zipped)
    monkeypatch.setattr(archive, "MOST_PARTS", 3)
    assert "Filen rummer mere end 3 dele." in told(zipped)
    monkeypatch.setattr(archive, "MOST_COMPRESSED", 100)
    assert "Filen fylder mere end 0 MB." in told(zipped)


def test_folders_are_limited_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNCOMPRESSED", 1_000)
    assert "Mappen fylder mere end 0 MB." in told(small.write_folder(tmp_path))


def test_a_part_that_lies_about_its_size(zipped: Path) -> None:
    data = zipped.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = file.getinfo("demand.csv").file_size
    zipped.write_bytes(data.replace(struct.pack("<L", size), struct.pack("<L", 10)))
    assert "Filen er beskadiget." in told(zipped)


def test_the_same_name_twice(zipped: Path) -> None:
    with zipfile.ZipFile(zipped, "a") as file, pytest.warns(UserWarning, match="Duplicate"):
        file.writestr("keys.csv", b"x")
    assert "Filen rummer samme navn to gange." in told(zipped)


def test_encrypted_parts_are_refused(zipped: Path) -> None:
    data = bytearray(zipped.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + offset] |= 1
            start = data.find(signature, start + 4)
    zipped.write_bytes(data)
    assert "Filen er krypteret." in told(zipped)


def test_passwords_and_old_formats(tmp_path: Path) -> None:
    path = tmp_path / "bog.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "Filen er i et gammelt Excel-format eller har en adgangskode." in told(path)


@pytest.mark.parametrize("suffix", [".xlsx", ".zip"])
@pytest.mark.parametrize("data", [b"", b"PK", b"ikke en zip", b"\0" * 5_000])
def test_files_that_are_no_zip(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"fil{suffix}"
    path.write_bytes(data)
    assert "Filen er beskadiget eller ikke af den type, navnet siger." in told(path)


def test_a_zip_that_is_no_workbook(zipped: Path, tmp_path: Path) -> None:
    assert "Filen er ikke en Excel-projektmappe." in told(zipped.rename(tmp_path / "region.xlsx"))


def test_a_workbook_that_is_no_zipped_folder(book: Path, tmp_path: Path) -> None:
    assert "Der er ingen datapackage.json i mappen." in told(book.rename(tmp_path / "region.zip"))


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]
)
def test_entities_are_refused(tmp_path: Path, part: str) -> None:
    book = export_workbook(small.build(), tmp_path / "bog.xlsx")

    def change(name: str, data: bytes) -> bytes:
        return ENTITIES + data.split(b"?>", 1)[1] if name == part else data

    assert "Filen rummer XML-entiteter, som ikke læses." in told(rewritten(book, change))


def test_outside_files_are_not_read(book: Path, tmp_path: Path) -> None:
    (tmp_path / "hemmelig.txt").write_text("hemmelig")
    entity = f'<!DOCTYPE x [<!ENTITY h SYSTEM "file://{tmp_path}/hemmelig.txt">]>'.encode()

    def change(name: str, data: bytes) -> bytes:
        return entity + data.replace(b"Middelfart", b"&h;") if name == "xl/worksheets/sheet2.xml" else data

    text = told(rewritten(book, change))
    assert "Filen rummer XML-entiteter, som ikke læses." in text
    assert "hemmelig" not in text


def test_a_sheet_with_a_row_number_beyond_excel(book: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet2.xml":
            return data
        return data.replace(b'<row r="2"', b'<row r="2000000000"').replace(b'r="A2"', b'r="A2000000000"')

    assert "Arket har rækker, som Excel ikke kan have." in told(rewritten(book, change))


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: b"<x" if name.endswith("sheet3.xml") else data,
        lambda name, data: b"" if name == "xl/workbook.xml" else data,
        lambda name, data: data.replace(b't="n"', b't="s"') if "sheet" in name else data,
        lambda name, data: data.replace(b"<v>2026</v>", b"<v>to tusind</v>") if "sheet" in name else data,
        lambda name, data: data.replace(b"rId3", b"rId99") if name.endswith(".rels") else data,
    ],
)
def test_damaged_workbooks(book: Path, change: Callable[[str, bytes], bytes]) -> None:
    assert "Projektmappen er beskadiget." in told(rewritten(book, change))


@pytest.mark.parametrize("which", ["book", "zipped"])
def test_random_damage_never_breaks_out(which: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(which)
    sound = path.read_bytes()
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice([len(data), chance.randrange(len(data))])])
        _, faults = validate_region(path)
        assert all(fault.message for fault in faults)


@pytest.mark.parametrize(("first", "safe"), [("kapacitet.region", True), ("openpyxl", False)])
def test_workbooks_are_never_read_by_the_parser_that_expands_entities(first: str, safe: bool) -> None:
    """lxml comes along with other packages; openpyxl would take it."""
    script = f"import {first}, kapacitet.region.reading.workbook, openpyxl.xml; assert not openpyxl.xml.LXML"
    environment = {name: value for name, value in os.environ.items() if name != "OPENPYXL_LXML"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert importlib.util.find_spec("lxml") is not None
    assert (done.returncode == 0) is safe and ("import kapacitet first" in done.stderr) is not safe, done.stderr
