"""``kapacitet sweep`` from end to end on a small region."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from kapacitet.cli.main import app
from kapacitet.scenario.files import load_scenario
from tests.report.world import write_scenario

runner = CliRunner()
OVER = ("--over", "demand.projection=central,high", "--over", "levers.takst_reduction=0,0.02")


def sweep(folder: Path, *more: str) -> Result:
    return runner.invoke(app, ["sweep", str(folder / "prøve.json"), "--out", str(folder / "ud"), *more])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("gitter")
    write_scenario(made, limits={"anlaegsramme": "off"})
    told = sweep(made, *OVER)
    assert told.exit_code == 0, told.stderr
    assert "4 af 4 punkter har en plan" in told.stdout
    return made


def test_everything_is_written(folder: Path) -> None:
    assert {path.name for path in (folder / "ud").iterdir()} == {
        "sweep.csv",
        "sweep.json",
        "sweep.md",
        "sweep.png",
        "punkter",
    }
    table = pd.read_csv(folder / "ud" / "sweep.csv")
    assert list(table["demand.projection"]) == ["central", "central", "high", "high"]
    assert (table["objective"] > 0).all()
    assert load_scenario(folder / "ud" / "punkter" / "0004.toml").levers.takst_reduction == 0.02


def test_a_second_run_writes_the_same_and_solves_nothing(folder: Path) -> None:
    before = (folder / "ud" / "sweep.csv").read_bytes()
    stamps = {path: path.stat().st_mtime_ns for path in (folder / "ud" / "punkter").glob("*.json")}
    assert sweep(folder, *OVER).exit_code == 0
    assert (folder / "ud" / "sweep.csv").read_bytes() == before
    assert {path: path.stat().st_mtime_ns for path in (folder / "ud" / "punkter").glob("*.json")} == stamps


def test_an_interrupted_run_goes_on(folder: Path) -> None:
    before = pd.read_csv(folder / "ud" / "sweep.csv")
    sorted((folder / "ud" / "punkter").glob("*.json"))[0].unlink()
    assert sweep(folder, *OVER).exit_code == 0
    after = pd.read_csv(folder / "ud" / "sweep.csv")
    pd.testing.assert_frame_equal(before.drop(columns="seconds"), after.drop(columns="seconds"))


def test_faults_are_told_before_anything_is_solved(folder: Path, tmp_path: Path) -> None:
    scenario, out = str(folder / "prøve.json"), tmp_path / "ny"
    told = runner.invoke(app, ["sweep", scenario, "--out", str(out), "--over", "levers.takst_reduction=0,2"])
    assert told.exit_code == 2
    assert "levers.takst_reduction" in told.stderr
    assert not out.exists()


def test_other_peoples_folders_are_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "vigtigt.txt").write_text("!", encoding="utf-8")
    told = runner.invoke(app, ["sweep", str(folder / "prøve.json"), "--out", str(tmp_path), *OVER])
    assert told.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["vigtigt.txt"]
