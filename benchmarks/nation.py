"""A made nation, as large as Denmark: the largest plan that ought to be made on a small machine."""

from __future__ import annotations

from typing import Any

from benchmarks.made import Size, made_region, made_scenario
from benchmarks.solving import timed
from kapacitet.planning.problem import build_problem

NATION = Size(municipalities=98, groups=12, offers=1_500, candidates=300, years=12, futures=100)
GAP = 0.005
LIMIT = 600.0


def solve_made(size: dict[str, int], gap: float, limit: float) -> dict[str, Any]:
    """Task: a made region of ``size``; ``problem`` holds the making of the region."""
    wanted = Size(**size)
    return timed(lambda: build_problem(made_region(wanted), made_scenario(wanted)), gap, limit)
