"""Today's residents, thinned by attrition: R[k,g,o,t]."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kapacitet.demand.terms import Array
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

ROW_KEYS = ["municipality", "target_group", "offer"]


def residents_frame(region: Region, scenario: Scenario) -> pd.DataFrame:
    """Place-years of today's residents by municipality, group, offer and year of the horizon.

    R in year t = count · (1 − attrition)^max(0, t − year of ``as_of``). Municipality may be ``udenbys`` and
    offer ``udenfor:<group>``. Neither closing dates nor the projection are looked at here.

    Returns:
        Columns municipality, target_group, offer, year, place_years; sorted by its keys; empty rows left out.
    """
    rows, thinned = thinned_residents(region, scenario)
    years = np.asarray(scenario.horizon.years, dtype=np.int64)
    frame = rows[ROW_KEYS].loc[rows.index.repeat(len(years))].reset_index(drop=True)
    frame["year"] = np.tile(years, len(rows))
    frame["place_years"] = thinned.reshape(-1)
    return frame[frame["place_years"] > 0].reset_index(drop=True)


def thinned_residents(region: Region, scenario: Scenario) -> tuple[pd.DataFrame, Array]:
    """The rows of ``residents`` sorted by their key, and R by row and year of the horizon, shape (N, T)."""
    rows = region.tables["residents"].sort_values(ROW_KEYS, ignore_index=True)
    groups = region.tables["target_groups"]
    attrition = dict(zip(groups["id"], groups["attrition"], strict=True))
    staying = 1.0 - np.array([attrition[group] for group in rows["target_group"]], dtype=np.float64)
    base = np.array([int(day[:4]) for day in rows["as_of"]], dtype=np.int64)
    age = np.maximum(0, np.asarray(scenario.horizon.years, dtype=np.int64) - base[:, None])
    return rows, rows["count"].to_numpy(dtype=np.float64)[:, None] * staying[:, None] ** age
