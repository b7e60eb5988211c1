"""Axes and the grid: what is read, what is refused, and in what order points are solved."""

from __future__ import annotations

import pytest

from kapacitet.faults import FaultyInput
from kapacitet.insight.sweeps.axes import Axis, read_axes
from kapacitet.insight.sweeps.grid import build_grid
from tests.report.world import region, scenario


def test_values_are_read_as_toml_and_else_as_text() -> None:
    texts = [
        "levers.takst_reduction=0, 0.01,0.02",
        "demand.projection=low,central",
        'projects.only_owner_types=["kommune"],["region", "kommune"]',
        "limits.closures=true,false",
    ]
    assert [axis.values for axis in read_axes(texts)] == [
        (0, 0.01, 0.02),
        ("low", "central"),
        (["kommune"], ["region", "kommune"]),
        (True, False),
    ]


def test_every_fault_of_the_axes_is_told_at_once() -> None:
    texts = [
        "demand.projektion=low",
        "a",
        "levers.progression=",
        "horizon.first=2026",
        "horizon.first=2027",
        "name=x",
    ]
    with pytest.raises(FaultyInput) as told:
        read_axes(texts)
    assert [fault.value for fault in told.value.faults] == [
        "demand.projektion",
        "a",
        "levers.progression=",
        "horizon.first",
        "name",
    ]
    assert "demand.projection" in told.value.faults[0].mend


def test_every_fault_of_the_values_is_told_once() -> None:
    axes = read_axes(["levers.takst_reduction=0,2,x", "demand.projection=low,lav", "costs.discount_rate=0.03,0.04"])
    with pytest.raises(FaultyInput) as told:
        build_grid(region(), scenario(), axes)
    wrong = [(fault.column, fault.value) for fault in told.value.faults]
    assert sorted(wrong, key=str) == [
        ("demand.projection", "lav"),
        ("levers.takst_reduction", "2"),
        ("levers.takst_reduction", "x"),
    ]


def test_values_that_do_not_fit_the_region_are_faults() -> None:
    with pytest.raises(FaultyInput, match="findesikke"):
        build_grid(region(), scenario(), read_axes(['projects.forbidden=[],["findesikke"]']))


def test_too_large_a_grid_is_refused_before_it_is_made() -> None:
    axes = [Axis("costs.discount_rate", tuple(i / 1e4 for i in range(50))), Axis("horizon.first", (2026,) * 50)]
    with pytest.raises(FaultyInput, match="2500"):
        build_grid(region(), scenario(), axes)


def test_points_come_in_the_order_of_the_values_and_are_named() -> None:
    axes = read_axes(["demand.projection=low,high", "levers.takst_reduction=0,0.02"])
    points = build_grid(region(), scenario(), axes)
    assert [point.values for point in points] == [("low", 0), ("low", 0.02), ("high", 0), ("high", 0.02)]
    last = points[-1].scenario
    assert (last.demand.projection, last.levers.takst_reduction) == ("high", 0.02)
    assert last.name == "Prøve · Fremskrivning: høj, Takstreduktion (forslag B): 2 %"
    assert len({point.identity for point in points}) == 4


def test_an_entry_of_a_table_can_be_swept() -> None:
    (axis,) = read_axes(["levers.takst_cap.autisme=2e6,3e6"])
    points = build_grid(region(), scenario(), [axis])
    assert [point.scenario.levers.takst_cap["autisme"] for point in points] == [2e6, 3e6]
    assert axis.title.endswith("(autisme)")


def test_each_point_starts_from_neighbours_that_come_before_it() -> None:
    axes = read_axes(["levers.takst_reduction=0,0.01,0.02", "demand.projection=low,central,high"])
    points = {point.place: point for point in build_grid(region(), scenario(), axes)}
    assert [points[at].wave for at in ((0, 0), (2, 2), (1, 0), (0, 1), (1, 1))] == [0, 0, 1, 1, 2]
    beside = {at for at, point in points.items() if points[1, 1].beside(point)}
    assert beside == {(0, 1), (2, 1), (1, 0), (1, 2)}
    assert all(any(point.beside(other) for other in points.values()) for point in points.values() if point.wave)
