"""Arithmetic that is the same for fractions (object arrays) and floats: exact to the øre, or fast in bulk."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from kapacitet.planning.risk import dearest

Numbers = npt.NDArray[Any]
"""Amounts: dtype object holding ``Fraction``, or float64."""


def positive(amounts: Numbers) -> Numbers:
    """max(0, amounts)."""
    return np.where(amounts > 0, amounts, amounts * 0)


def ratio(part: Numbers, whole: Numbers) -> Numbers:
    """part/whole; 0 where the whole is 0."""
    none = whole == 0
    return np.where(none, part * 0, part / np.where(none, whole + 1, whole))


def tail_mean(amounts: Numbers, chances: Numbers, tail: Any) -> Any:
    """CVaR: the mean of the highest amounts that together have probability ``tail``; both of shape (Ω,)."""
    order, part = dearest(amounts, chances, tail)
    return (amounts[order] * part).sum() / part.sum()
