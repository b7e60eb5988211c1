"""The plan to be explained: what it costs, how sure that is, and what may be chosen instead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from kapacitet.insight.many import Answer, Decision, Job
from kapacitet.insight.reasons.variations import including, without
from kapacitet.insight.run import asks_consent
from kapacitet.planning.problem import Problem
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

PLAN, SEARCH = "planen", "bedste plan"
OUT, IN, DIFFERENT = "uden:", "med:", "anderledes:"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every explanation rests on.

    Attributes:
        region, scenario: of the plan; ``scenario.solver`` says how long and how exactly each question is sought.
        problem: the projection's, for what may be chosen, frames and names; never solved.
        decisions: of the plan.
        cost: of the plan, (1 − λ)·E + λ·CVaR of its discounted cost (kr.).
        bound: no plan costs less (kr.).
        tables: of the result.
        comparable: whether the result's tables hold for this region: its data haven't changed.
        seen: answers so far, by the key of their job.
    """

    region: Region
    scenario: Scenario
    problem: Problem
    decisions: tuple[Decision, ...]
    cost: float
    bound: float
    tables: Mapping[str, pd.DataFrame]
    comparable: bool
    seen: dict[str, Answer] = field(default_factory=dict)

    @property
    def best(self) -> float:
        """The cheapest plan known (kr.): the plan itself, or a better one a search has met."""
        return min([self.cost, *(answer.most for key, answer in self.seen.items() if is_plan(key))])

    @property
    def least(self) -> float:
        """No plan costs less (kr.)."""
        return min(max(self.bound, self.seen[SEARCH].least if SEARCH in self.seen else self.bound), self.best)

    def job(self, label: str, *, scenario: Scenario | None = None, region: Region | None = None) -> Job:
        """A search with the plan to begin from."""
        return Job(
            region=region or self.region, scenario=scenario or self.scenario, label=label, start=self.decisions
        )

    def without(self, names: Collection[str], label: str) -> Job:
        """The search for the best plan that builds none of these projects or candidates, priced as the plan is."""
        moves = not self.scenario.limits.residents_stay
        job = self.job(label, scenario=without(self.scenario, names))
        return replace(job, priced_as=self.scenario if moves else None)

    def including(self, name: str, label: str) -> Job:
        """The search for the best plan that builds this project or candidate."""
        return self.job(label, scenario=including(self.scenario, name))

    def priced(self, label: str, decisions: Iterable[Decision], *, scenario: Scenario | None = None) -> Job:
        """The price of one plan."""
        return replace(self.job(label, scenario=scenario), start=tuple(sorted(decisions)), fixed=True)

    @cached_property
    def project_of(self) -> dict[str, str]:
        """Candidate -> project."""
        return {u.id: u.project for u in self.problem.units if not u.existing}

    @cached_property
    def committed(self) -> frozenset[str]:
        """Projects that are decided."""
        problem = self.problem
        return frozenset(problem.units[s.unit].project for s in problem.starts if s.committed)

    @cached_property
    def projects(self) -> tuple[str, ...]:
        """Projects there is a choice about, by name."""
        problem = self.problem
        return tuple(sorted({problem.units[s.unit].project for s in problem.starts} - self.committed))

    @cached_property
    def starts(self) -> dict[tuple[str, int], Decision]:
        """(candidate, start year) -> the decision, for every start there is."""
        problem = self.problem
        return {
            (problem.units[s.unit].id, s.start_year): Decision(
                "byg", problem.units[s.unit].id, s.start_year, s.open_year
            )
            for s in problem.starts
        }

    def built(self, decisions: Iterable[Decision]) -> dict[str, Decision]:
        """Project -> how these decisions build it, decided ones apart."""
        found = {self.project_of[d.name]: d for d in decisions if d.kind == "byg"}
        return {project: d for project, d in sorted(found.items()) if project not in self.committed}

    @cached_property
    def in_plan(self) -> dict[str, Decision]:
        """Project -> how the plan builds it, decided ones apart."""
        return self.built(self.decisions)

    @cached_property
    def quick(self) -> pd.DataFrame:
        """The result's neighbours of the plan, priced exactly with all else as planned.

        Empty where they don't hold: for other data, with a weight on the tail, or where parties are asked.
        """
        table = self.tables["alternatives"]
        averse = self.scenario.futures.cvar_weight > 0
        return table if self.comparable and not averse and not asks_consent(self.scenario) else table.iloc[:0]

    def title(self, candidate: str) -> str:
        """Name of a candidate or offer."""
        return next(unit.name for unit in self.problem.units if unit.id == candidate)

    def project_title(self, project: str) -> str:
        """Name of the project: that of the variant in the plan, else of its first variant."""
        if project in self.in_plan:
            return self.title(self.in_plan[project].name)
        return self.title(min(name for name, own in self.project_of.items() if own == project))


def is_plan(key: str) -> bool:
    """Whether the job of this key finds plans of the scenario itself, with more required of them."""
    return key == SEARCH or key.startswith((OUT, IN, DIFFERENT))
