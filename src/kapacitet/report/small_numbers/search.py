"""The pattern of least loss of one system, by Benders decomposition on the attacker's problems.

Fischetti & Salazar (2001): the master picks what to hide, the attacker answers with a cell it comes too close to
and a cut that every safe pattern fulfils; so the master's bound rises until its pattern is safe. Each pattern is
also repaired into a safe one, so there is one to publish whenever the search ends.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from kapacitet.report.small_numbers import cuts
from kapacitet.report.small_numbers.component import Array, Flags, System
from kapacitet.report.small_numbers.master import Master
from kapacitet.report.small_numbers.prover import Prover
from kapacitet.report.small_numbers.repair import Ways
from kapacitet.report.small_numbers.request import Effort

CLOSED = 1e-6
AT_A_TIME = 40
"""Cells attacked per component and round of the relaxation."""
SHORTFALLS = 25
"""Shortfalls answered with cuts per component and round."""
RELAXED_ROUNDS = 8
THINNING = 0.3
"""At most this share of the time left goes to thinning one pattern."""
NEAR = 1.1
"""Patterns that lose up to this share of the best are thinned."""
RISE = 1e-4
"""The bound must rise by this share in a turn over all cells, or the relaxation is left."""


@dataclass(frozen=True)
class Found:
    """A safe pattern (U,), its loss on others than the sensitive, and a bound on that loss."""

    pattern: Flags
    loss: float
    bound: float


class Search:
    """The search in one system."""

    def __init__(self, system: System, effort: Effort, deadline: float) -> None:
        self.system, self.effort, self.deadline = system, effort, deadline
        self.provers = [Prover(component) for component in system.components]
        self.ways = [Ways(system, component) for component in system.components]
        self.master = Master(system)
        self.best = np.ones(len(system.weight), dtype=bool)
        self.bound = 0.0

    def run(self) -> Found:
        """The best pattern found."""
        if self.system.forced.any():
            first = self.repaired(self.system.forced)
            self._take(first)
            self._relax()
            self._offer(first)
            self._branch()
        else:
            self.best = self.system.forced
        loss = self.master.loss(self.best)
        return Found(self.best, loss, min(self.bound, loss))

    def late(self) -> bool:
        """Whether the time is out."""
        return time.perf_counter() > self.deadline

    def closed(self) -> bool:
        """Whether the best pattern is proven to be that."""
        return self.master.loss(self.best) <= self.bound + CLOSED

    def _relax(self) -> None:
        self.master.add(cut for prover in self.provers for cut in cuts.of_relations(self.system, prover))
        stalled = turn = 0
        most = max(int(self.system.forced[prover.component.unit].sum()) for prover in self.provers)
        rotation = 1 + most // AT_A_TIME
        while turn < RELAXED_ROUNDS:
            relaxed = self.master.relax()
            if relaxed is None or self.late():
                return
            x, bound = relaxed
            stalled = 0 if bound > self.bound + RISE * max(bound, 1.0) else stalled + 1
            self.bound = max(self.bound, bound - CLOSED)
            if self.closed() or stalled > rotation + 1:
                break
            turn += 1
            added = self.master.add(cut for prover in self.provers for cut in self._fractional(prover, x, turn))
            if not added and rotation == 1:
                break
        self._offer(self.repaired(x > 0.5))

    def _fractional(self, prover: Prover, x: Array, turn: int) -> list[cuts.Cut]:
        """Cuts for some of the cells that are surely hidden, others each turn."""
        sure = np.flatnonzero(x[prover.component.unit] > 1 - CLOSED)
        chosen = np.roll(sure, -turn * AT_A_TIME)[:AT_A_TIME]
        return list(cuts.fractional(self.system, prover, x, chosen))

    def _branch(self) -> None:
        self.master.make_whole()
        for _ in range(self.effort.rounds):
            if self.closed() or self.late():
                return
            left = self.deadline - time.perf_counter()
            pattern, bound = self.master.solve(self.best, self.effort.nodes, left)
            self.bound = max(self.bound, bound - CLOSED)
            if pattern is None or self.closed():
                return
            added = self.master.add(self._cuts_against(pattern))
            self._offer(self.repaired(pattern))
            if not added:
                return

    def _cuts_against(self, pattern: Flags) -> list[cuts.Cut]:
        found = []
        for prover in self.provers:
            hidden = pattern[prover.component.unit]
            for shortfall in prover.shortfalls(hidden, most=SHORTFALLS):
                cut = cuts.cut_of(self.system, prover, shortfall, hidden)
                if cut is not None:
                    found.append(cut)
        return found

    def _offer(self, pattern: Flags) -> None:
        """Take a safe pattern, thinned, if it loses less than the best."""
        if self.master.loss(pattern) < NEAR * self.master.loss(self.best):
            self._take(self.thinned(pattern))

    def _take(self, pattern: Flags) -> None:
        """Take a safe pattern if it loses less than the best."""
        if self.master.loss(pattern) < self.master.loss(self.best) - CLOSED:
            self.best = pattern

    def repaired(self, pattern: Flags) -> Flags:
        """A safe pattern that hides at least ``pattern``; everything when the time is out."""
        units = pattern | self.system.forced
        while True:
            before = units
            for prover, ways in zip(self.provers, self.ways, strict=True):
                units = self._repaired_part(prover, ways, units)
            if self.late():
                return np.ones_like(units)
            if (units == before).all():
                return units

    def _repaired_part(self, prover: Prover, ways: Ways, units: Flags) -> Flags:
        """The same with one component safe; with all of it hidden where no way out is found."""
        at = prover.component.unit
        whole = False
        while short := prover.shortfalls(units[at], most=SHORTFALLS):
            before = units
            units = ways.out_of(short, units, whole=whole)
            if (units == before).all():
                if whole or not prover.component.whole:
                    units = units.copy()
                    units[at] = True
                whole = True
            if self.late() or (units[at].all() and before[at].all()):
                return units
        return units

    def thinned(self, pattern: Flags) -> Flags:
        """A safe pattern with what need not be hidden shown again, the dearest first."""
        extra = np.flatnonzero(pattern & ~self.system.forced)
        now = time.perf_counter()
        until = now + THINNING * (self.deadline - now)
        for unit in extra[np.argsort(-self.system.weight[extra], kind="stable")]:
            if time.perf_counter() > until:
                break
            fewer = pattern.copy()
            fewer[unit] = False
            if self._still_safe(fewer, int(unit)):
                pattern = fewer
        return pattern

    def _still_safe(self, pattern: Flags, shown: int) -> bool:
        """Whether a pattern that was safe is so with unit ``shown`` shown."""
        for prover, part in zip(self.provers, self.system.components, strict=True):
            columns = part.unit == shown
            if columns.any() and prover.shortfalls(pattern[part.unit], most=1, first=prover.near(columns)):
                return False
        return True
