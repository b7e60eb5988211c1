"""cap41 of the OR-Library has the optimum 1 040 444.375; the commands find it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kapacitet.cli.main import app

OPTIMUM = 1_040_444.375
TOLERANCE = 1e-7  # of the solver: a bound may be so much too low
PRECISION = 1e-3
VARIABLE = "KAPACITET_ORLIB"
"""Folder with the OR-Library's files, if they don't lie beside the repository."""

runner = CliRunner()


def cap41() -> Path:
    """The published file, which is not part of the project."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "reference" / "orlib"
    path = Path(os.environ.get(VARIABLE, beside)) / "cap41.txt"
    if not path.is_file():
        missing = f"cap41.txt is missing: set {VARIABLE} to a folder with the OR-Library's file"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return path


def test_cap41_through_the_commands(tmp_path: Path) -> None:
    folder, out = tmp_path / "cap41", tmp_path / "plan"
    written = runner.invoke(app, ["orlib", str(cap41()), "--out", str(folder)])
    assert written.exit_code == 0, written.stderr
    assert "16 steder og 50 kunder" in written.stdout
    solved = runner.invoke(app, ["solve", str(folder / "scenario.toml"), "--out", str(out)])
    assert solved.exit_code == 0, solved.stderr
    answer = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert answer["status"] == "optimal"
    assert answer["objective"] == pytest.approx(OPTIMUM, abs=PRECISION)
    assert OPTIMUM * (1 - TOLERANCE) <= answer["bound"] <= OPTIMUM + PRECISION


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_file_never_passes(
    ci: str, outcome: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match=r"cap41\.txt is missing"):
        cap41()
