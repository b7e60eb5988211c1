"""What has changed since the previous plan, and what keeping that plan would cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.insight.rolling_change import DROPPED, KEPT, MOVED, NEW, SWAPPED
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Bullets, Grid, Paragraph, grid
from kapacitet.report.records import Row, records
from kapacitet.report.words import Names

KINDS = {
    KEPT: ("uændret", "uændrede"),
    MOVED: ("flyttet", "flyttet"),
    SWAPPED: ("anden variant", "i en anden variant"),
    DROPPED: ("udgået", "udgået"),
    NEW: ("nyt", "nye"),
}
"""In a row, and counted."""
ALONE = "Holdes sidste plan fast, og bygges intet andet nyt"
WHOLE = "Holdes sidste plan fast, og vælges alt andet på ny"
SEEN = 50_000.0  # kr.: less than what is shown


def plan_change_blocks(result: Result, names: Names) -> tuple[Block, ...]:
    """Changes counted, each change, and the previous plan held fixed; nothing without a previous plan."""
    table, kept = result.tables.get("plan_change"), result.summary.get("previous_plan")
    if table is None or table.empty:
        return ()
    blocks: list[Block] = [Paragraph(_counted(table))]
    changes = table[table["kind"] != KEPT]
    if not changes.empty:
        blocks.append(_grid(changes, names))
    if kept is not None:
        if table["price"].sum() > 0:
            blocks.append(Paragraph("Planens omkostning er med prisen for dens ændringer.", "quiet"))
        blocks += _keeping(ALONE, kept["alone"], result)
        if kept["whole"] is not None:
            blocks += _keeping(WHOLE, kept["whole"], result)
        else:
            hint = "Hvad det koster at holde sidste plan fast og vælge alt andet på ny, beregnes med --keep."
            blocks.append(Paragraph(hint, "quiet"))
    return tuple(blocks)


def _counted(table: pd.DataFrame) -> str:
    count = table["kind"].value_counts()
    before = int((table["kind"] != NEW).sum())
    parts = [f"{count[kind]} {KINDS[kind][1 if count[kind] > 1 else 0]}" for kind in KINDS if count.get(kind, 0)]
    text = f"Sidste plan havde {words.counted(before, 'projekt', 'projekter')}, der ikke var begyndt."
    text = f"{text} Nu: {words.listed(parts)}."
    price = float(table["price"].sum())
    return f"{text} Ændringerne er regnet til {numbers.money(price)}" if price > 0 else text


def _grid(changes: pd.DataFrame, names: Names) -> Grid:
    priced = bool((changes["price"] > 0).any())
    rows = [
        [
            str(row["name"]),
            names.owner(row["owner_type"], row["owner"]),
            KINDS[row["kind"]][0],
            _built(row, "places_before", "start_before"),
            _built(row, "places", "start"),
            *([numbers.money(row["price"]) if row["price"] > 0 else numbers.MISSING] if priced else []),
        ]
        for row in sorted(records(changes), key=lambda row: (list(KINDS).index(row["kind"]), row["project"]))
    ]
    columns = ["Projekt", "Bygherre", "Ændring", "Sidste plan", "Nu", *(["Pris"] if priced else [])]
    return grid(columns, rows, left=3, note="Pladser og byggestart.")


def _built(row: Row, places: str, start: str) -> str:
    if pd.isna(row[start]):
        return numbers.MISSING
    return f"{numbers.places(row[places])} pl., {int(row[start])}"


def _keeping(lead: str, keeping: Mapping[str, Any], result: Result) -> list[Block]:
    """What the previous plan held fixed costs against this plan, or why it can't be."""
    if keeping["obstacles"]:
        return [Paragraph(f"{lead}, kan kravene ikke overholdes:"), Bullets(tuple(keeping["obstacles"]))]
    if keeping["cost"] is None:
        return [Paragraph(f"{lead}, blev der ikke fundet nogen plan i den tid, der var.")]
    more = float(keeping["cost"]) - float(result.summary["objective"])
    text = f"{lead}, koster det {numbers.millions(keeping['cost'])} (nutidsværdi): {_against(more)}."
    unproven = float(keeping["cost"]) - float(keeping["bound"] if keeping["bound"] is not None else keeping["cost"])
    if unproven >= SEEN:
        text += f" En sådan plan kan være op til {numbers.millions(unproven)} billigere."
    return [Paragraph(text)]


def _against(more: float) -> str:
    if abs(more) < SEEN:
        return "det samme som planen"
    if more > 0:
        return f"{numbers.millions(more)} mere end planen"
    return f"{numbers.millions(-more)} mindre end planen, som ikke er fundet helt til bunds"
