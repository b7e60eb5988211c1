"""The region: everything known about supply, need and money, as one immutable object.

It is made by :func:`kapacitet.region.load_region` (files) or
:func:`kapacitet.region.region_from_tables` (memory) and is only ever made of faultless tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from kapacitet.faults import Fault

if TYPE_CHECKING:
    import geopandas as gpd


class Tables(Mapping[str, pd.DataFrame]):
    """Read-only tables by name.

    Each look-up gives a shallow copy: pandas copies on write, so whatever a reader does to the frame
    stays with that reader and the region is the same to everybody else.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        self._frames = {name: frame.copy(deep=False) for name, frame in frames.items()}

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self._frames[name].copy(deep=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def __repr__(self) -> str:
        return "Tables(" + ", ".join(f"{name}: {len(frame)}" for name, frame in self._frames.items()) + ")"


@dataclass(frozen=True, eq=False)
class Region:
    """A validated region.

    Two regions are equal, and hash alike, when their content is: row order and file format don't count.

    Attributes:
        id: machine name (``syddanmark``).
        title: name for readers.
        price_year: the year whose prices all kr. are in.
        tables: every table of the specification (:data:`kapacitet.region.tables.TABLES`); a table that was
            not given is an empty frame with the right columns and dtypes. Text is ``str``, numbers
            ``float64``, whole numbers ``int64`` (``Int64`` where optional), booleans ``bool``, dates ISO text
            and lists text with ``;`` between.
        outlines: municipal outlines (``kommunekode``, ``navn``, ``geometry``; EPSG:4326), or None.
        warnings: what a reader of any result should know about this input.
        content_hash: SHA-256 over id, title, price year, tables and outlines.
    """

    id: str
    title: str
    price_year: int
    tables: Mapping[str, pd.DataFrame]
    outlines: gpd.GeoDataFrame | None
    warnings: tuple[Fault, ...]
    content_hash: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Region) and other.content_hash == self.content_hash

    def __hash__(self) -> int:
        return hash(self.content_hash)
