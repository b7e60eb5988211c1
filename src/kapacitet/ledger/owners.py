"""Which party bears an offer's result."""

from __future__ import annotations

import pandas as pd

from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import REGION_PARTY


def bearers(problem: Problem) -> tuple[str, ...]:
    """For each unit a municipality's code, ``region``, or another owner's name.

    A selvejende offer's result is borne by its ``deficit_bearer`` where that is given.
    """
    offers = problem.region.tables["offers"]
    named = dict(zip(offers["id"], offers["deficit_bearer"], strict=True))
    regional = {unit.owner for unit in problem.units if unit.owner_type == "region"}
    found = []
    for unit in problem.units:
        given = named.get(unit.id) if unit.owner_type == "selvejende" else None
        bearer = unit.owner if pd.isna(given) else str(given)
        found.append(REGION_PARTY if bearer in regional else bearer)
    return tuple(found)
