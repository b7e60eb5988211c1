"""Tables for the tests: margins added to an array of counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kapacitet.report.small_numbers import Cell, Relation, Table, total


def with_margins(counts: npt.ArrayLike, prefix: tuple[str, ...] = ()) -> tuple[dict[Cell, float], list[Relation]]:
    """Cells ``prefix`` + one name per axis, ``sum`` for the total, and a relation per line of each axis."""
    array = np.asarray(counts, dtype=float)
    for axis in range(array.ndim):
        array = np.concatenate([array, array.sum(axis=axis, keepdims=True)], axis=axis)
    last = [size - 1 for size in array.shape]

    def name(index: Sequence[int]) -> Cell:
        parts = zip("rks", index, last, strict=False)
        return (*prefix, *("sum" if i == end else f"{axis}{i}" for axis, i, end in parts))

    values = {name(index): float(array[index]) for index in np.ndindex(array.shape)}
    relations = []
    for axis, end in enumerate(last):
        for index in np.ndindex(array.shape):
            if index[axis] == end:
                parts = [name((*index[:axis], i, *index[axis + 1 :])) for i in range(end)]
                relations.append(total(name(index), parts))
    return values, relations


def table(counts: npt.ArrayLike) -> Table:
    """One table with all its margins."""
    values, relations = with_margins(counts)
    return Table(values, tuple(relations))


def linked(demand: npt.ArrayLike, unmet: npt.ArrayLike) -> Table:
    """Demand, unmet and placed with margins; demand = placed + unmet in every cell."""
    values: dict[Cell, float] = {}
    relations: list[Relation] = []
    parts = {
        "demand": np.asarray(demand),
        "unmet": np.asarray(unmet),
        "placed": np.asarray(demand) - np.asarray(unmet),
    }
    for quantity, counts in parts.items():
        more, links = with_margins(counts, (quantity,))
        values |= more
        relations += links
    keys = sorted(cell[1:] for cell in values if cell[0] == "demand")
    relations += [total(("demand", *key), [("placed", *key), ("unmet", *key)]) for key in keys]
    return Table(values, tuple(relations))
