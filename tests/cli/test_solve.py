"""``kapacitet solve`` from end to end on a small region."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kapacitet.cli.main import app
from kapacitet.insight.store import read_result
from tests.report.world import assert_selfcontained, write_scenario

runner = CliRunner()


def solve(folder: Path, *more: str, out: str = "plan", **sections: Any) -> Result:
    scenario = write_scenario(folder, **sections)
    return runner.invoke(app, ["solve", str(scenario), "--out", str(folder / out), *more])


def test_a_plan(tmp_path: Path) -> None:
    told = solve(tmp_path, "--write-model", str(tmp_path / "model.lp"), "--gap", "0.02", "--time-limit", "60")
    assert told.exit_code == 0, told.stderr
    assert "- 2026: Vejle bygger 12 pladser til autisme, §108" in told.stdout
    assert "Resultatet ligger i " in told.stderr
    result = read_result(tmp_path / "plan")
    assert result.summary["status"] == "optimal"
    assert (result.scenario.solver.gap, result.scenario.solver.time_limit) == (0.02, 60.0)
    names = {path.name for path in (tmp_path / "plan").iterdir()}
    assert names == {*result.summary["files"]}
    assert {
        "result.json",
        "scenario.json",
        "plan.md",
        "kort.png",
        "kort.html",
        "builds.csv",
        "behov.png",
        "ordninger.png",
    } <= names
    assert_selfcontained((tmp_path / "plan" / "kort.html").read_text(encoding="utf-8"))
    assert "Minimize" in (tmp_path / "model.lp").read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"plan", "model.lp", "proeve", "prøve.json"}
    again = runner.invoke(app, ["compare", str(tmp_path / "plan"), str(tmp_path / "plan")])
    assert again.exit_code == 0 and "Nyt hus (i alle)" in again.stdout
    assert solve(tmp_path).exit_code == 0


def test_faulty_input_writes_nothing(tmp_path: Path) -> None:
    scenario = tmp_path / "fejl.toml"
    scenario.write_text('name = "x"\nregion = "syddanmark"\nprojektion = 1\n[horizon]\nfirst = "i dag"\n')
    told = runner.invoke(app, ["solve", str(scenario), "--out", str(tmp_path / "a" / "plan")])
    assert told.exit_code == 2
    assert "2 fejl" in told.stderr and "projektion" in told.stderr and "horizon.first" in told.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"fejl.toml"}


def test_contradictory_requirements_are_named(tmp_path: Path) -> None:
    told = solve(tmp_path, projects={"forced": ["nyt-12"]}, levers={"construction_overrun": 1.0})
    assert told.exit_code == 3
    assert "Kravene strider mod hinanden" in told.stderr and "anlægsramme" in told.stderr
    assert not (tmp_path / "plan").exists()


def test_parties_that_cannot_agree_are_named(tmp_path: Path) -> None:
    told = solve(
        tmp_path,
        projects={"forced": ["nyt-12"]},
        acceptance={"enforce": True, "expected_limit": 0.0, "risk_limit": 0.0},
        underskud={"allowed": ["standard"]},
    )
    assert told.exit_code == 3
    assert "Parterne kan ikke blive enige" in told.stderr and "- Vejle tør ikke bygge" in told.stderr
    assert "underskud.allowed" in told.stderr and not (tmp_path / "plan").exists()


def test_a_result_without_who_pays_is_too_old_to_compare(tmp_path: Path) -> None:
    assert solve(tmp_path).exit_code == 0
    marker = tmp_path / "plan" / "result.json"
    told = json.loads(marker.read_text(encoding="utf-8"))
    del told["columns_by_table"]["schemes"]
    marker.write_text(json.dumps(told), encoding="utf-8")
    refused = runner.invoke(app, ["compare", str(tmp_path / "plan")])
    assert refused.exit_code == 2
    assert "ældre udgave" in refused.stderr and "schemes.csv" in refused.stderr


def test_a_solver_that_is_not_installed(tmp_path: Path) -> None:
    told = solve(tmp_path, solver={"name": "findesikke"})
    assert told.exit_code == 2
    assert "Løseren findesikke er ikke installeret." in told.stderr


def test_a_full_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "brev.txt").write_text("x")
    refused = solve(tmp_path)
    assert refused.exit_code == 2 and "overskrives ikke" in refused.stderr
    assert {path.name for path in (tmp_path / "plan").iterdir()} == {"brev.txt"}


def test_a_plan_that_cannot_be_written_is_still_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kapacitet.cli.solve.write_tables", full)
    told = solve(tmp_path)
    assert told.exit_code == 1
    assert "Vejle bygger 12 pladser" in told.stdout and "Disken er fuld." in told.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"proeve", "prøve.json"}


def test_comparison_as_files(tmp_path: Path) -> None:
    assert solve(tmp_path).exit_code == 0
    for name in ("a.csv", "a.md"):
        told = runner.invoke(app, ["compare", str(tmp_path / "plan"), "--out", str(tmp_path / name)])
        assert told.exit_code == 0 and name in told.stdout
    assert (tmp_path / "a.csv").read_text(encoding="utf-8").startswith("del,emne,Prøve\n")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# Sammenligning\n")
    nowhere = runner.invoke(app, ["compare", str(tmp_path / "plan"), "--out", str(tmp_path / "x" / "a.csv")])
    assert nowhere.exit_code == 1 and "findes ikke" in nowhere.stderr
    none = runner.invoke(app, ["compare", str(tmp_path), str(tmp_path / "plan"), str(tmp_path / "x")])
    assert none.exit_code == 2 and "2 fejl" in none.stderr


def test_validate_and_export(tmp_path: Path) -> None:
    write_scenario(tmp_path)
    book, copy = tmp_path / "region.xlsx", tmp_path / "kopi"
    told = runner.invoke(
        app, ["validate", str(tmp_path / "proeve"), "--export-workbook", str(book), "--export-folder", str(copy)]
    )
    assert told.exit_code == 0, told.stderr
    assert "Prøveregion kan bruges: 3 kommuner, 1 målgrupper, 2 tilbud, 2 kandidater." in told.stdout
    assert runner.invoke(app, ["validate", str(book)]).exit_code == 0
    assert json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))["name"] == "proeve"
    (copy / "offers.csv").write_text("id\n", encoding="utf-8")
    spoilt = runner.invoke(app, ["validate", str(copy)])
    assert spoilt.exit_code == 2 and "fejl i kopi" in spoilt.stderr
