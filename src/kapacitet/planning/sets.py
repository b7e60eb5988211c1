"""The members of the model's sets: cells, units, starts, closures, conversions, loan pools.

Symbols are those of the model's description: k municipality, g demand cell, o/j unit (offer or candidate),
t year of the horizon (as an index from 0).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Term = Literal["midlertidig", "langvarig"]
TERMS: tuple[Term, Term] = ("midlertidig", "langvarig")
REGION_PARTY = "region"
JOINT_PARTY = "faelles"


@dataclass(frozen=True, slots=True)
class Municipality:
    """A payer k: code, name, population and planning area (``group``, may be empty)."""

    code: str
    name: str
    population: float
    area: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A demand cell g: a target group's temporary or long-term part."""

    group: str
    term: Term
    complex: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """An existing offer o or a candidate j.

    Attributes:
        places: P, physical places when open.
        shared: cost F + ΣV·x falls on the region whether full or empty (municipal, regional, and selvejende
            inside the rammeaftale); otherwise the price per place-year used is all that is paid.
        public: owned by a municipality or the region.
        private: owned privately (planned places s exclude these).
        frame_party: who spends when it is built: a municipality's code or ``region``; empty for offers.
        minimum_residents: m, critical mass; 0 when none is stated.
    """

    id: str
    name: str
    existing: bool
    municipality: str
    owner_type: str
    owner: str
    legal_basis: tuple[str, ...]
    groups: tuple[str, ...]
    places: float
    budgeted_occupancy: float
    shared: bool
    minimum_residents: float
    staff_per_place: float
    evidence: str
    project: str = ""
    frame_party: str = ""

    @property
    def public(self) -> bool:
        """Owned by a municipality or the region."""
        return self.owner_type in ("kommune", "region")

    @property
    def private(self) -> bool:
        """Owned privately."""
        return self.owner_type == "privat"


@dataclass(frozen=True, slots=True)
class Start:
    """One way to build: candidate ``unit`` (index) started in ``start_year``, with places from ``open_year``.

    ``spending`` is the construction cost by year of the horizon (kr., price year), ``frame_draw`` the part of
    it that counts against the builder's frame or liquidity.
    """

    unit: int
    start_year: int
    open_year: int
    spending: tuple[float, ...]
    frame_draw: tuple[float, ...]
    construction_cost: float
    committed: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """Closing existing offer ``unit`` with effect from ``year``."""

    unit: int
    year: int
    cost: float


@dataclass(frozen=True, slots=True)
class Conversion:
    """Converting existing offer ``unit``: begun in ``start_year``, serving ``groups_after`` from ``year``.

    ``fixed_change`` is what F changes by, in each year of the horizon (kr.), once it has taken effect.
    """

    unit: int
    row: int
    start_year: int
    year: int
    groups_after: tuple[str, ...]
    cost: float
    fixed_change: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class LoanPool:
    """A loan pool: candidates (unit indices) that qualify, years of the window, amount for all of it in kr."""

    id: str
    first_year: int
    last_year: int
    amount: float
    relieves: str
    units: tuple[int, ...]
