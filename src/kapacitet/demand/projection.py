"""The need for places before anything is diverted: d[k,g,t] by the chosen projection.

Volume only. What a place costs is never in here, so growth in volume and in unit cost stay apart.
"""

from __future__ import annotations

import pandas as pd

from kapacitet.demand.population import KEYS, population_demand
from kapacitet.faults import FaultyInput
from kapacitet.region.model import Region
from kapacitet.scenario.coverage import uncovered_demand
from kapacitet.scenario.models import Scenario


def demand_frame(region: Region, scenario: Scenario) -> pd.DataFrame:
    """Place-years needed by municipality, target group and year of the horizon, before diversion.

    Everybody who needs a place in the year is counted, those already placed included. The figures are
    those of the table ``demand`` in the projection low, central or high, or persons × rate by age where
    ``demand.source`` is ``befolkning``.

    Returns:
        Columns municipality, target_group, year, place_years; sorted by its keys.

    Raises:
        FaultyInput: years without rows, or ages of the population that aren't covered.
    """
    if scenario.demand.source == "befolkning":
        return population_demand(region, scenario)
    faults = uncovered_demand(region, scenario)
    if faults:
        raise FaultyInput(faults)
    table = region.tables["demand"]
    years = table["year"].to_numpy()
    inside = (years >= scenario.horizon.first) & (years <= scenario.horizon.last)
    frame = table.loc[inside, [*KEYS, scenario.demand.projection]]
    frame.columns = pd.Index([*KEYS, "place_years"])
    return frame.sort_values(KEYS, ignore_index=True)
