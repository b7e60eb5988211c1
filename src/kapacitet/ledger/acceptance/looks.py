"""Years of a plan, allocated with one house more or less."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from kapacitet.ledger.acceptance.worlds import Worlds
from kapacitet.planning.plan import Outcome, Plan, YearOutcome

EVERY = 3
Look = tuple[int, ...]
"""Starts of a plan looked at in one year."""


class Looks:
    """What is seen of a plan's years with and without each of some candidates.

    Attributes:
        start_of: unit -> its start in the plan.
        starts: unit -> the starts it may have, of the candidates looked at; committed ones are facts.
    """

    def __init__(self, worlds: Worlds, plan: Plan, units: Sequence[int]) -> None:
        problem = self._problem = worlds.problem
        self._worlds, self.plan, wanted = worlds, plan, set(units)
        self.start_of = {problem.starts[i].unit: i for i in plan.starts}
        self._project = {problem.units[u].project: u for u in self.start_of}
        self.starts: dict[int, list[int]] = {}
        for i, start in enumerate(problem.starts):
            if start.unit in wanted and start.open_year <= problem.years[-1] and not start.committed:
                self.starts.setdefault(start.unit, []).append(i)
        self._row: dict[tuple[int, Look], int] = {}
        self._outcomes: list[list[tuple[YearOutcome, ...]]] = [[] for _ in problem.years]

    def look(self, halted: Callable[[], bool]) -> bool:
        """Allocate every year with and without each house; False if halted before the end."""
        for t in range(len(self._problem.years)):
            self._see(t, self.plan.starts)
            for u in self.starts if t in self.sampled else ():
                if halted():
                    return False
                for starts in self.pair(u, t):
                    self._see(t, starts)
        return True

    @cached_property
    def sampled(self) -> frozenset[int]:
        """Years looked at: of each run of years in which the plan is the same the ends, and every third between."""
        kinds = [self._key(t, self.plan.starts)[1] for t in range(len(self._problem.years))]
        first = [t for t, kind in enumerate(kinds) if t == 0 or kind != kinds[t - 1]]
        last = [t - 1 for t in first[1:]] + [len(kinds) - 1]
        return frozenset(t for a, b in zip(first, last, strict=True) for t in (*range(a, b, EVERY), b))

    def pair(self, u: int, t: int) -> tuple[Look, ...]:
        """Starts without and with the house in a year; none if it can't be open then."""
        problem, year = self._problem, self._problem.years[t]
        mine = [i for i in self.starts[u] if problem.starts[i].open_year <= year]
        if not mine:
            return ()
        rival = self.start_of.get(self._project.get(problem.units[u].project, -1))
        without = tuple(i for i in self.plan.starts if i != rival)
        now = self.start_of.get(u)
        own = now if now in mine else min(mine, key=lambda i: problem.starts[i].open_year)
        return without, tuple(sorted((*without, own)))

    def _see(self, t: int, starts: Look) -> None:
        key = self._key(t, starts)
        if key not in self._row:
            state = Plan(starts, self.plan.closures, self.plan.conversions).state(self._problem)
            years = tuple(self._worlds.year(f, t, state) for f in range(len(self._worlds.recourses)))
            self._row[key] = len(self._outcomes[t])
            self._outcomes[t].append(years)

    def _key(self, t: int, starts: Look) -> tuple[int, Look]:
        year = self._problem.years[t]
        return t, tuple(i for i in starts if self._problem.starts[i].open_year <= year)

    @property
    def count(self) -> int:
        """N: the most looks at any year."""
        return max(len(looks) for looks in self._outcomes)

    def outcome(self) -> Outcome:
        """All looks as N rows of years, each in every future: the n-th row holds the n-th look at each year.

        The first row is the plan itself. Years looked at less often are filled up with the plan's own.
        """
        padded = [looks + looks[:1] * (self.count - len(looks)) for looks in self._outcomes]
        futures = range(len(self._worlds.recourses))
        return Outcome(tuple(tuple(looks[n][f] for looks in padded) for n in range(self.count) for f in futures))

    def rows(self, u: int, t: int) -> tuple[int, ...]:
        """Rows that show the year without and with the house; none if it can't be open then."""
        return tuple(self._row[self._key(t, starts)] for starts in self.pair(u, t))

    def shows(self, u: int) -> list[tuple[int, int, bool]]:
        """(row, year, whether a house of the plan is there) of every look."""
        return [(n, t, self.start_of[u] in starts) for (t, starts), n in self._row.items()]
