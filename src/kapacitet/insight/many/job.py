"""One problem to be solved somewhere, and what came of it; both can be sent between processes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kapacitet.faults import Fault
from kapacitet.insight.many.decisions import Decision
from kapacitet.planning.solver import Ending
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

ALL = None
PROJECTION = -1
"""As ``future``: the projection alone, whatever futures the scenario asks for."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A scenario to be answered in a region.

    Attributes:
        region: the region, or where it lies.
        scenario: its ``solver`` says gap and time limit.
        label: what it is, for progress.
        start: a plan known beforehand; where it holds, the answer is no worse.
        fixed: price ``start`` instead of searching.
        future: position of the only future that is reckoned with, known beforehand; the limits on planned places
            stay those of all futures' expected need. ``PROJECTION``: the projection alone.
        ceiling: kr.; the search ends once a plan costs no more, or none can.
        priced_as: the plan found is told at its price in this scenario, which must offer all this one does. (Where
            residents may move, what a move costs depends on what could be built, chosen or not.)
        figures: tell the key figures too.
    """

    region: Region | Path
    scenario: Scenario
    label: str = ""
    start: tuple[Decision, ...] | None = None
    fixed: bool = False
    future: int | None = ALL
    ceiling: float | None = None
    priced_as: Scenario | None = None
    figures: bool = False


@dataclass(frozen=True)
class Answer:
    """How a job ended.

    Attributes:
        objective: (1 − λ)·E + λ·CVaR of the best plan's discounted cost (kr.); None without a plan.
        bound: no plan costs less (kr.); None where nothing is known.
        gap: (objective − bound)/|objective|.
        decisions: of the best plan.
        figures: key figures where they were asked for.
    """

    ending: Ending
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float
    decisions: tuple[Decision, ...] = ()
    figures: Mapping[str, float] = field(default_factory=dict)

    @property
    def least(self) -> float:
        """No plan costs less (kr.); infinite where there is none."""
        if self.ending is Ending.INFEASIBLE:
            return math.inf
        return -math.inf if self.bound is None else self.bound

    @property
    def most(self) -> float:
        """Some plan costs no more (kr.); infinite where none was found."""
        return math.inf if self.objective is None else self.objective


@dataclass(frozen=True)
class Failure:
    """A job that couldn't be done: faults of its input, or a process that died time after time."""

    faults: tuple[Fault, ...]


Outcome = Answer | Failure
