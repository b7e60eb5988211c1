"""``kapacitet explain`` from end to end on a small region."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from kapacitet.cli.main import app
from tests.report.world import write_scenario

runner = CliRunner()


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the region ``proeve``, a scenario and its result ``plan``."""
    folder = tmp_path_factory.mktemp("forklaret plan")
    scenario = write_scenario(folder, limits={"anlaegsramme": "off"})
    told = runner.invoke(app, ["solve", str(scenario), "--out", str(folder / "plan")])
    assert told.exit_code == 0, told.stderr
    return folder


def explain(folder: Path, *more: str) -> Result:
    return runner.invoke(app, ["explain", str(folder / "plan"), *more])


def test_help_is_danish() -> None:
    told = runner.invoke(app, ["explain", "--help"])
    assert told.exit_code == 0 and "Brug: " in told.stdout and "Forklar en plan" in told.stdout
    assert not any(word in told.stdout for word in ("Usage", "Options", "required"))


def test_without_wishes_all_that_can_be_is_explained(solved: Path) -> None:
    out = solved / "hvorfor"
    told = explain(solved, "--out", str(out))
    assert told.exit_code == 0, told.stderr
    assert "Hvorfor planen ser sådan ud: Prøve" in told.stdout
    assert "Hvad planens projekter er værd" in told.stdout and "Et år senere" in told.stdout
    assert "1/" in told.stderr  # one line for each search
    assert {path.name for path in out.iterdir()} == {
        "reasons.json",
        "reasons.md",
        "reasons_delay.csv",
        "reasons_limits.csv",
        "reasons_near.csv",
        "reasons_plans.csv",
        "reasons_projects.csv",
    }  # it has no base, and one future
    summary = json.loads((out / "reasons.json").read_text(encoding="utf-8"))
    assert summary["objective"] >= summary["bound"] and summary["not_begun"] == 0
    projects = pd.read_csv(out / "reasons_projects.csv")
    assert set(projects.loc[projects["in_plan"], "question"]) == {"uden"}
    before = {path.name: path.read_bytes() for path in out.glob("*.csv")}
    again = explain(solved, "--all", "--workers", "2", "--out", str(out))  # over what it wrote itself
    assert again.exit_code == 0, again.stderr
    assert {path.name: path.read_bytes() for path in out.glob("*.csv")} == before


def test_levers_against_a_base_sum_to_the_whole_change(solved: Path) -> None:
    base = solved / "grund.json"
    document = json.loads((solved / "plan" / "scenario.json").read_text(encoding="utf-8"))
    document["costs"]["discount_rate"], document["costs"]["unmet_penalty"] = 0.08, 9e6
    document["region"] = str(solved / "proeve") if (solved / "proeve").exists() else document["region"]
    base.write_text(json.dumps({key: value for key, value in document.items() if key != "base"}), encoding="utf-8")
    out = solved / "haandtag"
    told = explain(solved, "--levers", "--base", str(base), "--out", str(out))
    assert told.exit_code == 0, told.stderr
    table = pd.read_csv(out / "reasons_levers.csv")
    assert table["lever"].tolist() == ["costs.discount_rate", "costs.unmet_penalty"]
    assert table["forward"].sum() == pytest.approx(table["backward"].sum())
    assert "Hvad hvert håndtag gør" in told.stdout and "I alt" in told.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--near", "2"], "--near: "),
        (["--workers", "0"], "--workers: "),
        (["--levers"], "--base"),
        (["--futures"], "futures.count"),
        (["--project", "findes-ikke"], "findes-ikke"),
        (["--region", "ingen-mappe"], "--region"),
    ],
)
def test_what_cant_be_answered_is_a_fault(solved: Path, words: list[str], said: str) -> None:
    told = explain(solved, *words)
    assert told.exit_code == 2 and said in told.stderr and "Traceback" not in told.stderr


def test_foreign_folders_are_left_alone(solved: Path) -> None:
    foreign = solved / "fremmed"
    foreign.mkdir()
    (foreign / "noter.txt").write_text("mine", encoding="utf-8")
    told = explain(solved, "--delay", "--out", str(foreign))
    assert told.exit_code == 2 and "kapacitet explain" in told.stderr
    assert [path.name for path in foreign.iterdir()] == ["noter.txt"]


def test_without_a_result_it_says_so(tmp_path: Path) -> None:
    told = runner.invoke(app, ["explain", str(tmp_path)])
    assert told.exit_code == 2 and "indeholder ikke et helt resultat" in told.stderr
