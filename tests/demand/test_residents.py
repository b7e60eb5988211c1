"""Today's residents, thinned by attrition."""

from __future__ import annotations

import pytest

from kapacitet.demand.residents import residents_frame

from .worlds import group, level, living, scenario, world

DEMAND = level(50, range(2024, 2031))


def test_residents_thin_from_the_year_they_were_counted() -> None:
    region = world(DEMAND, [living("410", "long", 10, as_of="2025-12-31")], groups=[group(attrition=0.1)])

    frame = residents_frame(region, scenario(2026, 2028))

    assert frame["place_years"].tolist() == pytest.approx([9.0, 8.1, 7.29])


def test_nobody_is_added_in_years_before_the_count() -> None:
    region = world(DEMAND, [living("410", "long", 10, as_of="2027-06-30")], groups=[group(attrition=0.1)])

    frame = residents_frame(region, scenario(2025, 2028))

    assert frame["place_years"].tolist() == pytest.approx([10.0, 10.0, 10.0, 9.0])


def test_attrition_is_that_of_the_group() -> None:
    groups = [group("autisme", 0.0), group("dom", 0.5)]
    demand = level(50, range(2026, 2029), ("autisme", "dom"))
    region = world(demand, [living("410", "long", 8), living("410", "long", 8, "dom")], groups=groups)

    frame = residents_frame(region, scenario(2026, 2027)).groupby("target_group")["place_years"].sum()

    assert frame.to_dict() == pytest.approx({"autisme": 16.0, "dom": 6.0})


def test_those_from_outside_and_those_placed_outside_are_included() -> None:
    rows = [living("udenbys", "long", 2), living("561", "udenfor:autisme", 3)]

    frame = residents_frame(world(DEMAND, rows), scenario(2026, 2026))

    assert list(frame.itertuples(index=False, name=None)) == [
        ("561", "autisme", "udenfor:autisme", 2026, 3.0),
        ("udenbys", "autisme", "long", 2026, 2.0),
    ]


def test_rows_of_nobody_are_left_out() -> None:
    gone = world(DEMAND, [living("410", "long", 3), living("561", "long", 0)], groups=[group(attrition=1.0)])

    assert residents_frame(gone, scenario(2026, 2028)).empty


def test_region_without_residents_has_an_empty_frame_with_its_columns() -> None:
    frame = residents_frame(world(DEMAND), scenario())

    assert frame.empty
    assert list(frame.columns) == ["municipality", "target_group", "offer", "year", "place_years"]
