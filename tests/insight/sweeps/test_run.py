"""Sweeps of a small region: the same as each scenario alone, in parallel, and where they went on."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.insight.sweeps.answers import PointAnswer, as_text, kept
from kapacitet.insight.sweeps.axes import read_axes
from kapacitet.insight.sweeps.grid import GridPoint, build_grid
from kapacitet.insight.sweeps.run import Sweep, sweep
from kapacitet.scenario.models import Scenario
from tests.report.world import region, scenario

TEXTS = ["demand.projection=central,high", "levers.takst_reduction=0,0.02,0.0"]
"""The last value makes the same problem as the first."""


def asked() -> Scenario:
    return scenario(limits={"anlaegsramme": "off"}, solver={"gap": 1e-9})


def swept(workers: int = 1, known: dict[str, PointAnswer] | None = None) -> tuple[Sweep, list[GridPoint]]:
    axes, told = read_axes(TEXTS), []
    points = build_grid(region(), asked(), axes)
    return sweep(region(), axes, points, known or {}, workers=workers, told=lambda p, a: told.append(p)), told


@pytest.fixture(scope="module")
def whole() -> tuple[Sweep, list[GridPoint]]:
    return swept()


def timeless(found: Sweep) -> pd.DataFrame:
    return found.table().drop(columns="seconds")


def test_a_point_is_its_scenario_solved_alone(whole: tuple[Sweep, list[GridPoint]]) -> None:
    found = whole[0]
    for point, answer in zip(found.points, found.answers, strict=True):
        alone = run(region(), point.scenario)
        assert isinstance(alone, Result)
        assert answer.figures["objective"] == pytest.approx(alone.summary["objective"], rel=1e-7)
        for column, key in (
            ("private_share", "privat_andel"),
            ("new_places", "nye_pladser"),
            ("unmet", "udaekket_helaarspladser"),
        ):
            assert answer.figures[column] == pytest.approx(alone.summary["kpis"][key], abs=1e-9)
        assert answer.figures["places_autisme"] == alone.summary["kpis"]["nye_pladser"]
        answers = alone.tables["acceptance"]
        participants = answers[answers["role"] == "deltager"]
        room = participants["limit"] - point.scenario.acceptance.tolerance
        assert answer.figures["largest_burden"] == pytest.approx((participants["stated"] - room).max(), abs=1e-3)


def test_equal_problems_are_solved_once(whole: tuple[Sweep, list[GridPoint]]) -> None:
    found, told = whole
    assert len(found.points) == 6
    assert len(told) == 4
    assert found.answers[0] == found.answers[2]


def test_several_processes_find_the_same(whole: tuple[Sweep, list[GridPoint]]) -> None:
    pd.testing.assert_frame_equal(timeless(whole[0]), timeless(swept(workers=2)[0]))


def test_what_is_known_is_not_solved_again(whole: tuple[Sweep, list[GridPoint]], tmp_path: Path) -> None:
    found = whole[0]
    for i in (0, 1, 3):
        text = as_text(found.points[i].identity, found.answers[i])
        (tmp_path / f"{i}.json").write_text(text, encoding="utf-8")
    (tmp_path / "halv.json").write_text('{"identity": "x"', encoding="utf-8")
    resumed, told = swept(known=kept(tmp_path))
    assert len(told) == 1
    pd.testing.assert_frame_equal(timeless(found), timeless(resumed))


def test_a_contradiction_and_a_failure_are_rows() -> None:
    dear = scenario(levers={"construction_overrun": 1.0})
    axes = read_axes(['projects.forced=["nyt-12"],[]', "solver.name=highs,gurobi"])
    found = sweep(region(), axes, build_grid(region(), dear, axes), {})
    rows = found.table()
    assert list(rows["status"]) == ["modstridende krav", "fejl", "optimal", "fejl"]
    assert rows["objective"].notna().tolist() == [False, False, True, False]
    assert rows["message"].str.len().gt(0).tolist() == [True, True, False, True]


def test_stopped_sweeps_say_what_is_missing() -> None:
    axes = read_axes(TEXTS)
    points = build_grid(region(), asked(), axes)
    found = sweep(region(), axes, points, {}, stop=lambda: True)
    assert not found.complete
    assert set(found.table()["status"]) == {"ikke regnet"}
