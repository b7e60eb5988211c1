"""The words in which the tables are specified: columns, tables and how they refer to each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["text", "whole", "number", "boolean", "date", "list", "numbers"]
"""``list`` holds texts and ``numbers`` holds numbers, both in one cell with ``;`` between."""

SEPARATOR = ";"
"""Between the elements of a list in one cell."""

Evidence = Literal["faktisk", "forudsaetning", "illustrativ"]
EVIDENCE: tuple[Evidence, ...] = ("faktisk", "forudsaetning", "illustrativ")
UDENBYS = "udenbys"
"""Municipality of residents whose payer is outside the region."""
UDENFOR = "udenfor:"
"""Prefix of the offer of residents placed in offers that aren't listed: ``udenfor:<target group>``."""

MOST_PLACES = 1e6
"""Places of one house, place-years of one need: more is a slip of the hand, and beyond a solver's precision."""

REGION_SHEET = "region"
"""Sheet of a workbook with the region's own fields."""
REGION_FIELDS = ("id", "title", "price_year")
OUTLINES_SHEET = "outlines"
"""Sheet of a workbook with the outlines as well-known text, cut in parts that fit a cell."""
GUIDE_SHEET = "vejledning"
"""Sheet of a workbook that explains the columns; never read."""
OUTLINES_HEADER = ("kommunekode", "navn", "part", "wkt")
OUTLINES_FILE = "municipalities.geojson"
DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: header.
        kind: what a cell holds.
        description: Danish, what the figure means.
        required: every row must have a value.
        unit: unit of measurement, in Danish (``kr.``, ``min.``, ``andel`` ...).
        minimum, maximum: smallest and largest value (of each element of a list).
        above: the value must be strictly above this.
        allowed: the only values (of each element of a list).
        references: ``table.column``s, one of which must hold the value (each element of a list).
        also: values allowed beside those referred to.
        prefix: prefix that may stand before a value of ``prefixed`` instead, e.g. ``udenfor:``.
        prefixed: ``table.column`` that prefixed values refer to.
    """

    name: str
    kind: Kind
    description: str
    required: bool = True
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = None
    allowed: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    prefix: str | None = None
    prefixed: str | None = None

    @property
    def dtype(self) -> Literal["str", "float64", "int64", "Int64", "bool"]:
        """The pandas dtype of the column in a region's frame."""
        if self.kind == "number":
            return "float64"
        if self.kind == "boolean":
            return "bool"
        if self.kind == "whole":
            return "int64" if self.required else "Int64"
        return "str"


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        name: name of the CSV file (without ``.csv``) and of the sheet.
        title: Danish name.
        description: Danish, what a row is.
        columns: in the order they are written, ``source`` and ``evidence`` last.
        key: columns that together name a row.
        optional: the table may be left out.
        filled: the table must have rows.
        reference_only: nothing is computed from it; leaving it out is a warning.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    optional: bool = False
    filled: bool = False
    reference_only: bool = False

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}


def text(
    name: str,
    description: str,
    *,
    required: bool = True,
    allowed: tuple[str, ...] = (),
    references: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
) -> Column:
    """A column of text: a name, a code, a choice or a reference."""
    return Column(name, "text", description, required, allowed=allowed, references=references, also=also)


def texts(
    name: str,
    description: str,
    *,
    required: bool = True,
    allowed: tuple[str, ...] = (),
    references: tuple[str, ...] = (),
) -> Column:
    """A column with a list of texts in each cell."""
    return Column(name, "list", description, required, allowed=allowed, references=references)


def money(name: str, description: str, *, required: bool = True, unit: str = "kr.") -> Column:
    """A column of kr. in the package's price year, never negative."""
    return Column(name, "number", description, required, unit=unit, minimum=0.0)


def amount(
    name: str,
    description: str,
    unit: str,
    *,
    required: bool = True,
    above: float | None = None,
    maximum: float | None = None,
) -> Column:
    """A column of non-negative numbers that aren't kr."""
    minimum = 0.0 if above is None else None
    return Column(name, "number", description, required, unit=unit, minimum=minimum, above=above, maximum=maximum)


def share(name: str, description: str, *, required: bool = True, above: float | None = None) -> Column:
    """A column of shares from 0 to 1."""
    return amount(name, description, "andel", required=required, above=above, maximum=1.0)


def whole(
    name: str,
    description: str,
    unit: str,
    *,
    required: bool = True,
    minimum: float = 0.0,
    maximum: float = 1e9,
) -> Column:
    """A column of non-negative whole numbers."""
    return Column(name, "whole", description, required, unit=unit, minimum=minimum, maximum=maximum)


def year(name: str, description: str, *, required: bool = True) -> Column:
    """A column of calendar years."""
    return Column(name, "whole", description, required, unit="årstal", minimum=1900.0, maximum=2200.0)


def flag(name: str, description: str) -> Column:
    """A column of true or false."""
    return Column(name, "boolean", description)


def date(name: str, description: str) -> Column:
    """A column of dates."""
    return Column(name, "date", description)


def municipality(name: str = "municipality", description: str = "Kommunens kode.") -> Column:
    """A column of municipality codes."""
    return text(name, description, references=("municipalities.code",))


def target_group(name: str = "target_group", description: str = "Målgruppens id.") -> Column:
    """A column of target group ids."""
    return text(name, description, references=("target_groups.id",))


def target_groups(name: str, description: str) -> Column:
    """A column with a list of target group ids in each cell."""
    return texts(name, description, references=("target_groups.id",))


def evidenced(*columns: Column) -> tuple[Column, ...]:
    """The columns with ``source`` and ``evidence`` at the end, as every table has."""
    return (
        *columns,
        text("source", "Hvor oplysningen kommer fra."),
        text(
            "evidence",
            "Hvor sikker oplysningen er: faktisk (offentliggjort eller registreret), forudsaetning "
            "(planlæggerens antagelse) eller illustrativ (opfundet, så eksemplet kan køre).",
            allowed=EVIDENCE,
        ),
    )
