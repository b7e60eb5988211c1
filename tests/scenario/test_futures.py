"""Own futures that a scenario asks for and the region lacks."""

from __future__ import annotations

from typing import Any

import pytest

from kapacitet.faults import Fault
from kapacitet.region import Region
from kapacitet.scenario.check_futures import lacking_futures
from kapacitet.scenario.models import Futures

from .regions import YEARS, asked, small_region


def with_futures(*names: str) -> Region:
    return small_region(
        demand_futures=[
            {"future": name, "municipality": "410", "target_group": "dom", "year": year, "place_years": 1}
            for name in names
            for year in YEARS
        ]
    )


def found(region: Region, **futures: Any) -> list[Fault]:
    return list(lacking_futures(region, asked(futures=futures)))


def test_nothing_is_asked_of_the_table_where_futures_are_drawn() -> None:
    assert found(small_region(), count=100, reduce_to=10) == []


def test_own_futures_must_be_there() -> None:
    (fault,) = found(small_region(), source="table")
    assert fault.table == "demand_futures" and fault.mend.startswith("Tilføj fremtiderne")


@pytest.mark.parametrize("count", [1, 2])
def test_their_number_is_the_tables(count: int) -> None:
    assert found(with_futures("a", "b"), source="table", count=count, reduce_to=2) == []


def test_another_number_and_more_chosen_than_there_are_are_both_told() -> None:
    faults = found(with_futures("a", "b"), source="table", count=100, reduce_to=50)
    assert [fault.column for fault in faults] == ["futures.count", "futures.reduce_to"]


def test_reduced_are_no_more_than_drawn() -> None:
    assert Futures(count=10, reduce_to=10).reduce_to == 10
    with pytest.raises(ValueError, match="Der kan ikke udvælges 11 fremtider af 10"):
        Futures(count=10, reduce_to=11)
