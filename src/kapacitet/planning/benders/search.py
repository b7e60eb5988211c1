"""What a Benders search knows: the best plan, the bound, the cuts; how a whole plan is priced and improved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kapacitet.planning.benders.annealing import walk
from kapacitet.planning.benders.blocks import Cut
from kapacitet.planning.benders.ground import Decided
from kapacitet.planning.benders.master import Master
from kapacitet.planning.benders.memory import CutMemory
from kapacitet.planning.benders.neighbours import neighbours
from kapacitet.planning.benders.stage import Stage, StagePrice
from kapacitet.planning.completion import Completion
from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.exclusions import Admit, Exclusion, Guide
from kapacitet.planning.objective import saved_by_keeping
from kapacitet.planning.plan import Decisions, Plan
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.network import StateKey
from kapacitet.planning.solver import relative_gap

INWARD = 0.2
MOST_PRICED, MOST_TURNS = 4000, 20
"""Futures of plans that are priced in one go of improving."""
HALF = 0.5
BETTER = 1e-6
WALKS, STEPS = 4, 160  # steps for each decision that may change
HOT, COLD = (2e-4, 6e-4), 1e-5


@dataclass
class Search:
    """State of a search; costs in money units.

    Attributes:
        admit: says what the refusal of a plan rules out.
        best: cost of the best plan, ``free_first`` what of it is paid in the first stage, penalties left out.
    """

    problem: Problem
    stage: Stage
    master: Master
    completion: Completion
    memory: CutMemory
    admit: Admit | None = None
    core: Mapping[StateKey, float] = field(default_factory=dict)
    best: float = np.inf
    decisions: Decisions | None = None
    bound: float = -np.inf
    seen: set[Decisions] = field(default_factory=set)
    admitted: set[Decisions] = field(default_factory=set)
    judged: dict[Decisions, tuple[float, float]] = field(default_factory=dict)
    fresh: list[Cut] = field(default_factory=list)
    recalled: list[Cut] = field(default_factory=list)
    _shelf: set[int] = field(default_factory=set)
    ruled_out: list[Exclusion] = field(default_factory=list)
    every_exclusion: list[Exclusion] = field(default_factory=list)
    free_first: float = 0.0

    @cached_property
    def space(self) -> Decided:
        """The master in the space of decisions."""
        return Decided(self.completion, self.stage.blocks, self.master.impossible)

    def walk(self, halted: Callable[[], bool]) -> bool:
        """Price what walks on the cuts find, until they find nothing better; whether it came to that.

        Then the master's own optimum is near the best plan, and all that is left is to prove it.
        """
        last = len(self.seen) + self._most_priced
        for turn in range(MOST_TURNS):
            found = [] if halted() else self._walks(turn)
            for decisions in found:
                if not halted() and len(self.seen) < last:
                    self.price(decisions)
            if not found or len(self.seen) >= last:
                return not found
        return False

    @property
    def _most_priced(self) -> int:
        return max(MOST_PRICED // len(self.stage.risk.chances), WALKS)

    def _walks(self, turn: int) -> list[Decisions]:
        """Plans not priced yet that seem cheaper than the best, the cheapest first."""
        if self.decisions is None:
            return []
        numbering = self.master.numbering
        start, scale = numbering.numbers(self.decisions), abs(self.best)
        ground = self.space.ground(start)
        if ground is None:
            return []

        steps = STEPS * len(ground.free)

        def go(i: int) -> tuple[float, IntArray]:
            return walk(ground, start, steps, HOT[i % len(HOT)] * scale, COLD * scale, WALKS * turn + i)

        with ThreadPoolExecutor(max_workers=2) as threads:
            ends = list(threads.map(go, range(WALKS)))
        seem = {numbering.decisions(taken.tolist()): cost + self.master.constant for cost, taken in ends}
        enough = self.best - BETTER * abs(self.best)
        return sorted(
            (d for d, cost in seem.items() if d not in self.seen and cost < enough), key=lambda d: (seem[d], d)
        )

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
        self.space.add(cuts)
        return self.master.add(cuts)

    def cuts_at(self, state: Mapping[StateKey, float]) -> list[Cut]:
        """What the second stage at ``state`` teaches."""
        return self._cuts(self.stage.price(state), state)

    def _cuts(self, price: StagePrice, state: Mapping[StateKey, float]) -> list[Cut]:
        if self.stage.new_profile(price):
            self.master.add_profile()
        return [cut for cut in self.stage.cuts(price.parts) if self.memory.adds(cut, state)]

    def taught(self) -> int:
        """Learn the cuts that priced plans have left, and what refusals rule out; their number."""
        cuts, self.fresh = self.fresh, []
        rows, self.ruled_out = self.ruled_out, []
        self.master.exclude(rows)
        recalled, self.recalled = self.recalled, []
        return self.master.add([*recalled, *cuts]) + len(rows)

    def tidy(self, slack: float) -> None:
        """Take slack cuts from the master; ``recall`` brings back those that turn out to matter."""
        self._shelf = {id(cut) for cut in self.master.drop_slack_cuts(slack)}

    def recall(self, decisions: Decisions) -> None:
        """Give the master back what it was told of a plan that it thinks well of."""
        for cut in self.memory.strongest(_on(Plan(*decisions), self.problem)):
            if id(cut) in self._shelf:
                self._shelf.discard(id(cut))
                self.recalled.append(cut)

    def decided(self, values: Array) -> Decisions:
        """The whole decisions in a solution's columns."""
        return self.master.numbering.decisions(np.flatnonzero(values[self.master.whole] > HALF).tolist())

    def price(self, decisions: Decisions) -> None:
        """Price a plan, keep it if it is the best, and note the cuts it teaches."""
        if decisions in self.seen:
            return
        self.seen.add(decisions)
        completed = self.completion.complete(*decisions)
        if completed is None:
            return
        state = _on(completed.plan, self.problem)
        price = self.stage.price(state)
        self._note(self._cuts(price, state))
        self._note(self.cuts_at(between(state, self.core, INWARD)))
        first = completed.cost / self.problem.money_unit
        total = first + self.stage.value(price)
        if total < self.best and self._admitted(completed.plan, total):
            self.best, self.decisions = total, decisions
            self.free_first = first - penalties(self.problem, completed.plan)

    def _note(self, cuts: Sequence[Cut]) -> None:
        self.memory.add(cuts)
        self.space.add(cuts)
        self.fresh += cuts

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

    def improve(self, halted: Callable[[], bool]) -> None:
        """Step to better neighbours until there are none, or enough were priced.

        Cuts bound a neighbour's cost from below, so that hardly any is solved for.
        """
        last = len(self.seen) + self._most_priced

        def enough() -> bool:
            return halted() or len(self.seen) >= last

        while not enough() and self._step(enough):
            pass

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
        return own + self.memory.least(_on(Plan(*decisions), self.problem))

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
