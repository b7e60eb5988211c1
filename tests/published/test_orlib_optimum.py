"""Problems of the OR-Library's format against every choice of sites: the region costs what the problem costs."""

from __future__ import annotations

import json
import math
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kapacitet.cli.main import app
from kapacitet.planning.optimise import optimise
from kapacitet.planning.problem import build_problem
from kapacitet.region import load_region
from kapacitet.scenario.files import load_scenario

from .problems import SMALL, Problem

runner = CliRunner()


def write(problem: Problem, folder: Path, *more: str, word: bool = False) -> Path:
    """The scenario of the problem, made by the command from a file."""
    file = folder / "opgave.txt"
    file.write_text(problem.text(word=word), encoding="utf-8")
    told = runner.invoke(app, ["orlib", str(file), "--out", str(folder / "opgave"), *more])
    assert told.exit_code == 0, told.stderr
    return folder / "opgave" / "scenario.toml"


def test_a_small_problem_through_the_commands(tmp_path: Path) -> None:
    assert SMALL.optimum() == pytest.approx(224.0)
    scenario = write(SMALL, tmp_path)
    told = runner.invoke(app, ["solve", str(scenario), "--out", str(tmp_path / "plan")])
    assert told.exit_code == 0, told.stderr
    answer = json.loads((tmp_path / "plan" / "result.json").read_text(encoding="utf-8"))
    assert answer["objective"] == pytest.approx(224.0, abs=1e-6)
    assert answer["bound"] == pytest.approx(224.0, abs=1e-6)
    again = runner.invoke(app, ["orlib", str(tmp_path / "opgave.txt"), "--out", str(scenario.parent)])
    assert again.exit_code == 0, again.stderr


def test_a_capacity_given_on_the_command_line(tmp_path: Path) -> None:
    problem = Problem((8, 8, 8), SMALL.fixed, SMALL.demand, SMALL.cost)
    scenario = write(problem, tmp_path, "--capacity", "8", word=True)
    found = optimise(build_problem(load_region(scenario.parent), load_scenario(scenario)))
    assert found.solved.objective == pytest.approx(problem.optimum(), abs=1e-6)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Up to five sites and six customers; small numbers, so that optima tie and capacities are just enough."""
    m, n = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    demand = draw(st.lists(st.sampled_from((0, 1, 2, 3, 7, 0.5, 2.25)), min_size=n, max_size=n).filter(any))
    capacity = draw(st.lists(st.integers(1, 12), min_size=m, max_size=m))
    lacking = math.ceil(sum(demand) - sum(capacity))
    capacity[-1] += max(lacking, 0)
    scale = draw(st.sampled_from((1, 1, 1000)))
    fixed = [scale * draw(st.integers(0, 30)) for _ in range(m)]
    cost = [[scale * draw(st.integers(0, 20)) / 8 if need else 0 for _ in range(m)] for need in demand]
    return Problem(capacity, fixed, demand, cost)


@settings(derandomize=True, deadline=None, max_examples=40, database=None)
@given(problems(), st.sampled_from(("benders", "extensive")))
def test_random_problems(problem: Problem, method: str) -> None:
    with TemporaryDirectory() as folder:
        scenario = write(problem, Path(folder))
        built = build_problem(load_region(scenario.parent), load_scenario(scenario))
    found = optimise(built, method=method)  # type: ignore[arg-type]
    assert found.solved.objective == pytest.approx(problem.optimum(), rel=1e-7, abs=1e-6)
    assert found.outcome is not None and found.outcome.years[0][0].unmet.sum() == pytest.approx(0.0, abs=1e-7)
