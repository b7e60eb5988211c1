"""What an offer costs and what a place in it is sold for, year by year: F, V, takst, ceiling, price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kapacitet.planning.costs import Array

Flags = npt.NDArray[np.bool_]
Years = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class UnitRates:
    """Cost and prices of one shared offer under a plan, T years and G groups, kr. of the price year.

    Attributes:
        unit: index among the problem's units.
        offer: its id.
        owner: the party that bears its result: a municipality's code, ``region``, or an owner's name.
        groups: everybody who may live there in some year: the offer's own groups in its order, then others.
        served: the groups it is for in each year, shape (T, G).
        open: whether it has places, shape (T,).
        places: P, 0 while not open, shape (T,).
        operation_year: years since it opened, 0 in the year it did; no meaning while not open. Shape (T,).
        fixed: F a year, approval in the opening year included, 0 while not open, shape (T,).
        capital, tilsyn, approval: parts of F, shape (T,). A takst reduction is taken in service, so capital and
            tilsyn are what they are without it.
        occupancy: β in full operation.
        startup: β of the first years of operation, used under takststyring.
        variable: V, kr. per place-year, shape (T, G).
        support: Y, the ydelsestakst as published (progressed, not reduced), kr. per place-year, shape (T, G).
        supplement: by how much the takst differs from F/(β·P) + V, kr. per place-year, shape (T, G).
        ceiling: takstloft, infinite where there is none, shape (T, G).
        agreed: (municipality, group) -> agreed price, kr. per place-year.
        top_up: tillægsydelse beside the price, kr. per place-year.
        rammebudget: one price whatever the support level.
    """

    unit: int
    offer: str
    owner: str
    groups: tuple[str, ...]
    served: Flags
    open: Flags
    places: Array
    operation_year: Years
    fixed: Array
    capital: Array
    tilsyn: Array
    approval: Array
    occupancy: float
    startup: tuple[float, ...]
    variable: Array
    support: Array
    supplement: Array
    ceiling: Array
    agreed: Mapping[tuple[str, str], float]
    top_up: float
    rammebudget: bool

    @property
    def rest(self) -> Array:
        """What is left of F when capital, tilsyn and approval are taken off, shape (T,)."""
        return self.fixed - self.capital - self.tilsyn - self.approval

    @cached_property
    def starting_up(self) -> Flags:
        """Years in which takststyring uses a start-up β, shape (T,)."""
        return self.open & (self.operation_year < len(self.startup))

    @cached_property
    def startup_occupancy(self) -> Array:
        """β of each year under takststyring: the start-up β while there is one, then β. Shape (T,)."""
        result = np.full(len(self.open), self.occupancy)
        result[self.starting_up] = [self.startup[year] for year in self.operation_year[self.starting_up]]
        return result

    @cached_property
    def takst(self) -> Array:
        """r in full operation, F/(β·P) + V + supplement, kr. per place-year; NaN while not open. Shape (T, G)."""
        return self._takst(np.full(len(self.open), self.occupancy))

    @cached_property
    def startup_takst(self) -> Array:
        """r under takststyring: at the start-up β of the year, else as in full operation. Shape (T, G)."""
        return self._takst(self.startup_occupancy)

    @property
    def basistakst(self) -> Array:
        """The part of the takst beside the ydelsestakst, r − Y, kr. per place-year, shape (T, G)."""
        return self.takst - self.support

    def price(self, payer: str, group: str, *, startup: bool = False) -> Array:
        """q by year, shape (T,): what ``payer`` gives for a place-year: as agreed, else the takst up to its ceiling.

        Args:
            payer: a municipality's code, or anybody else (no price is agreed with them).
            group: one of ``groups``.
            startup: at the takst of takststyring.
        """
        if (payer, group) in self.agreed:
            return np.where(self.open, self.agreed[payer, group], np.nan)
        g = self.groups.index(group)
        return np.minimum((self.startup_takst if startup else self.takst)[:, g], self.ceiling[:, g])

    def _takst(self, occupancy: Array) -> Array:
        sold = np.where(self.open, occupancy * self.places, np.nan)
        return (self.fixed / sold)[:, None] + self.variable + self.supplement
