"""Eligible triples (municipality, cell, unit) and the demand and residents of one future on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kapacitet.demand.cells import OUTSIDE_PREFIX, CellDemand
from kapacitet.faults import Fault, FaultyInput
from kapacitet.planning.costs import Array, UnitCosts
from kapacitet.planning.eligibility import lock_in_price
from kapacitet.planning.sets import Cell, Municipality, Unit
from kapacitet.region.model import Region
from kapacitet.region.travel import travel_minutes
from kapacitet.scenario.models import Scenario

IntArray = npt.NDArray[np.int64]
TOLERANCE = 1e-9


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


@dataclass(frozen=True)
class Future:
    """One demand future ω.

    Attributes:
        probability: π_ω.
        demand: d[k,g,t], shape (K, C, T).
        residents: R on arcs, shape (A, T).
        outside: residents in offers that aren't listed, shape (K, C, T).
        external: place-years of citizens from outside the region, shape (U, C, T).
    """

    probability: float
    demand: Array
    residents: Array
    outside: Array
    external: Array


def build_arcs(
    region: Region,
    scenario: Scenario,
    municipalities: Sequence[Municipality],
    cells: Sequence[Cell],
    units: Sequence[Unit],
    served: Sequence[Sequence[str]],
    demand: CellDemand,
    years: int,
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
    wanting = {g: set(rows["municipality"]) for g, rows in demand.demand.groupby("target_group")}
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
    demand: CellDemand, municipalities: Sequence[Municipality], cells: Sequence[Cell], units: Sequence[Unit]
) -> set[tuple[int, int, int]]:
    place = {m.code: k for k, m in enumerate(municipalities)}
    cell: dict[tuple[str, str], int] = {(x.group, x.term): c for c, x in enumerate(cells)}
    unit = {x.id: u for u, x in enumerate(units)}
    rows = demand.residents[~demand.residents["offer"].str.startswith(OUTSIDE_PREFIX)]
    return {
        (place[r["municipality"]], cell[r["target_group"], r["term"]], unit[r["offer"]])
        for r in rows.to_dict("records")
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


def build_future(
    region: Region,
    scenario: Scenario,
    demand: CellDemand,
    municipalities: Sequence[Municipality],
    cells: Sequence[Cell],
    units: Sequence[Unit],
    arcs: Arcs,
    places: Array,
    costs: UnitCosts,
    years: Sequence[int],
) -> Future:
    """The single future of the deterministic model: the projection itself.

    Raises:
        FaultyInput: residents beyond the places of their offer, or outside purchase beyond what is to be had.
    """
    place = {m.code: k for k, m in enumerate(municipalities)}
    cell: dict[tuple[str, str], int] = {(x.group, x.term): c for c, x in enumerate(cells)}
    unit = {x.id: u for u, x in enumerate(units)}
    K, C, U, T = len(municipalities), len(cells), len(units), len(years)
    d, outside, external = np.zeros((K, C, T)), np.zeros((K, C, T)), np.zeros((U, C, T))
    residents = np.zeros((len(arcs), T))
    position = {
        triple: a for a, triple in enumerate(zip(arcs.k.tolist(), arcs.c.tolist(), arcs.u.tolist(), strict=True))
    }
    first = years[0]
    for r in demand.demand.to_dict("records"):
        d[place[r["municipality"]], cell[r["target_group"], r["term"]], r["year"] - first] = r["place_years"]
    for r in demand.residents.to_dict("records"):
        k, c = place[r["municipality"]], cell[r["target_group"], r["term"]]
        if r["offer"].startswith(OUTSIDE_PREFIX):
            outside[k, c, r["year"] - first] += r["place_years"]
        else:
            residents[position[k, c, unit[r["offer"]]], r["year"] - first] += r["place_years"]
    for r in demand.external.to_dict("records"):
        u = unit[r["offer"]]
        if places[u, r["year"] - first] > 0:
            external[u, cell[r["target_group"], r["term"]], r["year"] - first] += r["place_years"]
    future = Future(1.0, d, residents, outside, external)
    _refuse_overfull(scenario, units, arcs, places, future, years)
    return future


def _refuse_overfull(
    scenario: Scenario, units: Sequence[Unit], arcs: Arcs, places: Array, future: Future, years: Sequence[int]
) -> None:
    used = future.external.sum(axis=1)
    np.add.at(used, arcs.u, future.residents)
    room = places * (1 + scenario.limits.over_occupancy)
    faults = [
        Fault(
            f"{years[t]}: {_danish(used[u, t])} beboere, men kun plads til {_danish(room[u, t])}.",
            "Ret antallet af beboere eller pladser, eller tillad overbelægning i scenariet (over_occupancy).",
            table="residents",
            column="offer",
            value=units[u].id,
        )
        for u, t in zip(*np.nonzero(used > room + TOLERANCE), strict=True)
    ]
    if faults:
        raise FaultyInput(faults)


def _danish(amount: float) -> str:
    return f"{amount:g}".replace(".", ",")
