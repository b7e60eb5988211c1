"""Residents against the projection: who already has a place is never diverted and always counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from babel.numbers import format_decimal

from kapacitet.demand.terms import Array
from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.model import Region
from kapacitet.scenario.coverage import year_ranges

type Pair = tuple[str, str]
TOLERANCE = 1e-9


def sum_by(index: npt.NDArray[np.int64], rows: Array, size: int) -> Array:
    """Sum of ``rows`` (N, T) by ``index`` (N,), shape (size, T)."""
    total = np.zeros((size, rows.shape[1]))
    np.add.at(total, index, rows)
    return total


def fitted_residents(
    thinned: Array,
    pair_of: npt.NDArray[np.int64],
    projected: Array,
    pairs: Sequence[Pair],
    years: Sequence[int],
    region: Region,
) -> tuple[Array, tuple[Fault, ...]]:
    """Residents scaled down, pair by pair and year by year, where the projection falls below them.

    Args:
        thinned: R by row of residents and year, shape (N, T).
        pair_of: the pair of each row, shape (N,).
        projected: projected need by pair and year, shape (P, T).
        pairs: municipality and target group.

    Returns:
        Residents of the same shape, and a warning for each pair with its years.

    Raises:
        FaultyInput: the projection of the first year is below the residents; every pair is named.
    """
    total = sum_by(pair_of, thinned, len(pairs))
    below = total > projected * (1 + TOLERANCE) + TOLERANCE
    names = dict(zip(region.tables["municipalities"]["code"], region.tables["municipalities"]["name"], strict=True))
    faults = [
        Fault(
            f"{names[pairs[p][0]]} har {_number(total[p, 0])} borgere i {pairs[p][1]} med en plads "
            f"i {years[0]}, men behovet er {_number(projected[p, 0])}.",
            "Ret antallet i residents eller behovet; behovet tæller også dem, der har en plads.",
            table="demand",
            column="year",
            value=str(years[0]),
        )
        for p in np.flatnonzero(below[:, 0]).tolist()
    ]
    if faults:
        raise FaultyInput(faults)
    warnings = tuple(
        Fault(
            f"{names[pairs[p][0]]}: behovet i {pairs[p][1]} falder i {year_ranges(fewer)} under antallet af "
            "nuværende beboere, som derfor er skaleret ned.",
            "Se efter, om fremskrivningen eller fraflytningen (attrition) er for lav.",
            table="demand",
            severity="advarsel",
        )
        for p in np.flatnonzero(below.any(axis=1)).tolist()
        if (fewer := [years[t] for t in np.flatnonzero(below[p]).tolist()])
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(total > projected, projected / total, 1.0)
    return thinned * scale[pair_of], warnings


def need_after_diversion(projected: Array, diversion: Array, residents: Array) -> Array:
    """d = max(d·(1 − diversion), ΣR), shape (P, T); ``diversion`` is by pair, shape (P,)."""
    return np.maximum(projected * (1 - diversion[:, None]), residents)


def _number(value: float) -> str:
    return str(format_decimal(value, format="#,##0.##", locale="da_DK"))
