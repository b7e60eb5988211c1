"""What knowing the future is worth, and what planning for many futures is worth, in Danish."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from kapacitet.report import numbers
from kapacitet.report.document import Block, Bullets, Heading, Paragraph
from kapacitet.report.reasons_words import between
from kapacitet.report.records import records


def futures_blocks(table: pd.DataFrame, told: Mapping[str, Any]) -> list[Block]:
    """EVPI and VSS in sentences, with how they are counted."""
    by = {row["what"]: row for row in records(table[table["future"].isna()])}
    return [
        Heading("Hvad usikkerheden koster"),
        Bullets((_known(by["EVPI"]), _planned(by["VSS"]))),
        Paragraph(_counted(int(table["future"].notna().sum()), told), "quiet"),
    ]


def _known(row: Mapping[str, Any]) -> str:
    if not math.isfinite(row["value"]):
        return "Hvad det ville være værd at kende fremtiden, nåede ikke at blive regnet."
    return (
        f"Kendte man fremtiden på forhånd, ville det spare {numbers.millions(row['value'])}"
        f"{between(row['value_low'], row['value_high'])}: mere kan bedre viden om behovet ikke være værd (EVPI)."
    )


def _planned(row: Mapping[str, Any]) -> str:
    if row["value"] == math.inf:
        return "Planen for fremskrivningen alene kan ikke gennemføres under de krav, der gælder med flere fremtider."
    if not math.isfinite(row["value"]):
        return "Hvad det er værd at planlægge for flere fremtider, nåede ikke at blive regnet."
    return (
        f"At planlægge for alle fremtider i stedet for fremskrivningen alene sparer {numbers.millions(row['value'])}"
        f"{between(row['value_low'], row['value_high'])} (VSS)."
    )


def _counted(count: int, told: Mapping[str, Any]) -> str:
    text = f"Regnet på {numbers.number(count)} fremtider"
    if told["asked"] > count:
        text += f", der er valgt til at stå for planens {numbers.number(told['asked'])}"
    if told["cvar_weight"] > 0:
        tail = numbers.percent(1 - told["cvar_level"], 0)
        weight = numbers.percent(told["cvar_weight"], 0)
        text += f"; de dyreste {tail} vejer {weight} oveni i alle tre tal"
    return f"{text}."
