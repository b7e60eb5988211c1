"""The allocation of a fixed plan in whole persons, by flows: the rule of ``planning/allocation`` for many futures.

(a) A flow of least cost. Its potentials tell the face of all such flows: arcs of zero reduced cost are free, all
others stand. (b) and (c) are least in one flow of unit layers on the free arcs. What is left undecided, as which of
two equal houses gets the last person, follows a checksum of names, year and future.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kapacitet.insight.stress.ties import Checksums, checksums
from kapacitet.insight.stress.year_allocation import YearAllocation
from kapacitet.planning.allocation import allocate
from kapacitet.planning.futures import Future
from kapacitet.planning.plan import Outcome, Plan, YearOutcome
from kapacitet.planning.problem import Problem


def allocation(problem: Problem, plan: Plan, first: int = 0, names: Checksums | None = None) -> Outcome:
    """The allocation of ``plan`` in each of the problem's futures.

    Whole persons by flows; a future that isn't whole by the exact rule, which rounds nothing but is slower.

    Args:
        first: index of the first of the problem's futures among all futures, for ties.
        names: of :func:`~kapacitet.insight.stress.ties.checksums`, if they are at hand.
    """
    by_flow = [w for w, future in enumerate(problem.futures) if whole(future)]
    others = [w for w, future in enumerate(problem.futures) if not whole(future)]
    found: dict[int, Sequence[YearOutcome]] = {}
    if others:
        exact = allocate(_with(problem, others), plan)
        found |= dict(zip(others, exact.years, strict=True))
    if by_flow:
        part = _with(problem, by_flow)
        names = checksums(problem) if names is None else names
        years = [YearAllocation(part, plan, t, names) for t in range(len(problem.years))]
        found |= {w: [year.outcome(i, first + w) for year in years] for i, w in enumerate(by_flow)}
    return Outcome(tuple(tuple(found[w]) for w in range(len(problem.futures))))


def whole(future: Future) -> bool:
    """Whether a future is whole persons."""
    parts = (future.demand, future.stays.values, future.outside, future.guests.values)
    return all(bool((part == np.rint(part)).all()) for part in parts)


def _with(problem: Problem, futures: Sequence[int]) -> Problem:
    return replace(problem, futures=tuple(problem.futures[w] for w in futures))
