"""Groups of municipalities in Danish: what they cost alone, and which would do better that way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kapacitet.insight.gains.costs import Cost
from kapacitet.insight.gains.result import Gains
from kapacitet.insight.gains.sets import FOUND, NEIGHBOURS, NamedGroup
from kapacitet.report.document import Block, Bullets, Cell, grid
from kapacitet.report.gains_words import (
    DIVISION_NAMES,
    amount,
    column_unit,
    in_unit,
    names,
    shown_divisions,
    with_columns,
)
from kapacitet.report.words import listed, sentence

FEWEST_SHOWN = 5
Priced = tuple[NamedGroup, Cost]


def group_blocks(gains: Gains) -> list[Block]:
    """Named groups and areas in full; of the others those that leave, and the neighbours nearest to it."""
    unit, columns = column_unit(gains), with_columns(gains)
    found = [(named, cost) for named, cost in gains.groups if cost is not None and np.isfinite(cost.cost)]
    leaving = [each for each in found if _losing(gains, each[1])]
    told = _told(gains, found, leaving, columns[-1])
    headers = ["Gruppe", "Art", "Alene"]
    for name in columns:
        headers += [f"Efter {DIVISION_NAMES[name]}", "Gevinst"]
    rows = [_row(gains, each, unit, columns) for each in told]
    return [grid(headers, rows, left=2, note=_note(unit, found, told)), Bullets(_said(gains, found, leaving))]


def _told(gains: Gains, found: list[Priced], leaving: list[Priced], division: str) -> list[Priced]:
    staying = [each for each in found if each[0].kind == NEIGHBOURS and each not in leaving]
    near = sorted(staying, key=lambda each: (_gain_per_head(gains, division, each[1]), each[0].name))[:FEWEST_SHOWN]
    return [each for each in found if each[0].kind not in (NEIGHBOURS, FOUND) or each in leaving or each in near]


def _gain_per_head(gains: Gains, division: str, cost: Cost) -> float:
    people = float(gains.population[sorted(cost.group)].sum())
    return (cost.cost - gains.paid(division, cost.group)) / people


def _losing(gains: Gains, cost: Cost) -> list[str]:
    """Divisions under which a group would do better alone."""
    return [name for name in shown_divisions(gains) if gains.better_alone(name, cost)]


def _row(gains: Gains, each: Priced, unit: str, columns: Sequence[str]) -> list[str | Cell]:
    named, cost = each
    row: list[str | Cell] = [named.name, named.kind, in_unit(cost.cost, unit)]
    for name in columns:
        paid = gains.paid(name, cost.group)
        row += [in_unit(paid, unit), Cell(in_unit(cost.cost - paid, unit), gains.better_alone(name, cost))]
    return row


def _note(unit: str, found: list[Priced], told: list[Priced]) -> str:
    parts = [f"{unit.capitalize()} i nutidsværdi. * Gruppen betaler mere end alene."]
    pairs = sum(named.kind == NEIGHBOURS for named, _ in found)
    if pairs > sum(named.kind == NEIGHBOURS for named, _ in told):
        few = f"de {FEWEST_SHOWN}, der vinder mindst pr. indbygger"
        parts.append(f"Af {pairs} nabopar vises dem, der ville klare sig bedre alene, og {few}.")
    if any(named.kind == FOUND for named, _ in told):
        parts.append("Fundet: grupper, som søgningen efter en nøgle er stødt på.")
    return " ".join(parts)


def _said(gains: Gains, found: list[Priced], leaving: list[Priced]) -> tuple[str, ...]:
    said = [_leaving(gains, each) for each in leaving]
    if not leaving and found:
        said.append(f"Ingen af de {len(found)} grupper, der er regnet på, ville klare sig billigere alene.")
    impossible = [named.name for named, cost in gains.groups if cost is not None and not np.isfinite(cost.cost)]
    if impossible:
        said.append(f"Kan ikke alene overholde scenariets krav: {listed(impossible)}.")
    return tuple(said)


def _leaving(gains: Gains, each: Priced) -> str:
    named, cost = each
    saved = [
        f"{amount(gains.paid(name, cost.group) - cost.cost)}, når der deles efter {DIVISION_NAMES[name]}"
        for name in _losing(gains, cost)
    ]
    who = named.name if named.kind == NEIGHBOURS else f"{named.name} ({listed(names(gains, cost.group))})"
    return sentence(f"{who} ville spare {listed(saved)}, ved at gå for sig selv")
