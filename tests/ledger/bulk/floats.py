"""Offer-years in fractions as one offer in floats, the way the ledger's rates hold it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from kapacitet.ledger.rates import UnitRates
from kapacitet.ledger.terms import OfferYear
from kapacitet.planning.costs import Array


def rates_of(years: Mapping[int, OfferYear], count: int, top_up: float) -> UnitRates:
    """An offer of ``count`` years, open in those of ``years``; the others hold what must not be looked at."""
    one = next(iter(years.values()))
    groups = tuple(one.groups)

    def each(read: Any, closed: float) -> Array:
        return np.array([float(read(years[t])) if t in years else closed for t in range(count)])

    def by_group(read: Any) -> Array:
        return np.array(
            [[float(read(years[t].groups[g])) if t in years else np.nan for g in groups] for t in range(count)]
        )

    none = np.zeros(count)
    return UnitRates(
        unit=0,
        offer="hus",
        owner=one.owner,
        groups=groups,
        served=np.ones((count, len(groups)), dtype=np.bool_),
        open=np.array([t in years for t in range(count)]),
        places=each(lambda year: year.places, 0.0),
        operation_year=np.array([years[t].operation_year if t in years else 0 for t in range(count)], dtype=np.int64),
        fixed=each(lambda year: year.fixed_cost, 0.0),
        capital=none,
        tilsyn=none,
        approval=none,
        occupancy=float(one.budgeted_occupancy),
        startup=tuple(map(float, one.startup_occupancy)),
        variable=by_group(lambda terms: terms.variable_cost),
        support=np.zeros((count, len(groups))),
        supplement=by_group(lambda terms: terms.supplement),
        ceiling=by_group(lambda terms: np.inf if terms.ceiling is None else terms.ceiling),
        agreed={cell: float(price) for cell, price in one.agreed.items()},
        top_up=top_up,
        rammebudget=False,
    )
