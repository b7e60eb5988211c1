"""An attacker who has nothing but payloads: what is shown, what is hidden, and that totals are totals."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from kapacitet.report.dashboard import ALL, COUNTS

type Cell = tuple[str, str, str, int]


def cells_of(payload: Mapping[str, Any]) -> dict[Cell, int | None]:
    """Every count in a payload; None where it is hidden."""
    return {
        (value, row["municipality"], row["group"], row["year"]): row[value]["value"]
        for row in payload["rows"]
        for value in COUNTS
    }


def sums_of(payload: Mapping[str, Any]) -> list[tuple[Cell, list[Cell]]]:
    """Totals and what they are of: over municipalities, over groups, and need = served + unmet."""
    codes = [one["code"] for one in payload["municipalities"]]
    groups = [one["id"] for one in payload["groups"]]
    found: list[tuple[Cell, list[Cell]]] = []
    for value, year in itertools.product(COUNTS, payload["years"]):
        found += [((value, ALL, g, year), [(value, c, g, year) for c in codes]) for g in [*groups, ALL]]
        found += [((value, c, ALL, year), [(value, c, g, year) for g in groups]) for c in [*codes, ALL]]
    for code, group, year in itertools.product([*codes, ALL], [*groups, ALL], payload["years"]):
        found.append((("demand", code, group, year), [("served", code, group, year), ("unmet", code, group, year)]))
    return found


def ranges(
    payloads: Sequence[Mapping[str, Any]],
    exact: Mapping[Cell, float],
    wanted: Sequence[Cell],
    most: Mapping[Cell, float],
) -> dict[Cell, tuple[float, float]]:
    """What each wanted cell of the last payload can be, for one who knows every shown count of it before rounding.

    That is more than the payload tells: a figure is rounded to whole persons. Need is the same in all payloads.

    Args:
        exact: the true counts of the last payload.
        most: what is known of hidden ones beforehand.
    """
    cells = cells_of(payloads[-1])
    shown = {cell: exact[cell] for cell, value in cells.items() if value is not None}
    for earlier in payloads[:-1]:
        shown |= {cell: exact[cell] for cell, value in cells_of(earlier).items() if value is not None and cell[0] == "demand"}  # fmt: skip  # noqa: E501
    names = sorted(cells)
    at = {cell: number for number, cell in enumerate(names)}
    rows, columns, weights = [], [], []
    sums = sums_of(payloads[-1])
    for number, (whole, parts) in enumerate(sums):
        rows += [number] * (1 + len(parts))
        columns += [at[whole], *(at[part] for part in parts)]
        weights += [1.0, *([-1.0] * len(parts))]
    matrix = csr_array((weights, (rows, columns)), shape=(len(sums), len(names)))
    bounds = [(shown[c], shown[c]) if c in shown else (0.0, most.get(c, np.inf)) for c in names]
    found = {}
    for cell in wanted:
        cost = np.zeros(len(names))
        cost[at[cell]] = 1.0
        ends = []
        for sign in (1.0, -1.0):
            met = linprog(sign * cost, A_ub=_both(matrix), b_ub=np.full(2 * len(sums), 1e-7), bounds=bounds)
            assert met.status in (0, 3), met.message
            ends.append(sign * met.fun if met.status == 0 else np.inf)
        found[cell] = (ends[0], ends[1])
    return found


def _both(matrix: csr_array) -> Any:
    from scipy.sparse import vstack

    return vstack([matrix, -matrix])
