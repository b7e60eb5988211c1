"""The suggested key: constraint generation between the division of the cost and the groups it treats worst."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from kapacitet.insight.gains.costs import Costs, Stop
from kapacitet.insight.gains.least_core import least_excess, nearest
from kapacitet.insight.gains.pricing import Pricing
from kapacitet.insight.gains.separation.oracle import Separation, Verdict, can_separate
from kapacitet.insight.gains.world import Group, World
from kapacitet.ledger.acceptance.limits import heads
from kapacitet.planning.costs import Array

TOLERANCE = 1e-6


class Separates(Protocol):
    """Finds groups that a division makes pay too much."""

    def exclude(self, group: Group) -> None:
        """A group whose cost is known is not to be found again."""

    def worst(self, division: Array, enough: float, tolerance: float, stop: Stop) -> Verdict:
        """Groups that pay more than ``enough`` above their cost, and a bound for all that aren't excluded."""


@dataclass(frozen=True)
class Key:
    """A division nobody has reason to leave, or where that can't be had, the least reason.

    Attributes:
        division: x, kr. per municipality, shape (K,); sums to the plan's cost.
        least: ε is at least this (kr.), from the groups known.
        most: ε is at most this (kr.), from what is proven of all other groups; infinite where nothing is.
        excess: no group pays more above its cost than this under ``division`` (kr.); infinite where unproven.
        level: the excess the division was sought for: ε if that is above 0, else 0.
        tolerance: kr. within which a bound counts as met: as well as costs themselves are known.
        groups: number of groups whose cost is known, all together included.
    """

    division: Array
    least: float
    most: float
    excess: float
    level: float
    tolerance: float
    groups: int

    @property
    def stable(self) -> bool:
        """Proven: no group pays more than it would cost alone."""
        return self.excess <= self.tolerance

    @property
    def proven(self) -> bool:
        """ε is known but for ``tolerance``."""
        return self.most == self.least or self.most - self.least <= self.tolerance

    @property
    def empty(self) -> bool:
        """Proven: whatever the division, some group pays more than it would cost alone."""
        return self.least > self.tolerance


@dataclass
class KeySearch:
    """Constraint generation; ``total`` is x(N), ``each`` the seconds one search for a group may take."""

    world: World
    costs: Costs
    total: float
    reference: Array
    stop: Stop
    each: float = np.inf
    tolerance: float = TOLERANCE
    most: float = np.inf

    def run(self) -> Key:
        """The key nearest to the reference at level max(ε, 0), then ε itself as far as time allows."""
        people = np.array([heads(m.population) for m in self.world.problem.municipalities])
        slack = self.tolerance * abs(self.total)
        finder: Separates = Separation(self.world) if can_separate(self.world) else Pricing(self.costs)
        excluded: set[Group] = set()
        division, excess, level = self.reference, np.inf, 0.0
        for floor in (0.0, -np.inf):
            while True:
                for cost in self.costs:
                    if cost.group not in excluded and cost.group != self.world.everyone:
                        finder.exclude(cost.group)
                        excluded.add(cost.group)
                least = self._least()
                now = max(least, floor)
                if not np.isfinite(now):
                    now = min(self.most, 0.0) - abs(self.total)  # the groups known don't cover everybody
                tried = nearest(tuple(self.costs), now, self.reference, people)
                verdict = finder.worst(tried, now, slack, self._patience())
                worst = max(verdict.bound, self._excess(tried))
                self.most = min(self.most, worst)
                if floor == 0.0:
                    division, excess, level = tried, worst, now
                if not verdict.groups or not self._learn(verdict.groups):
                    break
            if self.stop() or level > 0:
                break
        gap = self.world.problem.scenario.solver.gap * abs(self.total)
        return Key(division, self._least(), self.most, excess, level, 2 * slack + gap, len(self.costs))

    def _patience(self) -> Stop:
        began = time.perf_counter()
        return lambda: self.stop() or time.perf_counter() - began > self.each

    def _least(self) -> float:
        return least_excess(tuple(self.costs), self.total, len(self.world.everyone))

    def _excess(self, division: Array) -> float:
        """The most a known group pays, at most, above its cost."""
        everyone = self.world.everyone
        return max(
            (float(division[sorted(c.group)].sum()) - c.bound for c in self.costs if c.group != everyone),
            default=-np.inf,
        )

    def _learn(self, groups: tuple[Group, ...]) -> bool:
        """Price the worst group; whether that was done."""
        return self.costs.of(groups[0]) is not None
