"""One future taken alone, as if it were known when the plan is made."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.planning.objective import constant_cost
from kapacitet.planning.problem import Problem


@dataclass(frozen=True)
class KnownFuture(Problem):
    """A problem whose only future is known; what must be planned for is still the expected need of all futures.

    Reserve and public share are rules about plans, not about what comes: were they to follow the known future,
    knowing it could make a plan dearer, and knowledge would have a negative value.

    Attributes:
        planned_for: E d[g,t] over all futures, shape (C, T).
        shared_cost: kr. to be added to costs of this problem: what no choice changes is counted as over all
            futures, as it is where the future isn't known.
    """

    planned_for: Array | None = None
    shared_cost: float = 0.0

    def expected_demand(self) -> Array:
        """E d[g,t] over all futures."""
        assert self.planned_for is not None
        return self.planned_for


def known(problem: Problem, future: int) -> KnownFuture:
    """``problem`` with one of its futures, by position, known beforehand."""
    alone = replace(problem, futures=(replace(problem.futures[future], probability=1.0),))
    parts = {each.name: getattr(alone, each.name) for each in fields(Problem)}
    shared = (constant_cost(problem) - constant_cost(alone)) * problem.money_unit
    return KnownFuture(**parts, planned_for=np.asarray(problem.expected_demand()), shared_cost=shared)
