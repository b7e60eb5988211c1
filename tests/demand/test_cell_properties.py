"""What holds of demand cells in any region."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kapacitet.demand.cells import CellDemand, cell_demand
from kapacitet.demand.projection import demand_frame
from kapacitet.demand.residents import residents_frame
from kapacitet.region import Region

from .worlds import BASIS, CODES, group, living, need, scenario, world

YEARS = (2026, 2027, 2028)
GROUPS = ("autisme", "dom")
PAIR = ["municipality", "target_group", "year"]
CELL = ["municipality", "target_group", "term", "year"]
shares = st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 0.95, 1.0])


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """Rows of a region in which the first year's need holds its residents, and later years may not."""
    groups = [group(name, draw(shares), draw(shares)) for name in GROUPS]
    rows = [
        living(
            code, offer.replace("*", name), draw(st.integers(0, 9)), name, f"{draw(st.integers(2024, 2026))}-12-31"
        )
        for code in (*CODES, "udenbys")
        for name in GROUPS
        for offer in draw(st.lists(st.sampled_from([*BASIS, "udenfor:*"]), unique=True, max_size=4))
        if code != "udenbys" or offer in BASIS
    ]
    demand = []
    for code in CODES:
        for name in GROUPS:
            first = sum(row["count"] for row in rows if (row["municipality"], row["target_group"]) == (code, name))
            for year in YEARS:
                low = first if year == YEARS[0] else 0
                value = draw(st.floats(low, low + 20))
                demand.append(need(code, year, low, value, 100, name))
    closes = draw(st.dictionaries(st.sampled_from([*BASIS]), st.integers(2027, 2030)))
    return {"demand": demand, "residents": rows, "groups": groups, "closes": closes}


def solved(case: dict[str, Any], diversion: float) -> tuple[Region, CellDemand]:
    region = world(**case)
    return region, cell_demand(region, scenario(demand={"diversion": dict.fromkeys(GROUPS, diversion)}))


def totals(frame: pd.DataFrame, keys: list[str]) -> dict[Any, float]:
    return frame.groupby(keys)["place_years"].sum().to_dict()


@settings(max_examples=40, deadline=None)
@given(cases(), shares)
def test_cells_add_up_to_the_need_and_hold_their_residents(case: dict[str, Any], diversion: float) -> None:
    region, result = solved(case, diversion)
    projected = totals(demand_frame(region, scenario()), PAIR)
    thinned = totals(residents_frame(region, scenario()), PAIR)

    in_cells, living_in_cells = totals(result.demand, CELL), totals(result.residents, CELL)

    for pair, value in projected.items():
        expected = max(value * (1 - diversion), min(value, thinned.get(pair, 0.0)))
        found = sum(in_cells.get((*pair[:2], term, pair[2]), 0.0) for term in ("midlertidig", "langvarig"))
        assert abs(found - expected) <= 1e-9 * max(1.0, expected)
    for cell, value in living_in_cells.items():
        assert value <= in_cells[cell] * (1 + 1e-12)
    for frame in (result.demand, result.residents, result.external):
        assert (frame["place_years"] > 0).all()


@settings(max_examples=40, deadline=None)
@given(cases(), shares)
def test_residents_are_nowhere_more_than_thinned_and_only_fewer_with_a_warning(
    case: dict[str, Any], diversion: float
) -> None:
    region, result = solved(case, diversion)
    keys = ["municipality", "target_group", "offer", "year"]
    thinned = totals(residents_frame(region, scenario()), keys)

    found = totals(result.residents, keys)

    assert all(value <= thinned[key] * (1 + 1e-12) for key, value in found.items())
    fewer = {key for key, value in found.items() if value < thinned[key] * (1 - 1e-6)}
    assert len({(code, name) for code, name, *_ in fewer}) <= len(result.warnings)
    assert all(year < case["closes"].get(offer, 9999) for _, _, offer, year in found)


@settings(max_examples=20, deadline=None)
@given(cases(), shares, st.integers(0, 2**16))
def test_order_of_rows_changes_nothing(case: dict[str, Any], diversion: float, seed: int) -> None:
    _, result = solved(case, diversion)
    shuffled = {
        name: random.Random(seed).sample(rows, len(rows)) if isinstance(rows, list) else rows
        for name, rows in case.items()
    }

    _, again = solved(shuffled, diversion)

    assert result.warnings == again.warnings
    for name in ("demand", "residents", "external"):
        pd.testing.assert_frame_equal(getattr(result, name), getattr(again, name), check_exact=True)
