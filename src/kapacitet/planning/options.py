"""The first stage's choices: ways to start a candidate, to close and to convert an offer, pools to draw on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kapacitet.planning.costs import budget_change
from kapacitet.planning.records import Row, number, year_of
from kapacitet.planning.sets import REGION_PARTY, Closure, Conversion, LoanPool, Start, Unit
from kapacitet.region.model import Region
from kapacitet.region.tables import split_list
from kapacitet.scenario.building import buildings
from kapacitet.scenario.models import Scenario


def starts(
    region: Region, units: Sequence[Unit], scenario: Scenario, years: Sequence[int], priced_out: frozenset[str]
) -> tuple[Start, ...]:
    """Every allowed start of every candidate, committed ones included.

    ``priced_out`` are those whose takst lies above a cap that binds new offers; what is committed is a fact.
    """
    index = {unit.id: u for u, unit in enumerate(units) if not unit.existing}
    committed = {one.candidate for one in scenario.projects.committed}
    result: list[Start] = []
    for building in buildings(region, scenario):
        identity = str(building.row["id"])
        if identity in priced_out and identity not in committed:
            continue
        draws = building.draws_on_frame or units[index[identity]].frame_party == REGION_PARTY
        cost = number(building.row, "construction_cost") * (1 + scenario.levers.construction_overrun)
        for start, opens in zip(building.starts, building.opens, strict=True):
            spending = _spending(building.row, start, cost, years)
            result.append(
                Start(
                    unit=index[identity],
                    start_year=start,
                    open_year=opens,
                    spending=spending,
                    frame_draw=spending if draws else tuple(0.0 for _ in years),
                    construction_cost=cost,
                    committed=identity in committed,
                )
            )
    return tuple(result)


def _spending(row: Row, start: int, cost: float, years: Sequence[int]) -> tuple[float, ...]:
    """Construction cost by year of the horizon; what falls outside it isn't counted."""
    result = [0.0] * len(years)
    for offset, part in enumerate(split_list(row["spend_profile"])):
        if start + offset in years:
            result[years.index(start + offset)] = cost * float(part)
    return tuple(result)


def closures(
    units: Sequence[Unit], rows: Sequence[Row], scenario: Scenario, years: Sequence[int]
) -> tuple[Closure, ...]:
    """Years in which a shared offer that states ``earliest_close`` may close, where the scenario allows it."""
    if not scenario.limits.closures:
        return ()
    result: list[Closure] = []
    for u, (unit, row) in enumerate(zip(units, rows, strict=True)):
        earliest = year_of(row, "earliest_close") if unit.existing and unit.shared else None
        if earliest is None:
            continue
        opened, closes = _open_span(row, years)
        result += [
            Closure(u, year, number(row, "closing_cost"))
            for year in years
            if year >= earliest and opened <= year < closes
        ]
    return tuple(result)


def conversions(
    region: Region, units: Sequence[Unit], scenario: Scenario, years: Sequence[int]
) -> tuple[Conversion, ...]:
    """Starts of every conversion that takes effect inside the horizon, where the scenario allows it."""
    if not scenario.limits.conversions:
        return ()
    index = {unit.id: u for u, unit in enumerate(units) if unit.existing}
    result = []
    for position, row in enumerate(region.tables["conversions"].to_dict("records")):
        u = index[str(row["offer"])]
        kept = [g for g in units[u].groups if g not in split_list(row["from_groups"])]
        after = tuple(dict.fromkeys([*kept, *split_list(row["to_groups"])]))
        change = tuple(budget_change(region, scenario, units[u], after, years).tolist())
        result += [
            Conversion(u, position, year, year + int(row["years"]), after, float(row["cost"]), change)
            for year in years
            if year >= row["earliest"] and year + int(row["years"]) <= years[-1]
        ]
    return tuple(result)


def loan_pools(region: Region, units: Sequence[Unit], scenario: Scenario) -> tuple[LoanPool, ...]:
    """Loan pools with the candidates that qualify: every target group and legal basis of theirs is named."""
    window = scenario.levers.loan_pool_window
    result = []
    for row in region.tables["loan_pools"].to_dict("records"):
        groups, basis = set(split_list(row["target_groups"])), set(split_list(row["legal_basis"]))
        to_region = row["relieves"] == "likviditet"
        qualified = tuple(
            u
            for u, unit in enumerate(units)
            if not unit.existing
            and set(unit.groups) <= groups
            and set(unit.legal_basis) <= basis
            and (unit.frame_party == REGION_PARTY) == to_region
        )
        first, last = (window[0], window[1]) if window else (int(row["first_year"]), int(row["last_year"]))
        result.append(LoanPool(str(row["id"]), first, last, float(row["amount"]), str(row["relieves"]), qualified))
    return tuple(sorted(result, key=lambda pool: pool.id))


def planned_closing(units: Sequence[Unit], rows: Sequence[Row], years: Sequence[int]) -> npt.NDArray[np.float64]:
    """Kr. by unit and year that shared offers cost once they have closed by their own ``closes``, shape (U, T).

    The closing cost falls in the year of closing (sunk if that lies before the horizon); the capital charge goes on.
    """
    result = np.zeros((len(units), len(years)))
    for u, (unit, row) in enumerate(zip(units, rows, strict=True)):
        closes = year_of(row, "closes") if unit.existing and unit.shared else None
        if closes is not None:
            result[u, np.array(years) >= closes] = number(row, "capital_charge")
            if closes in years:
                result[u, years.index(closes)] += number(row, "closing_cost")
    return result


def _open_span(row: Row, years: Sequence[int]) -> tuple[float, float]:
    """First year with places and first year without."""
    opened, closes = year_of(row, "opened"), year_of(row, "closes")
    return years[0] if opened is None else opened, float("inf") if closes is None else closes


def open_years(row: Row, years: Sequence[int]) -> list[bool]:
    """Whether an existing offer has places in each year of the horizon, by its own ``opened`` and ``closes``."""
    opened, closes = _open_span(row, years)
    return [opened <= year < closes for year in years]
