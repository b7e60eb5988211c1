"""Demand futures ω as the optimiser sees them: need, those who have a place, guests from outside the region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kapacitet.demand.cells import OUTSIDE_PREFIX
from kapacitet.demand.futures import DemandFutures
from kapacitet.faults import Fault, FaultyInput
from kapacitet.planning.arcs import Arcs
from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.sets import Cell, Municipality, Unit
from kapacitet.planning.sparse_rows import SparseRows
from kapacitet.region.danish import danish
from kapacitet.scenario.models import Scenario

TOLERANCE = 1e-9


@dataclass(frozen=True, eq=False)
class Future:
    """One demand future ω; T years, K municipalities, C cells, U units, A arcs.

    Attributes:
        probability: π_ω.
        demand: d[k,g,t], shape (K, C, T).
        stays: R on arcs, rows of (A, T).
        outside: residents in offers that aren't listed, shape (K, C, T).
        guests: place-years of citizens from outside the region, rows of (U, C, T).
    """

    probability: float
    demand: Array
    stays: SparseRows
    outside: Array
    guests: SparseRows

    @classmethod
    def of(cls, probability: float, demand: Array, residents: Array, outside: Array, external: Array) -> Future:
        """From whole arrays: residents (A, T), external (U, C, T)."""
        return cls(probability, demand, SparseRows.of(residents), outside, SparseRows.of(external))

    @property
    def residents(self) -> Array:
        """R on arcs, shape (A, T)."""
        return self.stays.dense()

    @property
    def external(self) -> Array:
        """Place-years of citizens from outside the region, shape (U, C, T)."""
        return self.guests.dense()

    def guests_in(self, t: int) -> Array:
        """Place-years of guests of each unit in year index ``t``, shape (U,)."""
        result = np.zeros(self.guests.count)
        result[self.guests.index] = self.guests.values[:, :, t].sum(axis=1)
        return result


def spread_evenly(futures: Sequence[Future], most: int) -> tuple[Future, ...]:
    """At most ``most`` of the futures, spread evenly, with probabilities in proportion."""
    which = sorted({i * len(futures) // most for i in range(most)}) if len(futures) > most else range(len(futures))
    total = sum(futures[i].probability for i in which)
    return tuple(replace(futures[i], probability=futures[i].probability / total) for i in which)


def build_futures(
    scenario: Scenario,
    demand: DemandFutures,
    municipalities: Sequence[Municipality],
    cells: Sequence[Cell],
    units: Sequence[Unit],
    arcs: Arcs,
    places: Array,
) -> tuple[Future, ...]:
    """The futures of ``demand`` on a problem's sets; ``places`` is P of every unit by year, shape (U, T).

    Raises:
        FaultyInput: residents beyond the places of their offer.
        KeyError: somebody lives where ``arcs`` has no arc.
    """
    place = {m.code: k for k, m in enumerate(municipalities)}
    cell: dict[tuple[str, str], int] = {(x.group, x.term): c for c, x in enumerate(cells)}
    unit = {x.id: u for u, x in enumerate(units)}
    arc = {triple: a for a, triple in enumerate(zip(arcs.k.tolist(), arcs.c.tolist(), arcs.u.tolist(), strict=True))}
    S, T = len(demand.probability), places.shape[1]
    shape = (S, len(municipalities), len(cells), T)
    need, outside = np.zeros(shape), np.zeros(shape)
    for i, (code, group, term) in enumerate(demand.demand_keys):
        need[:, place[code], cell[group, term]] += demand.demand[:, i]
    homes: list[tuple[int, int]] = []  # arc, key
    for i, (code, group, term, offer) in enumerate(demand.resident_keys):
        k, c = place[code], cell[group, term]
        if offer.startswith(OUTSIDE_PREFIX):
            outside[:, k, c] += demand.residents[:, i]
        else:
            homes.append((arc[k, c, unit[offer]], i))
    homes.sort()
    lived = np.array([a for a, _ in homes], dtype=np.int64)
    staying = demand.residents[:, [i for _, i in homes]]
    hosts = sorted({unit[offer] for _, _, offer in demand.external_keys})
    guests = np.zeros((S, len(hosts), len(cells), T))
    for i, (group, term, offer) in enumerate(demand.external_keys):
        guests[:, hosts.index(unit[offer]), cell[group, term]] += demand.external[:, i]
    guests *= (places[hosts] > 0)[None, :, None, :]
    _refuse_overfull(scenario, units, arcs.u[lived], places, staying, np.array(hosts, dtype=np.int64), guests)
    return tuple(
        Future(
            float(probability),
            need[w],
            SparseRows(lived, staying[w], len(arcs)),
            outside[w],
            SparseRows(np.array(hosts, dtype=np.int64), guests[w], len(units)),
        )
        for w, probability in enumerate(demand.probability)
    )


def _refuse_overfull(
    scenario: Scenario,
    units: Sequence[Unit],
    homes: IntArray,
    places: Array,
    staying: Array,
    hosts: IntArray,
    guests: Array,
) -> None:
    used = np.zeros((len(staying), *places.shape))
    used[:, hosts] += guests.sum(axis=2)
    np.add.at(used.swapaxes(0, 1), homes, staying.swapaxes(0, 1))
    room = places * (1 + scenario.limits.over_occupancy)
    most, first = used.max(axis=0), scenario.horizon.first
    faults = [
        Fault(
            f"{first + t}: {danish(most[u, t])} beboere, men kun plads til {danish(room[u, t])}.",
            "Ret antallet af beboere eller pladser, eller tillad overbelægning i scenariet (over_occupancy).",
            table="residents",
            column="offer",
            value=units[u].id,
        )
        for u, t in zip(*np.nonzero(most > room + TOLERANCE), strict=True)
    ]
    if faults:
        raise FaultyInput(faults)


def refuse_unbought(
    futures: Sequence[Future], cells: Sequence[Cell], available: Mapping[str, Array], years: Sequence[int]
) -> None:
    """Refuse residents in bought places beyond how many can be bought: no plan could house them.

    Raises:
        FaultyInput: every group and year, in the future with most residents.
    """
    faults = []
    for group, most in sorted(available.items()):
        mine = [c for c, cell in enumerate(cells) if cell.group == group]
        living = np.max([future.outside[:, mine].sum(axis=(0, 1)) for future in futures], axis=0)
        faults += [
            Fault(
                f"I {years[t]} bor {danish(living[t])} i {OUTSIDE_PREFIX}{group}, men der kan kun købes "
                f"{danish(most[t])}.",
                "Ret available (tomt er uden grænse), eller ret residents.",
                table="purchase_prices",
                column="available",
                value=group,
            )
            for t in np.flatnonzero(living > most + TOLERANCE).tolist()
        ]
    if faults:
        raise FaultyInput(faults)
