"""A sweep in Danish: one line per point, and what the levers do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapacitet.insight.sweeps.answers import PointAnswer
from kapacitet.insight.sweeps.run import Sweep
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Bullets, Cell, Grid, Heading, Paragraph, Picture, grid
from kapacitet.report.notes import made_up, source


def sweep_blocks(found: Sweep, summary: Mapping[str, Any], pictures: Sequence[Picture] = ()) -> list[Block]:
    """Everything ``kapacitet sweep`` prints.

    Args:
        summary: what the sweep is about: name, region and where figures come from.
    """
    blocks: list[Block] = [
        Heading(f"Alle kombinationer: {summary['name']}", 1),
        Paragraph(str(summary["region_title"]), "quiet"),
        Paragraph(verdict(found), "strong"),
    ]
    if note := made_up(summary):
        blocks.append(Paragraph(f"Svaret hviler på illustrative data: {note}", "warning"))
    blocks += [_grid(found), *pictures]
    if wrong := _wrong(found):
        blocks += [Heading("Punkter uden plan"), Bullets(wrong)]
    blocks.append(Paragraph(source(summary), "quiet"))
    return blocks


def verdict(found: Sweep) -> str:
    """Between which costs the points lie, and for which values."""
    planned = [(a.figures["objective"], p) for p, a in zip(found.points, found.answers, strict=True) if _planned(a)]
    every = words.counted(len(found.points), "punkt", "punkter")
    if not planned:
        return f"Ingen af {every} har en plan."
    known = [(cost, point) for cost, point in planned if cost is not None]
    low, high = min(known, key=lambda one: one[0]), max(known, key=lambda one: one[0])
    if len(known) == 1 or low[0] == high[0]:
        return f"{len(known)} af {every} har en plan; omkostningen er {numbers.millions(low[0])}."
    return (
        f"{len(known)} af {every} har en plan. Omkostningen går fra {numbers.millions(low[0])} "
        f"({label(found, low[1].values)}) til {numbers.millions(high[0])} ({label(found, high[1].values)})."
    )


def label(found: Sweep, values: Sequence[object]) -> str:
    """The values of a point in words."""
    return ", ".join(
        f"{axis.title[:1].lower()}{axis.title[1:]}: {axis.told(value)}"
        for axis, value in zip(found.axes, values, strict=True)
    )


def _planned(answer: PointAnswer) -> bool:
    return "objective" in answer.figures


def _grid(found: Sweep) -> Grid:
    rows: list[list[str | Cell]] = [
        [
            *(axis.told(value) for axis, value in zip(found.axes, point.values, strict=True)),
            Cell(answer.status, marked=answer.status != "optimal"),
            *_figures(answer),
        ]
        for point, answer in zip(found.points, found.answers, strict=True)
    ]
    titles = [axis.title for axis in found.axes]
    columns = [
        "Omkostning, mio. kr.",
        "Afstand",
        "Nye pladser",
        "Privat andel",
        "Udækket",
        "Rejsetid, min.",
        "Merbyrde",
    ]
    note = (
        "Omkostning er tilbagediskonteret over alle år. Udækket: helårspladser over alle år. Rejsetid: gennemsnit, "
        "én vej. Merbyrde: det mest, nogen kommunes regnskab vokser, kr. pr. indbygger over alle år."
    )
    return grid([*titles, "Status", *columns, "Tid"], rows, left=len(titles) + 1, note=note)


def _figures(answer: PointAnswer) -> list[str]:
    figures = answer.figures
    if not _planned(answer):
        return [numbers.MISSING] * 7 + [numbers.seconds(figures.get("seconds"))]
    cost = figures["objective"]
    return [
        numbers.number(None if cost is None else cost / numbers.MILLION, 1),
        numbers.gap(figures["gap"]),
        numbers.places(figures["new_places"]),
        numbers.percent(figures["private_share"]),
        numbers.places(figures["unmet"]),
        numbers.number(figures["travel_minutes"], 1),
        numbers.kroner(figures["largest_burden"], signed=True),
        numbers.seconds(figures["seconds"]),
    ]


def _wrong(found: Sweep) -> tuple[str, ...]:
    return tuple(
        words.sentence(f"{label(found, point.values)}: {answer.status}. {answer.message}")
        for point, answer in zip(found.points, found.answers, strict=True)
        if not _planned(answer)
    )
