"""Eligible triples (municipality, cell, unit)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kapacitet.demand.cells import OUTSIDE_PREFIX
from kapacitet.demand.futures import DemandFutures
from kapacitet.faults import Fault, FaultyInput
from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.eligibility import lock_in_price
from kapacitet.planning.sets import Cell, Municipality, Unit
from kapacitet.region.model import Region
from kapacitet.region.travel import travel_minutes
from kapacitet.scenario.models import Scenario


@dataclass(frozen=True)
class Arcs:
    """A eligible triples; parallel arrays of shape (A,).

    Attributes:
        k, c, u: indices of municipality, cell and unit.
        minutes: τ, one way.
        lock_in: extra cost per place-year for a mismatch of legal basis, 0 when it fits.
        resident_only: the arc exists for today's residents alone; nobody new may use it.
    """

    k: IntArray
    c: IntArray
    u: IntArray
    minutes: Array
    lock_in: Array
    resident_only: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.k)


def build_arcs(
    region: Region,
    scenario: Scenario,
    municipalities: Sequence[Municipality],
    cells: Sequence[Cell],
    units: Sequence[Unit],
    served: Sequence[Sequence[str]],
    demand: DemandFutures,
) -> Arcs:
    """Arcs from each municipality with demand in a group to each unit that may serve it and can be reached.

    Raises:
        FaultyInput: residents live where no route leads.
    """
    minutes = (
        travel_minutes(region)
        .reindex(index=[m.code for m in municipalities], columns=[u.id for u in units])
        .to_numpy(dtype=np.float64)
    )
    wanting: dict[str, set[str]] = {}
    for code, group, _ in demand.demand_keys:
        wanting.setdefault(group, set()).add(code)
    triples: list[tuple[int, int, int, float, bool]] = []
    for c, cell in enumerate(cells):
        buyers = [k for k, m in enumerate(municipalities) if m.code in wanting.get(cell.group, ())]
        for u, unit in enumerate(units):
            price = lock_in_price(cell, unit, scenario) if cell.group in served[u] else None
            if price is not None:
                triples += [(k, c, u, price, False) for k in buyers if np.isfinite(minutes[k, u])]
    known = {triple[:3] for triple in triples}
    lived_in = _resident_triples(demand, municipalities, cells, units)
    _refuse_unreachable(lived_in, minutes, municipalities, units)
    triples += [(k, c, u, 0.0, True) for k, c, u in sorted(lived_in - known)]
    triples.sort(key=lambda triple: triple[:3])
    keys = np.array([triple[:3] for triple in triples], dtype=np.int64).reshape(-1, 3)
    return Arcs(
        keys[:, 0],
        keys[:, 1],
        keys[:, 2],
        minutes[keys[:, 0], keys[:, 2]],
        np.array([triple[3] for triple in triples], dtype=np.float64),
        np.array([triple[4] for triple in triples], dtype=np.bool_),
    )


def _resident_triples(
    demand: DemandFutures, municipalities: Sequence[Municipality], cells: Sequence[Cell], units: Sequence[Unit]
) -> set[tuple[int, int, int]]:
    place = {m.code: k for k, m in enumerate(municipalities)}
    cell: dict[tuple[str, str], int] = {(x.group, x.term): c for c, x in enumerate(cells)}
    unit = {x.id: u for u, x in enumerate(units)}
    return {
        (place[code], cell[group, term], unit[offer])
        for code, group, term, offer in demand.resident_keys
        if not offer.startswith(OUTSIDE_PREFIX)
    }


def _refuse_unreachable(
    lived_in: set[tuple[int, int, int]],
    minutes: Array,
    municipalities: Sequence[Municipality],
    units: Sequence[Unit],
) -> None:
    faults = [
        Fault(
            f"{municipalities[k].name} har borgere i {units[u].id}, men ingen rejsevej fører dertil.",
            "Tilføj en række i travel_times eller den manglende forbindelse i travel_links.",
            table="residents",
        )
        for k, u in sorted({(k, u) for k, _, u in lived_in})
        if not np.isfinite(minutes[k, u])
    ]
    if faults:
        raise FaultyInput(faults)
