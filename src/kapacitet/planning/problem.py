"""Problem: everything the optimiser needs, as immutable sets and arrays. Made from a Region and a Scenario.

Members are sorted by their codes, so neither the order of rows in a table nor of tables matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import DemandFutures, demand_futures
from kapacitet.faults import Fault
from kapacitet.planning import options
from kapacitet.planning.arcs import Arcs, build_arcs
from kapacitet.planning.costs import (
    Array,
    UnitCosts,
    cost_factor,
    purchase_available,
    purchase_prices,
    unit_costs,
    unmet_rate,
)
from kapacitet.planning.eligibility import eligible
from kapacitet.planning.futures import Future, build_futures, refuse_unbought
from kapacitet.planning.naming import safe_names
from kapacitet.planning.records import Row, number
from kapacitet.planning.sets import (
    REGION_PARTY,
    TERMS,
    Cell,
    Closure,
    Conversion,
    LoanPool,
    Municipality,
    Start,
    Unit,
)
from kapacitet.region.model import Region
from kapacitet.region.tables import split_list
from kapacitet.scenario.models import Scenario

NOBODY = 1e-9  # place-years: less than this is rounding, and would be a poisonous coefficient for a solver


@dataclass(frozen=True)
class Problem:
    """Sets and arrays of one planning problem (T years, K municipalities, C cells, U units, A arcs).

    Attributes:
        years: the horizon, both ends included.
        discount: (1+ρ)^−(t−first), shape (T,).
        units: existing offers, then candidates, each sorted by id.
        places: P[u,t] of existing offers by their own opening and closing; P of candidates if open, shape (U, T).
        costs: F, V, prices and takst of units.
        arcs: eligible triples (municipality, cell, unit) with travel and lock-in.
        futures: demand, residents and external use per future; probabilities sum to 1.
        purchase_price: kr. per place-year by cell and year, shape (C, T).
        purchase_available: group -> place-years by year, infinite where unlimited.
        unmet_rate: effective unmet penalty by year, shape (T,).
        starts, closures, conversions, pools: the first stage's choices.
        planned_closing: what existing offers that close by their own ``closes`` still cost: closing cost that
            year, capital charge from then on, shape (U, T).
        frames: (kind, party) -> limit by year in kr., NaN where no row says; kind anlaegsramme, faellesramme or
            likviditet.
        staff_limits: (area, year index) -> hires.
        requires: (candidate, the candidates any of which meets one requirement of it).
        names: LP-safe, unique names of units, municipalities and cells.
    """

    region: Region
    scenario: Scenario
    years: tuple[int, ...]
    discount: Array
    municipalities: tuple[Municipality, ...]
    cells: tuple[Cell, ...]
    units: tuple[Unit, ...]
    places: Array
    costs: UnitCosts
    arcs: Arcs
    futures: tuple[Future, ...]
    purchase_price: Array
    purchase_available: Mapping[str, Array]
    unmet_rate: Array
    starts: tuple[Start, ...]
    closures: tuple[Closure, ...]
    conversions: tuple[Conversion, ...]
    pools: tuple[LoanPool, ...]
    frames: Mapping[tuple[str, str], Array]
    planned_closing: Array
    staff_limits: Mapping[tuple[str, int], float]
    requires: tuple[tuple[int, frozenset[int]], ...]
    names: Mapping[str, tuple[str, ...]]
    warnings: tuple[Fault, ...] = field(default=())

    @property
    def candidates(self) -> range:
        """Indices of the units that are candidates."""
        first = sum(unit.existing for unit in self.units)
        return range(first, len(self.units))

    @cached_property
    def shared(self) -> npt.NDArray[np.bool_]:
        """Whether each unit's whole cost falls on the region, full or empty, shape (U,)."""
        return np.array([unit.shared for unit in self.units], dtype=np.bool_)

    @cached_property
    def conversion_rows(self) -> dict[int, tuple[int, tuple[str, ...]]]:
        """Row of the conversions table -> (unit, groups served after it)."""
        return {c.row: (c.unit, c.groups_after) for c in self.conversions}

    @cached_property
    def budget_change(self) -> dict[int, tuple[float, ...]]:
        """Row of the conversions table -> change of F by year (kr.) once it has taken effect."""
        return {c.row: c.fixed_change for c in self.conversions}

    @cached_property
    def _ending(self) -> frozenset[int]:
        return frozenset({c.unit for c in self.closures} | {c.unit for c in self.conversions})

    def may_end(self, u: int) -> bool:
        """Whether a choice of the first stage can end anybody's stay in unit ``u``."""
        return u in self._ending

    @cached_property
    def opening_year(self) -> dict[int, int]:
        """Candidate -> the earliest year in which one of its starts opens."""
        result: dict[int, int] = {}
        for start in self.starts:
            result[start.unit] = min(result.get(start.unit, start.open_year), start.open_year)
        return result

    def can_be_open(self, u: int, t: int) -> bool:
        """Whether unit ``u`` may have places in year index ``t``."""
        if self.units[u].existing:
            return bool(self.places[u, t] > 0)
        return self.years[t] >= self.opening_year.get(u, self.years[-1] + 1)

    def usable_arcs(self, future: int, t: int) -> list[int]:
        """Arcs that can carry somebody in ``future`` and year index ``t``."""
        arcs, f = self.arcs, self.futures[future]
        is_open = np.array([self.can_be_open(u, t) for u in range(len(self.units))], dtype=np.bool_)
        wanted = f.demand[arcs.k, arcs.c, t] > 0
        lived_in = ~arcs.resident_only | (f.residents[:, t] > 0)
        return [int(a) for a in np.flatnonzero(is_open[arcs.u] & wanted & lived_in)]

    def fitting_cells(self, u: int) -> list[int]:
        """Cells that unit ``u`` may serve without a lock-in, now or after a conversion."""
        unit = self.units[u]
        groups = {*unit.groups, *(g for v, after in self.conversion_rows.values() if v == u for g in after)}
        return [c for c, cell in enumerate(self.cells) if eligible(cell, unit, groups, self.scenario)]

    @cached_property
    def arc_cost(self) -> Array:
        """Cost of a place-year on each arc: V or price, tillægsydelse, lock-in and travel, shape (A, T)."""
        return (
            self.arc_service_cost
            + (self.costs.top_up[self.arcs.u] + self.arcs.lock_in + self.arc_travel_cost)[:, None]
        )

    @cached_property
    def arc_service_cost(self) -> Array:
        """V or price of each arc, shape (A, T)."""
        result = np.zeros((len(self.arcs), len(self.years)))
        for c, cell in enumerate(self.cells):
            mine = self.arcs.c == c
            result[mine] = self.costs.marginal[cell.group][self.arcs.u[mine]]
        return result

    @cached_property
    def arc_travel_cost(self) -> Array:
        """Travel of each arc in kr. per place-year, shape (A,)."""
        return self.arcs.minutes * self.scenario.costs.travel_cost_per_minute

    @cached_property
    def money_unit(self) -> float:
        """Kr. per money unit of the model: the power of two nearest the median price of serving somebody.

        Solver tolerances are absolute, so costs must lie around 1 whatever the region's amounts are.
        """
        costs = np.concatenate([self.arc_cost.ravel(), self.purchase_price.ravel()])
        positive = costs[costs > 0]
        return float(2.0 ** np.round(np.log2(np.median(positive)))) if positive.size else 1.0

    def cost_share(self, unit: Unit, t: int) -> float:
        """Share of a unit's cost left in year index ``t`` after the takst reduction."""
        return float(cost_factor(unit.owner_type, unit.shared, self.scenario, self.years)[t])

    def free_demand(self, future: int) -> Array:
        """d less those who are certain to stay where they live, shape (K, C, T)."""
        f = self.futures[future]
        free = f.demand - f.outside
        if self.scenario.limits.residents_stay:
            certain = np.array([not self.may_end(u) for u in range(len(self.units))], dtype=np.bool_)[self.arcs.u]
            np.subtract.at(free, (self.arcs.k[certain], self.arcs.c[certain]), f.residents[certain])
        return np.where(free > NOBODY, free, 0.0)

    @cached_property
    def expected_guests(self) -> Array:
        """Place-years of guests from outside the region, the mean over futures, shape (U, C, T)."""
        total = np.zeros((len(self.units), len(self.cells), len(self.years)))
        for f in self.futures:
            total[f.guests.index] += f.probability * f.guests.values
        return total

    def expected_demand(self) -> Array:
        """E d[g,t] over futures, summed over municipalities, shape (C, T)."""
        return np.asarray(sum(f.probability * f.demand.sum(axis=0) for f in self.futures))


