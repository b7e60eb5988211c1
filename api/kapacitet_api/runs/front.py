"""A front in the solving process: the same search as ``kapacitet pareto``, its tables as the run's result."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kapacitet.insight.conflicts import explain
from kapacitet.insight.origin import summary_of
from kapacitet.insight.pareto.front import Front, front
from kapacitet.insight.pareto.hands import Hands
from kapacitet.insight.pareto.tables import front_table, knee, plans_table
from kapacitet.insight.result import Result
from kapacitet.insight.run import refuse_unfit
from kapacitet.insight.store import write_tables
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import relative_gap
from kapacitet.region import Region
from kapacitet.report.markdown import to_markdown
from kapacitet.report.pareto import front_blocks
from kapacitet.scenario.models import Scenario

POINTS, PLANS = "pareto", "plans"


def solve_front(
    region: Region,
    scenario: Scenario,
    wanted: dict[str, Any],
    folder: Path,
    stop: Callable[[], bool],
    phase: Callable[[str], None],
) -> dict[str, Any]:
    """Find the front and write it into ``folder``; how it ended.

    The scenario's time limit is for the whole front, so a run has the same end whatever it looks for.

    Args:
        wanted: ``goals`` beside cost, and ``points``, limits on each goal.

    Raises:
        FaultyInput: the scenario doesn't fit the region.
        SolverFault: the solver isn't there.
    """
    from kapacitet_api.runs.child import contradiction

    refuse_unfit(region, scenario)
    began, longest = time.monotonic(), scenario.solver.time_limit

    def enough() -> bool:
        return stop() or time.monotonic() - began > longest

    goals = tuple(wanted["goals"])
    phase("Opstiller modellen")
    problem = build_problem(region, scenario)
    found = front(Hands(problem, goals, stop=enough), problem, int(wanted["points"]), phase)
    if not found.points:
        conflict = explain(problem)
        return {"kind": "no-plan"} if conflict is None else contradiction(conflict)
    phase("Skriver resultatet")
    _write(problem, goals, found, folder)
    best = found.points[0]
    cost, bound = best.point.cost, best.bound
    told = {"objective": cost, "bound": bound, "gap": relative_gap(cost, bound)}
    return {"kind": "plan", "optimal": found.complete, **told, "figures": None}


def _write(problem: Problem, goals: tuple[str, ...], found: Front, folder: Path) -> None:
    region, scenario, bend = problem.region, problem.scenario, knee(found)
    summary: dict[str, Any] = {
        **summary_of(region, scenario),
        "kind": POINTS,
        "goals": list(goals),
        "complete": found.complete,
        "plans_met": len(found.book.points),
        "knee": None if bend is None else bend + 1,
    }
    tables = {POINTS: front_table(problem, goals, found), PLANS: plans_table(problem, found)}
    folder.mkdir()
    text = to_markdown(front_blocks(problem, goals, found, summary))
    (folder / "plan.md").write_text(text, encoding="utf-8", newline="\n")
    write_tables(Result(summary, scenario, tables), folder)
