"""Key figures of one plan as a point of a sweep: the same columns as ``kapacitet sweep`` writes."""

from __future__ import annotations

import math

import pandas as pd

from kapacitet.insight.acceptance_tables import PICKED
from kapacitet.insight.result import Result
from kapacitet.insight.sweeps.answers import SEVERAL
from kapacitet.region.tables import split_list

FIGURES = (
    "objective", "bound", "gap", "new_places", "private_share", "unmet", "travel_minutes", "largest_burden",
    "seconds",
)  # fmt: skip


def point_figures(result: Result) -> dict[str, float | None]:
    """Cost (kr., discounted), places built in all and by group, shares, place-years, minutes and kr. per inhabitant.

    ``largest_burden`` is the most that any municipality's account grows by under the plan's own agreements.
    """
    known, kpis = result.summary, result.summary["kpis"]
    found: dict[str, float | None] = {
        "objective": known["objective"],
        "bound": known["bound"],
        "gap": known["gap"],
        "new_places": kpis["nye_pladser"],
        **_built_by_group(result),
        "private_share": kpis["privat_andel"],
        "unmet": kpis["udaekket_helaarspladser"],
        "travel_minutes": kpis["rejsetid_minutter"],
        "largest_burden": _burden(result.tables["scheme_accounts"]),
        "seconds": known["seconds"],
    }
    return {
        name: float(value) if value is not None and math.isfinite(value) else None for name, value in found.items()
    }


def _built_by_group(result: Result) -> dict[str, float]:
    """``places_<group>`` built; those open to several groups stand apart, so each place counts once."""
    groups = sorted({str(group) for group in result.tables["groups"]["target_group"]})
    found = {f"places_{group}": 0.0 for group in [*groups, SEVERAL]}
    builds = result.tables["builds"]
    new = builds[builds["kind"] == "byg"]
    for text, places in zip(new["target_groups"], new["places"], strict=True):
        mine = split_list(text)
        found[f"places_{mine[0] if len(mine) == 1 else SEVERAL}"] += float(places)
    return found


def _burden(bill: pd.DataFrame) -> float:
    return float(((bill[PICKED] - bill["baseline"]) / bill["population"].clip(lower=1)).max())
