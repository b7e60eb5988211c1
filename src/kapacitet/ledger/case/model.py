"""A faultless case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kapacitet.ledger.schemes import Need
from kapacitet.ledger.terms import Agreement, OfferYear


@dataclass(frozen=True, slots=True)
class Future:
    """One course of use over the years.

    Attributes:
        name: blank in a case with a single course.
        probability: above 0; those of a case sum to 1.
        years: the offer in each year, in order of years; the same years in every future.
    """

    name: str
    probability: Fraction
    years: tuple[OfferYear, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What ``kapacitet settle`` settles.

    Attributes:
        name: the offer's name.
        owner: code of who runs it.
        scheme: name of the scheme agreed; None where the case names none.
        agreement: parameters of the schemes.
        futures: the courses of use; a single one for a forecast or an account.
        missing: what has not been agreed, so that schemes that need it can't be shown beside the others.
        closes: first year without places, if that is known.
        names: names of municipalities by code, where a region is named.
        notes: what a reader must know about figures the case doesn't state itself, in Danish.
    """

    name: str
    owner: str
    scheme: str | None
    agreement: Agreement
    futures: tuple[Future, ...]
    missing: frozenset[Need]
    closes: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
