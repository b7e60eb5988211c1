"""Plans ruled out one by one: rows over the whole decisions that a party's refusal adds to the master."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kapacitet.planning.plan import Plan

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
    closures: Mapping[int, float] = field(default_factory=dict)
    conversions: Mapping[int, float] = field(default_factory=dict)
    constant: float = 0.0

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


def exclude_plan(plan: Plan, starts: int, closures: int, conversions: int) -> Exclusion:
    """Rule out exactly ``plan``, given how many decisions of each kind there are."""

    def weights(chosen: Sequence[int], count: int) -> dict[int, float]:
        return {i: -1.0 if i in set(chosen) else 1.0 for i in range(count)}

    constant = len(plan.starts) + len(plan.closures) + len(plan.conversions)
    return Exclusion(
        weights(plan.starts, starts),
        weights(plan.closures, closures),
        weights(plan.conversions, conversions),
        float(constant),
    )
