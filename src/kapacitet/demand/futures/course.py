"""What the futures are drawn around: the projection as arrays, and when and how the residents leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kapacitet.demand.arrays import closing_years
from kapacitet.demand.cells import CellDemand
from kapacitet.demand.futures.model import CellKey, ResidentKey, as_one_future
from kapacitet.demand.terms import Array
from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS
from kapacitet.region.model import Region
from kapacitet.region.validation.draft import several
from kapacitet.scenario.coverage import year_ranges
from kapacitet.scenario.models import Scenario

_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Course:
    """The projection that the futures are drawn around: C cells, N homes (external ones last), T years.

    Attributes:
        years: of the horizon.
        cells: municipality, target_group, term; sorted.
        need: λ, shape (C, T).
        attrition: share of a cell's persons who leave in a year, shape (C,).
        homes: municipality (or ``udenbys``), target_group, term, offer: residents of the base year; those with a
            cell first, each part sorted.
        living: their means in the base year, shape (N,).
        cell_of: the cell of each home with one, shape (N − external,).
        stay: the chance of being there from one year to the next, shape (N, T); 1 until the year they were counted.
        closes: the position of the first year without the home's offer, T if there is none, shape (N,).
    """

    years: range
    cells: tuple[CellKey, ...]
    need: Array
    attrition: Array
    homes: tuple[ResidentKey, ...]
    living: Array
    cell_of: npt.NDArray[np.int64]
    stay: Array
    closes: npt.NDArray[np.int64]

    def mean_inflow(self, walk: Array) -> Array:
        """λ_t·walk_t − (1 − a)·λ_{t−1}·walk_{t−1}, less those held until they were counted; not floored.

        Args:
            walk: growth by cell, year and future, shape (C, T, S).

        Returns:
            shape (C, T − 1, S), from the second year on.
        """
        held = np.zeros((len(self.cells), len(self.years) - 1))
        own = len(self.cell_of)
        np.add.at(held, self.cell_of, (self.stay[:own, 1:] == 1) * self.living[:own, None])
        expected = self.need[:, :, None] * walk
        staying = (1 - self.attrition)[:, None, None] * expected[:, :-1]
        inflow: Array = expected[:, 1:] - staying - (self.attrition[:, None] * held)[:, :, None]
        return inflow


def course_of(region: Region, scenario: Scenario, projection: CellDemand) -> Course:
    """The projection of ``scenario`` as what futures are drawn around."""
    years = scenario.horizon.years
    whole = as_one_future(projection, years)
    groups = region.tables["target_groups"]
    attrition = dict(zip(groups["id"], groups["attrition"], strict=True))
    today, guests = whole.residents[0, :, 0], whole.external[0, :, 0]
    own = [(key, mean) for key, mean in zip(whole.resident_keys, today, strict=True) if mean > 0]
    outside = [((UDENBYS, *key), mean) for key, mean in zip(whole.external_keys, guests, strict=True) if mean > 0]
    homes = tuple(key for key, _ in (*own, *outside))
    position = {key: index for index, key in enumerate(whole.demand_keys)}
    counted, closing = _counted(region), closing_years(region)
    stay = np.array(
        [
            [1.0 if year <= counted[code, group, offer] else 1 - attrition[group] for year in years]
            for code, group, _, offer in homes
        ]
    ).reshape(len(homes), len(years))
    closes = [min(closing.get(offer, years.stop), years.stop) - years.start for *_, offer in homes]
    return Course(
        years=years,
        cells=whole.demand_keys,
        need=whole.demand[0],
        attrition=np.array([attrition[group] for _, group, _ in whole.demand_keys]),
        homes=homes,
        living=np.array([mean for _, mean in (*own, *outside)], dtype=np.float64),
        cell_of=np.array([position[key[:3]] for key, _ in own], dtype=np.int64),
        stay=stay,
        closes=np.array(closes, dtype=np.int64),
    )


def _counted(region: Region) -> dict[tuple[str, str, str], int]:
    """The year the residents of each row were counted in; they are thinned from the next."""
    rows = region.tables["residents"]
    keys = zip(rows["municipality"], rows["target_group"], rows["offer"], strict=True)
    return {key: int(day[:4]) for key, day in zip(keys, rows["as_of"], strict=True)}


def falling_cells(course: Course) -> tuple[Fault, ...]:
    """One warning naming where the projection falls faster than people leave, so that its inflow is floored."""
    short = course.mean_inflow(np.ones((len(course.cells), len(course.years), 1)))[:, :, 0] < -_ROUNDING
    if not short.any():
        return ()
    groups: dict[str, list[str]] = {}
    for index in np.flatnonzero(short.any(axis=1)).tolist():
        code, group, term = course.cells[index]
        years = year_ranges(course.years[t + 1] for t in np.flatnonzero(short[index]).tolist())
        groups.setdefault(f"{group}, {term}", []).append(f"{code} ({years})")
    named = "; ".join(f"{group}: {several(codes, 4)}" for group, codes in sorted(groups.items()))
    return (
        Fault(
            "Fremskrivningen falder hurtigere, end borgerne flytter, så der regnes uden tilgang, og fremtidernes "
            f"behov ligger over fremskrivningen. {named}.",
            "Se efter, om fremskrivningen eller fraflytningen (attrition) er for lav.",
            table="demand",
            severity="advarsel",
        ),
    )
