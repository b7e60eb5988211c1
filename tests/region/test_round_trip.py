"""Folder → workbook → folder loses nothing, whatever the region holds."""

from __future__ import annotations

import errno
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pandas as pd
import pytest
from frictionless import validate
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from kapacitet.faults import FaultyInput
from kapacitet.region import (
    TABLES,
    Region,
    export_folder,
    export_workbook,
    load_region,
    region_from_tables,
    template_bytes,
    workbook_bytes,
)
from kapacitet.region.cells import as_text
from tests.region import small


def same(one: Region, other: Region) -> None:
    assert one == other
    assert (one.id, one.title, one.price_year) == (other.id, other.title, other.price_year)
    for name in TABLES:
        assert_frame_equal(one.tables[name], other.tables[name])
    if one.outlines is None:
        assert other.outlines is None
    else:
        assert other.outlines is not None
        assert_frame_equal(
            pd.DataFrame(one.outlines.drop(columns="geometry")), other.outlines.drop(columns="geometry")
        )
        assert one.outlines.geometry.to_wkt().tolist() == other.outlines.geometry.to_wkt().tolist()


def there_and_back(region: Region) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        first = load_region(export_folder(region, root / "første"))
        book = load_region(export_workbook(first, root / "bog.xlsx"))
        second = load_region(export_folder(book, root / "anden"))
        for each in (first, book, second):
            same(region, each)
        for file in (root / "første").iterdir():
            assert file.read_bytes() == (root / "anden" / file.name).read_bytes()


def test_the_small_region() -> None:
    there_and_back(small.build())
    there_and_back(small.build(outlines=None))


texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=40)
    .map(lambda text: as_text(text) or "x")
    .filter(lambda text: not text.startswith("#"))
)
money = st.floats(0, 1e15, allow_nan=False) | st.integers(0, 10**12).map(float)
shares = st.floats(0, 1, allow_nan=False)


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Regions with odd names, sources, dates and numbers."""
    content: dict[str, Any] = small.tables()
    for rows in content.values():
        for row in rows:
            row.update(
                source=draw(texts), evidence=draw(st.sampled_from(["faktisk", "forudsaetning", "illustrativ"]))
            )
    for row in content["offers"]:
        row.update(name=draw(texts), top_up=draw(st.none() | money), yearly_tilsyn=draw(st.none() | money))
        row.update(staff_per_place=draw(st.none() | money), budgeted_occupancy=draw(shares.filter(bool)))
        row.update(as_of=draw(st.dates().map(str)), opened=None)
    for row in content["residents"]:
        row["as_of"] = draw(st.dates().map(str))
    for row in content["municipalities"]:
        row.update(expected_limit=draw(st.none() | money), population=draw(st.integers(0, 10**9)))
    for row in content["figures"]:
        row.update(figure=draw(texts), value=draw(st.none() | texts), qualifier=draw(st.none() | texts))
    content["candidates"][0]["construction_cost"] = draw(money)
    content["anlaegsramme"][0]["amount"] = draw(money)
    return region_from_tables("proeve", draw(st.just(2026)), content, title=draw(texts), outlines=small.outlines())


@settings(max_examples=10, deadline=None)
@given(regions())
def test_any_region(region: Region) -> None:
    there_and_back(region)


def test_text_that_looks_like_something_else_stays_text(tmp_path: Path) -> None:
    content = small.tables()
    names = [
        "=1+1",
        "+45 12",
        "@SUM(A1)",
        "1.238",
        "2026-01-01",
        "TRUE",
        "_x0041_",
        "https://x.dk",
        "æ\nø",
        "NA",
        "''",
    ]
    content["figures"] = [{**content["figures"][0], "id": str(n), "figure": name} for n, name in enumerate(names)]
    region = small.build(content)
    there_and_back(region)
    sheet = openpyxl.load_workbook(export_workbook(region, tmp_path / "bog.xlsx"))["figures"]
    assert {cell.data_type for cell in sheet["B"]} == {"s"}


def test_exported_folders_are_sound_data_packages(tmp_path: Path) -> None:
    report = validate(str(export_folder(small.build(), tmp_path) / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


def test_workbooks_are_fit_to_work_in(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export_workbook(small.build(), tmp_path / "bog.xlsx"))
    assert book.sheetnames == ["region", *TABLES, "outlines", "vejledning"]
    offers = book["offers"]
    assert offers.freeze_panes == "A2"
    assert offers.auto_filter.ref == "A1:AB3"
    by_name = {cell.value: cell for cell in offers[1]}
    assert by_name["fixed_cost"].comment is not None
    formats = {name: offers.cell(2, cell.column).number_format for name, cell in by_name.items()}
    assert formats["fixed_cost"] == "#,##0.00"
    assert formats["budgeted_occupancy"] == "0.0##%"
    assert formats["municipality"] == "@"
    assert formats["opened"] == "0"
    assert formats["as_of"] == "yyyy-mm-dd"


def test_the_same_region_gives_the_same_bytes() -> None:
    assert workbook_bytes(small.build()) == workbook_bytes(small.build())


def test_the_template_can_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "skabelon.xlsx"
    path.write_bytes(template_bytes())
    book = openpyxl.load_workbook(path)
    book["region"].append(["proeve", "Prøve", 2026])
    for name, rows in small.tables().items():
        header = [cell.value for cell in book[name][1]]
        for row in rows:
            book[name].append([{**small.OUTSIDE, **row}.get(column) for column in header])
    book.save(path)
    same(small.build(outlines=None), load_region(path))


def test_an_empty_template_has_faults_only_where_rows_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "skabelon.xlsx"
    path.write_bytes(template_bytes())
    with pytest.raises(FaultyInput) as caught:
        load_region(path)
    assert {fault.table for fault in caught.value.faults} == {"region", "municipalities", "target_groups", "demand"}


def test_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    region = small.build()
    (tmp_path / "noter.txt").write_text("mine")
    with pytest.raises(FaultyInput, match="har andet indhold end regionen proeve og overskrives ikke"):
        export_folder(region, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["noter.txt"]
    with pytest.raises(FaultyInput, match="er en fil, ikke en mappe"):
        export_folder(region, tmp_path / "noter.txt")
    other = export_folder(region_from_tables("anden", 2026, region.tables), tmp_path / "anden")
    with pytest.raises(FaultyInput, match="overskrives ikke"):
        export_folder(region, other)
    (other / "datapackage.json").write_text("[")
    with pytest.raises(FaultyInput, match="overskrives ikke"):
        export_folder(region, other)


def test_the_own_folder_is_written_over_and_links_in_it_are_not_followed(tmp_path: Path) -> None:
    folder = export_folder(small.build(), tmp_path / "region")
    (tmp_path / "andet.csv").write_text("urørt")
    (folder / "keys.csv").unlink()
    (folder / "keys.csv").symlink_to(tmp_path / "andet.csv")
    content = small.tables()
    content["keys"] = []
    export_folder(small.build(content, outlines=None), folder)
    assert (tmp_path / "andet.csv").read_text() == "urørt"
    assert not (folder / "keys.csv").is_symlink()
    assert not (folder / "municipalities.geojson").exists()
    same(load_region(folder), small.build(content, outlines=None))


def test_workbooks_are_not_written_over_unasked(tmp_path: Path) -> None:
    region = small.build()
    path = export_workbook(region, tmp_path / "ny" / "bog.xlsx")
    with pytest.raises(FaultyInput, match="findes i forvejen"):
        export_workbook(region, path)
    export_workbook(region, path, overwrite=True)
    with pytest.raises(FaultyInput, match="er ikke navnet på en projektmappe"):
        export_workbook(region, tmp_path / "bog.csv")


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    with pytest.raises(FaultyInput, match="kan ikke skrives"):
        export_workbook(small.build(), tmp_path / "fil" / "bog.xlsx")
    with pytest.raises(FaultyInput, match="kan ikke skrives"):
        export_folder(small.build(), tmp_path / "fil" / "under")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Path] = []

    def fill_up(path: Path, content: bytes) -> None:
        if len(written) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(path)
        path.write_bytes(content)

    monkeypatch.setattr("kapacitet.region.writing.folder.replace_file", fill_up)
    with pytest.raises(
        FaultyInput, match=r"«ud» kan ikke skrives. Disken er fuld. Ryd op, eller vælg et andet sted."
    ):
        export_folder(small.build(), tmp_path / "ud")
    assert not (tmp_path / "ud").exists()


def test_letters_survive(tmp_path: Path) -> None:
    region = small.build(title="Øst for Åen: «ø»")
    assert load_region(export_folder(region, tmp_path)).title == "Øst for Åen: «ø»"
