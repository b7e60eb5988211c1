"""Plans that cost nearly the same, in Danish."""

from __future__ import annotations

import math

import pandas as pd

from kapacitet.report import numbers
from kapacitet.report.document import Block, Bullets, Grid, Heading, Paragraph, grid
from kapacitet.report.records import records
from kapacitet.report.words import counted, listed

MOST_NAMED, MOST_LISTED = 8, 4


def near_blocks(verdicts: pd.DataFrame, plans: pd.DataFrame, share: float) -> list[Block]:
    """Which projects are in all near plans, in none and in some, and plans that differ much."""
    limit = numbers.percent(share).replace(",0 %", " %")
    told = [
        _told(verdicts, "i alle", "er med i alle de planer", limit),
        _told(verdicts, "i ingen", "er ikke med i nogen af dem", ""),
        _told(verdicts, "i nogle", "kan vælges til eller fra, uden at planen bliver dyrere end det", ""),
        _told(verdicts, "ved ikke", "er der ikke fundet svar om i den givne tid", ""),
    ]
    blocks: list[Block] = [
        Heading(f"Planer, der højst koster {limit} mere"),
        Bullets(tuple(text for text in told if text)),
    ]
    if plans["plan"].nunique() > 1:
        blocks.append(_plans(plans))
    else:
        blocks.append(Paragraph("Der er ikke fundet andre planer så tæt på."))
    return blocks


def _told(verdicts: pd.DataFrame, verdict: str, words: str, limit: str) -> str:
    mine = verdicts[verdicts["verdict"] == verdict]
    if mine.empty:
        return f"Intet projekt er med i alle planer, der højst koster {limit} mere." if verdict == "i alle" else ""
    count = counted(len(mine), "projekt", "projekter")
    shown = f": {listed(f'«{name}»' for name in mine['name'])}" if len(mine) <= MOST_NAMED else ""
    impossible = int((mine["least_with"] == math.inf).sum()) if verdict == "i ingen" else 0
    why = f" {impossible} af dem kan slet ikke bygges inden for kravene til planen." if impossible else ""
    return f"{count} {words}{shown}.{why}"


def _plans(plans: pd.DataFrame) -> Grid:
    mine = _built(plans, 1)
    rows = []
    for number in plans["plan"].unique()[1:]:
        own = _built(plans, int(number))
        head = plans[plans["plan"] == number].iloc[0]
        rows.append(
            [
                _few(mine - own),
                _few(own - mine),
                numbers.number(head["differs"]),
                numbers.millions(head["above"], signed=True),
            ]
        )
    note = "Meget forskellige planer, fundet ved søgning: der kan være planer, der er endnu mere forskellige."
    return grid(["Udgår", "Kommer til", "Forskel", "Merudgift"], rows, left=2, note=note)


def _few(projects: set[str]) -> str:
    """Some projects of many; the table holds them all."""
    names = sorted(projects)
    more = len(names) - MOST_LISTED
    return listed([*names[:MOST_LISTED], f"{more} til"] if more > 1 else names) or "–"


def _built(plans: pd.DataFrame, number: int) -> set[str]:
    """Projects that a listed plan builds."""
    return {str(row["project"]) for row in records(plans[plans["plan"] == number]) if row["kind"] == "byg"}
