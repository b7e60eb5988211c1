"""A case settled under a scheme in all its futures: entries, expectations and the 95 % case of each party."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from kapacitet.ledger.arrays import tail_mean
from kapacitet.ledger.break_even import break_even
from kapacitet.ledger.case.model import Case
from kapacitet.ledger.claims import Claim, Entry, Kind
from kapacitet.ledger.rounding import entries_of
from kapacitet.ledger.schemes import Scheme
from kapacitet.ledger.settle import claims_of_year, settle_year
from kapacitet.ledger.terms import ZERO

TAIL = Fraction(1, 20)
EXPECTED = "Forventet beløb over alle fremtider."
Outcomes = Iterable[tuple[Fraction, Fraction]]


@dataclass(frozen=True, slots=True)
class Course:
    """One future settled: its probability, and entries to the øre."""

    name: str
    probability: Fraction
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """A case under one scheme.

    Attributes:
        scheme: the scheme.
        courses: each future settled.
        expected: expected entries; the entries themselves where there is a single future. They balance like those:
            expected amounts are exact, and rounded together per year concerned.
        break_even: the lowest and the highest break-even occupancy of a year in any future; None if takst and
            subscriptions never cover the cost in some year.
    """

    scheme: Scheme
    courses: tuple[Course, ...]
    expected: tuple[Entry, ...]
    break_even: tuple[Fraction, Fraction] | None

    def mean(self, wanted: Callable[[Entry], bool]) -> Fraction:
        """Expected kr. of the entries that are wanted."""
        return sum((course.probability * kr(course.entries, wanted) for course in self.courses), ZERO)

    def tail(self, wanted: Callable[[Entry], bool]) -> Fraction:
        """CVaR_95, kr.: the mean of the worst 5 % of what the wanted entries may come to."""
        return cvar((course.probability, kr(course.entries, wanted)) for course in self.courses)

    def worst_year(self, wanted: Callable[[Entry], bool]) -> tuple[int, Fraction] | None:
        """The year concerned in which the wanted entries' 95 % case is highest, and that amount in kr."""
        years = sorted({entry.concerns_year for entry in self.expected})
        cases = [(year, self.tail(_in_year(year, wanted))) for year in years]
        return max(cases, key=lambda case: case[1], default=None)


def _in_year(year: int, wanted: Callable[[Entry], bool]) -> Callable[[Entry], bool]:
    return lambda entry: entry.concerns_year == year and wanted(entry)


def kr(entries: Iterable[Entry], wanted: Callable[[Entry], bool]) -> Fraction:
    """The sum of the wanted entries in kr., exactly."""
    return Fraction(sum(entry.ore for entry in entries if wanted(entry)), 100)


def cvar(outcomes: Outcomes, tail: Fraction = TAIL) -> Fraction:
    """The mean of the worst (highest) outcomes that together have probability ``tail``.

    Args:
        outcomes: probability and amount; the probabilities sum to 1.
        tail: share of the probability, above 0.
    """
    chances, amounts = (np.array(column, dtype=object) for column in zip(*outcomes, strict=True))
    found: Fraction = tail_mean(amounts, chances, tail)
    return found


def settle_case(case: Case, scheme: Scheme) -> Settlement:
    """The case under ``scheme``, every year of every future."""
    courses = tuple(
        Course(
            future.name,
            future.probability,
            tuple(entry for year in future.years for entry in settle_year(year, case.agreement, scheme)),
        )
        for future in case.futures
    )
    levels = [break_even(year, case.agreement, scheme) for future in case.futures for year in future.years]
    known = [level for level in levels if level is not None]
    expected = courses[0].entries if len(courses) == 1 else _expected(case, scheme)
    return Settlement(scheme, courses, expected, (min(known), max(known)) if len(known) == len(levels) else None)


def _expected(case: Case, scheme: Scheme) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for number, year in enumerate(case.futures[0].years):
        amounts: dict[tuple[int, Kind, str], Fraction] = {}
        for future in case.futures:
            for claim in claims_of_year(future.years[number], case.agreement, scheme):
                key = (claim.booked, claim.kind, claim.payer)
                amounts[key] = amounts.get(key, ZERO) + future.probability * claim.amount
        claims = [Claim(kind, payer, kr, booked, EXPECTED) for (booked, kind, payer), kr in amounts.items()]
        found += entries_of(claims, offer=case.name, owner=case.owner, concerns=year.year)
    return tuple(found)
