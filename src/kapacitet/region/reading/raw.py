"""What reading gives, before anything is converted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kapacitet.faults import Fault
from kapacitet.region.cells import Cell
from kapacitet.region.records import RawTable

if TYPE_CHECKING:
    import geopandas as gpd


@dataclass
class RawRegion:
    """A region as read.

    Attributes:
        id, title, price_year: as written; None where missing.
        tables: raw tables by name, only those of the specification.
        outlines: municipal outlines, if there are any.
        faults: everything wrong so far, warnings included.
        unreadable: tables that are there, but can't be read (and have a fault).
        where: where id, title and price year stand, for messages.
    """

    id: Cell = None
    title: Cell = None
    price_year: Cell = None
    tables: dict[str, RawTable] = field(default_factory=dict)
    outlines: gpd.GeoDataFrame | None = None
    faults: list[Fault] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    where: str = "datapackage.json"
