"""Reading the committed inputs and writing the tables so that the same rows always give the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from layout import TABLES

type Cell = str | int | float | bool | None
type Row = dict[str, Cell]

INPUTS = Path(__file__).resolve().parent / "inputs"
FAKTISK, FORUDSAETNING, ILLUSTRATIV = "faktisk", "forudsaetning", "illustrativ"


def read_input(name: str) -> list[dict[str, str]]:
    """The rows of an input table, as text."""
    with (INPUTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_text(value: Cell) -> str:
    """A cell as it stands in the file: decimal point, no more than nine decimals, empty when missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        text = f"{value:.9f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return str(value)


def write_table(folder: Path, name: str, rows: Sequence[Mapping[str, Cell]]) -> None:
    """Write one table with the columns of its layout; a column the layout lacks is an error."""
    columns = [column.name for column in TABLES[name].columns]
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            unknown = set(row) - set(columns)
            if unknown:
                raise ValueError(f"{name}: no such columns: {sorted(unknown)}")
            writer.writerow([as_text(row.get(column)) for column in columns])
