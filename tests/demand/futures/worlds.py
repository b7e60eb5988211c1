"""Small regions whose futures are drawn, and what the laws of the process look at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import DemandFutures, draw_futures
from kapacitet.demand.terms import Array
from kapacitet.region import Region, region_from_tables
from kapacitet.scenario.models import Scenario

from ..worlds import CODES, Rows, group, living, need, scenario, world

YEARS = range(2026, 2037)
"""The base year and ten more."""
GROUPS = ("autisme", "dom")


def growing(homes: Rows | None = None, groups: Rows | None = None, **options: Any) -> Region:
    """Need of 12.3 or 6.3 growing by 0.6 a year (low 0.3, high 1.2), and residents in every kind of home."""
    groups = groups or [group(name, 0.1, 0.25) for name in GROUPS]
    codes = options.pop("codes", CODES)
    rows = [
        need(code, year, start + 0.3 * age, start + 0.6 * age, start + 1.2 * age, one["id"])
        for code, start in zip(codes, (12.3, 6.3), strict=False)
        for one in groups
        for age, year in enumerate(YEARS)
    ]
    if homes is None:
        homes = [
            living(code, offer, count, name)
            for code in codes
            for name in GROUPS
            for offer, count in (("flex", 2), ("long", 1), (f"udenfor:{name}", 1))
        ] + [living("udenbys", "flex", 3), living("udenbys", "temp", 1)]
    return world(rows, homes, groups, **options)


def rebuilt(region: Region, over_occupancy: float = 0.0, **changed: Rows) -> Region:
    """The region from its own tables with all rows in turned order, and the tables given in place of its own."""
    tables = {
        name: [
            {column: value for column, value in row.items() if not pd.isna(value)}
            for row in frame.iloc[::-1].to_dict("records")
        ]
        for name, frame in region.tables.items()
    }
    return region_from_tables(region.id, region.price_year, tables | changed, over_occupancy=over_occupancy)


def asked(count: int = 300, *, limits: Any = None, demand: Any = None, **futures: Any) -> Scenario:
    return scenario(
        YEARS[0],
        YEARS[-1],
        futures={"count": count, **futures},
        limits=limits or {},
        demand=demand or {},
    )


def drawn(region: Region, question: Scenario, **part: int) -> DemandFutures:
    return draw_futures(region, question, cell_demand(region, question), **part)


def living_in_cells(futures: DemandFutures) -> Array:
    """ΣR by future, cell and year."""
    total = np.zeros_like(futures.demand)
    for row, key in enumerate(futures.resident_keys):
        total[:, futures.demand_keys.index(key[:3])] += futures.residents[:, row]
    return total


def in_offer(futures: DemandFutures, offer: str) -> Array:
    """Everybody living in an offer, external residents included, by future and year."""
    own = [row for row, key in enumerate(futures.resident_keys) if key[-1] == offer]
    guests = [row for row, key in enumerate(futures.external_keys) if key[-1] == offer]
    return np.asarray(futures.residents[:, own].sum(axis=1) + futures.external[:, guests].sum(axis=1))


def same(one: DemandFutures, other: DemandFutures) -> bool:
    return (
        one.demand_keys == other.demand_keys
        and one.resident_keys == other.resident_keys
        and one.external_keys == other.external_keys
        and all(
            np.array_equal(getattr(one, name), getattr(other, name)) for name in ("demand", "residents", "external")
        )
    )
