"""What it costs to wait a year: with the plan, with one project of it, and with all building."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from kapacitet.insight.many import Decision
from kapacitet.insight.reasons.change import IMPOSSIBLE, UNKNOWN, Change
from kapacitet.insight.reasons.ground import PLAN, Ground
from kapacitet.insight.reasons.section import Section, Told
from kapacitet.insight.reasons.variations import unlimited, with_section
from kapacitet.planning.solver import Ending

WHOLE, SLOWER = "hele planen", "byggeriet tager et år mere"
COLUMNS = [
    "what", "project", "name", "start_year", "delayed_to", "allowed", "change", "change_low", "change_high",
    "sureness",
]  # fmt: skip


def delay(ground: Ground) -> Section:
    """Three questions, ``change`` in kr. against the plan:

    - the same plan with every project not yet begun a year later (``hele planen``), and with one of them at a
      time: exact, everybody placed anew. ``delayed_to`` is blank where a project can't be begun a year later and
      falls out. ``allowed`` is False where a limit stands in the way; the change is then that of the cost alone.
    - every building takes a year more (``construction_delay`` + 1) and all is chosen anew.
    """
    later = {project: ground.starts.get((d.name, d.start + 1)) for project, d in ground.in_plan.items()}
    plans = {f"udskudt:{project}": _moved(ground, {project: later[project]}) for project in later}
    plans["udskudt"] = _moved(ground, later)
    levers = ground.scenario.levers
    slower = with_section(ground.scenario, "levers", construction_delay=levers.construction_delay + 1)
    jobs = {key: ground.priced(_label(key), decisions) for key, decisions in plans.items()}
    told = yield {**jobs, SLOWER: replace(ground.job(SLOWER, scenario=slower), start=None)}

    broken = [key for key in plans if key in told and told[key].ending is Ending.INFEASIBLE]
    free = unlimited(ground.scenario)
    again = {f"{key}:frit": ground.priced(_label(key), plans[key], scenario=free) for key in broken}
    if again:
        again[f"{PLAN}:frit"] = ground.priced("planen uden grænser", ground.decisions, scenario=free)
    without = yield again

    def row(what: str, key: str, project: str = "") -> dict[str, object]:
        mine = ground.in_plan.get(project)
        moved = later.get(project)
        change = _exact(ground, told, without, key)
        return {
            "what": what,
            "project": project,
            "name": ground.title(mine.name) if mine else "",
            "start_year": pd.NA if mine is None else mine.start,
            "delayed_to": pd.NA if moved is None else moved.start,
            "allowed": key not in broken,
            **change.columns("change"),
        }

    rows = [row(WHOLE, "udskudt"), *(row("et projekt", f"udskudt:{project}", project) for project in later)]
    change = Change.of_other(ground, told.get(SLOWER))
    rows.append(
        {
            "what": SLOWER,
            "project": "",
            "name": "",
            "allowed": change.sureness != "umulig",
            **change.columns("change"),
        }
    )
    table = pd.DataFrame(rows, columns=COLUMNS)
    return {"reasons_delay": table.astype({"start_year": "Int64", "delayed_to": "Int64"})}


def _label(key: str) -> str:
    _, _, project = key.partition(":")
    return f"{project or 'hele planen'} et år senere"


def _moved(ground: Ground, later: Mapping[str, Decision | None]) -> list[Decision]:
    """The plan with these projects begun otherwise, or not at all."""
    gone = {ground.in_plan[project] for project in later}
    return [*(d for d in ground.decisions if d not in gone), *(d for d in later.values() if d is not None)]


def _exact(ground: Ground, told: Told, without: Told, key: str) -> Change:
    """The change of the plan's own cost, without limits where one stands in the way."""
    answer, before = told.get(key), ground.cost
    if answer is not None and answer.ending is Ending.INFEASIBLE:
        answer, plan = without.get(f"{key}:frit"), without.get(f"{PLAN}:frit")
        if answer is None or plan is None:
            return UNKNOWN
        before = plan.most
    if answer is None:
        return UNKNOWN
    if answer.objective is None:
        return IMPOSSIBLE
    change = answer.objective - before
    return Change.between(change, change, change)
