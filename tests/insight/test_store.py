"""The result folder: what is written is read back as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from kapacitet.faults import FaultyInput
from kapacitet.insight.result import Result
from kapacitet.insight.store import read_result, write_tables
from tests.insight.results import random_result, result, shipped_result
from tests.planning.worlds import tiny


def alike(found: Result, folder: Path) -> Result:
    write_tables(found, folder)
    again = read_result(folder)
    assert again.summary == found.summary
    assert again.scenario == found.scenario
    assert set(again.tables) == set(found.tables)
    for name, table in found.tables.items():
        back = again.tables[name]
        assert list(back.columns) == list(table.columns), name
        blank = table.astype(object).where(table.notna() & (table != ""), None)
        pd.testing.assert_frame_equal(
            back.astype(object).where(back.notna(), None), blank, check_dtype=False, check_exact=True, obj=name
        )
    return again


@pytest.mark.parametrize(("families", "seed"), [("some", 600), ("all", 606), ("all", 615), ("all", 622)])
def test_random_results_come_back(families: str, seed: int, tmp_path: Path) -> None:
    found = random_result(seed, families)  # type: ignore[arg-type]
    if isinstance(found, Result):
        alike(found, tmp_path)


def test_the_shipped_result_comes_back(tmp_path: Path) -> None:
    alike(shipped_result(), tmp_path)


def test_ids_that_look_like_numbers_or_like_nothing_come_back(tmp_path: Path) -> None:
    hand = tiny({2025: 9.0})
    hand.tables["purchase_prices"][0]["price"] = 10.0
    hand.offer("null", 2, 1.0, 1.0)
    hand.offer("007", 2, 1.0, 1.0)
    hand.candidate("010", 4, 10.0, 1.0, 1.0, project="nan")
    hand.candidate("011", 2, 10.0, 1.0, 1.0, project="nan")
    hand.candidate("1e5", 4, 10.0, 1.0, 90.0)
    again = alike(result(hand), tmp_path)
    assert set(again.tables["capacity"]["offer"]) == {"null", "007", "010"}
    assert again.tables["builds"]["project"].tolist() == ["nan"]


def test_a_folder_without_a_result_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput, match="ikke et helt resultat"):
        read_result(tmp_path)


def test_a_spoiled_summary_is_a_fault(tmp_path: Path) -> None:
    write_tables(shipped_result(), tmp_path)
    (tmp_path / "result.json").write_text("{", encoding="utf-8")
    with pytest.raises(FaultyInput, match="ikke et helt resultat"):
        read_result(tmp_path)


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    hand = tiny({2025: 9.0})
    hand.tables["purchase_prices"][0]["price"] = 10.0
    hand.offer("hus", 2, 1.0, 1.0)
    hand.candidate("nyt", 4, 10.0, 1.0, 1.0)
    written = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_tables(result(hand), tmp_path / name)
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).glob("*.csv")})
    assert written[0] == written[1]


def test_a_damaged_table_is_a_fault(tmp_path: Path) -> None:
    write_tables(result(tiny()), tmp_path)
    (tmp_path / "builds.csv").write_text("x\n")
    with pytest.raises(FaultyInput, match=r"Resultatets kolonner er ændret i builds.csv"):
        read_result(tmp_path)
    (tmp_path / "builds.csv").unlink()
    with pytest.raises(FaultyInput, match="ikke et helt resultat"):
        read_result(tmp_path)


def test_tables_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    write_tables(result(tiny()), folder)
    (tmp_path / "hemmelig.csv").write_text("a\n1\n")
    summary = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    summary["columns_by_table"]["../hemmelig"] = ["a"]
    (folder / "result.json").write_text(json.dumps(summary), encoding="utf-8")
    with pytest.raises(FaultyInput, match="ikke et helt resultat"):
        read_result(folder)
