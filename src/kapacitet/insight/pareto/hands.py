"""Those who search: one process, or several that each hold the problem and keep what they have measured."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing.synchronize import Event

import numpy as np

from kapacitet.insight.pareto.book import Book, Bound, Point
from kapacitet.insight.pareto.goals import GOALS
from kapacitet.insight.pareto.ground import Ground
from kapacitet.insight.pareto.search import Prices, Question, Stop, answer
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

Found = tuple[list[Point], Bound | None]
POLL = 0.1
_here: tuple[Ground, Stop] | None = None


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
        spawn = multiprocessing.get_context("spawn")
        ended = spawn.Event()
        problem, many = self._ground.problem, min(self._workers, len(questions))
        task = (problem.region, problem.scenario, self._goals, ended)
        with ProcessPoolExecutor(many, mp_context=spawn, initializer=_prepare, initargs=task) as pool:
            waiting = [pool.submit(_work, book, one, self._seconds) for one in questions]
            while wait(waiting, timeout=POLL).not_done:
                if self._stop():
                    ended.set()
            return [one.result() for one in waiting]


def _prepare(region: Region, scenario: Scenario, goals: Sequence[str], ended: Event) -> None:
    """Make the ground in a new process; Ctrl-C is the parent's to hear."""
    global _here
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stop: Callable[[], bool] = ended.is_set
    _here = Ground(build_problem(region, scenario), [GOALS[key] for key in goals]), stop


def _work(book: Book, question: Question, seconds: float) -> Found:
    assert _here is not None
    ground, stop = _here
    return answer(ground, book, question, seconds, stop)
