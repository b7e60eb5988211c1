"""Why a candidate is in the plan or not: what it costs to add, exchange or leave out, everything else as planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kapacitet.planning.allocation import Recourses
from kapacitet.planning.completion import Completed, Completion
from kapacitet.planning.objective import price_of_change, saved_by_keeping
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.variables import limit_mode
from kapacitet.region.danish import millions

COLUMNS = [
    "candidate",
    "project",
    "name",
    "municipality",
    "owner_type",
    "places",
    "in_plan",
    "start_year",
    "replaces",
    "allowed",
    "obstacle",
    "change",
]


@dataclass(frozen=True)
class _Pricer:
    """Prices neighbours of a plan; years whose state doesn't change are not solved again."""

    problem: Problem
    plan: Plan
    recourses: Recourses
    completion: Completion

    def change(self, starts: Sequence[int]) -> tuple[float, bool]:
        """Change in discounted cost (kr.) with these starts instead, and whether every limit still holds.

        Where a limit is broken the change is that of the cost without the penalties a completion would add.
        """
        old, new = self.plan.state(self.problem), _with(self.plan, starts).state(self.problem)
        total = 0.0
        for t, factor in enumerate(self.problem.discount):
            if any(old.get(key, 0.0) != new.get(key, 0.0) for key in {*old, *new} if key[2] == t):
                total += factor * sum(
                    f.probability * (years[t].least_cost(new) - years[t].least_cost(old))
                    for f, years in zip(self.problem.futures, self.recourses, strict=True)
                )
        before, after = self._first(self.plan.starts), self._first(starts)
        if before is None or after is None:
            own = self._fixed(new) - self._fixed(old) + self._approval(starts)
            return total + own + price_of_change(self.problem, starts) - self._paid, False
        return total + after.cost - before.cost, True

    @property
    def _paid(self) -> float:
        return price_of_change(self.problem, self.plan.starts)

    def _first(self, starts: Sequence[int]) -> Completed | None:
        return self.completion.complete(starts, self.plan.closures, self.plan.conversions)

    def _fixed(self, state: dict[tuple[str, int, int], float]) -> float:
        costs, discount = self.problem.costs, self.problem.discount
        return sum(
            float(discount[t] * (costs.fixed[u, t] + costs.housing[u]) * value)
            for (kind, u, t), value in state.items()
            if kind == "open"
        )

    def _approval(self, starts: Sequence[int]) -> float:
        problem, total = self.problem, 0.0
        for sign, chosen in ((1, starts), (-1, self.plan.starts)):
            for start in (problem.starts[i] for i in chosen):
                if start.open_year in problem.years:
                    t = problem.years.index(start.open_year)
                    total += sign * problem.discount[t] * problem.costs.approval[start.unit, t]
        return float(total)


def _with(plan: Plan, starts: Sequence[int]) -> Plan:
    return Plan(tuple(sorted(starts)), plan.closures, plan.conversions)


def alternatives(problem: Problem, plan: Plan, recourses: Recourses, completion: Completion) -> pd.DataFrame:
    """One row per candidate that may be built: a start beside the plan, or the plan without it.

    ``change`` is the change in discounted resource cost (kr.) when the candidate is added, or put in the place of
    another variant of its project (``replaces``), or, if it is in the plan, left out; the rest of the plan stands,
    everybody is placed anew. The start is the one that looks best by subgradient. ``allowed`` is False where a
    limit stands in the way, named in ``obstacle``.
    """
    pricer = _Pricer(problem, plan, recourses, completion)
    value = _start_values(problem, plan, recourses)
    chosen = {problem.starts[i].unit: i for i in plan.starts}
    by_project = {problem.units[u].project: u for u in chosen}
    rows: list[dict[str, object]] = []
    for u in sorted({start.unit for start in problem.starts}):
        unit = problem.units[u]
        if u in chosen:
            rest = [i for i in plan.starts if i != chosen[u]]
            change, allowed = pricer.change(rest)
            best, replaces = problem.starts[chosen[u]], None
        else:
            options = [i for i, start in enumerate(problem.starts) if start.unit == u]
            pick = max(options, key=lambda i: (value[i], -problem.starts[i].start_year))
            rival = by_project.get(unit.project)
            rest = [i for i in plan.starts if rival is None or i != chosen[rival]]
            change, allowed = pricer.change([*rest, pick])
            best, replaces = problem.starts[pick], None if rival is None else problem.units[rival].id
            rest = [*rest, pick]
        rows.append(
            {
                "candidate": unit.id,
                "project": unit.project,
                "name": unit.name,
                "municipality": unit.municipality,
                "owner_type": unit.owner_type,
                "places": unit.places,
                "in_plan": u in chosen,
                "start_year": best.start_year,
                "replaces": replaces,
                "allowed": allowed,
                "obstacle": None if allowed else _obstacle(problem, rest, u),
                "change": change,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _start_values(problem: Problem, plan: Plan, recourses: Recourses) -> np.ndarray:
    """For each start the most it can save beside ``plan`` (kr., discounted, subgradient less its own cost)."""
    state, values = plan.state(problem), saved_by_keeping(problem)
    years = np.array(problem.years)
    for t, factor in enumerate(problem.discount):
        worth = [(f.probability, rows[t].worth(state)) for f, rows in zip(problem.futures, recourses, strict=True)]
        for i, start in enumerate(problem.starts):
            if start.open_year <= years[t]:
                saved = -sum(p * w.get(("open", start.unit), 0.0) for p, w in worth)
                own = problem.costs.fixed[start.unit, t] + problem.costs.housing[start.unit]
                values[i] += factor * (saved - own)
    return values


def _obstacle(problem: Problem, starts: Sequence[int], u: int) -> str:
    """The hard frame that the candidate's builder would break, or that another requirement stands in the way."""
    party = problem.units[u].frame_party
    kind = "likviditet" if party == "region" else "anlaegsramme"
    name = next((m.name for m in problem.municipalities if m.code == party), "Regionen")
    broken = []
    for t, limit in enumerate(problem.frames[kind, party]):
        spending = sum(
            problem.starts[i].frame_draw[t]
            for i in starts
            if problem.units[problem.starts[i].unit].frame_party == party
        )
        if limit_mode(problem, kind) == "hard" and spending > limit:
            broken.append(f"{problem.years[t]} ({millions(spending - limit)} for lidt)")
    if broken:
        word = "likviditet" if party == "region" else "anlægsramme"
        return f"{name}s {word}: {', '.join(broken)}"
    return "andre krav til planen (projekter, reserve, offentlig andel eller personale)"
