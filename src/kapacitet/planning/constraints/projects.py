"""Projects: built at most once, in one variant; committed, forced and dependent ones; what is open when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pulp import LpVariable

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Pair, Row, Tag, linear, ones
from kapacitet.planning.variables import FirstStage

FAMILY = "projects"
TAG: Tag = "politik"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per project:  Σ_{variants j, years s} y[j,s] ≤ 1;  = 1 if committed;  ≥ 1 if forced (project or variant).

    Required before:  Σ_{s' ≤ s} y[j,s'] ≤ Σ_{s' ≤ s} y[required,s'] for every year s; what is committed is a fact.
    """
    yield from _once(problem, v)
    yield from _forced(problem, v)
    yield from _required(problem, v)


def state_rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""open[j,t] = Σ_{s opened by t} y[j,s];  mature[j,t] likewise for those open at least the years asked for."""
    patience = problem.scenario.limits.critical_mass_year - 1
    for kind, states, wait in (("open", v.state.open, 0), ("mature", v.state.mature, patience)):
        for (u, t), column in states.items():
            opened: list[Pair] = [
                (y, -1.0)
                for y, start in zip(v.start, problem.starts, strict=True)
                if start.unit == u and start.open_year + wait <= problem.years[t]
            ]
            name = f"{kind}_{problem.names['units'][u]}_{problem.years[t]}_is"
            yield Row(name, linear([(column, 1.0), *opened]) == 0.0, {"u": u, "t": t})


def _once(problem: Problem, v: FirstStage) -> Iterator[Row]:
    by_project: dict[str, list[LpVariable]] = defaultdict(list)
    for y, start in zip(v.start, problem.starts, strict=True):
        by_project[problem.units[start.unit].project].append(y)
    committed = {problem.units[s.unit].project for s in problem.starts if s.committed}
    for number, (project, variables) in enumerate(sorted(by_project.items())):
        total, subject = linear(ones(variables)), {"project": project}
        if project in committed:
            yield Row(f"project_{number}_committed", total == 1.0, {**subject, "rule": "committed"})
        else:
            yield Row(f"project_{number}_once", total <= 1.0, {**subject, "rule": "once"})


def _forced(problem: Problem, v: FirstStage) -> Iterator[Row]:
    for number, name in enumerate(sorted(problem.scenario.projects.forced)):
        mine = [
            y
            for y, start in zip(v.start, problem.starts, strict=True)
            if name in (problem.units[start.unit].id, problem.units[start.unit].project)
        ]
        yield Row(f"forced_{number}", linear(ones(mine)) >= 1.0, {"project": name, "rule": "forced"})


def _required(problem: Problem, v: FirstStage) -> Iterator[Row]:
    by_unit: dict[int, list[tuple[int, LpVariable]]] = defaultdict(list)
    for y, start in zip(v.start, problem.starts, strict=True):
        by_unit[start.unit].append((start.start_year, y))
    committed = {s.unit for s in problem.starts if s.committed}
    for number, (u, able) in enumerate(problem.requires):
        if u in committed:
            continue
        for year in sorted({s for s, _ in by_unit[u]}):
            dependent = [(y, 1.0) for s, y in by_unit[u] if s <= year]
            needed = [(y, -1.0) for w in sorted(able) for s, y in by_unit[w] if s <= year]
            name = f"required_{number}_{problem.names['units'][u]}_{year}"
            subject = {"project": problem.units[u].id, "rule": "required", "year": year}
            yield Row(name, linear([*dependent, *needed]) <= 0.0, subject)


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    rule, project = subject.get("rule"), subject.get("project")
    if rule == "forced":
        return f"{project} skal bygges (tvunget i scenariet)"
    if rule == "committed":
        return f"{project} er allerede besluttet og bygges"
    if rule == "required":
        return f"{project} kan først gå i gang, når det projekt, det bygger videre på, er begyndt"
    return f"{project} kan højst bygges én gang og i én udgave"
