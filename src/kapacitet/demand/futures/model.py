"""The futures of demand as arrays, and the projection in the same form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kapacitet.demand.cells import CellDemand
from kapacitet.demand.terms import Array
from kapacitet.faults import Fault

CELL = ("municipality", "target_group", "term")
RESIDENT = ("municipality", "target_group", "term", "offer")
EXTERNAL = ("target_group", "term", "offer")

type CellKey = tuple[str, str, str]
type ResidentKey = tuple[str, str, str, str]


@dataclass(frozen=True, eq=False)
class DemandFutures:
    """S futures of everybody who must be served; C cells, N homes of residents, M of external ones, T years.

    Drawn futures are whole persons; the projection itself and the user's own are as they were given. All arrays
    are float64 place-years, and keys are sorted.

    Attributes:
        probability: π, shape (S,); sums to 1.
        demand_keys: municipality, target_group, term.
        demand: d, residents included, shape (S, C, T).
        resident_keys: municipality, target_group, term, offer; the offer may be ``udenfor:<group>``.
        residents: R, inside the demand of their cell, shape (S, N, T). 0 from the year their offer closes.
        external_keys: target_group, term, offer.
        external: residents whose payer is outside the region, in no demand, shape (S, M, T).
        warnings: what a reader should know about these futures, those of the projection they rest on included.
    """

    probability: Array
    demand_keys: tuple[CellKey, ...]
    demand: Array
    resident_keys: tuple[ResidentKey, ...]
    residents: Array
    external_keys: tuple[CellKey, ...]
    external: Array
    warnings: tuple[Fault, ...]


def as_one_future(projection: CellDemand, years: Sequence[int]) -> DemandFutures:
    """The projection itself as the only future, exactly its own numbers."""
    demand_keys, demand = grid(projection.demand, CELL, years)
    resident_keys, residents = grid(projection.residents, RESIDENT, years)
    external_keys, external = grid(projection.external, EXTERNAL, years)
    return DemandFutures(
        probability=np.ones(1),
        demand_keys=tuple((k, g, term) for k, g, term in demand_keys),
        demand=demand[None],
        resident_keys=tuple((k, g, term, offer) for k, g, term, offer in resident_keys),
        residents=residents[None],
        external_keys=tuple((g, term, offer) for g, term, offer in external_keys),
        external=external[None],
        warnings=projection.warnings,
    )


def grid(frame: pd.DataFrame, names: Sequence[str], years: Sequence[int]) -> tuple[list[tuple[str, ...]], Array]:
    """The sorted keys of ``frame`` in the columns ``names``, and its place-years by key and year (N, T)."""
    rows = list(zip(*(frame[name].tolist() for name in names), strict=True))
    keys = sorted(set(rows))
    position = {key: index for index, key in enumerate(keys)}
    values = np.zeros((len(keys), len(years)))
    values[[position[row] for row in rows], frame["year"].to_numpy(dtype=np.int64) - years[0]] = frame["place_years"]
    return keys, values
