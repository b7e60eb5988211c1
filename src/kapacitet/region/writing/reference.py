"""The tables explained in Danish: for workbooks and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from kapacitet.region.cells import plain
from kapacitet.region.columns import Column
from kapacitet.region.tables import TABLES

GUIDE_HEADER = ("tabel", "kolonne", "betydning", "enhed", "skal udfyldes", "mulige værdier")
NOTES = (
    "En tom celle betyder, at værdien mangler; den er aldrig 0. En streg (-) er også tom.",
    "I CSV-filer er decimaltegnet punktum: 1.238 er én komma to tre otte.",
    "I Excel læses tal, der er skrevet som tekst, på dansk: 1.238 er ét tusind to hundrede og otteogtredive.",
    "Tal, der kun kan læses på én måde, må skrives på dansk begge steder: 1.238.406, 36,0 mio. kr., 0,5 og 50 %.",
    "Et tal, der kan læses på to måder, er en fejl; det bliver aldrig gættet.",
    "Flere værdier i en celle skilles med semikolon.",
)
"""How cells are read, in Danish."""
_KINDS = {
    "text": "tekst",
    "whole": "helt tal",
    "number": "tal",
    "boolean": "true eller false",
    "date": "dato",
    "list": "liste med ; imellem",
    "numbers": "tal med ; imellem",
}


def guide_rows() -> Iterator[tuple[str, ...]]:
    """A row per column of every table, under :data:`GUIDE_HEADER`."""
    for table in TABLES.values():
        for column in table.columns:
            yield (
                table.name,
                column.name,
                column.description,
                column.unit or _KINDS[column.kind],
                "ja" if column.required else "nej",
                values_of(column),
            )


def column_guide(column: Column) -> str:
    """A column in a few lines, as a note on its header."""
    values = values_of(column)
    parts = [
        column.description,
        f"Enhed: {column.unit}." if column.unit else f"Skriv {_KINDS[column.kind]}.",
        f"Mulige værdier: {values}." if values else "",
        "Skal udfyldes." if column.required else "Må være tom (mangler, ikke 0).",
    ]
    return "\n".join(part for part in parts if part)


def values_of(column: Column) -> str:
    """What values the column may hold, in Danish; blank if any."""
    if column.allowed:
        return ", ".join(column.allowed)
    if column.references:
        return " eller ".join((*column.references, *column.also))
    bounds = [
        f"mindst {_danish(column.minimum)}" if column.minimum is not None else "",
        f"over {_danish(column.above)}" if column.above is not None else "",
        f"højst {_danish(column.maximum)}" if column.maximum is not None else "",
    ]
    return ", ".join(bound for bound in bounds if bound)


def _danish(bound: float) -> str:
    return plain(bound).replace(".", ",")


def tables_markdown() -> str:
    """Every table and column as Markdown, for the documentation."""
    parts: list[str] = [*(f"- {note}" for note in NOTES), ""]
    for table in TABLES.values():
        needed = "valgfri" if table.optional else "skal være der"
        parts.append(f"## `{table.name}`: {table.title} ({needed})\n\n{table.description}\n")
        parts.append(f"Nøgle: {', '.join(table.key)}.\n")
        parts.append(f"| {' | '.join(GUIDE_HEADER[1:])} |\n| --- | --- | --- | --- | --- |")
        parts.extend(
            f"| `{column}` | {' | '.join(rest)} |" for name, column, *rest in guide_rows() if name == table.name
        )
        parts.append("")
    return "\n".join(parts)
