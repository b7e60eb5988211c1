"""Occupancy of the houses whose empty places cost the region, and houses below their critical mass."""

from __future__ import annotations

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.report import numbers
from kapacitet.report.document import Bullets, Cell, Grid, Paragraph, grid
from kapacitet.report.records import records
from kapacitet.report.words import Names
from kapacitet.scenario.coverage import year_ranges

SHOWN = 6
LOW = 0.85
SEEN = 0.05
RISKY = 0.05
"""A new house is told as a risk when it stands half empty in some year in at least so many futures."""


def emptiest(result: Result, names: Names) -> Grid | None:
    """The offers with the lowest occupancy in any year, private ones apart: their empty places are their own loss."""
    capacity = result.tables["capacity"]
    running = capacity[(capacity["places"] > 0) & (capacity["fixed_cost"] > 0)]
    if running.empty:
        return None
    worst = running.loc[running.groupby("offer")["occupancy"].idxmin()]
    mean = running.groupby("offer")["occupancy"].mean()
    rows = [
        [
            row["name"] + ("" if row["existing"] else " (nyt)"),
            names.municipality(row["municipality"]),
            numbers.places(row["places"]),
            str(row["year"]),
            Cell(numbers.percent(row["occupancy"], 0), marked=row["occupancy"] < LOW),
            numbers.percent(mean[row["offer"]], 0),
        ]
        for row in records(worst.sort_values(["occupancy", "offer"]).head(SHOWN))
    ]
    highest = running["occupancy"].max()
    over = running[running["occupancy"] > 1 + 1e-9]["offer"].nunique()
    note = f"Højeste belægning i et år er {numbers.percent(highest, 0)}." + (
        f" {over} tilbud er over 100 %." if over else ""
    )
    return grid(["Tilbud", "Kommune", "Pladser", "År", "Laveste", "Gennemsnit"], rows, left=2, note=note)


def critical_mass(result: Result) -> Bullets | Paragraph:
    """Offers with fewer residents than their critical mass, and when."""
    capacity = result.tables["capacity"]
    short = capacity[capacity["shortfall"] >= SEEN]
    if short.empty:
        return Paragraph("Alle tilbud har mindst deres kritiske masse.")
    return Bullets(tuple(_lacking(mine) for _, mine in short.groupby("offer", sort=True)))


def _lacking(mine: pd.DataFrame) -> str:
    years = year_ranges(int(year) for year in mine["year"])
    return f"{mine['name'].iloc[0]} mangler op til {numbers.places(mine['shortfall'].max())} beboere i {years}."
