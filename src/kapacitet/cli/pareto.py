"""``kapacitet pareto``: the front between cost and other goals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kapacitet.cli import statuses
from kapacitet.cli.progress import reporting
from kapacitet.cli.series import place_for
from kapacitet.cli.solve import read, tell_conflict
from kapacitet.cli.speech import say, tell_error
from kapacitet.cli.writing import write_json, write_table
from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.conflicts import explain
from kapacitet.insight.origin import summary_of
from kapacitet.insight.pareto.front import Front, front
from kapacitet.insight.pareto.goals import GOALS, read_goals
from kapacitet.insight.pareto.hands import Hands
from kapacitet.insight.pareto.tables import front_table, knee, plans_table
from kapacitet.insight.run import refuse_unfit
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import SolverFault
from kapacitet.region.writing.folder import replace_file
from kapacitet.report.charts.pareto import front_spec
from kapacitet.report.document import Paragraph, Picture
from kapacitet.report.markdown import to_markdown
from kapacitet.report.notes import chart_notes, subtitle
from kapacitet.report.pareto import WORDINGS, description, front_blocks
from kapacitet.report.render import png
from kapacitet.report.terminal import console, show

MARKER, TABLE, PLANS, REPORT, PICTURE = "pareto.json", "pareto.csv", "plans.csv", "pareto.md", "pareto.png"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks beside the scenario.

    Attributes:
        out: the folder.
        goals: as text.
        points: limits on each goal.
        workers: processes.
        time_limit, gap: of each search, instead of the scenario's.
    """

    out: Path
    goals: str
    points: int
    workers: int = 1
    time_limit: float | None = None
    gap: float | None = None


def pareto(scenario_name: str, wishes: Wishes, stop: Callable[[], bool]) -> int:
    """Find the front, print it, and write the folder.

    Returns:
        the exit status.

    Raises:
        FaultyInput: with every fault, before anything is solved.
        OSError: the folder can't be written.
    """
    goals = read_goals(wishes.goals)
    scenario, region = read(scenario_name, time_limit=wishes.time_limit, gap=wishes.gap)
    refuse_unfit(region, scenario)
    place_for(wishes.out, MARKER)
    problem = build_problem(region, scenario)
    with reporting() as reporter:
        try:
            hands = Hands(problem, goals, workers=wishes.workers, stop=stop)
            found = front(hands, problem, wishes.points, reporter.phase)
        except SolverFault as error:
            raise FaultyInput([Fault(str(error), table="scenarie", column="solver.name")]) from None
    if not found.points:
        conflict = explain(problem)
        if conflict is not None:
            return tell_conflict(conflict)
        tell_error("Der blev ikke fundet nogen plan.", "Giv den mere tid med --time-limit.")
        return statuses.NO_PLAN
    summary = summary_of(region, scenario)
    show(front_blocks(problem, goals, found, summary), console())
    _write(problem, goals, found, summary, wishes.out)
    say(Paragraph(f"Fronten ligger i {wishes.out}."))
    return statuses.PLAN


def _write(problem: Problem, goals: tuple[str, ...], found: Front, summary: dict[str, Any], folder: Path) -> None:
    """Tables, picture and report; ``pareto.json`` goes first and comes last, so it stands by whole sets alone."""
    table, bend = front_table(problem, goals, found), knee(found)
    (folder / MARKER).unlink(missing_ok=True)
    write_table(folder / TABLE, table)
    write_table(folder / PLANS, plans_table(problem, found))
    axes = [(key, GOALS[key].title + (", %" if key == "private" else ""), WORDINGS[key].factor) for key in goals]
    told = description(goals, table, bend)
    spec = front_spec(table, axes, bend, subtitle=subtitle(summary), notes=chart_notes(summary), told=told)
    replace_file(folder / PICTURE, png(spec))
    picture = Picture(PICTURE, told)
    replace_file(folder / REPORT, to_markdown(front_blocks(problem, goals, found, summary, [picture])).encode())
    data = {**summary, "goals": list(goals), "complete": found.complete, "plans_met": len(found.book.points)}
    write_json(folder / MARKER, data)
