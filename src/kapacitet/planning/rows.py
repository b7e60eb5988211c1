"""Rows of the model, each with its family, tag, subject and Danish sentence, on top of one PuLP problem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pulp import LpAffineExpression, LpProblem, LpVariable, lpSum_vars_coefs

from kapacitet.planning.naming import fresh

Tag = Literal["lov", "aftale", "politik", "regnskab"]
Pair = tuple[LpVariable, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One constraint before it is added.

    Attributes:
        name: LP-safe name.
        expression: a PuLP expression with its sense (`a <= b`).
        subject: what it is about: unit, municipality, year index t, … as the family's ``sentence`` reads it.
    """

    name: str
    expression: LpAffineExpression
    subject: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RowInfo:
    """What a row in the model is: its family, tag and subject."""

    family: str
    tag: Tag
    subject: Mapping[str, object]


class Model:
    """A PuLP problem whose rows know what they mean."""

    def __init__(self, name: str) -> None:
        self.lp = LpProblem(name)
        self.rows: dict[str, RowInfo] = {}
        self._columns: set[str] = set()

    def add(self, rows: Iterable[Row], family: str, tag: Tag) -> None:
        """Add the rows of one family. Ids can read alike once joined in a name; the later row then gets another."""
        for row in rows:
            name = fresh(row.name, self.rows)
            self.lp.addConstraint(row.expression, name)
            self.rows[name] = RowInfo(family, tag, row.subject)

    def variable(
        self, name: str, lower: float = 0.0, upper: float | None = None, *, binary: bool = False
    ) -> LpVariable:
        """A new continuous (or binary) column, renamed if another one reads alike."""
        name = fresh(name, self._columns)
        self._columns.add(name)
        if binary:
            return self.lp.add_variable(name, cat="Binary")
        return self.lp.add_variable(name, lowBound=None if lower == -np.inf else lower, upBound=upper)


def linear(pairs: Iterable[Pair]) -> LpAffineExpression:
    """Σ coefficient · variable; terms with coefficient 0 are left out."""
    return lpSum_vars_coefs((v, c) for v, c in pairs if c != 0.0)


def ones(variables: Iterable[LpVariable]) -> Iterator[Pair]:
    """Each variable with coefficient 1."""
    return ((v, 1.0) for v in variables)
