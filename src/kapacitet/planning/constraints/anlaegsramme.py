"""Each municipality builds within its own anlægsramme; frames can't be lent or pooled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.constraints.frames import frame_rows
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag
from kapacitet.planning.variables import FirstStage

FAMILY = "anlaegsramme"
TAG: Tag = "aftale"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per municipality k and year t:  Σ_j spending[j,t] − loans ≤ frame[k,t] (+ excess, when soft).

    SEL §107/§108 projects draw 100 % on the building municipality's own frame in the years the money is spent;
    ABL projects draw nothing while exempt (KKR Syddanmark June 2023; KL: frames can't be shared).
    """
    return frame_rows(problem, v, FAMILY, lambda builder, party: builder == party)


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    party, t = str(subject["party"]), int(str(subject["t"]))
    name = next(m.name for m in problem.municipalities if m.code == party)
    return f"{name} bygger inden for sin anlægsramme i {problem.years[t]}"
