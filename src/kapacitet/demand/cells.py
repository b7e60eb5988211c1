"""Demand cells: each municipality's need of a group in temporary and long-term places, and who lives where.

The rules are those of ``docs/decisions.md``, *Demand and residents*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kapacitet.demand.arrays import fitted_need, homes
from kapacitet.demand.projection import demand_frame
from kapacitet.demand.residents import ROW_KEYS
from kapacitet.demand.terms import TERMS, Array
from kapacitet.faults import Fault
from kapacitet.region.columns import UDENFOR
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

OUTSIDE_PREFIX = UDENFOR
NOTHING = 1e-12
"""Place-years of this size are rounding and make no row."""


@dataclass(frozen=True, eq=False)
class CellDemand:
    """Who must be served, in place-years by year of the horizon; rows of nothing are left out.

    The order of the rows is that of their keys, whatever the order in the region's tables.

    Attributes:
        demand: municipality, target_group, term, year, place_years: d, residents included.
        residents: municipality, target_group, term, offer, year, place_years: R ≤ d of their cell; offer may
            be ``udenfor:<group>``. Ends with the year before its offer closes.
        external: target_group, term, offer, year, place_years: residents whose payer is outside the region.
        warnings: residents scaled down because the projection falls below them.
    """

    demand: pd.DataFrame
    residents: pd.DataFrame
    external: pd.DataFrame
    warnings: tuple[Fault, ...]


def cell_demand(region: Region, scenario: Scenario) -> CellDemand:
    """The demand cells of ``scenario`` in ``region``.

    Residents are thinned, scaled down where the projection falls below them, and never diverted, so
    d = max(d·(1 − diversion), ΣR). Each resident decides its own cell by the legal basis of its offer; the
    rest is split by ``temporary_share``. A citizen whose offer closes stays in d and in its
    cell: the home ends, the need doesn't.

    Raises:
        FaultyInput: need not stated for every year, or in the first year below those who have a place.
    """
    years = list(scenario.horizon.years)
    own, outside = homes(region, scenario)
    need = fitted_need(region, scenario, own, demand_frame(region, scenario))
    pairs = {
        "municipality": [code for code, _ in need.pairs],
        "target_group": [group for _, group in need.pairs],
    }
    guests = {name: list(outside.rows[name]) for name in ROW_KEYS[1:]}
    return CellDemand(
        demand=_frame(need.demand, years, pairs),
        residents=_frame(need.residents, years, {name: list(own.rows[name]) for name in ROW_KEYS}),
        external=_frame(outside.by_term(outside.thinned), years, guests),
        warnings=need.warnings,
    )


def _frame(values: Array, years: Sequence[int], keys: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """``values`` by term, row and year (2, N, T) as rows with their keys; term stands before the offer."""
    row, term, year = np.nonzero(values.transpose(1, 0, 2) > NOTHING)
    columns: dict[str, object] = {name: _texts(entries, row) for name, entries in keys.items()}
    offer = {"offer": columns.pop("offer")} if "offer" in columns else {}
    columns |= {"term": _texts(TERMS, term), **offer}
    columns |= {"year": np.array(years, dtype=np.int64)[year], "place_years": values[term, row, year]}
    return pd.DataFrame(columns)


def _texts(entries: Sequence[str], index: npt.NDArray[np.int64]) -> object:
    return pd.array(list(entries), dtype="str").take(index)
