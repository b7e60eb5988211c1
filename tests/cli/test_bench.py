"""``kapacitet bench``, and that every phase of a benchmark runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.phases import PHASES, RUNS, Measure, measure
from benchmarks.registry import CASES, Case
from benchmarks.report import preface, section
from kapacitet.cli import bench
from kapacitet.cli.main import app
from kapacitet.region.orlib import parse_orlib
from kapacitet.region.orlib_region import orlib_region, orlib_scenario
from kapacitet.scenario.models import Scenario
from tests.published.problems import SMALL

runner = CliRunner()


def test_an_unknown_case_is_told() -> None:
    told = runner.invoke(app, ["bench", "bais"])
    assert told.exit_code == 2
    assert "Målingen kendes ikke." in told.stderr and f"Vælg en af {', '.join(CASES)}" in told.stderr


def test_without_the_source_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "ROOT", tmp_path)
    told = runner.invoke(app, ["bench"])
    assert told.exit_code == 2 and "følger kun med kildekoden" in told.stderr


def test_every_phase_measures_a_small_case(tmp_path: Path) -> None:
    problem = parse_orlib(SMALL.text(), "lille")
    scenario = Scenario.model_validate(orlib_scenario(problem, "lille"))
    case = Case("lille", lambda: orlib_region(problem), lambda: scenario, "three sites")
    by: dict[str, Measure] = {phase: measure(case, phase, 20.0, tmp_path) for phase in PHASES}
    assert all(one.runs in (1, RUNS) and one.peak > 0 for one in by.values())  # a long one, or a slow machine: once
    for phase in ("solve Benders", "solve extensive", "solve extensive, plain"):
        assert by[phase].objective == pytest.approx(SMALL.optimum()) and by[phase].ending == "optimal"
    relaxed = (by["relax"].bound, by["relax, plain"].bound)
    assert relaxed[0] is not None and relaxed[1] is not None
    assert relaxed[1] <= relaxed[0] + 1e-6 <= SMALL.optimum() + 2e-6
    told = section(case, list(by.values()), 20.0)
    assert told.count("gap reached") == 4 and "not" not in told.split("gap wanted")[1].split("| phase")[0]
    assert "cores" in preface("x") and "highspy" in preface("x")
