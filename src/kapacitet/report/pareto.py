"""A front in Danish: what it costs to get further with another goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kapacitet.insight.pareto.front import Front
from kapacitet.insight.pareto.goals import GOALS
from kapacitet.insight.pareto.tables import front_table, knee, plan_id, plans_table
from kapacitet.planning.problem import Problem
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Bullets, Cell, Grid, Heading, Paragraph, Picture, grid
from kapacitet.report.notes import made_up, source
from kapacitet.report.records import records

MOST_LISTED = 6


@dataclass(frozen=True)
class Wording:
    """How a goal is said.

    Attributes:
        noun: with "falder" before and "fra" after.
        column: heading.
        text: a value without its unit.
        brief: the same as a sentence says it.
        unit: after the last value.
        factor: from the table's unit to a chart's.
    """

    noun: str
    column: str
    text: Callable[[float], str]
    brief: Callable[[float], str]
    unit: str
    factor: float = 1.0


def _decimals(count: int, factor: float = 1.0) -> Callable[[float], str]:
    return lambda value: numbers.number(factor * value, count)


WORDINGS: Mapping[str, Wording] = {
    "unmet": Wording("det udækkede behov", "Udækket, helårspladser", _decimals(1), _decimals(1), "helårspladser"),
    "private": Wording(
        "andelen af private pladser", "Privat andel, %", _decimals(2, 100.0), _decimals(1, 100.0), "%", 100.0
    ),
    "travel": Wording("rejsetiden", "Rejsetid, minutter", _decimals(2), _decimals(1), "minutter pr. helårsplads"),
    "burden": Wording(
        "den største merbyrde", "Merbyrde, kr. pr. indb.", _decimals(0), _decimals(0), "kr. pr. indbygger"
    ),
}


def front_blocks(
    problem: Problem, goals: Sequence[str], found: Front, summary: Mapping[str, Any], pictures: Sequence[Picture] = ()
) -> list[Block]:
    """Everything ``kapacitet pareto`` prints; the front has at least one point."""
    table = front_table(problem, goals, found)
    blocks: list[Block] = [
        Heading(f"Omkostning mod {words.listed(WORDINGS[key].noun for key in goals)}: {summary['name']}", 1),
        Paragraph(str(summary["region_title"]), "quiet"),
        *(Paragraph(line, "strong") for line in said(goals, table, knee(found))),
    ]
    if note := made_up(summary):
        blocks.append(Paragraph(f"Svaret hviler på illustrative data: {note}", "warning"))
    if not found.complete:
        blocks.append(Paragraph("Standset før tid: fronten er ikke søgt færdig.", "warning"))
    if open_ := sum(not one.settled for one in found.points):
        every = words.counted(len(found.points), "plan", "planer")
        text = f"{open_} af {every} er ikke bevist inden for den tilladte afstand; giv mere tid med --time-limit."
        blocks.append(Paragraph(text, "warning"))
    blocks += [Heading("Fronten"), _grid(goals, table, knee(found)), *pictures]
    blocks += [Heading("Planerne"), Bullets(_plans(plans_table(problem, found), len(table)))]
    blocks.append(Paragraph(source(summary), "quiet"))
    return blocks


def said(goals: Sequence[str], table: pd.DataFrame, bend: int | None) -> list[str]:
    """What more money buys: to the knee, and to the end."""
    rows = records(table)
    if len(rows) == 1:
        names = words.listed(WORDINGS[key].noun for key in goals)
        return [f"Den billigste plan er også den bedste, der blev fundet, for {names}."]
    stops = [rows[-1]] if bend in (None, 0, len(rows) - 1) else [rows[bend or 0], rows[-1]]
    return [_step(goals, rows[0], stop) for stop in stops]


def _step(goals: Sequence[str], first: Mapping[str, Any], then: Mapping[str, Any]) -> str:
    parts = []
    for key in goals:
        wording = WORDINGS[key]
        before, after = wording.brief(first[key]), wording.brief(then[key])
        if before != after:
            verb = "falder" if then[key] < first[key] else "stiger"
            parts.append(f"{verb} {wording.noun} fra {before} til {after} {wording.unit}")
    more = numbers.money(then["extra_cost_per_year"])
    return f"For {more} mere om året {words.listed(parts) or 'ændres målene ikke synligt'}."


def _grid(goals: Sequence[str], table: pd.DataFrame, bend: int | None) -> Grid:
    rows: list[list[str | Cell]] = [
        [
            Cell(f"{row['plan']}{' (knæk)' if number == bend else ''}"),
            *(WORDINGS[key].text(row[key]) for key in goals),
            numbers.number(row["cost"] / numbers.MILLION, 1),
            numbers.number(row["extra_cost_per_year"] / numbers.MILLION, 2),
            Cell(numbers.gap(row["gap"]), marked=not row["settled"]),
        ]
        for number, row in enumerate(records(table))
    ]
    note = (
        "Omkostning er tilbagediskonteret over alle år; merudgiften er som et lige stort beløb hvert år. Afstand: "
        "så meget billigere kan en plan, der når lige så langt, højst være. * Større end scenariet tillader."
    )
    columns = [*(WORDINGS[key].column for key in goals), "Omkostning, mio. kr.", "Mere om året, mio. kr.", "Afstand"]
    return grid(["Plan", *columns], rows, note=note)


def _plans(table: pd.DataFrame, count: int) -> tuple[str, ...]:
    """What all plans do, and what only some do."""
    if table.empty:
        return ("Ingen af planerne bygger, lukker eller omlægger noget.",)
    every, some = table[table["in_all"]], table[~table["in_all"]]
    lines = []
    if not every.empty:
        lines.append(f"{'I planen' if count == 1 else f'I alle {count} planer'}: {_names(every)}")
    if not some.empty:
        lines.append(f"Kun i nogle: {_names(some)}")
    return tuple(words.sentence(line) for line in lines)


VERBS = {"byg": "", "luk": "luk ", "omlaeg": "omlæg "}


def _names(table: pd.DataFrame) -> str:
    named = [f"{VERBS[row['kind']]}{row['title']} ({row['start_year']})" for row in records(table)]
    more = len(named) - MOST_LISTED
    return words.listed(named if more <= 0 else [*named[:MOST_LISTED], f"{more} andre, se plans.csv"])


def description(goals: Sequence[str], table: pd.DataFrame, bend: int | None) -> str:
    """The chart in words."""
    titles = words.listed(GOALS[key].title.lower() for key in goals)
    steps = " ".join(said(goals, table, bend))
    return f"Front mellem omkostning og {titles} med {plan_id(1)} som den billigste. {steps}"
