"""The municipalities' building together is watched against the joint frame, whose excess risks the sanction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.constraints.frames import frame_rows
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag
from kapacitet.planning.sets import REGION_PARTY
from kapacitet.planning.variables import FirstStage

FAMILY = "joint_frame"
TAG: Tag = "lov"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per year t:  Σ_k Σ_j spending[j,t] − loans ≤ joint frame[t] (+ excess, when soft); the region is no party."""
    return frame_rows(problem, v, "faellesramme", lambda builder, _: builder != REGION_PARTY)


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    return f"Kommunerne bygger tilsammen inden for den fælles anlægsramme i {problem.years[int(str(subject['t']))]}"
