"""One search for plans of a front: at prices on goals, under limits on them, weighing them or not.

Weighted sums, lexicographic order and ε-constraints are all this one problem: least cost + Σ weight·goal among plans
that keep every goal at or below its limit. With prices at or above the weights, the search's own optimum L gives the
bound L − Σ (price − weight)·limit (Lagrange; Geoffrion, *Mathematical Programming Study* 2, 1974). Plans are whole,
so that bound may fall short of the best plan. Then the search goes on: a plan that has been met is known exactly and
is ruled out, until all plans left are bounded above the best one (as in ranking the solutions of the relaxation:
Handler and Zang, *Networks* 10, 1980).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kapacitet.insight.pareto.book import Book, Bound, Point
from kapacitet.insight.pareto.ground import Ground
from kapacitet.planning.exclusions import Exclusion, exclude
from kapacitet.planning.optimise import optimise
from kapacitet.planning.plan import Decisions, Plan
from kapacitet.planning.solver import Ending, Progress

Stop = Callable[[], bool]
Prices = tuple[float, ...]
ENOUGH, STARTS = 1e-12, 5


@dataclass(frozen=True)
class Question:
    """What is searched for.

    Attributes:
        prices: on goals in the search, kr. per unit.
        weights: on goals in what is wanted, at most the prices.
        limits: on goals; infinite where there is none.
        closing: rule out plans met until the rest is bounded above the best; else take what the relaxation gives.
    """

    prices: Prices
    weights: Prices
    limits: Prices
    closing: bool = True

    @classmethod
    def plain(cls, prices: Prices) -> Question:
        """The relaxation at these prices: a bound for any limits, and a plan at the front's hull."""
        return cls(prices, prices, tuple(np.inf for _ in prices), closing=False)

    @classmethod
    def weighted(cls, prices: Prices) -> Question:
        """Least cost with goals at these prices."""
        return cls(prices, prices, tuple(np.inf for _ in prices))

    @classmethod
    def limited(cls, prices: Prices, limits: Prices) -> Question:
        """Least cost under limits, bounded by prices."""
        return cls(prices, tuple(0.0 for _ in prices), limits)

    @property
    def shift(self) -> float:
        """Σ (price − weight)·limit."""
        pairs = zip(self.prices, self.weights, self.limits, strict=True)
        return sum((price - weight) * limit for price, weight, limit in pairs if price != weight)


def answer(
    ground: Ground, book: Book, question: Question, seconds: float, stop: Stop = lambda: False
) -> tuple[list[Point], Bound | None]:
    """Plans met that ``book`` doesn't know, and a bound on those neither knows; ``book`` is left as it is."""
    known = Book(dict(book.points))
    recorder = _Recorder(ground, known, question)
    heard = -np.inf

    def hear(event: Progress) -> None:
        nonlocal heard
        heard = max(heard, event.bound)

    def halted() -> bool:
        return stop() or heard >= recorder.target

    found = optimise(
        ground.at(question.prices, seconds),
        stop=halted,
        progress=hear,
        admit=recorder,
        starts=_near(book, question),
    )
    if found.solved.ending is Ending.INFEASIBLE:
        heard = np.inf
    elif found.solved.bound is not None:
        heard = max(heard, found.solved.bound)
    if found.plan is not None:
        recorder.note(found.plan.decisions)
    new = [point for decisions, point in known.points.items() if decisions not in book.points]
    bounded = heard > -np.inf and (ground.sound or not any(question.prices))
    return new, Bound(question.prices, float(heard)) if bounded else None


class _Recorder:
    """Notes every plan a search asks about; admits those that the question can't do without."""

    def __init__(self, ground: Ground, known: Book, question: Question) -> None:
        self._ground, self._known, self._question = ground, known, question
        self._value = ground.pricer(question.prices) if question.closing else None

    @property
    def target(self) -> float:
        """What the search need not go beyond, in its own terms; infinite before any plan keeps the limits."""
        best = self._known.best(self._question.limits, self._question.weights) if self._question.closing else None
        return np.inf if best is None else best.valued(self._question.weights) + self._question.shift

    def note(self, decisions: Decisions) -> bool:
        """Note a plan; whether it keeps the problem's own limits."""
        point = self._ground.point(decisions)
        if point is not None:
            self._known.points[decisions] = point
        return point is not None

    def __call__(self, plan: Plan) -> Sequence[Exclusion]:
        """As ``Admit``."""
        refused = self._ground.judge(plan) if self._ground.judge is not None else ()
        if refused:
            return refused
        if not self.note(plan.decisions) or self._value is None:
            return ()
        target = self.target
        if self._value(plan.decisions) >= target - ENOUGH * abs(target):
            return ()
        return [exclude(self._ground.problem, plan)]


def _near(book: Book, question: Question) -> tuple[Decisions, ...]:
    """Plans met that are best at the question's prices."""
    known = sorted(book.points.values(), key=lambda point: (point.valued(question.prices), point.decisions))
    return tuple(point.decisions for point in known[:STARTS])
