"""What a Benders search knows: the best plan, the bound, the cuts; how a whole plan is priced and improved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kapacitet.planning.benders.blocks import Block, Cut, StateKey
from kapacitet.planning.benders.master import Master
from kapacitet.planning.benders.memory import CutMemory
from kapacitet.planning.benders.neighbours import neighbours
from kapacitet.planning.completion import Completion
from kapacitet.planning.costs import Array
from kapacitet.planning.exclusions import Admit, Exclusion, Guide
from kapacitet.planning.objective import saved_by_keeping
from kapacitet.planning.plan import Decisions, Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.solver import relative_gap

INWARD = 0.2
HALF = 0.5
BETTER = 1e-9


@dataclass
class Search:
    """State of a search; costs in money units. ``admit`` says what the refusal of a plan rules out."""

    problem: Problem
    blocks: Sequence[Block]
    master: Master
    completion: Completion
    memory: CutMemory
    admit: Admit | None = None
    core: Mapping[StateKey, float] = field(default_factory=dict)
    best: float = np.inf
    decisions: Decisions | None = None
    values: Array | None = None
    bound: float = -np.inf
    seen: set[Decisions] = field(default_factory=set)
    admitted: set[Decisions] = field(default_factory=set)
    judged: dict[Decisions, tuple[float, float]] = field(default_factory=dict)
    fresh: list[Cut] = field(default_factory=list)
    ruled_out: list[Exclusion] = field(default_factory=list)
    every_exclusion: list[Exclusion] = field(default_factory=list)
    free_first: float = 0.0

    @cached_property
    def start_cost(self) -> list[float]:
        """Discounted own cost of each start: F, housing and approval, less the price of change it saves."""
        costs, problem = self.problem.costs, self.problem
        result = []
        for start, saved in zip(problem.starts, saved_by_keeping(problem), strict=True):
            u, total = start.unit, -float(saved)
            for t, year in enumerate(problem.years):
                if year >= start.open_year:
                    total += problem.discount[t] * (costs.fixed[u, t] + costs.housing[u])
                if year == start.open_year:
                    total += problem.discount[t] * costs.approval[u, t]
            result.append(float(total) / problem.money_unit)
        return result

    def gap(self) -> float:
        """Relative gap of the best plan; infinite without one."""
        gap = relative_gap(self.best, self.bound) if np.isfinite(self.best) else None
        return np.inf if gap is None else gap

    def learn(self, cuts: Sequence[Cut]) -> int:
        """Give cuts to the master and to memory; their number."""
        self.memory.add(cuts)
        return self.master.add(cuts)

    def taught(self) -> int:
        """Learn the cuts that priced plans have left, and what refusals rule out; their number."""
        cuts, self.fresh = self.fresh, []
        rows, self.ruled_out = self.ruled_out, []
        self.master.exclude(rows)
        return self.learn(cuts) + len(rows)

    def decided(self, values: Array) -> Decisions:
        """The whole decisions in a solution's columns."""
        first = len(self.problem.starts)
        second = first + len(self.problem.closures)
        on = np.flatnonzero(values[self.master.whole] > HALF).tolist()
        return (
            tuple(i for i in on if i < first),
            tuple(i - first for i in on if first <= i < second),
            tuple(i - second for i in on if i >= second),
        )

    def price(self, decisions: Decisions) -> None:
        """Price a plan exactly, keep it if it is the best, and note the cuts it teaches."""
        if decisions in self.seen:
            return
        self.seen.add(decisions)
        completed = self.completion.complete(*decisions)
        if completed is None:
            return
        state = _on(completed.plan, self.problem)
        priced = [block.value(state) for block in self.blocks]
        self.fresh += [cut for _, cut in priced]
        inward = between(state, self.core, INWARD)
        self.fresh += [block.value(inward)[1] for block in self.blocks]
        first = completed.cost / self.problem.money_unit
        total = first + sum(value for value, _ in priced)
        if total < self.best and self._admitted(completed.plan, total):
            self.best, self.decisions = total, decisions
            self.free_first = first - penalties(self.problem, completed.plan)
            self.values = np.concatenate([completed.values, [value for value, _ in priced]])

    def _admitted(self, plan: Plan, total: float = np.inf) -> bool:
        """Whether nobody refuses the plan; what a refusal rules out is noted."""
        if self.admit is None or plan.decisions in self.admitted:
            return True
        rows = self.admit(plan)
        if isinstance(self.admit, Guide) and np.isfinite(total):
            over = self.admit.over(plan)
            self.judged[plan.decisions] = (total, sum(max(much, 0.0) for much in over.values()) if rows else 0.0)
        if not rows:
            self.admitted.add(plan.decisions)
        self.ruled_out += rows
        self.every_exclusion += rows
        return not rows

    def improve(self, halted: Callable[[], bool]) -> bool:
        """Step to better neighbours until there are none; whether any step was taken.

        Cuts bound a neighbour's cost from below, so that hardly any is solved for.
        """
        moved = False
        while not halted() and self._step(halted):
            moved = True
        return moved

    def _step(self, halted: Callable[[], bool]) -> bool:
        if self.decisions is None:
            return False
        starts, closures, conversions = self.decisions
        before = self.best
        promising = []
        for near in neighbours(self.problem, starts):
            decisions = (near, closures, conversions)
            if decisions not in self.seen and self._open(decisions) and not halted():
                least = self._least(decisions)
                if least < self.best - BETTER * abs(self.best):
                    promising.append((least, decisions))
        for least, decisions in sorted(promising):
            if halted() or least >= self.best or self._least(decisions) >= self.best or not self._open(decisions):
                continue
            if not self._admitted(Plan(*decisions)):  # quicker to ask than to price
                self.seen.add(decisions)
                continue
            self.price(decisions)
            self.memory.add(self.fresh[-2 * len(self.blocks) :])
            if self.best < before:
                return True
        return False

    def _open(self, decisions: Decisions) -> bool:
        """Whether no refusal so far rules the plan out."""
        plan = Plan(*decisions)
        return all(row.holds(plan) for row in self.every_exclusion)

    def least_of(self, decisions: Decisions, beside: Sequence[int] = ()) -> float:
        """Starts' own cost, less that of the starts ``beside``, and what the cuts say of the blocks."""
        own = sum(self.start_cost[i] for i in decisions[0]) - sum(self.start_cost[i] for i in beside)
        state = _on(Plan(*decisions), self.problem)
        return own + sum(self.memory.bound(b, state) for b in range(len(self.blocks)))

    def _least(self, decisions: Decisions) -> float:
        """No plan with these decisions costs less.

        Measured from the best plan, whose closures and conversions they share; penalties are left out.
        """
        assert self.decisions is not None
        return self.free_first + self.least_of(decisions, self.decisions[0])


def penalties(problem: Problem, plan: Plan) -> float:
    """Discounted frame penalties of a plan (money units)."""
    rate = problem.scenario.costs.frame_penalty
    return float(sum(problem.discount[t] * rate * kr for (_, _, t), kr in plan.excess.items())) / problem.money_unit


def between(near: Mapping[StateKey, float], far: Mapping[StateKey, float], share: float) -> dict[StateKey, float]:
    """(1 − share)·near + share·far."""
    return {key: (1 - share) * near.get(key, 0.0) + share * far.get(key, 0.0) for key in sorted({*near, *far})}


def _on(plan: Plan, problem: Problem) -> dict[StateKey, float]:
    """The states a plan has switched on."""
    return {key: value for key, value in plan.state(problem).items() if value}
