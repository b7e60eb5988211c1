"""A sweep: waves of points side by side, each starting from plans of its neighbours, equal problems solved once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kapacitet.insight.many import Answer, Decision, Failure, Job, run_many
from kapacitet.insight.sweeps.answers import NOT_BEGUN, PointAnswer, answered
from kapacitet.insight.sweeps.axes import Axis
from kapacitet.insight.sweeps.grid import GridPoint
from kapacitet.planning.solver import Ending
from kapacitet.region import Region

Told = Callable[[GridPoint, PointAnswer], None]


@dataclass(frozen=True)
class Sweep:
    """A sweep's points and what each came to, in the order of the grid."""

    axes: tuple[Axis, ...]
    points: tuple[GridPoint, ...]
    answers: tuple[PointAnswer, ...]

    @property
    def complete(self) -> bool:
        """Whether every point was tried."""
        return all(answer.status != NOT_BEGUN for answer in self.answers)

    def table(self) -> pd.DataFrame:
        """One row per point: number, a column per lever, status, figures, message."""
        rows = [
            {
                "point": number,
                **{axis.key: value for axis, value in zip(self.axes, point.values, strict=True)},
                "status": answer.status,
                **answer.figures,
                "message": answer.message,
            }
            for number, (point, answer) in enumerate(zip(self.points, self.answers, strict=True), 1)
        ]
        figures = list(dict.fromkeys(name for answer in self.answers for name in answer.figures if name != "seconds"))
        first = ["point", *(axis.key for axis in self.axes), "status"]
        return pd.DataFrame(rows, columns=[*first, *figures, "seconds", "message"])


def sweep(
    region: Region,
    axes: Sequence[Axis],
    points: Sequence[GridPoint],
    known: Mapping[str, PointAnswer],
    *,
    workers: int = 1,
    stop: Callable[[], bool] = lambda: False,
    told: Told = lambda point, answer: None,
    lost: Callable[[], None] = lambda: None,
) -> Sweep:
    """Answer every point.

    Args:
        known: finished answers by identity, from an earlier run.
        workers: processes.
        stop: once it is true, searches under way end with the best they have, and no other is begun.
        told: of each new answer.
        lost: a process has died; its point is tried again.
    """
    answers = {point.identity: known[point.identity] for point in points if point.identity in known}
    for wave in sorted({point.wave for point in points}):
        turn = {p.identity: p for p in reversed(points) if p.wave == wave and p.identity not in answers}
        todo = [point for point in points if turn.get(point.identity) is point]
        jobs = [_job(region, point, points, answers) for point in todo]

        def done(number: int, outcome: Answer | Failure, todo: Sequence[GridPoint] = todo) -> None:
            point = todo[number]
            cut_short = (
                stop()
                and isinstance(outcome, Answer)
                and outcome.ending
                not in (
                    Ending.OPTIMAL,
                    Ending.INFEASIBLE,
                )
            )
            answer = answered(region, point.scenario, None if cut_short else outcome)
            answers[point.identity] = answer
            told(point, answer)

        run_many(jobs, workers, done, stop=stop, lost=lost)
        if stop():
            break
    found = tuple(answers.get(point.identity, PointAnswer(NOT_BEGUN)) for point in points)
    return Sweep(tuple(axes), tuple(points), found)


def _job(region: Region, point: GridPoint, points: Sequence[GridPoint], answers: Mapping[str, PointAnswer]) -> Job:
    """The point's search, from the plan of the first neighbour that has one."""
    start: tuple[Decision, ...] | None = None
    for other in points:
        answer = answers.get(other.identity)
        if start is None and answer is not None and "objective" in answer.figures and point.beside(other):
            start = answer.decisions
    return Job(region=region, scenario=point.scenario, label=point.scenario.name, start=start, figures=True)
