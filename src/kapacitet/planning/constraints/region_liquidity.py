"""The region has no anlægsramme, but can only build for what its liquidity allows in a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kapacitet.planning.constraints.frames import frame_rows
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Row, Tag
from kapacitet.planning.variables import FirstStage

FAMILY = "region_liquidity"
TAG: Tag = "aftale"


def rows(problem: Problem, v: FirstStage) -> Iterator[Row]:
    r"""Per year t:  Σ_{j of the region} spending[j,t] − loans ≤ liquidity[t] (+ excess, when soft)."""
    return frame_rows(problem, v, "likviditet", lambda builder, party: builder == party)


def sentence(problem: Problem, subject: Mapping[str, object]) -> str:
    """The row in a planner's words."""
    return f"Regionen bygger for højst sin likviditet til byggeri i {problem.years[int(str(subject['t']))]}"
