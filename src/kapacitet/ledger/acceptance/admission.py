"""Judging the plans a search meets: who refuses, and what that rules out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kapacitet.ledger.acceptance.looks import Looks
from kapacitet.ledger.acceptance.marginals import Effect, Marginals
from kapacitet.ledger.acceptance.monotone import losses_only_grow
from kapacitet.ledger.acceptance.verdict import Jury, Verdict, builder_refuses
from kapacitet.ledger.acceptance.worlds import Worlds
from kapacitet.ledger.bulk import Rules
from kapacitet.ledger.world import World, committed_units
from kapacitet.planning.allocation import Recourses, year_recourses
from kapacitet.planning.exclusions import Ask, Exclusion, Name, exclude
from kapacitet.planning.plan import Decisions, Plan
from kapacitet.planning.problem import Problem


@dataclass
class Admission:
    """Says of a plan what its refusal rules out; the least refused plan is remembered.

    Attributes:
        baseline: the world in which only what is committed gets built.
        refused: number of plans refused so far.
        nearest: the refused plan whose demands are missed least in all, and its verdict.
    """

    worlds: Worlds
    jury: Jury
    baseline: World
    refused: int = 0
    nearest: tuple[Plan, Verdict] | None = None
    _last: tuple[Decisions, Verdict] | None = None
    _effects: dict[int, Effect] = field(default_factory=dict)

    def __call__(self, plan: Plan) -> Sequence[Exclusion]:
        """Rows that rule ``plan`` out, and others that are refused for the same reason; none if it is accepted."""
        verdict = self._verdict(plan)
        if verdict.accepted:
            return ()
        world = self.worlds.of(plan)
        self.refused += 1
        if self.nearest is None or _missed(verdict) < _missed(self.nearest[1]):
            self.nearest = (plan, verdict)
        builders = sorted({r.demand.party for r in verdict.refusals if r.demand.role.startswith("bygger")})
        wide = [row for party in builders for row in self._builder_rows(world, party)]
        return wide or [exclude(self.worlds.problem, plan)]

    def _verdict(self, plan: Plan) -> Verdict:
        if self._last is None or self._last[0] != plan.decisions:
            self._last = (plan.decisions, self.jury.judge(self.worlds.of(plan), thorough=False))
        return self._last[1]

    def over(self, plan: Plan) -> Mapping[Name, float]:
        """By how much each demand is exceeded, kr. per inhabitant; below zero where there is room."""
        return {
            (a.demand.role, a.demand.party, a.demand.year): a.stated - a.demand.limit
            for a in self._verdict(plan).answers
        }

    def asks(self, plan: Plan, units: Sequence[int], halted: Callable[[], bool]) -> Sequence[Ask] | None:
        """Participants' and builders' demands as they look from ``plan``; None if halted, or if only others ask.

        Starts of units not named weigh what they did when last looked at.
        """
        if not self.worlds.problem.scenario.acceptance.enforce:
            return None
        looks = Looks(self.worlds, plan, units)
        if not looks.look(halted):
            return None
        near = Marginals(self.worlds, looks, self._verdict(plan))
        self._effects |= near.effects()
        return near.asks(self._effects, self.jury.allowed)

    def _builder_rows(self, world: World, party: str) -> Iterator[Exclusion]:
        """A row that rules out the fewest of the builder's houses it refuses, alone or with the plan's others."""
        plan = world.plan
        if not losses_only_grow(world, party):
            return
        mine = self._own_starts(world, party)
        committed = tuple(i for i in plan.starts if self.worlds.problem.starts[i].committed)
        trials = [(i,) for i in mine] if len(mine) > 1 else []
        for own in (*trials, mine):
            alone = self._kept(plan, (*committed, *own))
            if builder_refuses(self.worlds.of(alone), party):
                yield self._row(alone, own)
                return
        if builder_refuses(world, party):
            yield self._row(plan, mine)

    def _own_starts(self, world: World, party: str) -> tuple[int, ...]:
        """Starts of the plan's houses whose loss is the party's to accept."""
        problem, decided = world.problem, committed_units(world)
        return tuple(
            i
            for i in world.plan.starts
            if world.owners[problem.starts[i].unit] == party and problem.starts[i].unit not in decided
        )

    def _kept(self, plan: Plan, starts: Sequence[int]) -> Plan:
        """The plan with these starts alone; closures and conversions stay."""
        return Plan(tuple(sorted(set(starts))), plan.closures, plan.conversions)

    def _row(self, refused: Plan, own: Sequence[int]) -> Exclusion:
        """Refused with these houses of its own: so it is with others that open no later, and with more."""
        problem = self.worlds.problem
        weights: dict[int, float] = {}
        for i in refused.starts:
            start = problem.starts[i]
            same = [
                n
                for n, other in enumerate(problem.starts)
                if other.unit == start.unit and (n == i if i in own else other.open_year <= start.open_year)
            ]
            weights |= dict.fromkeys(same, -1.0)
        return exclude(problem, refused, weights)


def admission(problem: Problem, recourses: Recourses | None = None) -> Admission:
    """The judge of plans of ``problem``, against the world in which only what is committed gets built."""
    worlds = Worlds(problem, recourses or year_recourses(problem), Rules.of(problem))
    committed = tuple(i for i, start in enumerate(problem.starts) if start.committed)
    baseline = worlds.of(Plan(committed))
    return Admission(worlds, Jury(baseline), baseline)


def _missed(verdict: Verdict) -> float:
    return sum(refusal.missed for refusal in verdict.refusals)
