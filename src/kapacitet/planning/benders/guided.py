"""Towards plans nobody refuses: sequential linear programming over the parties' demands.

From a plan that is good but refused, or accepted but dear, the demands are seen as sums over starts; the master with
those rows, held near the plan, proposes others. They are priced and judged for what they are, and the best of them is
the next to look from. Where a demand turns out to be exceeded by more than it seemed, that is noted for plans near
the one that surprised, and where proposals are no better, fewer projects are changed at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from kapacitet.planning.benders.nearby import Region, nearby
from kapacitet.planning.benders.promising import promising
from kapacitet.planning.benders.search import Search
from kapacitet.planning.exclusions import Ask, Guide, Name
from kapacitet.planning.plan import Decisions, Plan

FIRST_RADIUS, MOST_RADIUS, LAST_RADIUS = 4, 5, 2
FIRST_PRICE, DEARER, MOST_PRICE = 5e-4, 3.0, 1e-2
"""Of the cheapest plan's cost, for each krone per inhabitant by which demands are exceeded."""
PROPOSALS = 3
BETTER = 1e-7


@dataclass
class Guided:
    """Looks for better accepted plans around one plan after another.

    Attributes:
        blind: the guide can't say what is asked, so there is nothing to go by.
        centre: the plan looked from; None when nothing better is near the last one.
        everything: look at all candidates, not only at the plan's own and those never seen.
        units: candidates that may change.
        seen: candidates whose effects are known from some plan.
        active: demands that the master is told of: those that were exceeded, or seemed to be, at some time.
    """

    know: Search
    guide: Guide
    seed: int
    blind: bool = False
    centre: Decisions | None = None
    radius: int = FIRST_RADIUS
    price: float = FIRST_PRICE
    everything: bool = False
    asks: Sequence[Ask] = ()
    surprises: list[tuple[Decisions, dict[Name, float]]] = field(default_factory=list)
    units: frozenset[int] = frozenset()
    seen: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    active: set[Name] = field(default_factory=set)
    done: set[Decisions] = field(default_factory=set)

    def wanted(self) -> bool:
        """Whether refusals stand between the best plan and cheaper ones."""
        return not self.blind and any(missed > 0 and total < self.know.best for total, missed in self._judged())

    def run(self, halted: Callable[[], bool], found: Callable[[], None]) -> None:
        """Go on from the most promising plan as long as better ones are near; ``found`` is told of each round."""
        if self.centre is not None or self._choose():
            while not halted() and self.centre is not None:
                self._look(self.centre, halted)
                found()

    def _judged(self) -> Sequence[tuple[float, float]]:
        return tuple(self.know.judged.values())

    def _price(self) -> float:
        """Money units per krone per inhabitant."""
        return self.price * abs(min(total for total, _ in self._judged()))

    def _worth(self, decisions: Decisions) -> float:
        """Cost, and the price of what is exceeded; infinite where it isn't known."""
        total, missed = self.know.judged.get(decisions, (np.inf, 0.0))
        return total + self._price() * missed

    def _choose(self) -> bool:
        """Take the plan of most worth that isn't done with; False if there is none."""
        self.price = FIRST_PRICE
        ways = [d for d, (total, _) in self.know.judged.items() if d not in self.done and total <= self.know.best]
        if ways:
            self.radius = FIRST_RADIUS
            self._go(min(ways, key=lambda d: (self._worth(d), d)))
        return bool(ways)

    def _go(self, decisions: Decisions) -> None:
        before = self.centre[0] if self.centre else ()
        self.changed = {self.know.problem.starts[i].unit for i in set(before) ^ set(decisions[0])}
        self.centre, self.asks, self.surprises, self.everything = decisions, (), [], False

    def _look(self, centre: Decisions, halted: Callable[[], bool]) -> None:
        """One round: see the demands from the plan, let the master propose, judge what it proposes."""
        if not self.asks and not self._ask(centre, halted):
            return
        proposals, no_better = self._proposals(centre, halted)
        for decisions in proposals:
            if halted():
                return
            self.know.price(decisions)
            self._compare(decisions)
        best = min(proposals, key=self._worth, default=centre)
        if self._worth(best) < self._worth(centre) * (1 - BETTER):
            self.radius = min(self.radius + 1, MOST_RADIUS)
            self._go(best)
        elif self.radius > 1 and not no_better:
            self.radius -= 1
        else:
            self._look_deeper(centre)

    def _look_deeper(self, centre: Decisions) -> None:
        """Nothing better is near: demand more insistently, then look at more, then be done with the plan."""
        if self.know.judged[centre][1] > 0 and self.price < MOST_PRICE:
            self.price, self.radius = self.price * DEARER, FIRST_RADIUS
        elif not self.everything:
            self.everything, self.asks, self.radius = True, (), LAST_RADIUS
        else:
            self.done.add(centre)
            self.centre = None

    def _ask(self, centre: Decisions, halted: Callable[[], bool]) -> bool:
        """See the demands from the plan; False if halted, or if there is nothing to see."""
        mine, others = promising(self.know, centre, everything=self.everything)
        self.units = frozenset(mine | others | self.changed)
        looked = self.units if self.everything else mine | self.changed | (others - self.seen)
        asks = self.guide.asks(Plan(*centre), sorted(looked), halted)
        if asks is None:
            self.blind, self.centre = not halted(), None if not halted() else centre
            return False
        self.asks = asks
        self.seen |= looked
        self.active |= {ask.name for ask in asks if ask.over(centre[0]) > 0}
        return True

    def _proposals(self, centre: Decisions, halted: Callable[[], bool]) -> tuple[list[Decisions], bool]:
        """Plans not priced yet that seem best, best first, and whether there are none.

        The demands the first of them seems to exceed are made active.
        """
        know = self.know
        know.taught()
        while True:
            region = Region(
                centre=centre,
                accepted=know.judged[centre][1] == 0,
                asks=[ask for ask in self.asks if ask.name in self.active],
                surprises=self.surprises,
                projects=self._projects(),
                radius=self.radius,
                price=self._price(),
            )
            pool, whole = nearby(know.master, region, self.seed, halted)
            found = dict.fromkeys(know.decided(values) for values in reversed(pool))
            fresh = [d for d in found if d not in know.seen][:PROPOSALS]
            ignored = {
                ask.name for d in fresh[:1] for ask in self.asks if ask.name not in self.active and ask.over(d[0]) > 0
            }
            if not ignored or halted():
                return fresh, whole and not fresh
            self.active |= ignored

    def _compare(self, decisions: Decisions) -> None:
        """Note which demands a plan exceeds by more than it seemed; nothing if it is dearer than the best plan."""
        if decisions not in self.know.judged:
            return
        over = self.guide.over(Plan(*decisions))
        seemed = {ask.name: max(0.0, ask.over(decisions[0])) for ask in self.asks}
        more = {name: over[name] - much for name, much in seemed.items() if over.get(name, 0.0) > much}
        self.active |= set(more)
        self.surprises.append((decisions, more))

    def _projects(self) -> list[list[int]]:
        """Starts of each project's units that may change."""
        problem = self.know.problem
        found: dict[str, list[int]] = {}
        for i, start in enumerate(problem.starts):
            if start.unit in self.units and not start.committed:
                found.setdefault(problem.units[start.unit].project, []).append(i)
        return list(found.values())
