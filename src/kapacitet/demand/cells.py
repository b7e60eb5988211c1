"""Demand cells: each municipality's need of a group in temporary and long-term places, and who lives where.

The rules are those of ``docs/decisions.md``, *Demand and residents*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kapacitet.demand.floor import Pair, fitted_residents, need_after_diversion, sum_by
from kapacitet.demand.projection import demand_frame
from kapacitet.demand.residents import ROW_KEYS, thinned_residents
from kapacitet.demand.terms import TERMS, Array, share_in_temporary, split_terms, temporary_share
from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS, UDENFOR
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
    rows, thinned = thinned_residents(region, scenario)
    in_temporary = share_in_temporary(region, scenario, rows)
    present = _offer_is_open(region, rows, years)
    external = (rows["municipality"] == UDENBYS).to_numpy()
    own, outsiders = np.flatnonzero(~external), np.flatnonzero(external)

    payers = rows.iloc[own]
    pairs, pair_of, projected = _pairs(demand_frame(region, scenario), payers, years)
    placed, warnings = fitted_residents(thinned[own], pair_of, projected, pairs, years, region)
    diversion = np.array([scenario.demand.diversion.get(group, 0.0) for _, group in pairs])
    need = need_after_diversion(projected, diversion, sum_by(pair_of, placed, len(pairs)))

    residents = _by_term(placed, in_temporary[own])
    temporary, long_term = (sum_by(pair_of, part, len(pairs)) for part in residents)
    share = temporary_share(region)
    sigma = np.array([share[group] for _, group in pairs])[:, None]
    return CellDemand(
        demand=_frame(split_terms(need, temporary, long_term, sigma), years, _columns(pairs)),
        residents=_frame(residents * present[own], years, {name: list(payers[name]) for name in ROW_KEYS}),
        external=_frame(
            _by_term(thinned[outsiders] * present[outsiders], in_temporary[outsiders]),
            years,
            {name: list(rows[name].iloc[outsiders]) for name in ROW_KEYS[1:]},
        ),
        warnings=warnings,
    )


def _pairs(
    frame: pd.DataFrame, payers: pd.DataFrame, years: Sequence[int]
) -> tuple[list[Pair], npt.NDArray[np.int64], Array]:
    """Every municipality and group with need, the pair of each row of ``payers``, and the projected need."""
    asked = list(zip(frame["municipality"], frame["target_group"], strict=True))
    living = list(zip(payers["municipality"], payers["target_group"], strict=True))
    pairs = sorted({*asked, *living})
    position = {pair: index for index, pair in enumerate(pairs)}
    projected = np.zeros((len(pairs), len(years)))
    projected[[position[pair] for pair in asked], frame["year"] - years[0]] = frame["place_years"]
    return pairs, np.array([position[pair] for pair in living], dtype=np.int64), projected


def _offer_is_open(region: Region, rows: pd.DataFrame, years: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Whether the offer of each row of residents has not closed by the year, shape (N, T)."""
    offers = region.tables["offers"].dropna(subset=["closes"])
    closes = dict(zip(offers["id"], offers["closes"].astype("int64"), strict=True))
    last = np.array([closes.get(offer, years[-1] + 1) for offer in rows["offer"]], dtype=np.int64)
    return np.asarray(years) < last[:, None]


def _by_term(place_years: Array, in_temporary: Array) -> Array:
    """Place-years (N, T) in temporary and long-term, shape (2, N, T)."""
    return np.stack([place_years * in_temporary[:, None], place_years * (1 - in_temporary[:, None])])


def _columns(pairs: Sequence[Pair]) -> dict[str, list[str]]:
    return {"municipality": [code for code, _ in pairs], "target_group": [group for _, group in pairs]}


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
