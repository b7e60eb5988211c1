"""``kapacitet pareto`` from end to end on a small region."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from kapacitet.cli.main import app
from tests.report.world import write_scenario

runner = CliRunner()


def pareto(folder: Path, out: Path, *more: str) -> Result:
    return runner.invoke(app, ["pareto", str(folder / "prøve.json"), "--out", str(out), "--points", "4", *more])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where need is low building costs more than buying, and fewer are bought for if one builds."""
    made = tmp_path_factory.mktemp("front")
    write_scenario(made, limits={"anlaegsramme": "off"}, demand={"projection": "low"}, solver={"gap": 1e-6})
    return made


def test_a_front_is_told_and_written(folder: Path) -> None:
    told = pareto(folder, folder / "ud", "--goals", "cost,private")
    assert told.exit_code == 0, told.stderr
    assert "mere om året falder andelen af private pladser fra" in told.stdout
    names = {path.name for path in (folder / "ud").iterdir()}
    assert names == {"pareto.csv", "plans.csv", "pareto.json", "pareto.md", "pareto.png"}
    table, plans = pd.read_csv(folder / "ud" / "pareto.csv"), pd.read_csv(folder / "ud" / "plans.csv")
    assert len(table) > 1
    assert table["cost"].is_monotonic_increasing
    assert table["private"].is_monotonic_decreasing
    assert (table["bound"] <= table["cost"]).all()
    assert list(table["plan"]) == [name for name in plans.columns if name.startswith("plan-")]
    assert json.loads((folder / "ud" / "pareto.json").read_text(encoding="utf-8"))["goals"] == ["private"]


def test_faulty_goals_are_told(folder: Path, tmp_path: Path) -> None:
    told = pareto(folder, tmp_path / "ny", "--goals", "cost,privat")
    assert told.exit_code == 2
    assert "private" in told.stderr
    assert not (tmp_path / "ny").exists()


def test_a_contradiction_is_told(tmp_path: Path) -> None:
    write_scenario(tmp_path, projects={"forced": ["nyt-12"]}, levers={"construction_overrun": 1.0})
    told = pareto(tmp_path, tmp_path / "ny")
    assert told.exit_code == 3
