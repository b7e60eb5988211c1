"""The front: its ends by lexicographic order, limits spread evenly between them, plans and bounds for each."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kapacitet.insight.pareto.book import SAME, Book, Point
from kapacitet.insight.pareto.hands import Hands
from kapacitet.insight.pareto.search import Prices, Question
from kapacitet.planning.costs import Array
from kapacitet.planning.problem import Problem
from kapacitet.planning.solver import relative_gap

TRIFLE = 0.1
"""Of the solver's gap: what a plan may cost more when all of a goal can be had for it."""
LEAST_TRIFLE = 1e-8
DOMINANT = 10.0
"""Times the cost: what all of a goal weighs when it comes first."""
STEEPEST = 50.0
ROUNDS = 6
Phase = Callable[[str], None]


@dataclass(frozen=True)
class Supported:
    """A point of the front.

    Attributes:
        limits: on the goals, for which the plan is the cheapest known.
        point: the plan with its cost (kr.) and goals.
        bound: no plan within the limits costs less (kr.).
        settled: whether cost and bound are as near as the solver's gap.
    """

    limits: Prices
    point: Point
    bound: float
    settled: bool

    @property
    def gap(self) -> float:
        """(cost − bound)/cost."""
        gap = relative_gap(self.point.cost, self.bound)
        return math.inf if gap is None else gap


@dataclass(frozen=True)
class Front:
    """Points none of which is better than another in everything, the cheapest first.

    Attributes:
        book: all plans met.
        complete: whether it was neither stopped nor left without a plan.
    """

    points: tuple[Supported, ...]
    book: Book
    complete: bool


def front(hands: Hands, problem: Problem, count: int, phase: Phase = lambda _: None) -> Front:
    """The front between cost and the goals of ``hands``.

    Args:
        hands: those who search; they know the goals.
        problem: for gap and number of goals.
        count: limits on each goal, ends included.
        phase: told in Danish what is going on.
    """
    book, gap = Book(), problem.scenario.solver.gap
    phase("Søger den billigste plan")
    hands.ask(book, [Question.plain(hands.none)])
    if not book.points:
        return Front((), book, complete=False)
    phase("Søger frontens ender")
    ends(hands, book, gap)
    limits = spread(book, count)
    ceiling = _ceiling(hands, book)
    asked: set[Prices] = set()
    for number in range(ROUNDS):
        wanted = [book.steepest(most, ceiling) for most in limits if not _settled(book, most, gap)]
        fresh = sorted({prices for prices in wanted if any(prices)} - asked)
        if not fresh or hands.stopped():
            break
        phase(f"Søger planer mellem enderne, runde {number + 1}")
        asked.update(fresh)
        hands.ask(book, [Question.plain(prices) for prices in fresh])
    open_ = [most for most in limits if not _settled(book, most, gap)]
    if open_ and not hands.stopped():
        phase("Udelukker planer, der kunne være bedre")
        steep = ceiling if hands.sound else np.zeros_like(ceiling)
        hands.ask(book, [Question.limited(book.steepest(most, steep), most) for most in open_])
    return Front(_unbeaten(book, limits, gap), book, complete=not hands.stopped())


def ends(hands: Hands, book: Book, gap: float) -> None:
    """Lexicographic order: cost first, then goals; each goal first, then cost.

    What comes first weighs so much more that the rest can't outweigh more of it than the solver's gap.
    """
    cheapest = book.best(hands.free)
    assert cheapest is not None
    trifles = [lightly(cheapest, i, gap) if able else 0.0 for i, able in enumerate(hands.has_price)]
    questions = [Question.weighted(tuple(trifles))]
    for i, able in enumerate(hands.has_price):
        if able:
            heavy = DOMINANT * abs(cheapest.cost) / (abs(cheapest.goals[i]) or 1.0)
            questions.append(Question.weighted(tuple(heavy if j == i else trifles[j] for j in range(len(trifles)))))
        else:  # nobody pays more than without the plan: no weight can put such a goal first
            nothing = tuple(0.0 if j == i else np.inf for j in range(len(trifles)))
            questions.append(Question.limited(hands.none, nothing))
    hands.ask(book, questions)


def lightly(cheapest: Point, i: int, gap: float) -> float:
    """The weight at which all of a goal is worth a trifle of the cost (kr. per unit)."""
    return max(TRIFLE * gap, LEAST_TRIFLE) * abs(cheapest.cost) / (abs(cheapest.goals[i]) or 1.0)


def spread(book: Book, count: int) -> list[Prices]:
    """Limits from each goal's best to what the cheapest plan has, evenly; all combinations of several goals."""
    cheapest = min(book.points.values(), key=lambda point: (point.cost, point.goals))
    least = np.min([point.goals for point in book.points.values()], axis=0)
    lines = [np.linspace(most, low, count) for most, low in zip(cheapest.goals, least, strict=True)]
    return sorted({tuple(map(float, most)) for most in itertools.product(*lines)}, reverse=True)


def _ceiling(hands: Hands, book: Book) -> Array:
    """The highest price worth trying for each goal."""
    goals, costs = np.array([p.goals for p in book.points.values()]), [p.cost for p in book.points.values()]
    span = goals.max(axis=0) - goals.min(axis=0)
    rise = max(costs) - min(costs)
    steep = np.divide(STEEPEST * rise, span, out=np.zeros_like(span), where=span > 0)
    return np.where(hands.has_price, steep, 0.0)


def _settled(book: Book, most: Prices, gap: float) -> bool:
    best = book.best(most)
    return best is not None and best.cost - book.least(most) <= max(gap, SAME) * abs(best.cost)


def _unbeaten(book: Book, limits: Sequence[Prices], gap: float) -> tuple[Supported, ...]:
    """The best plan for each limit; of limits with the same plan the tightest, and no plan that another beats."""
    found: dict[object, Supported] = {}
    for most in limits:  # the tightest last
        best = book.best(most)
        if best is not None:
            found[best.decisions] = Supported(most, best, book.least(most), _settled(book, most, gap))
    kept = [one for one in found.values() if not any(_beats(p, one.point) for p in book.points.values())]
    tight = [replace(one, limits=tuple(map(float, np.maximum(one.limits, one.point.goals)))) for one in kept]
    return tuple(sorted(tight, key=lambda one: (one.point.cost, one.point.goals)))


def _beats(one: Point, other: Point) -> bool:
    """Whether ``one`` is no worse in anything and better in something."""
    mine, theirs = (one.cost, *one.goals), (other.cost, *other.goals)
    worse = any(a > b + SAME * max(1.0, abs(b)) for a, b in zip(mine, theirs, strict=True))
    better = any(a < b - SAME * max(1.0, abs(b)) for a, b in zip(mine, theirs, strict=True))
    return better and not worse
