"""A plan's decisions by names and years: the same in any problem that offers them, whatever its order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem

Kind = Literal["byg", "luk", "omlaeg"]


@dataclass(frozen=True, order=True, slots=True)
class Decision:
    """One thing a plan does.

    Attributes:
        kind: build a candidate, close or convert an offer.
        name: id of the candidate or offer.
        start: the year it begins.
        effect: the first year with, without or with other places.
        groups: whom an offer serves once it is converted, sorted; empty for others.
    """

    kind: Kind
    name: str
    start: int
    effect: int
    groups: tuple[str, ...] = ()


def offered(problem: Problem) -> tuple[tuple[Decision, ...], tuple[Decision, ...], tuple[Decision, ...]]:
    """All decisions of a problem, in the order of its starts, closures and conversions."""
    units = problem.units
    return (
        tuple(Decision("byg", units[s.unit].id, s.start_year, s.open_year) for s in problem.starts),
        tuple(Decision("luk", units[c.unit].id, c.year, c.year) for c in problem.closures),
        tuple(
            Decision("omlaeg", units[c.unit].id, c.start_year, c.year, tuple(sorted(c.groups_after)))
            for c in problem.conversions
        ),
    )


def decisions_of(problem: Problem, plan: Plan) -> tuple[Decision, ...]:
    """What ``plan`` decides, sorted."""
    pairs = zip(offered(problem), plan.decisions, strict=True)
    return tuple(sorted(every[i] for every, chosen in pairs for i in chosen))


def plan_in(problem: Problem, decisions: Iterable[Decision]) -> Plan | None:
    """The plan with these decisions; None if the problem doesn't offer one of them."""
    wanted = set(decisions)
    every = offered(problem)
    if not wanted <= {decision for part in every for decision in part}:
        return None
    starts, closures, conversions = (
        tuple(sorted({decision: i for i, decision in enumerate(part) if decision in wanted}.values()))
        for part in every
    )
    return Plan(starts, closures, conversions)
