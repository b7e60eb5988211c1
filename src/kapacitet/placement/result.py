"""The placement of a plan: who lives where in whole persons, what continuity costs, and its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kapacitet.faults import Fault
from kapacitet.placement.ground import Layout
from kapacitet.placement.years import Year
from kapacitet.planning.costs import Array

NOTE = (
    "Planen er lagt i helårspladser og holder kun dem, der har en plads i dag, fast i den. Placeringen er i hele "
    "borgere, som også bliver boende i de pladser, de får undervejs."
)
"""What the plan leaves out, said where the placement is shown."""
PERSON_COLUMNS = ("year", "municipality", "target_group", "term", "offer", "persons", "stayed", "arrived", "left")
MOVE_COLUMNS = ("year", "municipality", "target_group", "term", "from_offer", "to_offer", "persons", "reason")


@dataclass(frozen=True, eq=False)
class Placement:
    """Who lives where, year by year.

    Attributes:
        persons: year, municipality, target_group, term, offer, persons, stayed, arrived, left. Municipality may be
            ``udenbys``; offer may be ``koeb``, ``udenfor:<group>`` or ``udaekket``. persons = stayed + arrived;
            left are last year's who are no longer there (in the first year: today's residents).
        moves: year, municipality, target_group, term, from_offer, to_offer, persons, reason.
        cost: discounted resource cost of the plan with this placement, kr.
        reference_cost: the same with today's residents alone held in place and everybody else placed anew each
            year; whole persons too.
        price_of_continuity: (cost − reference_cost) / reference_cost.
        rounding_cost: reference_cost − cost of the plan's own outcome in place-years, kr.; None without an outcome.
        yearly, reference_yearly: component -> undiscounted kr. by year, as ``planning.evaluate.yearly_costs``.
        warnings: what a reader should know.
        note: the approximation of the plan that the placement makes good.
    """

    persons: pd.DataFrame
    moves: pd.DataFrame
    cost: float
    reference_cost: float
    price_of_continuity: float
    rounding_cost: float | None
    yearly: Mapping[str, Array]
    reference_yearly: Mapping[str, Array]
    warnings: tuple[Fault, ...]
    note: str = NOTE


def persons_table(layout: Layout, years: tuple[Year, ...]) -> pd.DataFrame:
    """One row per year, municipality, cell and place with somebody in it or gone from it."""
    parts = []
    for number, year in zip(layout.problem.years, years, strict=True):
        left = year.before - year.stayed
        k, c, p = np.nonzero((year.persons > 0) | (left > 0))
        persons, stayed = year.persons[k, c, p], year.stayed[k, c, p]
        offers = [layout.offer(int(cell), int(place)) for cell, place in zip(c, p, strict=True)]
        columns = _keys(layout, number, k, c) | {"offer": offers}
        counts = {"persons": persons, "stayed": stayed, "arrived": persons - stayed, "left": left[k, c, p]}
        parts.append(pd.DataFrame(columns | counts))
    return _sorted(pd.concat(parts, ignore_index=True), PERSON_COLUMNS, 5)


def moves_table(layout: Layout, years: tuple[Year, ...]) -> pd.DataFrame:
    """One row per year, municipality, cell, place left and place taken."""
    rows = [
        {
            "year": number,
            "municipality": layout.payers[move.k],
            "target_group": layout.problem.cells[move.c].group,
            "term": layout.problem.cells[move.c].term,
            "from_offer": layout.offer(move.c, move.origin),
            "to_offer": layout.offer(move.c, move.target),
            "persons": move.persons,
            "reason": str(move.reason),
        }
        for number, year in zip(layout.problem.years, years, strict=True)
        for move in year.moves
    ]
    return _sorted(pd.DataFrame(rows, columns=list(MOVE_COLUMNS)), MOVE_COLUMNS, 6)


def _keys(layout: Layout, year: int, k: np.ndarray, c: np.ndarray) -> dict[str, object]:
    return {
        "year": year,
        "municipality": np.array(layout.payers, dtype=object)[k],
        "target_group": np.array([cell.group for cell in layout.problem.cells], dtype=object)[c],
        "term": np.array([cell.term for cell in layout.problem.cells], dtype=object)[c],
    }


def _sorted(frame: pd.DataFrame, columns: tuple[str, ...], keys: int) -> pd.DataFrame:
    whole = {"year", "persons", "stayed", "arrived", "left"}
    typed = frame.astype({name: "int64" if name in whole else "str" for name in columns})
    return typed[list(columns)].sort_values(list(columns[:keys]), ignore_index=True)
