"""The user's own futures, from the table ``demand_futures``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from kapacitet.demand.arrays import FittedNeed, fitted_need, homes
from kapacitet.demand.cells import NOTHING
from kapacitet.demand.futures.model import DemandFutures
from kapacitet.demand.population import KEYS
from kapacitet.demand.projection import demand_frame
from kapacitet.demand.terms import TERMS, Array
from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.model import Region
from kapacitet.region.validation.draft import several
from kapacitet.scenario.check_futures import TABLE, lacking_futures
from kapacitet.scenario.models import Scenario

_MOST_NAMED = 5


def own_futures(region: Region, scenario: Scenario) -> DemandFutures:
    """The futures of the region's table ``demand_futures``, sorted by name, in the years of ``scenario``.

    The figures stand for those of ``demand`` and are treated alike, future by future: residents are thinned by
    attrition and scaled down where the need falls below them, then diversion, then the split in terms. Nothing
    is rounded. A blank probability weighs all futures alike.

    Raises:
        FaultyInput: no rows, years of the horizon without rows, a number of futures that contradicts the
            scenario, a municipality and group with projected need that no future has, or in the first year
            fewer in a future than those who have a place.
    """
    table = region.tables[TABLE]
    faults = [*lacking_futures(region, scenario)]
    if not table.empty:
        faults += _forgotten(table, demand_frame(region, scenario))
    if faults:
        raise FaultyInput(faults)
    inside = table[table["year"].isin(scenario.horizon.years)]
    names = sorted(set(inside["future"]))
    own, outside = homes(region, scenario)
    fitted: list[FittedNeed] = []
    for name in names:
        frame = inside.loc[inside["future"] == name, [*KEYS, "place_years"]]
        try:
            fitted.append(fitted_need(region, scenario, own, frame))
        except FaultyInput as faulty:
            faults += [_in_future(name, fault) for fault in faulty.faults]
    if faults:
        raise FaultyInput(faults)
    cells, demand = _filled(
        [(code, group, term) for term in TERMS for code, group in fitted[0].pairs],
        np.stack([one.demand for one in fitted]),
    )
    lived, residents = _filled(
        [(code, group, term, offer) for term in TERMS for code, group, offer in _keys(own.rows)],
        np.stack([one.residents for one in fitted]),
    )
    visiting, external = _filled(
        [(group, term, offer) for term in TERMS for _, group, offer in _keys(outside.rows)],
        np.stack([outside.by_term(outside.thinned)] * len(names)),
    )
    return DemandFutures(
        probability=_probability(inside, names),
        demand_keys=tuple((code, group, term) for code, group, term in cells),
        demand=demand,
        resident_keys=tuple((code, group, term, offer) for code, group, term, offer in lived),
        residents=residents,
        external_keys=tuple((group, term, offer) for group, term, offer in visiting),
        external=external,
        warnings=tuple(_warnings(names, fitted)),
    )


def _forgotten(table: pd.DataFrame, projected: pd.DataFrame) -> Iterator[Fault]:
    """A fault for each pair that some year needs places by the projection, but that no future has."""
    needed = projected[projected["place_years"] > 0]
    given = set(zip(table["municipality"], table["target_group"], strict=True))
    for code, group in sorted({*zip(needed["municipality"], needed["target_group"], strict=True)} - given):
        yield Fault(
            f"Ingen fremtid har behov for {code}, {group}, men fremskrivningen har.",
            "Tilføj en række pr. fremtid og år, med 0 hvis der intet behov er.",
            table=TABLE,
            column="municipality",
            value=code,
        )


def _in_future(name: str, fault: Fault) -> Fault:
    return replace(fault, message=f"Fremtiden {name}: {fault.message}", table=TABLE)


def _probability(table: pd.DataFrame, names: Sequence[str]) -> Array:
    stated = table.groupby("future")["probability"].first().reindex(list(names)).to_numpy(dtype=np.float64)
    if np.isnan(stated).all():
        return np.full(len(names), 1 / len(names))
    return np.asarray(stated / stated.sum())


def _keys(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(rows["municipality"], rows["target_group"], rows["offer"], strict=True))


def _filled(keys: Sequence[tuple[str, ...]], values: Array) -> tuple[list[tuple[str, ...]], Array]:
    """Rows by key with anything in some future, sorted.

    Args:
        keys: of both terms in turn, each N long.
        values: place-years by future, term, key and year, shape (S, 2, N, T).

    Returns:
        the keys, and place-years by future, row and year.
    """
    rows = values.reshape(values.shape[0], -1, values.shape[3])
    order = sorted(np.flatnonzero((rows > NOTHING).any(axis=(0, 2))).tolist(), key=keys.__getitem__)
    return [keys[row] for row in order], rows[:, order]


def _warnings(names: Sequence[str], fitted: Sequence[FittedNeed]) -> Iterator[Fault]:
    """The warnings of each future; the same one in several futures is said once, with their names."""
    told: dict[Fault, list[str]] = {}
    for name, one in zip(names, fitted, strict=True):
        for fault in one.warnings:
            told.setdefault(fault, []).append(name)
    for fault, where in told.items():
        message = f"{fault.message} (Fremtid: {several(where, _MOST_NAMED)}.)"
        yield replace(fault, message=message, table=TABLE)
