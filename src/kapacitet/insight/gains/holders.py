"""Who brings a house into a group: the municipality that owns it or bears its deficit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import REGION_PARTY, Unit

REGION = -1
MARKET = -2


def holders(problem: Problem) -> npt.NDArray[np.int64]:
    """Index of the municipality that brings each unit into a group, shape (U,).

    A municipal offer or candidate follows its owner. One that is selvejende inside the rammeaftale follows its
    ``deficit_bearer``, else the municipality it lies in. ``REGION`` marks what only all municipalities together
    have, ``MARKET`` what is paid by price and shared out by demand.
    """
    index = {m.code: k for k, m in enumerate(problem.municipalities)}
    table = problem.region.tables["offers"]
    bearers = {str(o): b for o, b in zip(table["id"], table["deficit_bearer"], strict=True) if not pd.isna(b)}
    regional = {REGION_PARTY, *(unit.owner for unit in problem.units if unit.owner_type == "region")}

    def holder(unit: Unit) -> int:
        if not unit.shared:
            return MARKET
        if unit.owner_type == "region":
            return REGION
        if unit.owner_type == "kommune":
            return index[unit.owner]
        bearer = str(bearers.get(unit.id, ""))
        return REGION if bearer in regional else index.get(bearer, index[unit.municipality])

    return np.array([holder(unit) for unit in problem.units], dtype=np.int64)