def build_problem(region: Region, scenario: Scenario, demand: DemandFutures | None = None) -> Problem:
    """Sets and arrays for ``scenario`` in ``region``; ``demand`` replaces the futures the scenario asks for.

    Raises:
        FaultyInput: demand, residents or limits that contradict each other.
    """
    years = tuple(range(scenario.horizon.first, scenario.horizon.last + 1))
    demand = demand or demand_futures(region, scenario, cell_demand(region, scenario))
    municipalities = _municipalities(region)
    cells = _cells(region)
    units, rows = _units(region, scenario)
    converted = options.conversions(region, units, scenario, years)
    served = [
        tuple(dict.fromkeys([*unit.groups, *(g for c in converted if c.unit == u for g in c.groups_after)]))
        for u, unit in enumerate(units)
    ]
    lived_in: dict[str, set[str]] = {}
    for _, group, _, offer in demand.resident_keys:
        lived_in.setdefault(offer, set()).add(group)
    costed = [sorted({*groups, *lived_in.get(unit.id, ())}) for unit, groups in zip(units, served, strict=True)]
    costs = unit_costs(region, scenario, units, rows, costed, years)
    places = np.array(
        [
            np.where(options.open_years(row, years), unit.places, 0.0)
            if unit.existing
            else [unit.places] * len(years)
            for unit, row in zip(units, rows, strict=True)
        ]
    ).reshape(len(units), len(years))
    prices = purchase_prices(region, scenario, years)
    groups = [str(g) for g in region.tables["target_groups"]["id"]]
    priced = [
        np.where(places[u] > 0, costs.marginal[g][u], 0.0)
        for u, unit in enumerate(units)
        if not unit.shared
        for g in served[u]
    ]
    arcs = build_arcs(region, scenario, municipalities, cells, units, served, demand)
    futures = build_futures(scenario, demand, municipalities, cells, units, arcs, places)
    available = purchase_available(region, groups, years)
    refuse_unbought(futures, cells, available, years)
    return Problem(
        region=region,
        scenario=scenario,
        years=years,
        discount=(1 + scenario.costs.discount_rate) ** -np.arange(len(years), dtype=np.float64),
        municipalities=municipalities,
        cells=cells,
        units=units,
        places=places,
        costs=costs,
        arcs=arcs,
        futures=futures,
        purchase_price=np.array([prices[c.group] for c in cells]).reshape(len(cells), len(years)),
        purchase_available=available,
        unmet_rate=unmet_rate(scenario, prices, priced, years),
        starts=options.starts(region, units, scenario, years, _priced_out(scenario, units, costs)),
        closures=options.closures(units, rows, scenario, years),
        conversions=converted,
        pools=options.loan_pools(region, units, scenario),
        frames=_frames(region, municipalities, years),
        planned_closing=options.planned_closing(units, rows, years),
        staff_limits=_staff_limits(region, years, units, rows, municipalities),
        requires=_requires(units, rows),
        names={
            "units": safe_names([u.id for u in units]),
            "municipalities": safe_names([m.code for m in municipalities]),
            "cells": safe_names([f"{c.group}_{c.term[0]}" for c in cells]),
            "pools": safe_names([str(p) for p in sorted(region.tables["loan_pools"]["id"])]),
        },
        warnings=(*region.warnings, *demand.warnings),
    )


