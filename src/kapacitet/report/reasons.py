"""Why a plan is as it is, in Danish sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kapacitet.insight.reasons.run import Reasons
from kapacitet.report import numbers
from kapacitet.report.document import Block, Bullets, Grid, Heading, Paragraph, grid
from kapacitet.report.notes import made_up, source
from kapacitet.report.reasons_futures import futures_blocks
from kapacitet.report.reasons_near import near_blocks
from kapacitet.report.reasons_words import Row, dearer, saving
from kapacitet.report.records import records
from kapacitet.report.words import filled, listed

MOST, MOST_NAMED = 16, 3
"""Sentences of a kind, and names in one; the tables hold the rest."""


def reasons_blocks(found: Reasons) -> list[Block]:
    """Everything ``kapacitet explain`` prints."""
    summary, tables = found.summary, found.tables
    blocks: list[Block] = [
        Heading(f"Hvorfor planen ser sådan ud: {summary['name']}", 1),
        Paragraph(str(summary["region_title"]), "quiet"),
        Paragraph(_standing(summary), "strong"),
    ]
    if note := made_up(summary):
        blocks.append(Paragraph(f"Svaret hviler på illustrative data: {note}", "warning"))
    if not found.complete:
        count = numbers.number(summary["not_begun"])
        blocks.append(Paragraph(f"Standset før tid: {count} søgninger blev ikke begyndt.", "warning"))
    if "reasons_projects" in tables:
        blocks += _projects(tables["reasons_projects"], summary["titles"])
    if "reasons_limits" in tables:
        blocks += _limits(tables["reasons_limits"])
    if "reasons_near" in tables:
        blocks += near_blocks(tables["reasons_near"], tables["reasons_plans"], float(summary["near"]))
    if "reasons_levers" in tables:
        blocks += _levers(tables["reasons_levers"])
    if "reasons_delay" in tables:
        blocks += _delay(tables["reasons_delay"])
    if "reasons_futures" in tables:
        blocks += futures_blocks(tables["reasons_futures"], summary["futures"])
    if summary["warnings"]:
        blocks += [Heading("Advarsler"), Bullets(tuple(summary["warnings"]))]
    blocks.append(Paragraph(f"{source(summary)} {_searched(summary)}", "quiet"))
    return blocks


def _standing(summary: Any) -> str:
    cost, bound = summary["objective"], summary["bound"]
    text = f"Planen koster {numbers.millions(cost)} (nutidsværdi i {summary['price_year']}-priser)."
    if bound is None:
        return f"{text} Hvor god den er, er ikke bevist, så intet herunder er sikkert."
    if cost - bound <= 1_000:
        return f"{text} Ingen plan er billigere."
    text += f" Ingen plan er mere end {numbers.millions(cost - bound)} billigere: det er usikkerheden herunder."
    better = cost - summary["best_known"]
    if better > 1_000:
        text += f" Under søgningen blev der fundet en plan, der er {numbers.millions(better)} billigere."
    return text


def _searched(summary: Any) -> str:
    text = f"{numbers.number(summary['searches'])} søgninger på i alt {numbers.seconds(summary['seconds'])}"
    if summary["without_time"]:
        count, limit = numbers.number(summary["without_time"]), numbers.seconds(summary["time_limit"])
        text += f"; {count} nåede ikke at blive så nøjagtige som ønsket på {limit}"
    rest = "Forskelle er mellem bedste planer, alt andet valgt på ny; beløb er nutidsværdi over alle år."
    return f"{text.removesuffix('.')}. {rest}"


def _projects(table: pd.DataFrame, titles: Mapping[str, str]) -> list[Block]:
    blocks: list[Block] = []
    for question, title, word in (
        ("uden", "Hvad planens projekter er værd", "Uden"),
        ("med", "Projekter, planen ikke vælger", "Med"),
    ):
        rows = records(table[table["question"] == question])
        if rows:
            told = [dearer(f"{word} «{row['name']}»", row) + _instead(row, titles) for row in rows]
            blocks += [Heading(title), _bullets(told)]
    return blocks


def _instead(row: Row, titles: Mapping[str, str]) -> str:
    """What is built instead, where that is little enough to be said."""
    others = [titles.get(name, name) for name in str(row["added"] or "").split(";") if name]
    if row["sureness"] != "bevist" or row["question"] != "uden" or not 0 < len(others) <= MOST_NAMED:
        return ""
    return f" Så bygges {listed(f'«{name}»' for name in others)}."


def _limits(table: pd.DataFrame) -> list[Block]:
    title = Heading("Hvad grænserne koster")
    if table.empty:
        return [title, Paragraph("Ingen grænse holder planen tilbage.")]
    return [title, _bullets([saving(row) for row in records(table)])]


def _bullets(told: list[str]) -> Bullets:
    more = len(told) - MOST
    return Bullets((*told[:MOST], f"… og {more} til i tabellen.") if more > 0 else tuple(told))


def _levers(table: pd.DataFrame) -> list[Block]:
    title = Heading("Hvad hvert håndtag gør")
    if table.empty:
        return [title, Paragraph("Scenariet ændrer intet i forhold til sit udgangspunkt.")]
    columns = ["forward", "backward", "average", *(["shapley"] if table["shapley"].notna().any() else [])]
    words = {
        "forward": "Forfra",
        "backward": "Bagfra",
        "average": "Gennemsnit",
        "shapley": "Alle rækkefølger",
    }
    rows = [
        [str(row["change"]), *(numbers.millions(row[name], signed=True) for name in columns)]
        for row in records(table)
    ]
    rows.append(["I alt", *(numbers.millions(table[name].sum(skipna=False), signed=True) for name in columns)])
    note = (
        "Ændring i planens omkostning, når håndtagene ændres ét ad gangen i skemaets rækkefølge (forfra) eller den "
        "omvendte (bagfra); er de to forskellige, virker håndtagene sammen."
    )
    return [title, grid(["Håndtag", *(words[name] for name in columns)], rows, note=note)]


def _delay(table: pd.DataFrame) -> list[Block]:
    rows = records(table)
    whole, single, slower = rows[0], rows[1:-1], rows[-1]
    told = [_later("Begynder alle planens projekter et år senere,", whole)] if single else []
    told.append(_later("Tager alt byggeri et år mere, og vælges alt på ny,", slower, thing="den bedste plan"))
    blocks: list[Block] = [Heading("Et år senere"), Bullets(tuple(told))]
    if single:
        blocks.append(_single(single))
    return blocks


def _later(what: str, row: Row, *, thing: str = "planen") -> str:
    """A sentence whose verb comes first after a clause."""
    text = dearer(what, row, thing=thing)
    limits = "" if bool(row["allowed"]) else " Det bryder en grænse."
    return f"{text}{limits}" if row["sureness"] != "umulig" else text


def _single(rows: list[Row]) -> Grid:
    cells = [
        [
            str(row["name"]),
            str(row["start_year"]),
            str(row["delayed_to"]) if filled(row["delayed_to"]) else "udgår",
            numbers.millions(row["change"], signed=True),
            "" if bool(row["allowed"]) else "bryder en grænse",
        ]
        for row in rows
    ]
    note = "Ét projekt ad gangen, resten af planen som den er, alle placeret på ny."
    return grid(["Projekt", "Start", "Udskudt til", "Ændring", ""], cells, note=note)
