"""Candidates worth looking at from a plan: its own, and those that would cost least to add or to swap in."""

from __future__ import annotations

import numpy as np

from kapacitet.planning.benders.search import Search
from kapacitet.planning.plan import Decisions

COUNT = 30


def promising(know: Search, centre: Decisions, *, everything: bool = False) -> tuple[set[int], set[int]]:
    """Units of the plan that may change, and others: the ``COUNT`` cheapest by the cuts so far, or all."""
    problem, (starts, closures, conversions) = know.problem, centre
    chosen = {problem.units[problem.starts[i].unit].project: i for i in starts}
    decided = {project for project, i in chosen.items() if problem.starts[i].committed}
    mine = {problem.starts[i].unit for i in starts if not problem.starts[i].committed}
    least: dict[int, float] = {}
    for i, start in enumerate(problem.starts):
        project = problem.units[start.unit].project
        if start.unit not in mine and project not in decided:
            near = tuple(sorted({*starts, i} - {chosen.get(project)}))
            cost = know.least_of((near, closures, conversions))
            least[start.unit] = min(cost, least.get(start.unit, np.inf))
    ranked = sorted(least, key=lambda u: (least[u], u))
    return mine, set(ranked if everything else ranked[:COUNT])
