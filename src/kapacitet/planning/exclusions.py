"""What parties' refusals mean to a search: rows that rule plans out, and what a refused plan lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem

AT_LEAST = 1.0


@dataclass(frozen=True)
class Exclusion:
    """Σ weight·decision ≥ 1 − constant: at least one thing must be different.

    Each decision that must stay for the refusal to hold counts (1 − decision), each that must stay away counts it.

    Attributes:
        starts, closures, conversions: weights by index into the problem's tuples.
        constant: what the sum has beside the decisions.
    """

    starts: Mapping[int, float]
    closures: Mapping[int, float]
    conversions: Mapping[int, float]
    constant: float

    def holds(self, plan: Plan) -> bool:
        """Whether ``plan`` is still allowed."""
        total = self.constant
        for weights, chosen in (
            (self.starts, plan.starts),
            (self.closures, plan.closures),
            (self.conversions, plan.conversions),
        ):
            total += sum(weights.get(i, 0.0) for i in chosen)
        return total >= AT_LEAST


Admit = Callable[[Plan], Sequence[Exclusion]]
"""Why a plan isn't accepted: rows that rule it out; none if it is accepted."""
Name = tuple[str, str, int | None]
"""Of a demand: the role in which it is put, the party, the year it is about."""


@dataclass(frozen=True)
class Ask:
    """What one party demands, as it looks from a plan: Σ weight·start ≤ most.

    Exact at the plan and for a single project dropped, added, moved in time or swapped for a variant; a guess for
    several at once.

    Attributes:
        weights: by index among the problem's starts, kr. per inhabitant; what is left out weighs nothing.
        most: kr. per inhabitant.
    """

    name: Name
    weights: Mapping[int, float]
    most: float

    def over(self, starts: Sequence[int]) -> float:
        """By how much these starts seem to be too much for the party; below zero where there is room."""
        return sum(self.weights.get(i, 0.0) for i in starts) - self.most


@runtime_checkable
class Guide(Protocol):
    """An ``Admit`` that can also say what a plan lacks, so that the search needn't guess."""

    def __call__(self, plan: Plan) -> Sequence[Exclusion]:
        """As ``Admit``."""

    def over(self, plan: Plan) -> Mapping[Name, float]:
        """By how much each demand is exceeded, kr. per inhabitant; below zero where there is room."""

    def asks(self, plan: Plan, units: Sequence[int], halted: Callable[[], bool]) -> Sequence[Ask] | None:
        """Every demand as it looks from ``plan``, as a sum over starts of ``units`` and of those asked of before.

        None if halted, or if there is nothing it can say.
        """


def exclude(problem: Problem, refused: Plan, starts: Mapping[int, float] | None = None) -> Exclusion:
    """Rule out a refused plan.

    Args:
        starts: weights that rule out others too, −1 for each start that keeps one of the plan's; without them other
            starts than the plan's own are other plans. Closures and conversions are always as in the plan.
    """

    def exactly(chosen: Sequence[int], choices: Sequence[object]) -> dict[int, float]:
        return {i: -1.0 if i in chosen else 1.0 for i in range(len(choices))}

    return Exclusion(
        exactly(refused.starts, problem.starts) if starts is None else starts,
        exactly(refused.closures, problem.closures),
        exactly(refused.conversions, problem.conversions),
        float(sum(map(len, refused.decisions))),
    )
