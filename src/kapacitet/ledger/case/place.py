"""The region a case names: who its municipalities are, which keys it has, and who may own an offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import pandas as pd

from kapacitet.faults import FaultyInput
from kapacitet.ledger.case.fields import Section
from kapacitet.ledger.exact import exact
from kapacitet.region import load_region, shipped_ids, shipped_region

OUTSIDE = "udenbys"
REGION = "region"
NEEDED = ("municipalities", "keys", "offers", "candidates")
"""Tables of a region that tell who the parties are."""
type Finder = Callable[[str], Mapping[str, pd.DataFrame]]
"""Gives the tables :data:`NEEDED` of the region by a name; raises FaultyInput where there is none."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who the parties are.

    Attributes:
        known: whether a region is named; without one any code may be a municipality of it.
        names: municipalities by code.
        keys: weights by municipality, by the key's name.
        owners: who runs public offers without being a municipality.
        outside: buyers known to be from outside the region.
    """

    known: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    owners: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset({OUTSIDE})

    def external(self, code: str) -> bool:
        """Whether a buyer is from outside the region: it pays takst and efterregulering, nothing else."""
        return code in self.outside or (self.known and code not in self.names and code not in self.owners)


def read_place(top: Section, find: Finder) -> Place | None:
    """The region named at the top of the case, and the codes listed as ``external``; None if it is faulty.

    Args:
        top: the document.
        find: gives the region's tables.
    """
    region, outside = top.text("region"), _external(top)
    if not top.has("region"):
        return Place(outside=outside)
    if region is None:
        return None
    try:
        place = _place(find(region), outside)
    except FaultyInput as error:
        top.faults.extend(error.faults)
        return None
    for code in sorted(outside & set(place.names)):
        top.fault("external", f"{place.names[code]} ligger i regionen.", "Fjern koden fra listen.", code)
    return place


def _external(top: Section) -> frozenset[str]:
    found = {OUTSIDE}
    for code in top.entries("external") or ():
        if isinstance(code, str) and code.strip():
            found.add(code.strip())
        else:
            top.fault("external", "Skal være koder som tekst.", 'Skriv fx external = ["751"].', code)
    return frozenset(found)


def in_folder(folder: Path) -> Finder:
    """Regions by their path from ``folder``, or by the id of a shipped one."""

    def find(name: str) -> Mapping[str, pd.DataFrame]:
        path = folder / name
        return load_region(path if name not in shipped_ids() and path.exists() else shipped_region(name)).tables

    return find


def _place(tables: Mapping[str, pd.DataFrame], outside: frozenset[str]) -> Place:
    towns = tables["municipalities"]
    codes = [str(code) for code in towns["code"]]
    keys: dict[str, dict[str, Fraction]] = {
        "population": dict(zip(codes, (exact(int(count)) for count in towns["population"]), strict=True)),
        "equal": {code: Fraction(1) for code in codes},
    }
    table = tables["keys"]
    for key in sorted({str(key) for key in table["key"]}):
        mine = table[table["key"] == key]
        weights = (exact(float(weight)) for weight in mine["weight"])
        keys[key] = dict(zip((str(code) for code in mine["municipality"]), weights, strict=True))
    owners = {REGION}
    for rows in (tables["offers"], tables["candidates"]):
        owners |= {str(owner) for owner in rows.loc[rows["owner_type"].isin(["region", "selvejende"]), "owner"]}
    names = dict(zip(codes, (str(town) for town in towns["name"]), strict=True))
    return Place(True, names, keys, frozenset(owners), outside)
