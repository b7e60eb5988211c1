"""Whether the region's own futures are there, and of every year, when a scenario asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from kapacitet.faults import Fault
from kapacitet.region.model import Region
from kapacitet.scenario.coverage import year_ranges
from kapacitet.scenario.models import Scenario

TABLE = "demand_futures"


def lacking_futures(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """What stands in the way of ``futures.source = "table"``; nothing where the scenario draws its futures.

    The table says itself how many futures there are, so a ``count`` of another number contradicts it (1, the
    default, asks for nothing). All futures of a region cover the same municipalities, groups and years; that
    is the region's own check.
    """
    futures, table = scenario.futures, region.tables[TABLE]
    if futures.source != "table":
        return
    if table.empty:
        mend = "Tilføj fremtiderne i tabellen, eller sæt futures.source til draw."
        yield Fault("Regionen har ingen egne fremtider.", mend, table=TABLE)
        return
    number = table["future"].nunique()
    if futures.count not in (1, number):
        mend = "Slet futures.count, eller sæt futures.source til draw."
        message = f"Tabellen {TABLE} har {number} fremtider, så antallet kan ikke også vælges."
        yield Fault(message, mend, column="futures.count", value=str(futures.count))
    if futures.reduce_to > number:
        message = f"Der kan ikke udvælges {futures.reduce_to} fremtider af {number}."
        yield Fault(message, "Sænk reduce_to.", column="futures.reduce_to", value=str(futures.reduce_to))
    wanted = set(scenario.horizon.years)
    lacking: dict[tuple[int, ...], list[str]] = {}
    for (code, group), years in table.groupby(["municipality", "target_group"])["year"]:
        if missing := tuple(sorted(wanted - set(years))):
            lacking.setdefault(missing, []).append(f"{code} {group}")
    for missing, pairs in sorted(lacking.items()):
        yield Fault(
            f"Fremtiderne mangler {year_ranges(missing)} for {', '.join(sorted(pairs))}.",
            "Tilføj rækker for årene, eller vælg andre år i horizon.",
            table=TABLE,
            column="year",
        )
