"""Those who search: one process, or several that each hold the problem and keep what they have measured."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool

import numpy as np

from kapacitet.faults import FaultyInput
from kapacitet.insight.pareto.book import Book, Bound, Point
from kapacitet.insight.pareto.goals import GOALS
from kapacitet.insight.pareto.ground import Ground
from kapacitet.insight.pareto.search import Prices, Question, Stop, answer
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.processes import FEWER, POLL, TRIES, Processes, dying, stopped
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

Found = tuple[list[Point], Bound | None]
_here: Ground | None = None


class Hands:
    """Answers questions about one problem, the same whatever the number of workers unless time runs out.

    Attributes:
        none, free: no price, and no limit, on any goal.
    """

    def __init__(
        self, problem: Problem, goals: Sequence[str], *, workers: int = 1, stop: Stop = lambda: False
    ) -> None:
        self._ground = Ground(problem, [GOALS[key] for key in goals])
        self._goals, self._workers, self._stop = tuple(goals), workers, stop
        self._seconds = problem.scenario.solver.time_limit
        self.none: Prices = tuple(0.0 for _ in goals)
        self.free: Prices = tuple(np.inf for _ in goals)

    @property
    def has_price(self) -> tuple[bool, ...]:
        """Whether each goal can be given a price."""
        return self._ground.has_price

    @property
    def sound(self) -> bool:
        """Whether searches at prices give bounds; else they only find plans."""
        return self._ground.sound

    def stopped(self) -> bool:
        """Whether what is found shall do."""
        return self._stop()

    def ask(self, book: Book, questions: Sequence[Question]) -> None:
        """Answer questions from what ``book`` knows now, and write what is found into it in their order."""
        if self._workers == 1 or len(questions) < 2:
            found = [answer(self._ground, book, one, self._seconds, self._stop) for one in questions]
        else:
            found = self._shared(book, questions)
        for points, bound in found:
            book.points.update((point.decisions, point) for point in points)
            book.bounds += [bound] if bound is not None else []

    def _shared(self, book: Book, questions: Sequence[Question]) -> list[Found]:
        """By several processes; what is lost with one is asked again."""
        problem, many = self._ground.problem, min(self._workers, len(questions))
        found: dict[int, Found] = {}
        with Processes(many, _prepare, problem.region, problem.scenario, self._goals) as pool:
            for _ in range(TRIES):
                left = [i for i in range(len(questions)) if i not in found]
                try:
                    waiting = [pool.submit(_work, book, questions[i], self._seconds) for i in left]
                    while wait(waiting, timeout=POLL).not_done:
                        if self._stop():
                            pool.stop()
                    found.update((i, one.result()) for i, one in zip(left, waiting, strict=True))
                    return [found[i] for i in range(len(questions))]
                except BrokenProcessPool:
                    pool.renew()
        raise FaultyInput([dying(FEWER)])


def _prepare(region: Region, scenario: Scenario, goals: Sequence[str]) -> None:
    """Make the ground in a new process."""
    global _here
    _here = Ground(build_problem(region, scenario), [GOALS[key] for key in goals])


def _work(book: Book, question: Question, seconds: float) -> Found:
    assert _here is not None
    return answer(_here, book, question, seconds, stopped)
