"""The separation itself: cuts at stabilised points of the relaxation, then the whole master until it is proven.

Cuts don't depend on the division, so what one question teaches serves the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from kapacitet.insight.gains.separation.blocks import Cut, StateKey, blocks
from kapacitet.insight.gains.separation.master import GroupMaster, Point, municipal_problem
from kapacitet.insight.gains.separation.newcomers import NewcomersYear, Room
from kapacitet.insight.gains.separation.standing import standing_cost
from kapacitet.insight.gains.world import Group, World
from kapacitet.planning.benders.search import between
from kapacitet.planning.costs import Array

CORE_STEP = 0.5
MOST_ROUNDS = 200
STALL = 1e-3
STALL_ROUNDS = 4
VIOLATED = 1e-7
NEARER = 0.5


@dataclass(frozen=True)
class Verdict:
    """What a division was found to do.

    Attributes:
        groups: groups that pay more than ``enough`` above what they cost alone, the worst first.
        bound: no group that isn't excluded pays more above its cost than this (kr.; −infinite if none is left).
    """

    groups: tuple[Group, ...]
    bound: float


def can_separate(world: World) -> bool:
    """Whether the one MIP knows all that a group may decide: nobody's stay can end by decision."""
    problem = world.problem
    return problem.scenario.limits.residents_stay and not problem.closures and not problem.conversions


class Separation:
    """Finds the group that pays most above what it would cost alone, among those that aren't excluded."""

    def __init__(self, world: World) -> None:
        problem = municipal_problem(world)
        room = Room.of(world)
        years = tuple(NewcomersYear(world, problem, room, t) for t in range(len(problem.years)))
        self._blocks = blocks(years)
        self._unit = problem.money_unit
        seed = problem.scenario.futures.seed
        self._master = GroupMaster(world, problem, standing_cost(world), len(self._blocks), seed)
        self._core: Mapping[StateKey, float] = {}

    def exclude(self, group: Group) -> None:
        """Leave a group out whose cost is known."""
        self._master.exclude(group)

    def worst(
        self, division: Array, enough: float, tolerance: float, stop: Callable[[], bool] = lambda: False
    ) -> Verdict:
        """Groups that pay more than ``enough`` kr. above their cost under ``division`` x (kr. per municipality).

        The search ends once one is found, once there is proven to be none, or at ``stop``. ``tolerance`` (kr.) is
        added to ``enough`` where the proof ends.
        """
        self._master.price(division)
        target = -(enough + tolerance) / self._unit
        bound = self._relaxed(target, stop)
        distance = target - bound
        while bound < target and not stop():
            gap = max(NEARER * distance, tolerance / self._unit)
            points, proven = self._master.solve(gap, stop, target)
            bound = max(bound, proven)
            distance = target - bound
            found = self._priced(points, target)
            if found:
                return Verdict(found, -bound * self._unit)
        return Verdict((), -bound * self._unit)

    def _relaxed(self, target: float, stop: Callable[[], bool]) -> float:
        """Cuts for this division until the relaxation hardly moves or proves enough; its bound (money units)."""
        bound, stalled = -np.inf, 0
        for _ in range(MOST_ROUNDS):
            point = self._master.relax()
            if point is None:
                return np.inf
            before, bound = bound, max(bound, point.first + float(point.theta.sum()))
            stalled = stalled + 1 if bound - before < STALL * abs(target - bound) else 0
            if bound >= target or stalled >= STALL_ROUNDS or stop():
                break
            self._core = between(point.state, self._core, 1 - CORE_STEP) if self._core else point.state
            cuts = self._violated(self._core, point) or self._violated(point.state, point)
            if not cuts:
                break
            self._master.add(cuts)
        return bound

    def _violated(self, at: Mapping[StateKey, float], point: Point) -> list[Cut]:
        """Cuts taken at ``at`` that ``point`` breaks."""
        cuts = (block.value(at)[1] for block in self._blocks)
        return [
            cut
            for cut in cuts
            if cut.constant + sum(slope * point.state.get(key, 0.0) for key, slope in cut.slopes.items())
            > point.theta[cut.block] + VIOLATED * max(1.0, abs(point.theta[cut.block]))
        ]

    def _priced(self, points: list[Point], target: float) -> tuple[Group, ...]:
        """Price whole solutions and learn from them; the groups that are found to pay too much, the worst first."""
        found: dict[Group, float] = {}
        for point in points:
            state = {key: round(value) for key, value in point.state.items()}
            priced = [block.value(state) for block in self._blocks]
            self._master.add(cut for _, cut in priced)
            cost = point.first + sum(value for value, _ in priced)
            if cost < target:
                group = self._master.group(point)
                found[group] = min(cost, found.get(group, np.inf))
        return tuple(sorted(found, key=lambda group: (found[group], sorted(group))))