def _municipalities(region: Region) -> tuple[Municipality, ...]:
    table = region.tables["municipalities"].sort_values("code")
    return tuple(
        Municipality(r["code"], r["name"], float(r["population"]), "" if pd.isna(r["group"]) else r["group"])
        for r in table.to_dict("records")
    )


def _cells(region: Region) -> tuple[Cell, ...]:
    """Every group in both terms, wanted or not: places can be planned for a cell nobody needs this year."""
    table = region.tables["target_groups"].sort_values("id")
    return tuple(Cell(r["id"], term, bool(r["complex"])) for r in table.to_dict("records") for term in TERMS)


def _units(region: Region, scenario: Scenario) -> tuple[tuple[Unit, ...], tuple[Row, ...]]:
    units: list[Unit] = []
    rows: list[Row] = []
    for table, existing in (("offers", True), ("candidates", False)):
        for row in region.tables[table].sort_values("id").to_dict("records"):
            units.append(_unit({str(k): v for k, v in row.items()}, scenario, existing=existing))
            rows.append({str(k): v for k, v in row.items()})
    return tuple(units), tuple(rows)


def _unit(row: Row, scenario: Scenario, *, existing: bool) -> Unit:
    identity, owner_type = str(row["id"]), str(row["owner_type"])
    basis = split_list(row["legal_basis"])
    if identity in scenario.levers.flexible_107_108:
        basis = ("sel107", "sel108")
    shared = owner_type in ("kommune", "region") or (owner_type == "selvejende" and bool(row.get("in_rammeaftale")))
    party = "" if existing else REGION_PARTY if owner_type == "region" else str(row["owner"])
    return Unit(
        id=identity,
        name=str(row["name"]),
        existing=existing,
        municipality=str(row["municipality"]),
        owner_type=owner_type,
        owner=str(row["owner"]),
        legal_basis=tuple(sorted(basis)),
        groups=split_list(row["target_groups"]),
        places=float(row["places"]),
        budgeted_occupancy=float(row["budgeted_occupancy"]),
        shared=shared,
        minimum_residents=number(row, "minimum_residents"),
        staff_per_place=number(row, "staff_per_place"),
        evidence=str(row["evidence"]),
        project="" if existing else str(row["project"]),
        frame_party=party,
    )


