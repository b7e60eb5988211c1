"""Whole decisions by one number each: starts, then closures, then conversions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from kapacitet.planning.costs import Array, IntArray
from kapacitet.planning.plan import Decisions
from kapacitet.planning.problem import Problem


@dataclass(frozen=True)
class Numbering:
    """How many decisions come before closures, before conversions, and in all."""

    closures: int
    conversions: int
    count: int

    @classmethod
    def of(cls, problem: Problem) -> Numbering:
        """That of a problem's tuples."""
        closures = len(problem.starts)
        conversions = closures + len(problem.closures)
        return cls(closures, conversions, conversions + len(problem.conversions))

    def numbers(self, decisions: Decisions) -> IntArray:
        """The decisions taken, by number."""
        starts, closures, conversions = decisions
        later = (*(self.closures + i for i in closures), *(self.conversions + i for i in conversions))
        return np.array([*starts, *later], dtype=np.int64)

    def decisions(self, numbers: Iterable[int]) -> Decisions:
        """The other way."""
        on = sorted(numbers)
        return (
            tuple(i for i in on if i < self.closures),
            tuple(i - self.closures for i in on if self.closures <= i < self.conversions),
            tuple(i - self.conversions for i in on if i >= self.conversions),
        )

    def values(self, decisions: Decisions) -> Array:
        """1 for each decision taken, 0 for all others, shape (count,)."""
        taken = np.zeros(self.count)
        taken[self.numbers(decisions)] = 1.0
        return taken

    def weights(
        self, starts: Mapping[int, float], closures: Mapping[int, float], conversions: Mapping[int, float]
    ) -> dict[int, float]:
        """Weights of decisions, given by kind, by number."""
        return {
            **starts,
            **{self.closures + i: weight for i, weight in closures.items()},
            **{self.conversions + i: weight for i, weight in conversions.items()},
        }
