"""The rule for counts of persons: which are small, and what a reader may be able to infer of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kapacitet.faults import Fault, FaultyInput
from kapacitet.report.small_numbers.request import Levels, Request
from kapacitet.report.small_numbers.table import Cell, Table

WHOLE = 1e-9
"""How near a whole number a count lies when it is one."""


@dataclass(frozen=True)
class Rule:
    """When a count is too small to publish.

    Attributes:
        threshold: counts above 0 and below this are hidden; the reader must find it possible that a hidden one is
            the smallest count there is, and that it is the threshold. Expected counts (0.7 persons) too: an
            expectation can be computed back to the persons it was made from.
        zeros: ``vises`` publishes true zeros as they are (nobody is there to be known); ``skjules`` treats them
            as the other small counts.
        loss: what a hidden cell costs: ``antal`` the same for each, ``vaerdi`` its value.
        labelled: readers are told which hidden cells are below the threshold ("under 5"), and so which are not.
        width: how wide an interval is left for a cell hidden to protect another, in persons.
    """

    threshold: float = 5.0
    zeros: Literal["vises", "skjules"] = "vises"
    loss: Literal["antal", "vaerdi"] = "vaerdi"
    labelled: bool = False
    width: float = 1.0

    def __post_init__(self) -> None:
        if not self.threshold > 0 or not self.width > 0:
            raise FaultyInput([Fault("Grænsen for små tal og bredden skal være over 0.", "Skriv et tal over 0.")])

    def is_small(self, value: float) -> bool:
        """Whether a count must be hidden for its own sake."""
        return value < self.threshold and (value > 0 or self.zeros == "skjules")


def request(table: Table, rule: Rule) -> Request:
    """What ``rule`` asks of ``table``.

    True zeros are known to all, so an attacker knows that what is hidden isn't zero.

    A whole set of ``table.together`` is sensitive if one of its cells is. Its larger cells lead back to the small
    one, so they are left an interval as wide as the threshold. Cells of a linked whole-number table are known to be
    whole: the smallest hidden count is then 1 where zeros are shown.

    Raises:
        FaultyInput: ``labelled`` with cells held together, which would tell when a series passes the threshold.
    """
    if rule.labelled and table.together:
        message = "Årsrækker, der skjules under ét, kan ikke mærkes «under …»: så ses det, hvornår grænsen passeres."
        raise FaultyInput([Fault(message, "Brug ét fælles mærke.")])
    values = table.values
    zeros = frozenset(cell for cell, value in values.items() if value == 0 and rule.zeros == "vises")
    whole = _whole(table)
    least = {cell: 1.0 if cell in whole and rule.zeros == "vises" else 0.0 for cell in values}
    small = frozenset(cell for cell, value in values.items() if rule.is_small(value))
    sensitive = dict(_levels(table, rule, least, whole, small))
    large = values.keys() - small
    return Request(
        sensitive=sensitive,
        weights={cell: 1.0 if rule.loss == "antal" else max(value, 1.0) for cell, value in values.items()},
        others=Levels(sliding=rule.width),
        shown=zeros,
        floor={**least, **{cell: rule.threshold for cell in large if rule.labelled}},
        ceiling={cell: _below(rule, cell in whole) for cell in small if rule.labelled},
        whole=whole,
    )


def _levels(
    table: Table, rule: Rule, least: Mapping[Cell, float], whole: frozenset[Cell], small: frozenset[Cell]
) -> Iterator[tuple[Cell, Levels]]:
    for cell in small:
        value = table.values[cell]
        highest = _below(rule, cell in whole) if rule.labelled else rule.threshold
        yield cell, Levels(lower=max(value - least[cell], 0.0), upper=max(highest - value, 0.0))
    for cells in table.together:
        if cells & small:
            yield from ((cell, Levels(sliding=rule.threshold)) for cell in cells - small if table.values[cell] > 0)


def _below(rule: Rule, whole: bool) -> float:
    """The largest count said to be below the threshold; of decimals the threshold, as they come close to it."""
    return -(-rule.threshold // 1) - 1 if whole else rule.threshold


def _whole(table: Table) -> frozenset[Cell]:
    """Cells linked, over however many relations, to none but whole numbers."""
    group = {cell: cell for cell in table.values}

    def root(cell: Cell) -> Cell:
        while group[cell] != cell:
            group[cell] = cell = group[group[cell]]
        return cell

    for relation in table.relations:
        first = relation.terms[0][0]
        for cell, _ in relation.terms:
            group[root(cell)] = root(first)
    broken = {root(cell) for cell, value in table.values.items() if abs(value - round(value)) > WHOLE}
    broken |= {root(r.terms[0][0]) for r in table.relations if any(weight % 1 for _, weight in r.terms)}
    return frozenset(cell for cell in table.values if root(cell) not in broken)
