"""What holds the plan back, and which candidates were close to being chosen."""

from __future__ import annotations

from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.document import Bullets, Grid, grid
from kapacitet.report.records import records
from kapacitet.report.words import Names

SHOWN = 6


def binding(result: Result) -> Bullets | None:
    """Binding limits; those whose price is known first, dearest first."""
    table = result.tables["binding"].sort_values("saves", ascending=False, na_position="last", kind="stable")
    items = [
        words.sentence(
            f"{row['sentence']} – mere plads sparer {numbers.millions(row['saves'])}"
            if row["saves"] == row["saves"]
            else str(row["sentence"])
        )
        for row in records(table.head(SHOWN))
    ]
    return Bullets(tuple(items)) if items else None


def nearly_chosen(result: Result, names: Names) -> Grid | None:
    """Candidates the plan leaves out although they may be built, those that would cost least to add first."""
    table = result.tables["alternatives"]
    free = table[table["allowed"].astype(bool) & ~table["in_plan"].astype(bool)].sort_values(["change", "candidate"])
    sizes = {row["candidate"]: numbers.places(row["places"]) for row in records(table)}
    rows = [
        [
            row["name"],
            names.municipality(row["municipality"]),
            f"i stedet for {sizes[row['replaces']]} pladser" if words.filled(row["replaces"]) else "ekstra",
            str(row["start_year"]),
            numbers.millions(row["change"], signed=True),
        ]
        for row in records(free.head(SHOWN))
    ]
    if not rows:
        return None
    return grid(
        ["Kandidat", "Kommune", "Hvordan", "Start", "Merudgift"],
        rows,
        left=3,
        note="Ændring i planens omkostning (nutidsværdi), hvis kandidaten bygges og resten af planen ligger fast.",
    )
