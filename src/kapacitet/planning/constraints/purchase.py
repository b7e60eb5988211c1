"""No more is bought outside the listed offers than there is to be had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag, linear, ones
from kapacitet.planning.variables import Recourse, State

FAMILY = "purchase"
TAG: Tag = "aftale"


def rows(problem: Problem, state: State, v: Recourse) -> Iterator[Row]:
    r"""Per target group h with a stated limit:  Σ_k Σ_{g in h} p[k,g] ≤ available[h,t]."""
    for group, available in problem.purchase_available.items():
        limit = float(available[v.t])
        bought = [p for (_, c), p in v.buy.items() if problem.cells[c].group == group]
        if bought and np.isfinite(limit):
            name = f"purchase_{group}_{problem.years[v.t]}_f{v.future}"
            yield Row(name, linear(ones(bought)) <= limit, {"group": group, "t": v.t})


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    group, t = str(subject["group"]), int(str(subject["t"]))
    most = f"{problem.purchase_available[group][t]:g}".replace(".", ",")
    return f"Der kan højst købes {most} pladser til {group} i {problem.years[t]}"
