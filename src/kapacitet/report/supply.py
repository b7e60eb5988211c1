"""Per target group in the first and last year: need, places, and who meets the need."""

from __future__ import annotations

from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.charts.groups import open_places
from kapacitet.report.document import Cell, Grid, grid
from kapacitet.report.records import records

PUBLIC = ["in_kommune", "in_region", "in_selvejende"]
SEEN = 0.05
"""Less unmet than this is shown as 0."""


def supply(result: Result) -> Grid:
    """Need, open places, public, private, bought and unmet place-years of each group, first and last year."""
    groups = result.tables["groups"].merge(
        open_places(result.tables["capacity"]), on=["year", "target_group"], how="left"
    )
    groups["places"] = groups["places"].fillna(0.0)
    ends = groups[groups["year"].isin([groups["year"].min(), groups["year"].max()])]
    rows: list[list[str | Cell]] = [
        [
            words.groups(row["target_group"]),
            str(row["year"]),
            numbers.places(row["demand"]),
            numbers.places(row["places"]),
            numbers.places(sum(row[column] for column in PUBLIC)),
            numbers.places(row["in_privat"]),
            numbers.places(row["purchased"]),
            Cell(numbers.places(row["unmet"]), marked=row["unmet"] >= SEEN),
        ]
        for row in records(ends.sort_values(["target_group", "year"]))
    ]
    return grid(
        ["Målgruppe", "År", "Behov", "Åbne pladser", "Off. og rammeaftale", "Privat", "Købt", "Udækket"],
        rows,
        note="Helårspladser. Et tilbud tæller med i de åbne pladser i hver målgruppe, det er åbent for: "
        "læg dem aldrig sammen.",
    )