def _priced_out(scenario: Scenario, units: tuple[Unit, ...], costs: UnitCosts) -> frozenset[str]:
    """Candidates whose takst in full operation is above the cap of one of their groups, if caps bind new offers."""
    if scenario.levers.takst_cap_new != "inden_for_loftet":
        return frozenset()
    caps = scenario.levers.takst_cap
    return frozenset(
        unit.id
        for u, unit in enumerate(units)
        if not unit.existing and any(costs.takst[g][u] > caps[g] for g in unit.groups if g in caps)
    )


def _frames(
    region: Region, municipalities: tuple[Municipality, ...], years: tuple[int, ...]
) -> dict[tuple[str, str], Array]:
    frames = {("anlaegsramme", m.code): np.full(len(years), np.nan) for m in municipalities}
    frames["faellesramme", "faelles"] = np.full(len(years), np.nan)
    frames["likviditet", REGION_PARTY] = np.full(len(years), np.nan)
    for table, kind in (
        ("anlaegsramme", "anlaegsramme"),
        ("joint_frame", "faellesramme"),
        ("region_liquidity", "likviditet"),
    ):
        for row in region.tables[table].to_dict("records"):
            party = row.get("municipality", "faelles" if kind == "faellesramme" else REGION_PARTY)
            if row["year"] in years:
                frames[kind, str(party)][years.index(row["year"])] = float(row["amount"])
    return frames


def _staff_limits(
    region: Region,
    years: tuple[int, ...],
    units: tuple[Unit, ...],
    rows: tuple[Row, ...],
    municipalities: tuple[Municipality, ...],
) -> dict[tuple[str, int], float]:
    """Hires left for new offers by area and year index: those of existing offers that open then are taken off.

    Never below 0: what opens anyway is a fact, which a limit on new places can't undo.
    """
    home = {m.code: {m.code, m.area} for m in municipalities}
    limits = {
        (str(r["area"]), years.index(r["year"])): float(r["hires"])
        for r in region.tables["staff_limits"].to_dict("records")
        if r["year"] in years
    }
    for unit, row in zip(units, rows, strict=True):
        if unit.existing and row["opened"] in years:
            t = years.index(int(row["opened"]))
            for area in home[unit.municipality]:
                if (area, t) in limits:
                    limits[area, t] = max(limits[area, t] - unit.staff_per_place * unit.places, 0.0)
    return limits


def _requires(units: tuple[Unit, ...], rows: tuple[Row, ...]) -> tuple[tuple[int, frozenset[int]], ...]:
    """(candidate, the candidates any of which satisfies one requirement) for every requirement."""
    result: list[tuple[int, frozenset[int]]] = []
    for u, (unit, row) in enumerate(zip(units, rows, strict=True)):
        if unit.existing or pd.isna(row["requires"]):
            continue
        for needed in split_list(row["requires"]):
            able = frozenset(
                v for v, other in enumerate(units) if not other.existing and needed in (other.id, other.project)
            )
            result.append((u, able))
    return tuple(result)
