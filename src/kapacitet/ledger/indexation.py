"""PL-indexation: explicit, and only as far as the region's table ``pl_index`` reaches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.region.model import Region


def pl_factor(region: Region, years: Sequence[int]) -> Array:
    """Index of each year over that of the price year, shape (T,).

    A sum in kr. of the price year times the factor is in kr. of the year. NaN where the table lacks the year or the
    price year (a factor is never guessed); 1 in the price year itself, whatever the table holds.
    """
    table = region.tables["pl_index"]
    index = {int(year): float(level) for year, level in zip(table["year"], table["index"], strict=True)}
    base = index.get(region.price_year, np.nan)
    return np.array([1.0 if year == region.price_year else index.get(year, np.nan) / base for year in years])
