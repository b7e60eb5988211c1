"""Suppression of cells in linked tables: the least that must be hidden, checked by attacking the outcome."""

from __future__ import annotations

import time
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from kapacitet.faults import Fault, FaultyInput
from kapacitet.report.small_numbers.attack import EXACT
from kapacitet.report.small_numbers.component import Array, Component, Flags, System, systems
from kapacitet.report.small_numbers.counts import Rule, request
from kapacitet.report.small_numbers.protected import Protected, Reason
from kapacitet.report.small_numbers.prover import ROW, Prover
from kapacitet.report.small_numbers.request import Effort, Request
from kapacitet.report.small_numbers.search import Found, Search
from kapacitet.report.small_numbers.table import Cell, Table, said

GAP = 1e-6


def protect_counts(table: Table, rule: Rule | None = None, effort: Effort | None = None) -> Protected:
    """Hide counts below the threshold, and what they could be computed from, at least loss.

    Raises:
        FaultyInput: as :func:`suppress` and :func:`counts.request`.
    """
    return suppress(table, request(table, rule or Rule()), effort)


def suppress(table: Table, asked: Request, effort: Effort | None = None) -> Protected:
    """The table with cells hidden so that every hidden one is protected as asked.

    A level that not even hiding everything gives (a total of three hidden ones is at least three) is lowered to
    what that gives. The same table gives the same answer, in whatever order its cells and relations come, unless
    ``effort.seconds`` ends the search.

    Raises:
        FaultyInput: cells published elsewhere give a hidden one away, whatever else is hidden.
    """
    effort = effort or Effort()
    deadline = time.perf_counter() + effort.seconds
    _refuse_published(table, asked)
    levels = _attainable(table, asked)
    hidden: dict[Cell, Reason] = {}
    loss = bound = 0.0
    closed = True
    parts = systems(table, asked)
    for done, system in enumerate(parts):
        system = _asking(system, levels)
        now = time.perf_counter()
        share = now + max(deadline - now, 0.0) / (len(parts) - done)
        found = _audited(system, Search(system, effort, share).run())
        hidden |= _named(system, found.pattern)
        loss, bound = loss + found.loss, bound + found.bound
        closed &= found.loss - found.bound <= GAP * max(found.loss, 1.0)
    published = {cell: value for cell, value in table.values.items() if cell not in hidden}
    return Protected(MappingProxyType(published), MappingProxyType(dict(sorted(hidden.items()))), loss, bound, closed)


def _audited(system: System, found: Found) -> Found:
    """The pattern if a fresh attacker finds nothing in it, else everything hidden."""
    for part in system.components:
        if Prover(part).shortfalls(found.pattern[part.unit], most=1):
            everything = np.ones_like(found.pattern)
            return Found(everything, float(system.weight[~system.forced].sum()), found.bound)
    return found


def _refuse_published(table: Table, asked: Request) -> None:
    faults = [
        Fault(
            f"Cellen {said(cell)} skal skjules, men er offentliggjort et andet sted.",
            "Fjern den fra det, der er offentliggjort, eller sænk grænsen.",
        )
        for cell in sorted(table.published & asked.sensitive.keys())
    ]
    if faults:
        raise FaultyInput(faults)


def _attainable(table: Table, asked: Request) -> dict[Cell, Array]:
    """Levels (3,) of each cell, lowered to what hiding everything gives."""
    levels: dict[Cell, Array] = {}
    for system in systems(table, asked, use_published=False):
        for part in system.components:
            levels |= dict(zip(part.cells, _lowered(part).levels.T, strict=True))
    return levels


def _lowered(part: Component) -> Component:
    """The component with the levels that hiding all of it gives."""
    everything = np.ones(len(part.cells), dtype=bool)
    while short := Prover(part).shortfalls(everything):
        levels = part.levels.copy()
        for one in short:
            reached = np.floor(one.reached + EXACT) if part.whole else one.reached - EXACT
            levels[ROW[one.kind], one.column] = max(reached, 0.0)
        part = replace(part, levels=levels)
    return part


def _asking(system: System, levels: dict[Cell, Array]) -> System:
    """The system with these levels; of cells that aren't sensitive no more than hiding everything gives.

    Raises:
        FaultyInput: what is published elsewhere gives a sensitive cell away.
    """
    wanted = system.with_levels([np.array([levels[cell] for cell in part.cells]).T for part in system.components])
    given = [_lowered(part) for part in wanted.components]
    faults = [
        Fault(
            f"Tallet i {said(cell)} kan regnes ud af det, der er offentliggjort før.",
            "Udelad tabellen, eller slå kommuner eller grupper sammen.",
        )
        for part, lowered in zip(wanted.components, given, strict=True)
        for cell, unit, less in zip(part.cells, part.unit, (lowered.levels < part.levels).any(axis=0), strict=True)
        if less and system.forced[unit]
    ]
    if faults:
        raise FaultyInput(faults)
    return wanted.with_levels([part.levels for part in given])


def _named(system: System, pattern: Flags) -> dict[Cell, Reason]:
    """The hidden cells of a system."""
    return {
        cell: Reason.PRIMARY if system.forced[unit] else Reason.SECONDARY
        for part in system.components
        for cell, unit in zip(part.cells, part.unit.tolist(), strict=True)
        if pattern[unit]
    }
