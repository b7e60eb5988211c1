"""The need from population × rate by age."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kapacitet.demand.projection import demand_frame
from kapacitet.faults import FaultyInput
from kapacitet.region import Region

from .worlds import CODES, group, scenario, world

FROM_POPULATION = {"source": "befolkning"}
Span = tuple[int, int]


def persons(code: str, year: int, spans: dict[Span, float]) -> list[dict[str, Any]]:
    return [
        {"municipality": code, "age_from": low, "age_to": high, "year": year, "persons": number}
        for (low, high), number in spans.items()
    ]


def rates(spans: dict[Span, float], name: str = "autisme") -> list[dict[str, Any]]:
    return [
        {"target_group": name, "age_from": low, "age_to": high, "rate": rate} for (low, high), rate in spans.items()
    ]


def populated(
    people: dict[Span, float],
    rate_rows: Sequence[dict[str, Any]],
    groups: Sequence[dict[str, Any]] | None = None,
    years: Sequence[int] = (2026, 2027),
) -> Region:
    rows = [row for code in CODES for year in years for row in persons(code, year, people)]
    return world([], groups=groups, population_projection=rows, demand_rates=rate_rows)


def faults_of(region: Region, last: int = 2027) -> list[str]:
    with pytest.raises(FaultyInput) as caught:
        demand_frame(region, scenario(2026, last, demand=FROM_POPULATION))
    return [fault.message for fault in caught.value.faults]


def test_need_is_persons_times_rate_summed_over_ages() -> None:
    region = populated({(18, 29): 1000, (30, 64): 4000}, rates({(18, 29): 0.004, (30, 64): 0.001}))

    frame = demand_frame(region, scenario(2026, 2027, demand=FROM_POPULATION))

    assert list(frame.columns) == ["municipality", "target_group", "year", "place_years"]
    assert len(frame) == 4
    assert frame["place_years"].tolist() == pytest.approx([8.0] * 4)


def test_each_group_has_its_own_rates() -> None:
    region = populated(
        {(18, 64): 1000},
        [*rates({(18, 64): 0.002}), *rates({(18, 64): 0.005}, "dom")],
        groups=[group(), group("dom")],
    )

    frame = demand_frame(region, scenario(2026, 2026, demand=FROM_POPULATION))

    by_group = frame.groupby("target_group")["place_years"].sum().to_dict()
    assert by_group == pytest.approx({"autisme": 4.0, "dom": 10.0})


def test_persons_in_ranges_of_one_rate_need_no_splitting() -> None:
    region = populated({(0, 17): 500, (18, 64): 1000}, rates({(0, 17): 0.002, (18, 64): 0.002}))

    frame = demand_frame(region, scenario(2026, 2026, demand=FROM_POPULATION))

    assert frame["place_years"].tolist() == pytest.approx([3.0, 3.0])


def test_persons_without_a_rate_are_a_fault_asking_for_an_explicit_zero() -> None:
    (message,) = faults_of(populated({(0, 17): 500, (18, 64): 1000}, rates({(18, 64): 0.002})))

    assert "0-17" in message and "autisme" in message


def test_ages_with_a_rate_but_nobody_of_that_age_in_one_municipality() -> None:
    everywhere = [row for year in (2026, 2027) for row in persons("410", year, {(18, 64): 9.0, (65, 99): 1.0})]
    partly = [row for year in (2026, 2027) for row in persons("561", year, {(18, 64): 9.0})]
    region = world(
        [],
        population_projection=[*everywhere, *partly],
        demand_rates=rates({(18, 64): 0.1, (65, 99): 0.1}),
    )

    (message,) = faults_of(region)

    assert "65-99" in message and "561" in message and "2026-2027" in message


def test_persons_in_ranges_of_different_rates_cannot_be_split() -> None:
    fine = [row for year in (2026, 2027) for row in persons("410", year, {(18, 29): 5.0, (30, 64): 9.0})]
    coarse = [row for year in (2026, 2027) for row in persons("561", year, {(18, 64): 9.0})]
    region = world([], population_projection=[*fine, *coarse], demand_rates=rates({(18, 29): 0.1, (30, 64): 0.2}))

    (message,) = faults_of(region)

    assert message == "Indbyggerne på 18-64 år har flere hyppigheder for autisme."


def test_year_or_municipality_without_population_is_named() -> None:
    messages = faults_of(populated({(18, 64): 1000}, rates({(18, 64): 0.002})), last=2029)

    assert len(messages) == len(CODES)
    assert all("2028-2029" in message for message in messages)


def test_group_without_rates_is_named() -> None:
    region = populated({(18, 64): 1000}, rates({(18, 64): 0.002}), groups=[group(), group("dom")])

    assert faults_of(region) == ["Målgruppen dom har ingen hyppigheder."]


def test_all_faults_come_at_once() -> None:
    region = populated(
        {(0, 17): 5, (18, 64): 1000}, rates({(18, 64): 0.002}), groups=[group(), group("dom")], years=(2026,)
    )

    assert len(faults_of(region)) == 4
