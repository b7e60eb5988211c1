"""How commands are called: Danish help and errors, and exit status 2 for what can't be read."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kapacitet.cli.main import app

runner = CliRunner()


def test_help_is_danish() -> None:
    for words in ([], ["solve"], ["validate"], ["compare"], ["diff"], ["presets"], ["schema"]):
        told = runner.invoke(app, [*words, "--help"])
        assert told.exit_code == 0
        assert "Brug: " in told.stdout and "Vis denne hjælp." in told.stdout
        assert not any(word in told.stdout for word in ("Usage", "Options", "Show this", "required"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["solv"], "Kommandoen «solv» findes ikke. Mente du «solve»?"),
        (["solve", "basis"], "--out mangler."),
        (["solve", "--out", "x"], "SCENARIE mangler."),
        (["solve", "basis", "--ot", "x"], "Tilvalget --ot findes ikke. Mente du --out?"),
        (["solve", "basis", "--out", "x", "--gap", "0,1"], "--gap: Skriv et tal med punktum som decimaltegn."),
        (["solve", "basis", "--out", "x", "--gap", "nan"], "--gap: Skriv en andel fra 0 til 1"),
        (["solve", "basis", "--out", "x", "--time-limit", "0"], "--time-limit: Skriv et antal sekunder over 0"),
        (
            ["solve", "basis", "--out", "x", "--write-model", "m.txt"],
            "--write-model: Filen skal ende på .lp eller .mps.",
        ),
        (["compare", "a", "--out", "b.xlsx"], "--out: Filen skal ende på .csv eller .md."),
        (["compare"], "RESULTAT... mangler."),
        (["stress", "plan", "--futures", "0"], "--futures: Skriv mindst 1."),
        (["sweep", "basis", "--over", "a=1", "--out", "x", "--workers", "300"], "--workers: Skriv højst 256."),
    ],
)
def test_wrong_calls(words: list[str], said: str) -> None:
    told = runner.invoke(app, words)
    assert told.exit_code == 2
    assert said in told.stderr
    assert "--help" in told.stderr


def test_no_command_shows_the_help() -> None:
    told = runner.invoke(app, [])
    assert told.exit_code == 2
    assert "Brug: " in told.stdout and told.stderr == ""


def test_schema_is_json_on_standard_output() -> None:
    told = runner.invoke(app, ["schema"])
    assert told.exit_code == 0
    assert told.stdout.startswith("{") and '"$schema"' in told.stdout and told.stderr == ""


def test_presets_and_diff() -> None:
    listed = runner.invoke(app, ["presets"])
    assert listed.exit_code == 0 and "basis" in listed.stdout and "Høj vækst" in listed.stdout
    changed = runner.invoke(app, ["diff", "basis", "hoej_vaekst"])
    assert changed.exit_code == 0 and "- Fremskrivning: fra central til høj." in changed.stdout
    assert "Scenarierne er ens." in runner.invoke(app, ["diff", "basis", "basis"]).stdout


@pytest.mark.parametrize(
    "words", [["presets", "--region", "nordsjaelland"], ["diff", "basis", "x.toml"], ["diff", "bas", "basis"]]
)
def test_what_is_not_there(words: list[str]) -> None:
    told = runner.invoke(app, words)
    assert told.exit_code == 2
    assert "1 fejl" in told.stderr
