"""The user's own futures: as given, by the rules of the projection, and never silently incomplete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import demand_futures, own_futures
from kapacitet.demand.futures.model import as_one_future
from kapacitet.faults import Fault, FaultyInput
from kapacitet.region import Region

from ..worlds import CODES, group, level, living, need, scenario, world
from .worlds import living_in_cells

YEARS = range(2026, 2029)
HOMES = [living("410", "flex", 3), living("561", "long", 2), living("udenbys", "temp", 2)]
GROUPS = [group("autisme", 0.2)]


def futures_rows(needs: Mapping[str, float], **columns: Any) -> list[dict[str, Any]]:
    return [
        {"future": name, "municipality": code, "target_group": "autisme", "year": year, "place_years": value}
        | columns
        for name, value in needs.items()
        for code in CODES
        for year in YEARS
    ]


def region(rows: list[dict[str, Any]], closes: Mapping[str, int] | None = None) -> Region:
    return world(level(8, YEARS), HOMES, GROUPS, closes, demand_futures=rows)


def asked(last: int = 2028, **sections: Any) -> Any:
    return scenario(2026, last, futures={"source": "table", **sections.pop("futures", {})}, **sections)


def faults(where: Region, question: Any) -> list[Fault]:
    with pytest.raises(FaultyInput) as found:
        own_futures(where, question)
    return list(found.value.faults)


@pytest.mark.parametrize("diversion", [{}, {"autisme": 0.6}])
def test_each_future_is_what_the_projection_of_its_figures_would_be(diversion: dict[str, float]) -> None:
    closes = {"long": 2028}
    needs = {"b": 8.0, "a": 6.4, "c": 20.0}
    question = asked(demand={"diversion": diversion})
    futures = own_futures(region(futures_rows(needs), closes), question)

    assert futures.probability == pytest.approx([1 / 3] * 3)
    for index, name in enumerate(sorted(needs)):
        alone = world(level(needs[name], YEARS), HOMES, GROUPS, closes)
        one = as_one_future(cell_demand(alone, question), YEARS)
        assert futures.demand_keys == one.demand_keys
        assert futures.resident_keys == one.resident_keys and futures.external_keys == one.external_keys
        assert np.array_equal(futures.demand[index], one.demand[0])
        assert np.array_equal(futures.residents[index], one.residents[0])
        assert np.array_equal(futures.external[index], one.external[0])
    assert (living_in_cells(futures) <= futures.demand + 1e-12).all()


def test_stated_probabilities_follow_their_futures() -> None:
    rows = futures_rows({"lav": 6}, probability=0.3) + futures_rows({"høj": 9}, probability=0.7)
    futures = own_futures(region(rows[::-1]), asked())

    assert futures.probability == pytest.approx([0.7, 0.3])  # høj, lav
    assert futures.demand[:, :, 0].sum(axis=1) == pytest.approx([18, 12])


def test_need_below_the_residents_scales_them_down_and_is_told_with_the_future() -> None:
    rows = [row | {"place_years": 0.5 if row["year"] == 2028 else 8} for row in futures_rows({"a": 0, "b": 0})]
    futures = own_futures(region(rows + futures_rows({"c": 8})), asked())

    assert futures.residents[0, :, 2].sum() == pytest.approx(1.0)
    assert [fault.severity for fault in futures.warnings] == ["advarsel", "advarsel"]
    assert "2028" in futures.warnings[0].message and "(Fremtid: a, b.)" in futures.warnings[0].message


def test_fewer_in_the_first_year_than_have_a_place_is_a_fault_of_the_future() -> None:
    (first, second) = faults(region(futures_rows({"lille": 1, "stor": 9})), asked())

    assert first.message.startswith("Fremtiden lille: By410 har 2,4 borgere")
    assert first.table == second.table == "demand_futures"


def test_no_rows_is_a_fault() -> None:
    (fault,) = faults(region([]), asked())

    assert fault.table == "demand_futures" and "ingen egne fremtider" in fault.message


def test_years_of_the_horizon_that_are_missing_are_named() -> None:
    where = world(level(8, range(2026, 2031)), HOMES, GROUPS, demand_futures=futures_rows({"a": 8}))
    (fault,) = faults(where, asked(2030))

    assert "2029-2030" in fault.message and "410 autisme, 561 autisme" in fault.message


def test_pairs_that_no_future_has_are_named_unless_the_projection_has_nothing() -> None:
    rows = [row for row in futures_rows({"a": 8}) if row["municipality"] == "410"]
    homes = HOMES[:1]
    (fault,) = faults(world(level(8, YEARS), homes, GROUPS, demand_futures=rows), asked())
    assert fault.value == "561" and "autisme" in fault.message

    nothing = [need(code, year, 0, 8 * (code == "410"), 8) for code in CODES for year in YEARS]
    futures = own_futures(world(nothing, homes, GROUPS, demand_futures=rows), asked())
    assert {key[0] for key in futures.demand_keys} == {"410"}


def test_a_count_that_the_table_contradicts_is_a_fault() -> None:
    where = region(futures_rows({"a": 8, "b": 9}))

    assert len(own_futures(where, asked(futures={"count": 2})).probability) == 2
    (fault,) = faults(where, asked(futures={"count": 5}))
    assert fault.column == "futures.count" and fault.value == "5"


def test_more_chosen_than_there_are_is_a_fault() -> None:
    where = region(futures_rows({"a": 8, "b": 9}))

    (fault,) = faults(where, asked(futures={"reduce_to": 3}))
    assert fault.column == "futures.reduce_to"
    question = asked(futures={"reduce_to": 1})
    assert demand_futures(where, question, cell_demand(where, question)).probability.tolist() == [1.0]


def test_faults_are_said_together() -> None:
    rows = [row for row in futures_rows({"a": 8, "b": 9}) if row["municipality"] == "410" and row["year"] < 2028]
    where = world(level(8, YEARS), HOMES[:1], GROUPS, demand_futures=rows)

    found = faults(where, asked(futures={"count": 3, "reduce_to": 3}))
    assert [fault.column for fault in found] == ["futures.count", "futures.reduce_to", "year", "municipality"]
