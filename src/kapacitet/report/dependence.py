"""How much of each municipality's need is met privately or not at all: what the map is coloured by."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kapacitet.region.model import Region
from kapacitet.region.tables import shared_offers
from kapacitet.report.records import records

FEWEST_SHOWN = 5
"""Below this many place-years a municipality's share isn't shown: so few could point to persons."""
STEPS = (0.10, 0.20, 0.30, 0.50)
CLASSES = ("under 10 %", "10–20 %", "20–30 %", "30–50 %", "50 % og derover")
HIDDEN = "behov under 5 pladser, vises ikke"


def dependence(tables: Mapping[str, pd.DataFrame], region: Region) -> pd.DataFrame:
    """Per year and municipality: ``need`` (place-years) and ``share`` of it met by private offers, bought or unmet.

    A municipality without need in a year has no row.
    """
    offers = region.tables["offers"]
    private = set(offers.loc[~shared_offers(offers), "id"].astype(str))
    placements, keys = tables["placements"], ["year", "municipality"]
    dependent = placements[placements["offer"].astype(str).isin(private)]
    away = pd.concat([part[[*keys, "place_years"]] for part in (dependent, tables["purchases"], tables["unmet"])])
    public = placements[~placements["offer"].astype(str).isin(private)][[*keys, "place_years"]]
    need = pd.concat([away, public]).groupby(keys)["place_years"].sum()
    missing = away.groupby(keys)["place_years"].sum().reindex(need.index, fill_value=0.0)
    found = pd.DataFrame({"need": need, "share": missing / need}).reset_index()
    return found[found["need"] > 0].reset_index(drop=True)


def class_of(need: float, share: float) -> str:
    """The class a municipality is shown in; too small ones are hidden."""
    if need < FEWEST_SHOWN:
        return HIDDEN
    return CLASSES[sum(share >= step for step in STEPS)]


def classes(tables: Mapping[str, pd.DataFrame], region: Region) -> dict[str, dict[int, str]]:
    """Municipality code -> year -> class; every municipality and year of the plan has one."""
    years = sorted({int(year) for year in tables["groups"]["year"]})
    codes = region.tables["municipalities"]["code"].astype(str)
    result = {code: dict.fromkeys(years, HIDDEN) for code in codes}
    for row in records(dependence(tables, region)):
        result[str(row["municipality"])][int(row["year"])] = class_of(row["need"], row["share"])
    return result
