"""The need by projection: which column, which years, and what is missing."""

from __future__ import annotations

import pytest

from kapacitet.demand.projection import demand_frame
from kapacitet.faults import FaultyInput

from .worlds import CODES, level, need, scenario, world

YEARS = range(2025, 2030)


def test_frame_has_the_years_of_the_horizon_sorted_by_its_keys() -> None:
    rows = [need(code, year, 1, 2, 3) for year in reversed(YEARS) for code in reversed(CODES)]

    frame = demand_frame(world(rows), scenario(2026, 2027))

    assert list(frame.columns) == ["municipality", "target_group", "year", "place_years"]
    assert list(zip(frame["municipality"], frame["year"], strict=True)) == [
        ("410", 2026),
        ("410", 2027),
        ("561", 2026),
        ("561", 2027),
    ]


@pytest.mark.parametrize(("projection", "expected"), [("low", 1.5), ("central", 2.5), ("high", 4.0)])
def test_projection_chooses_the_column(projection: str, expected: float) -> None:
    region = world([need(code, year, 1.5, 2.5, 4) for code in CODES for year in YEARS])

    frame = demand_frame(region, scenario(demand={"projection": projection}))

    assert set(frame["place_years"]) == {expected}


def test_diversion_is_not_applied_here() -> None:
    frame = demand_frame(world(level(4, YEARS)), scenario(demand={"diversion": {"autisme": 0.5}}))

    assert set(frame["place_years"]) == {4.0}


def test_year_without_rows_is_a_fault_naming_the_years() -> None:
    with pytest.raises(FaultyInput) as caught:
        demand_frame(world(level(4, YEARS)), scenario(2024, 2031))

    (fault,) = caught.value.faults
    assert fault.table == "demand"
    assert "2024, 2030-2031" in fault.message


def test_reading_leaves_the_region_as_it_was() -> None:
    region = world(level(4, YEARS))
    before = region.tables["demand"].copy(deep=True)

    frame = demand_frame(region, scenario())
    frame["place_years"] = 0.0

    assert region.tables["demand"].equals(before)
