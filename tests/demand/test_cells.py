"""The demand cells by the rules of docs/decisions.md, one rule at a time."""

from __future__ import annotations

import pandas as pd
import pytest

from kapacitet.demand.cells import CellDemand, cell_demand
from kapacitet.faults import FaultyInput

from .worlds import CODES, group, level, living, need, scenario, world

YEARS = range(2026, 2029)


def cells(result: CellDemand, code: str = "410", year: int = 2026) -> dict[str, float]:
    frame = result.demand
    rows = frame[(frame["municipality"] == code) & (frame["year"] == year)]
    return dict(zip(rows["term"], rows["place_years"], strict=True))


def lived(frame: pd.DataFrame, year: int = 2026) -> dict[tuple[str, str], float]:
    rows = frame[frame["year"] == year]
    keys = zip(rows["offer"], rows["term"], strict=True)
    return dict(zip(keys, rows["place_years"], strict=True))


def test_need_is_split_by_the_temporary_share() -> None:
    result = cell_demand(world(level(8, YEARS)), scenario())

    assert cells(result) == {"midlertidig": 2.0, "langvarig": 6.0}
    assert result.residents.empty and result.external.empty and result.warnings == ()


@pytest.mark.parametrize(("share", "expected"), [(0.0, {"langvarig": 8.0}), (1.0, {"midlertidig": 8.0})])
def test_cell_of_nothing_has_no_row(share: float, expected: dict[str, float]) -> None:
    region = world(level(8, YEARS), groups=[group(temporary=share)])

    assert cells(cell_demand(region, scenario())) == expected


def test_no_need_makes_no_row() -> None:
    rows = [need(code, year, 0, 0 if code == "410" else 1, 2) for code in CODES for year in YEARS]

    assert set(cell_demand(world(rows), scenario()).demand["municipality"]) == {"561"}


def test_diversion_lowers_the_need_of_the_group_named() -> None:
    groups = [group("autisme"), group("dom")]
    region = world(level(8, YEARS, ("autisme", "dom")), groups=groups)

    frame = cell_demand(region, scenario(2026, 2026, demand={"diversion": {"dom": 0.25}})).demand

    assert frame.groupby("target_group")["place_years"].sum().to_dict() == {"autisme": 16.0, "dom": 12.0}


def test_those_already_placed_are_never_diverted() -> None:
    region = world(level(8, YEARS), [living("410", "long", 5), living("410", "udenfor:autisme", 2)])

    result = cell_demand(region, scenario(demand={"diversion": {"autisme": 0.5}}))

    assert sum(cells(result).values()) == pytest.approx(7.0)
    assert sum(cells(result, "561").values()) == pytest.approx(4.0)


def test_residents_from_outside_are_no_demand() -> None:
    result = cell_demand(world(level(2, YEARS), [living("udenbys", "temp", 9)]), scenario())

    assert sum(cells(result).values()) == 2.0
    assert result.residents.empty
    assert lived(result.external) == {("temp", "midlertidig"): 9.0}
    assert list(result.external.columns) == ["target_group", "term", "offer", "year", "place_years"]


@pytest.mark.parametrize(
    ("offer", "temporary"),
    [("temp", 4.0), ("long", 0.0), ("abl", 0.0), ("flex", 1.0), ("wide", 1.0), ("udenfor:autisme", 1.0)],
)
def test_legal_basis_of_the_home_decides_the_cell(offer: str, temporary: float) -> None:
    result = cell_demand(world(level(40, YEARS), [living("410", offer, 4)]), scenario())

    found = {term: place_years for (_, term), place_years in lived(result.residents).items()}
    assert found.get("midlertidig", 0.0) == temporary
    assert found.get("langvarig", 0.0) == 4.0 - temporary


def test_flexible_approval_replaces_the_legal_basis() -> None:
    region = world(level(40, YEARS), [living("410", "long", 4), living("udenbys", "temp", 4)])

    result = cell_demand(region, scenario(levers={"flexible_107_108": ["long", "temp"]}))

    assert lived(result.residents) == {("long", "midlertidig"): 1.0, ("long", "langvarig"): 3.0}
    assert lived(result.external) == {("temp", "midlertidig"): 1.0, ("temp", "langvarig"): 3.0}


