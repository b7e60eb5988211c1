"""What has changed since the previous plan, project by project, and what each change costs."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import Unit

KEPT, MOVED, SWAPPED, DROPPED, NEW = "uaendret", "flyttet", "anden_variant", "udgaaet", "nyt"
PAID = (MOVED, SWAPPED, DROPPED)
COLUMNS = [
    "project",
    "kind",
    "candidate_before",
    "start_before",
    "candidate",
    "start",
    "name",
    "owner_type",
    "owner",
    "municipality",
    "places_before",
    "places",
    "price",
]


@dataclass(frozen=True, slots=True)
class Built:
    """A candidate and the year its building starts."""

    unit: Unit
    start: int


def plan_change(problem: Problem, plan: Plan) -> pd.DataFrame:
    """One row per project that the previous plan or this one builds, by project; projects decided already apart.

    ``kind`` is ``uaendret``, ``flyttet`` (another year), ``anden_variant`` (whatever the year), ``udgaaet`` or
    ``nyt``; ``price`` the kr. paid for it in the first year: their sum is the component ``planaendring``. Name and
    owner are those of the candidate in this plan, else in the previous one. Empty without a previous plan.
    """
    previous = problem.scenario.projects.previous
    if not previous:
        return pd.DataFrame(columns=COLUMNS)
    units = {unit.id: unit for unit in problem.units if not unit.existing}
    before = {units[one.candidate].project: Built(units[one.candidate], one.start) for one in previous}
    chosen = [problem.starts[i] for i in plan.starts if not problem.starts[i].committed]
    built = [Built(problem.units[start.unit], start.start_year) for start in chosen]
    now = {one.unit.project: one for one in built}
    price = problem.scenario.projects.change_price
    rows = [_row(project, before.get(project), now.get(project), price) for project in sorted({*before, *now})]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"start_before": "Int64", "start": "Int64"})


def _row(project: str, before: Built | None, now: Built | None, price: float) -> dict[str, object]:
    kind = _kind(before, now)
    shown = next(built.unit for built in (now, before) if built is not None)
    return {
        "project": project,
        "kind": kind,
        "candidate_before": before.unit.id if before else None,
        "start_before": before.start if before else None,
        "candidate": now.unit.id if now else None,
        "start": now.start if now else None,
        "name": shown.name,
        "owner_type": shown.owner_type,
        "owner": shown.owner,
        "municipality": shown.municipality,
        "places_before": before.unit.places if before else None,
        "places": now.unit.places if now else None,
        "price": price if kind in PAID else 0.0,
    }


def _kind(before: Built | None, now: Built | None) -> str:
    if before is None:
        return NEW
    if now is None:
        return DROPPED
    if now.unit.id != before.unit.id:
        return SWAPPED
    return KEPT if now.start == before.start else MOVED
