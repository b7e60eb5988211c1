"""``kapacitet roll`` from end to end on a small region."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kapacitet.cli.main import app
from kapacitet.region import export_folder, region_from_tables
from kapacitet.scenario.files import load_scenario
from tests.report.world import tables, write_scenario

runner = CliRunner()


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the region ``proeve``, a scenario and its result ``plan``."""
    folder = tmp_path_factory.mktemp("sidste år")
    scenario = write_scenario(folder, limits={"anlaegsramme": "off"})  # so that no loan is needed
    told = runner.invoke(app, ["solve", str(scenario), "--out", str(folder / "plan")])
    assert told.exit_code == 0, told.stderr
    return folder


def roll(folder: Path, *more: str, out: str = "i_aar.toml") -> Result:
    return runner.invoke(app, ["roll", str(folder / "plan"), "--out", str(folder / out), *more])


def test_help_is_danish() -> None:
    told = runner.invoke(app, ["roll", "--help"])
    assert told.exit_code == 0 and "Brug: " in told.stdout and "Før sidste års plan videre" in told.stdout
    assert not any(word in told.stdout for word in ("Usage", "Options", "required"))


def test_the_scenario_can_be_solved_and_rolled_on_again(solved: Path) -> None:
    told = roll(solved, "--last", "2030", "--price", "1000000", "--drop", "nyt", out="uden.toml")
    assert told.exit_code == 0, told.stderr
    assert "Scenariet er skrevet i" in told.stdout and "nyt føres ikke videre." in told.stdout
    assert load_scenario(solved / "uden.toml").projects.change_price == 1e6
    told = roll(solved, "--last", "2030")
    assert told.exit_code == 0, told.stderr
    assert "Besluttet, da byggeriet er begyndt eller var besluttet: nyt-12 (2026)." in told.stdout
    assert "1 advarsel" in told.stderr and "2026-01-01" in told.stderr
    again = runner.invoke(app, ["solve", str(solved / "i_aar.toml"), "--out", str(solved / "plan2")])
    assert again.exit_code == 0, again.stderr
    assert "(allerede besluttet)" in again.stdout
    words = ["roll", str(solved / "plan2"), "--out", str(solved / "to_aar.json"), "--last", "2030"]
    assert runner.invoke(app, words).exit_code == 0
    assert (
        load_scenario(solved / "to_aar.json").projects.committed
        == load_scenario(solved / "i_aar.toml").projects.committed
    )
    changes = runner.invoke(app, ["diff", str(solved / "prøve.json"), str(solved / "i_aar.toml")])
    assert "Allerede besluttet: tilføjet nyt-12 2026." in changes.stdout


def test_new_data_elsewhere_is_named_from_the_scenarios_folder(solved: Path, tmp_path: Path) -> None:
    newer = tables()
    newer["residents"] = [{**row, "as_of": "2026-12-31"} for row in newer["residents"]]
    newer["loan_pools"] = []
    export_folder(
        region_from_tables("nyere", 2026, newer, source="prøve", evidence="illustrativ"), tmp_path / "nyere"
    )
    (tmp_path / "planer").mkdir()
    out = tmp_path / "planer" / "i_aar.toml"
    words = ["roll", str(solved / "plan"), "--out", str(out), "--last", "2030", "--region", str(tmp_path / "nyere")]
    told = runner.invoke(app, words)
    assert told.exit_code == 0, told.stderr
    assert load_scenario(out).region == "../nyere"
    assert told.stderr == ""


def test_faults_are_told_together_and_nothing_is_written(solved: Path, tmp_path: Path) -> None:
    told = roll(solved, "--drop", "nix", out="fejl.toml")
    assert told.exit_code == 2 and "2 fejl" in told.stderr
    assert "Behovet mangler for 2031" in told.stderr and "--last 2030" in told.stderr and "«nix»" in told.stderr
    assert not (solved / "fejl.toml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "x.txt"], "--out: Filen skal ende på .toml eller .json."),
        (["--out", "x.toml", "--first", "næste"], "--first: "),
        (["--out", "x.toml", "--price", "1,5"], "--price: Skriv et tal med punktum som decimaltegn."),
        ([], "--out mangler."),
    ],
)
def test_wrong_calls(words: list[str], said: str) -> None:
    told = runner.invoke(app, ["roll", "plan", *words])
    assert told.exit_code == 2 and said in told.stderr


def test_what_is_not_there(solved: Path, tmp_path: Path) -> None:
    told = runner.invoke(app, ["roll", str(tmp_path / "intet"), "--out", str(tmp_path / "s.toml")])
    assert told.exit_code == 2 and "helt resultat" in told.stderr
    told = roll(solved, "--region", "nordsjaelland", out="x.toml")
    assert told.exit_code == 2 and "--region" in told.stderr and "nordsjaelland" in told.stderr
    told = runner.invoke(app, ["roll", str(solved / "plan"), "--out", str(tmp_path / "s.toml")])
    assert told.exit_code == 2 and "set fra scenariets mappe" in told.stderr
    (tmp_path / "s.toml").write_text("", encoding="utf-8")
    told = runner.invoke(app, ["roll", str(solved / "plan"), "--out", str(tmp_path / "s.toml")])
    assert told.exit_code == 2 and "Filen findes allerede." in told.stderr


def test_another_region_by_the_same_path_is_refused(solved: Path, tmp_path: Path) -> None:
    export_folder(
        region_from_tables("anden", 2026, tables(), source="x", evidence="illustrativ"), tmp_path / "proeve"
    )
    told = runner.invoke(app, ["roll", str(solved / "plan"), "--out", str(tmp_path / "s.toml"), "--last", "2030"])
    assert told.exit_code == 2 and "«anden»" in told.stderr and "«proeve»" in told.stderr
