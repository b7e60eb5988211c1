"""The shipped regions: found, faultless, and as the specification says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kapacitet.faults import FaultyInput
from kapacitet.region import (
    TABLES,
    export_folder,
    export_workbook,
    load_region,
    published,
    shipped_ids,
    shipped_region,
    travel_minutes,
    unreachable_pairs,
)
from tests.region import small


def test_ids_and_folders() -> None:
    assert "syddanmark" in shipped_ids()
    assert (shipped_region("syddanmark") / "datapackage.json").is_file()


@pytest.mark.parametrize(
    ("id", "mend"), [("sydanmark", "Mente du syddanmark?"), ("../syddanmark", "syddanmark"), ("x", "angiv en mappe")]
)
def test_unknown_ids(id: str, mend: str) -> None:
    with pytest.raises(FaultyInput) as caught:
        shipped_region(id)
    assert mend in caught.value.faults[0].mend


def test_the_installed_package_comes_before_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small.write_folder(tmp_path / "_data" / "regions" / "proeve")
    monkeypatch.setattr(published, "files", lambda _: tmp_path)
    assert shipped_ids() == ("proeve",)
    assert shipped_region("proeve") == tmp_path / "_data" / "regions" / "proeve"


def test_no_shipped_regions_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "_regions", lambda: tmp_path / "regions")
    assert shipped_ids() == ()


def test_syddanmark_is_faultless_and_reachable() -> None:
    region = load_region(shipped_region("syddanmark"))
    assert len(region.tables["municipalities"]) == 22
    assert region.outlines is not None and len(region.outlines) == 22
    assert unreachable_pairs(region) == []
    assert travel_minutes(region).shape[0] == 22
    assert {fault.table for fault in region.warnings} <= {"figures", "offers"}


def test_syddanmark_survives_a_round_trip(tmp_path: Path) -> None:
    region = load_region(shipped_region("syddanmark"))
    book = load_region(export_workbook(region, tmp_path / "bog.xlsx"))
    assert book == region == load_region(export_folder(book, tmp_path / "mappe"))


def test_the_descriptor_of_syddanmark_names_the_columns_of_the_specification() -> None:
    descriptor = json.loads((shipped_region("syddanmark") / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        if resource["name"] in TABLES:
            fields = [field["name"] for field in resource["schema"]["fields"]]
            assert fields == [column.name for column in TABLES[resource["name"]].columns]
