"""Whether the table ``demand`` says the need of every year a scenario plans for."""

from __future__ import annotations

from collections.abc import Iterable

from kapacitet.faults import Fault
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario


def uncovered_demand(region: Region, scenario: Scenario) -> tuple[Fault, ...]:
    """A fault if years of the horizon have no rows in ``demand``.

    A region's table has every municipality and group in each year it covers, so a year is there or it isn't.
    Nothing is asked of the table where the scenario builds the need from population.
    """
    missing = set(scenario.horizon.years) - set(region.tables["demand"]["year"])
    if scenario.demand.source != "tabel" or not missing:
        return ()
    mend = "Tilføj rækker for årene, eller vælg andre år i horizon."
    if region.tables["demand"].empty:  # then the region has population and rates
        mend = "Tilføj rækker, eller sæt demand.source til befolkning."
    return (
        Fault(
            f"Behovet mangler for {year_ranges(missing)}.",
            mend,
            table="demand",
            column="year",
        ),
    )


def year_ranges(years: Iterable[int]) -> str:
    """Years (or ages) as a reader writes them: ``2026-2028, 2031``."""
    ranges: list[list[int]] = []
    for year in sorted(set(years)):
        if ranges and ranges[-1][1] == year - 1:
            ranges[-1][1] = year
        else:
            ranges.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