@pytest.mark.parametrize(
    ("temporary", "long_term", "expected"),
    [
        (0, 0, {"midlertidig": 2.0, "langvarig": 6.0}),
        (1, 5, {"midlertidig": 2.0, "langvarig": 6.0}),
        (5, 0, {"midlertidig": 5.0, "langvarig": 3.0}),
        (0, 7, {"midlertidig": 1.0, "langvarig": 7.0}),
        (3, 5, {"midlertidig": 3.0, "langvarig": 5.0}),
        (8, 0, {"midlertidig": 8.0}),
    ],
)
def test_split_bends_just_enough_for_those_placed(temporary: int, long_term: int, expected: dict[str, float]) -> None:
    rows = [living("410", "temp", temporary), living("410", "long", long_term)]

    assert cells(cell_demand(world(level(8, YEARS), rows), scenario())) == pytest.approx(expected)


def test_residents_end_when_their_offer_closes_but_the_need_stays_where_it_was() -> None:
    rows = [living("410", "temp", 5), living("udenbys", "temp", 2)]
    region = world(level(8, YEARS), rows, closes={"temp": 2027})

    result = cell_demand(region, scenario(demand={"diversion": {"autisme": 0.9}}))

    assert set(result.residents["year"]) == {2026}
    assert set(result.external["year"]) == {2026}
    assert cells(result, year=2028) == {"midlertidig": 5.0}


def test_more_residents_than_need_in_the_first_year_is_a_fault_for_each_pair() -> None:
    rows = [need(code, year, 1, 9, 9) for code in CODES for year in YEARS]
    region = world(rows, [living("410", "long", 3), living("561", "long", 2)])

    with pytest.raises(FaultyInput) as caught:
        cell_demand(region, scenario(demand={"projection": "low"}))

    assert [fault.message for fault in caught.value.faults] == [
        "By410 har 3 borgere i autisme med en plads i 2026, men behovet er 1.",
        "By561 har 2 borgere i autisme med en plads i 2026, men behovet er 1.",
    ]


def test_residents_are_scaled_down_to_a_falling_projection_with_a_warning() -> None:
    fall = {2026: 10, 2027: 4, 2028: 2, 2029: 9, 2030: 2}
    rows = [need(code, year, d, d, d) for code in CODES for year, d in fall.items()]
    region = world(rows, [living("410", "temp", 2), living("410", "long", 6)])

    result = cell_demand(region, scenario(2026, 2030, demand={"diversion": {"autisme": 1.0}}))

    (warning,) = result.warnings
    assert warning.severity == "advarsel"
    assert "By410" in warning.message and "autisme" in warning.message and "2027-2028, 2030" in warning.message
    assert lived(result.residents, 2027) == {("temp", "midlertidig"): 1.0, ("long", "langvarig"): 3.0}
    assert lived(result.residents, 2029) == {("temp", "midlertidig"): 2.0, ("long", "langvarig"): 6.0}
    assert cells(result, year=2028) == {"midlertidig": 0.5, "langvarig": 1.5}


def test_need_equal_to_the_thinned_residents_is_neither_fault_nor_warning() -> None:
    rows = [need(code, year, d, d, d) for code in CODES for year, d in zip(YEARS, (6.3, 4.41, 3.087), strict=True)]
    region = world(rows, [living("410", "long", 9)], groups=[group(attrition=0.3)])

    result = cell_demand(region, scenario())

    assert result.warnings == ()
    assert cells(result, year=2028) == {"langvarig": pytest.approx(3.087)}


def test_frames_keep_their_columns_and_types_when_empty() -> None:
    result = cell_demand(world(level(0, YEARS)), scenario())

    assert list(result.demand.columns) == ["municipality", "target_group", "term", "year", "place_years"]
    assert list(result.residents.columns) == [
        "municipality",
        "target_group",
        "term",
        "offer",
        "year",
        "place_years",
    ]
    for frame in (result.demand, result.residents, result.external):
        assert frame.empty
        assert set(frame.drop(columns=["year", "place_years"]).dtypes.astype(str)) == {"str"}
        assert frame.dtypes[["year", "place_years"]].astype(str).tolist() == ["int64", "float64"]
