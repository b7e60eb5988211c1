"""Plans that cost nearly the same: which projects are in all of them, in none, in some, and how they may differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from kapacitet.insight.many import Answer, Decision, Job
from kapacitet.insight.reasons.ground import DIFFERENT, IN, OUT, Ground, is_plan
from kapacitet.insight.reasons.section import Section

SHOWN = 5
"""Plans listed, the plan itself first."""
PARTS = ((0, 1), (0, 3 / 4), (0, 1 / 2), (1 / 2, 1))
"""Which of the plan's projects, ranked by what they are worth, are left out together to find other plans."""
NEAR_COLUMNS = [
    "project", "name", "municipality", "in_plan", "verdict", "least_with", "least_without", "limit",
]  # fmt: skip
PLAN_COLUMNS = [
    "plan", "cost", "above", "differs", "kind", "project", "candidate", "name", "start_year", "in_plan",
]  # fmt: skip
ALL, SOME, NONE, UNKNOWN = "i alle", "i nogle", "i ingen", "ved ikke"


@dataclass(frozen=True, order=True)
class Near:
    """A plan within the limit."""

    cost: float
    decisions: tuple[Decision, ...]


def near(ground: Ground, share: float) -> Section:
    """Plans that cost at most (1 + ``share``) times the plan.

    A project is in all of them if no plan without it costs so little, which the *bound* of a search without it
    proves; in none if none with it does; in some if plans of both kinds are known; else nobody knows yet.
    """
    yield {}  # what is asked anyway may settle it
    limit = (1 + share) * ground.cost
    yield _open_questions(ground, limit)
    yield {f"{DIFFERENT}{number}": replace(job, ceiling=limit) for number, job in enumerate(_detours(ground, limit))}
    pool = _pool(ground, limit)
    return {"reasons_near": _verdicts(ground, pool, limit), "reasons_plans": _listed(ground, pool)}


def _pool(ground: Ground, limit: float) -> list[Near]:
    """Every plan known within the limit, cheapest first."""
    found = {tuple(sorted(ground.decisions)): ground.cost}
    for key, answer in ground.seen.items():
        if is_plan(key) and answer.objective is not None:
            found.setdefault(answer.decisions, answer.objective)
    for decisions, cost in _neighbours(ground):
        found.setdefault(decisions, cost)
    return sorted(Near(cost, decisions) for decisions, cost in found.items() if cost <= limit)


def _neighbours(ground: Ground) -> Iterator[tuple[tuple[Decision, ...], float]]:
    """Plans with one project more, less or in another variant, that keep every limit."""
    for row in ground.quick.to_dict("records"):
        if not bool(row["allowed"]):
            continue
        gone = {str(row["candidate"]), str(row["replaces"])}
        kept = [d for d in ground.decisions if d.kind != "byg" or d.name not in gone]
        if not bool(row["in_plan"]):
            kept.append(ground.starts[str(row["candidate"]), int(row["start_year"])])
        yield tuple(sorted(kept)), ground.cost + float(row["change"])


def _open_questions(ground: Ground, limit: float) -> dict[str, Job]:
    """Searches for projects of which only plans with, or only plans without, are known."""
    pool = [ground.built(one.decisions) for one in _pool(ground, limit)]
    jobs = {}
    for project in ground.projects:
        seen = {project in built for built in pool}
        if seen == {True} and _least(ground, OUT + project) <= limit:
            jobs[OUT + project] = ground.without([project], f"uden {project}")
        elif seen == {False} and _least(ground, IN + project) <= limit:
            jobs[IN + project] = ground.including(project, f"med {project}")
    return {key: replace(job, ceiling=limit) for key, job in jobs.items() if key not in ground.seen}


def _least(ground: Ground, key: str) -> float:
    answer = ground.seen.get(key)
    return -float("inf") if answer is None else answer.least


def _detours(ground: Ground, limit: float) -> list[Job]:
    """Searches without many of the plan's projects at once, those first that are easiest to do without."""
    worth = {project: _worth(ground, project) for project in ground.in_plan}
    free = sorted(
        (project for project in worth if _least(ground, OUT + project) <= limit), key=lambda p: (worth[p], p)
    )
    gone = {tuple(free[round(a * len(free)) : round(b * len(free))]) for a, b in PARTS}
    return [
        ground.without(names, f"uden {len(names)} af planens projekter") for names in sorted(gone) if len(names) > 1
    ]


def _worth(ground: Ground, project: str) -> float:
    """What it costs to do without: found by search, else with all else as planned."""
    answer = ground.seen.get(OUT + project)
    if isinstance(answer, Answer) and answer.objective is not None:
        return answer.objective - ground.cost
    quick = ground.quick
    mine = quick[(quick["project"] == project) & quick["in_plan"].astype(bool)]
    return float(mine["change"].iloc[0]) if len(mine) else float("inf")


def _verdicts(ground: Ground, pool: Sequence[Near], limit: float) -> pd.DataFrame:
    built = [ground.built(one.decisions) for one in pool]
    rows = []
    for project in ground.projects:
        seen = {project in each for each in built}
        least_with, least_without = _least(ground, IN + project), _least(ground, OUT + project)
        if seen == {True, False}:
            verdict = SOME
        elif least_without > limit:
            verdict = ALL
        elif least_with > limit:
            verdict = NONE
        else:
            verdict = UNKNOWN
        candidate = min(name for name, own in ground.project_of.items() if own == project)
        unit = next(u for u in ground.problem.units if u.id == candidate)
        rows.append(
            {
                "project": project,
                "name": ground.project_title(project),
                "municipality": unit.municipality,
                "in_plan": project in ground.in_plan,
                "verdict": verdict,
                "least_with": _finite(least_with),
                "least_without": _finite(least_without),
                "limit": limit,
            }
        )
    order = {ALL: 0, SOME: 1, UNKNOWN: 2, NONE: 3}
    table = pd.DataFrame(rows, columns=NEAR_COLUMNS)
    return table.sort_values(
        ["verdict", "project"], key=lambda c: c.map(order) if c.name == "verdict" else c, ignore_index=True
    )


def _finite(value: float) -> float:
    """A bound that says something, else NaN; an infinite one says that there is no such plan."""
    return float("nan") if value == -float("inf") else value


def _listed(ground: Ground, pool: Sequence[Near]) -> pd.DataFrame:
    """The plan, then one after the other the plan that differs most from all listed so far."""
    built = [frozenset(ground.built(one.decisions)) for one in pool]
    mine = frozenset(ground.in_plan)
    first = next(i for i, one in enumerate(pool) if one.decisions == tuple(sorted(ground.decisions)))
    chosen = [first]
    while len(chosen) < min(SHOWN, len(pool)):
        apart = [min(len(built[i] ^ built[j]) for j in chosen) for i in range(len(pool))]
        best = max(range(len(pool)), key=lambda i: (apart[i], -i))
        if not apart[best]:
            break
        chosen.append(best)
    rows = []
    for number, i in enumerate(chosen, start=1):
        head = {
            "plan": number,
            "cost": pool[i].cost,
            "above": pool[i].cost - ground.cost,
            "differs": len(built[i] ^ mine),
        }
        rows += [
            {
                **head,
                "kind": d.kind,
                "project": ground.project_of.get(d.name, ""),
                "candidate": d.name,
                "name": ground.title(d.name),
                "start_year": d.start,
                "in_plan": d in ground.decisions,
            }
            for d in pool[i].decisions
        ] or [{**head, "kind": "intet"}]
    return pd.DataFrame(rows, columns=PLAN_COLUMNS)
