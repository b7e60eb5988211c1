"""What the checks look at: all tables converted, none of them trusted yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kapacitet.faults import Fault, Severity
from kapacitet.region.cells import shown_value
from kapacitet.region.records import Record, Records

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass(frozen=True)
class Draft:
    """A region on its way through the checks.

    Attributes:
        price_year: the package's price year, None if it is missing or faulty.
        tables: the records of every table of the specification.
        outlines: municipal outlines, if any.
        over_occupancy: residents an offer may hold above its places, as a share of them.
    """

    price_year: int | None
    tables: Mapping[str, Records]
    outlines: gpd.GeoDataFrame | None = None
    over_occupancy: float = 0.0

    def __getitem__(self, name: str) -> Records:
        return self.tables[name]

    @cached_property
    def municipality_names(self) -> dict[str, str]:
        """Municipality names by code."""
        return {row.text("code"): row.text("name") for row in self["municipalities"] if row["code"]}

    @cached_property
    def groups(self) -> dict[str, Record]:
        """Target groups by id."""
        return by_id(self["target_groups"])

    @cached_property
    def offers(self) -> dict[str, Record]:
        """Existing offers by id."""
        return by_id(self["offers"])

    def place(self, code: str) -> str:
        """A municipality for messages: code and name."""
        return f"{code} {self.municipality_names.get(code, '')}".strip()


type Check = Callable[[Draft], Iterator[Fault]]
"""One check: whatever is wrong in its own respect, told one by one."""


def by_id(records: Records) -> dict[str, Record]:
    """The records of a table by their ``id``; the first of duplicates."""
    found: dict[str, Record] = {}
    for row in records:
        if row.text("id"):
            found.setdefault(row.text("id"), row)
    return found


def at(
    table: str,
    row: Record | None,
    column: str | None,
    message: str,
    mend: str = "",
    severity: Severity = "fejl",
) -> Fault:
    """A fault at a row and column, with the value that stands there."""
    value = row[column] if row is not None and column is not None else None
    return Fault(message, mend, table, row.number if row else None, column, shown_value(value), severity)


def several(names: list[str], most: int = 8) -> str:
    """The names with commas, the last ones only counted if there are many."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} og {len(names) - most} til"
