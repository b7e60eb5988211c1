"""Warnings: figures that can be right, but that a reader of the results should know of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS
from kapacitet.region.danish import danish
from kapacitet.region.tables import split_list
from kapacitet.region.validation.draft import Draft, several

NATIONAL_RESIDENTS: Final = 28_000
"""Persons in botilbud in Denmark, 2022 (Ekspertudvalget 2024)."""
NATIONAL_POPULATION: Final = 5_961_249
"""Inhabitants of Denmark on 1 January 2024 (Danmarks Statistik)."""
COMPLEX_SHARE: Final = 0.10
"""Share of residents with complex needs, an upper bound (Ekspertudvalget 2024)."""


def dates_together(draft: Draft) -> Iterator[Fault]:
    """Places and residents are counted within a year of each other."""
    dates = sorted(
        (row.text("as_of"), name, row.number)
        for name in ("offers", "residents")
        for row in draft[name]
        if row.text("as_of")
    )
    if not dates:
        return
    (first, first_table, first_row), (last, last_table, last_row) = dates[0], dates[-1]
    if dt.date.fromisoformat(last) > _year_after(dt.date.fromisoformat(first)):
        message = (
            f"Opgørelserne ligger mere end et år fra hinanden: {first} ({first_table}, række {first_row}) og "
            f"{last} ({last_table}, række {last_row})."
        )
        yield Fault(message, "Brug opgørelser fra samme tid.", last_table, column="as_of", severity="advarsel")


def _year_after(date: dt.date) -> dt.date:
    leap_day = date.month == 2 and date.day == 29
    return date.replace(year=date.year + 1, day=28 if leap_day else date.day)


def places_counted_once(draft: Draft) -> Iterator[Fault]:
    """An offer for several groups has its places once: summing places per group counts them several times."""
    shared = [row.text("name") for row in draft["offers"] if len(split_list(row["target_groups"])) > 1]
    if shared:
        message = f"{len(shared)} tilbud er for flere målgrupper: {several(shared)}."
        mend = "Deres pladser tæller én gang; læg aldrig pladser sammen pr. målgruppe."
        yield Fault(message, mend, "offers", column="target_groups", severity="advarsel")


def complex_residents(draft: Draft) -> Iterator[Fault]:
    """Residents of complex groups stay below 10 % of the region's share of 28 000 residents in Denmark."""
    complex_groups = {id for id, row in draft.groups.items() if row["complex"] is True}
    population = sum(row.whole("population") or 0 for row in draft["municipalities"])
    count = sum(
        row.whole("count") or 0
        for row in draft["residents"]
        if row["target_group"] in complex_groups and row["municipality"] != UDENBYS
    )
    most = COMPLEX_SHARE * NATIONAL_RESIDENTS * population / NATIONAL_POPULATION
    if count and count >= most:
        message = (
            f"{danish(count)} beboere har komplekse behov, men med {danish(population)} indbyggere ventes under "
            f"{danish(most, 0)} (10 % af regionens andel af 28.000 på landsplan)."
        )
        mend = "Kontrollér, at alle hører til målgrupperne."
        yield Fault(message, mend, "residents", column="count", severity="advarsel")
