"""``kapacitet gains`` from scenario file to tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kapacitet.cli import statuses
from kapacitet.cli.gains import Wishes, gains
from kapacitet.faults import FaultyInput
from kapacitet.insight.store import read_result
from tests.report.world import write_scenario


def run(folder: Path, *, stop: bool = False, wishes: Wishes | None = None, **sections: Any) -> int:
    scenario = write_scenario(folder, **sections)
    return gains(str(scenario), wishes or Wishes(out=folder / "ud"), lambda: stop)


def test_tables_report_and_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path) == statuses.PLAN
    told = capsys.readouterr()
    assert "Hvem vinder ved at gå sammen: Prøve" in told.out and "Forslag til nøgle" in told.out
    folder = tmp_path / "ud"
    names = {path.name for path in folder.iterdir()}
    assert names == {"gains.csv", "groups.csv", "key.csv", "gevinst.md", "result.json", "scenario.json"}
    summary = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    assert summary["kind"] == "gains" and set(summary["files"]) == names
    table = pd.read_csv(folder / "gains.csv", dtype={"municipality": str})
    for name in ("population", "demand", "key"):
        assert table[f"together_{name}"].sum() == pytest.approx(summary["together"])
        assert (table["alone"] - table[f"together_{name}"]).tolist() == pytest.approx(table[f"gain_{name}"].tolist())
    per_head = table["together_population"] / table["population"]
    assert per_head.tolist() == pytest.approx([per_head[0]] * len(table))
    key = pd.read_csv(folder / "key.csv")
    assert key["suggested_share"].sum() == pytest.approx(1.0)
    assert key["population_share"].sum() == pytest.approx(1.0)
    assert read_result(folder).summary["kind"] == "gains"
    assert run(tmp_path) == statuses.PLAN


def test_without_a_folder_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, wishes=Wishes()) == statuses.PLAN
    assert "Kommunerne" in capsys.readouterr().out
    assert not (tmp_path / "ud").exists()


def test_stopped_before_any_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, stop=True) == statuses.NO_PLAN
    told = capsys.readouterr()
    assert told.out == "" and "før der var fundet en plan" in told.err
    assert not (tmp_path / "ud").exists()


def test_what_is_found_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Stopped once the plan of all together is found: the rest is blank, and said to be."""
    asked = iter(range(10**6))
    scenario = write_scenario(tmp_path)
    after = 2
    status = gains(str(scenario), Wishes(out=tmp_path / "ud"), lambda: next(asked) >= after)
    told = capsys.readouterr()
    assert status == statuses.PLAN
    assert "Tiden slap op" in told.out and "nan" not in told.out
    assert json.loads((tmp_path / "ud" / "result.json").read_text(encoding="utf-8"))["status"] == "standset"


def test_contradictory_requirements(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(tmp_path, projects={"forced": ["nyt-12"]}, levers={"construction_overrun": 1.0}) == statuses.CONTRADICTION
    )
    assert "Kravene strider mod hinanden" in capsys.readouterr().err


def test_faulty_groups_write_nothing(tmp_path: Path) -> None:
    groups = tmp_path / "grupper.toml"
    groups.write_text('[groups]\nA = ["9999"]\n', encoding="utf-8")
    with pytest.raises(FaultyInput):
        run(tmp_path, wishes=Wishes(groups=groups, out=tmp_path / "ud"))
    assert not (tmp_path / "ud").exists()
