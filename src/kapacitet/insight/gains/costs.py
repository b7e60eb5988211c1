"""c(S): what a group costs alone, found once and remembered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kapacitet.insight.gains.restrict import problem_of
from kapacitet.insight.gains.world import Group, World
from kapacitet.planning.evaluate import guests
from kapacitet.planning.optimise import Optimum, optimise
from kapacitet.planning.problem import Problem
from kapacitet.planning.solver import Ending, Progress

Stop = Callable[[], bool]


@dataclass(frozen=True)
class Cost:
    """What a group costs alone (discounted kr.).

    Attributes:
        cost: c(S) of the best plan found; infinite where no plan keeps the limits.
        bound: c(S) is at least this.
        external: of what is taken off for outsiders, the part buyers outside the region pay.
        proven: the plan is within the scenario's gap.
    """

    group: Group
    cost: float
    bound: float
    external: float
    proven: bool
    seconds: float


@dataclass
class Costs:
    """The costs found so far, in the order they were found."""

    world: World
    stop: Stop = lambda: False
    _known: dict[Group, Cost] = field(default_factory=dict)

    def of(self, group: Group, progress: Callable[[Progress], None] | None = None) -> Cost | None:
        """c(S); None if it was stopped before any plan was found.

        Raises:
            SolverFault: the scenario's solver isn't installed.
        """
        if group not in self._known:
            if self.stop():
                return None
            found = self._solved(group, progress)
            if found is None:
                return None
            self._known[group] = found
        return self._known[group]

    def known(self, group: Group) -> Cost | None:
        """c(S) if it has been found."""
        return self._known.get(group)

    def __iter__(self) -> Iterator[Cost]:
        return iter(tuple(self._known.values()))

    def __len__(self) -> int:
        return len(self._known)

    def _solved(self, group: Group, progress: Callable[[Progress], None] | None) -> Cost | None:
        began = time.perf_counter()
        problem = problem_of(self.world, group)
        best = optimise(problem, stop=self.stop, progress=progress)
        seconds = time.perf_counter() - began
        if best.solved.ending is Ending.INFEASIBLE:
            return Cost(group, float("inf"), float("inf"), 0.0, True, seconds)
        if best.solved.objective is None:
            return None
        cost, bound = best.solved.objective, best.solved.bound
        return Cost(
            group,
            cost,
            float("-inf") if bound is None else bound,
            self._external(problem, best),
            best.solved.ending is Ending.OPTIMAL,
            seconds,
        )

    def _external(self, problem: Problem, best: Optimum) -> float:
        """Discounted r of citizens from outside the region who keep their place in the group's houses."""
        assert best.plan is not None
        held = self.world.problem.futures[0].external * (problem.futures[0].external > 0)
        staying = guests(problem, best.plan, 0) > 0
        paid = (held * staying * self.world.takst[:, :, None]).sum(axis=(0, 1))
        shared = sum(paid * problem.discount)
        return float(shared)
