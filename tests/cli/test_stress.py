"""``kapacitet stress`` from end to end on a small region."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from kapacitet.cli.main import app
from kapacitet.region import export_folder, region_from_tables
from tests.report.world import tables, write_scenario

runner = CliRunner()
FILES = {
    "belaegning.png",
    "stress.json",
    "stress.md",
    "stress_groups.csv",
    "stress_offers.csv",
    "stress_parties.csv",
    "stress_region.csv",
}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the region ``proeve``, a scenario and its result ``plan``."""
    folder = tmp_path_factory.mktemp("prøvet plan")
    scenario = write_scenario(folder, limits={"anlaegsramme": "off"})
    told = runner.invoke(app, ["solve", str(scenario), "--out", str(folder / "plan")])
    assert told.exit_code == 0, told.stderr
    return folder


def stress(folder: Path, *more: str) -> Result:
    return runner.invoke(app, ["stress", str(folder / "plan"), *more])


def test_help_is_danish() -> None:
    told = runner.invoke(app, ["stress", "--help"])
    assert told.exit_code == 0 and "Brug: " in told.stdout and "Prøv en plan på tusinder af fremtider" in told.stdout
    assert not any(word in told.stdout for word in ("Usage", "Options", "required"))


def test_tables_report_and_picture_are_written_and_the_summary_is_printed(solved: Path) -> None:
    out = solved / "stress"
    told = stress(solved, "--futures", "60", "--batch", "25", "--out", str(out))
    assert told.exit_code == 0, told.stderr
    assert "Planen i 60 fremtider: Prøve" in told.stdout and "Hvad ejerne risikerer" in told.stdout
    assert "startværdi 2" in told.stdout and told.stderr.startswith("Tabellerne ligger i")
    assert {path.name for path in out.iterdir()} == FILES
    summary = json.loads((out / "stress.json").read_text(encoding="utf-8"))
    assert (summary["futures"], summary["seed"], summary["illustrative"]) == (60, 2, summary["illustrative"])
    offers = pd.read_csv(out / "stress_offers.csv")
    assert set(offers.loc[offers["new"], "offer"]) <= {"nyt-8", "nyt-12"}
    assert (out / "stress.md").read_text(encoding="utf-8").startswith("# Planen i 60 fremtider: Prøve")
    first = {name: (out / name).read_bytes() for name in FILES if name.endswith(".csv")}
    again = stress(solved, "--futures", "60", "--batch", "60", "--out", str(out))  # over what it wrote itself
    assert again.exit_code == 0, again.stderr
    assert {name: (out / name).read_bytes() for name in first} == first


def test_without_a_folder_it_only_prints(solved: Path) -> None:
    before = sorted(solved.rglob("*"))
    told = stress(solved, "--futures", "5", "--seed", "9")
    assert told.exit_code == 0 and "startværdi 9" in told.stdout and told.stderr == ""
    assert sorted(solved.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--futures", "0"], "--futures: "),
        (["--futures", "mange"], "--futures: "),
        (["--seed", "-1"], "--seed: "),
        (["--batch", "0"], "--batch: "),
        (["--workers", "0"], "--workers: "),
    ],
)
def test_wrong_calls(words: list[str], said: str) -> None:
    told = runner.invoke(app, ["stress", "plan", *words])
    assert told.exit_code == 2 and said in told.stderr


def test_what_is_no_result(solved: Path, tmp_path: Path) -> None:
    told = runner.invoke(app, ["stress", str(tmp_path)])
    assert told.exit_code == 2 and "helt resultat" in told.stderr
    told = stress(solved, "--out", str(solved / "prøve.json"))
    assert told.exit_code == 2 and "er en fil" in told.stderr
    told = stress(solved, "--futures", "5", "--out", str(solved / "plan"))
    assert told.exit_code == 2 and "røres ikke" in told.stderr
    assert not (solved / "plan" / "stress.json").exists()


def test_results_without_a_plan_or_of_an_older_version(solved: Path, tmp_path: Path) -> None:
    shutil.copytree(solved / "plan", tmp_path / "plan")
    shutil.copytree(solved / "proeve", tmp_path / "proeve")
    file = tmp_path / "plan" / "result.json"
    whole = json.loads(file.read_text(encoding="utf-8"))
    columns = {name: those for name, those in whole["columns_by_table"].items() if name != "agreements"}
    file.write_text(json.dumps({**whole, "columns_by_table": columns}), encoding="utf-8")
    told = stress(tmp_path, "--futures", "5")
    assert told.exit_code == 2 and "ældre udgave" in told.stderr and "agreements.csv" in told.stderr
    file.write_text(json.dumps({**whole, "kind": "gains", "columns_by_table": {}}), encoding="utf-8")
    told = stress(tmp_path, "--futures", "5")
    assert told.exit_code == 2 and "ingen plan" in told.stderr


def test_the_region_must_be_found_and_be_the_same(solved: Path, tmp_path: Path) -> None:
    shutil.copytree(solved / "plan", tmp_path / "plan")
    told = stress(tmp_path, "--futures", "5")
    assert told.exit_code == 2 and "set herfra" in told.stderr and "--region" in told.stderr
    told = stress(tmp_path, "--futures", "5", "--region", "nordsjaelland")
    assert told.exit_code == 2 and "nordsjaelland" in told.stderr
    told = stress(tmp_path, "--futures", "5", "--region", str(solved / "proeve"))
    assert told.exit_code == 0, told.stderr
    told = stress(tmp_path, "--futures", "5", "--region", "syddanmark")
    assert told.exit_code == 2 and "en anden region" in told.stderr


def test_changed_data_are_told(solved: Path, tmp_path: Path) -> None:
    newer = tables()
    newer["purchase_prices"] = [{**row, "price": 4.1e6} for row in newer["purchase_prices"]]
    export_folder(
        region_from_tables("proeve", 2026, newer, source="prøve", evidence="illustrativ"), tmp_path / "proeve"
    )
    told = stress(solved, "--futures", "5", "--region", str(tmp_path / "proeve"))
    assert told.exit_code == 0, told.stderr
    assert "er ændret, siden planen blev lagt" in told.stderr
