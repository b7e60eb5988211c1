"""What it costs to leave a project out, or to build one the plan leaves out: all else chosen anew."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.many import Decision
from kapacitet.insight.reasons.change import Change
from kapacitet.insight.reasons.ground import IN, OUT, Ground
from kapacitet.insight.reasons.section import Section

PROMISING = 5
COLUMNS = [
    "project", "name", "municipality", "owner_type", "places", "in_plan", "question", "quick", "change",
    "change_low", "change_high", "sureness", "added", "dropped",
]  # fmt: skip


def projects(ground: Ground, asked: Sequence[str]) -> Section:
    """Every project of the plan left out, and the most promising others put in; or those asked for.

    A project of the plan is asked about with all its variants, or one variant alone where a candidate is named.
    ``quick`` is what it costs if all else stands (insight/alternatives), ``change`` with all else chosen anew: it
    lies between ``change_low`` and ``change_high`` for certain.

    Raises:
        FaultyInput: a name that nothing may be asked about.
    """
    names = _names(ground, asked)
    jobs = {}
    for name in names:
        if _is_built(ground, name):
            jobs[OUT + name] = ground.without([name], f"uden {name}")
        else:
            jobs[IN + name] = ground.including(name, f"med {name}")
    told = yield jobs
    rows = []
    for key, name in zip(jobs, names, strict=True):
        answer = told.get(key)
        quick = _quick(ground, name)
        change = Change.of_restriction(ground, answer, quick)
        rows.append(
            {
                **_facts(ground, name),
                "question": "uden" if key.startswith(OUT) else "med",
                "quick": quick,
                **change.columns("change"),
                **difference(ground, () if answer is None else answer.decisions),
            }
        )
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = table.assign(out=table["question"] == "uden").sort_values(
        ["out", "change", "project"], ascending=[False, False, True], kind="stable"
    )
    return {"reasons_projects": order.drop(columns="out").reset_index(drop=True)}


def difference(ground: Ground, decisions: Sequence[Decision]) -> dict[str, str]:
    """Candidates another plan builds that the plan doesn't, and those it leaves out; blank where there is none."""
    if not decisions:
        return {"added": "", "dropped": ""}
    theirs = {d.name for d in decisions if d.kind == "byg"}
    mine = {d.name for d in ground.decisions if d.kind == "byg"}
    return {"added": ";".join(sorted(theirs - mine)), "dropped": ";".join(sorted(mine - theirs))}


def promising(ground: Ground) -> list[str]:
    """Projects not in the plan that would cost least to add beside it, or save most were it not for a limit."""
    table = ground.tables["alternatives"]
    others = table[~table["in_plan"].astype(bool) & table["project"].isin(ground.projects)]
    others = others[~others["project"].isin(ground.in_plan)]
    best = others.groupby("project")["change"].min()
    ranked = sorted((float(change), str(project)) for project, change in best.items())
    return [project for _, project in ranked[:PROMISING]]


def _names(ground: Ground, asked: Sequence[str]) -> list[str]:
    if not asked:
        return [*ground.in_plan, *promising(ground)]
    free = set(ground.projects)
    known = free | {name for name, project in ground.project_of.items() if project in free}
    faults = [
        Fault(
            "Der er intet valg om projektet: det findes ikke, er besluttet, eller kan ikke bygges i scenariet.",
            "Brug id på et projekt eller en kandidat, der kan bygges.",
            column="--project",
            value=name,
        )
        for name in sorted(set(asked) - known)
    ]
    if faults:
        raise FaultyInput(faults)
    return sorted(set(asked))


def _is_built(ground: Ground, name: str) -> bool:
    return name in ground.in_plan or any(d.name == name for d in ground.in_plan.values())


def _candidate(ground: Ground, name: str) -> str:
    """The candidate meant: itself, the project's in the plan, else the one that costs least to add."""
    if name in ground.in_plan:
        return ground.in_plan[name].name
    if name in ground.project_of and name not in ground.projects:
        return name
    table = ground.tables["alternatives"]
    mine = table[table["project"] == name].sort_values(["change", "candidate"])
    if len(mine):
        return str(mine["candidate"].iloc[0])
    return min(each for each, project in ground.project_of.items() if project == name)


def _facts(ground: Ground, name: str) -> dict[str, object]:
    candidate = _candidate(ground, name)
    unit = next(u for u in ground.problem.units if u.id == candidate)
    return {
        "project": name,
        "name": unit.name,
        "municipality": unit.municipality,
        "owner_type": unit.owner_type,
        "places": unit.places,
        "in_plan": _is_built(ground, name),
    }


def _quick(ground: Ground, name: str) -> float:
    """What it costs with all else as planned; NaN where a limit stands in the way, or isn't known."""
    table = ground.quick
    mine = table[(table["candidate"] == _candidate(ground, name)) & table["allowed"].astype(bool)]
    return float(mine["change"].iloc[0]) if len(mine) else float("nan")
