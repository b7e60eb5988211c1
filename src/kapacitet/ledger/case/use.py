"""Tables ``[[use]]`` and ``[[future]]``: place-years by year and municipality, in one course or in several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from kapacitet.ledger.case.fields import AMOUNT, OCCUPANCY, Section
from kapacitet.ledger.case.offer import ONLY_GROUP, YEAR, OfferTerms, check_group
from kapacitet.ledger.terms import ONE, ZERO, Cell
from kapacitet.scenario.suggest import suggestion
from kapacitet.scenario.wording import worded

CLOSE = Fraction(1, 1_000_000)
COMMON = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of ``[[use]]``; ``future`` is blank where it holds in every future."""

    future: str
    year: int
    cell: Cell
    place_years: Fraction
    section: Section


@dataclass(frozen=True, slots=True)
class Use:
    """Use in every future.

    Attributes:
        probability: by future, in the order of the case; a single one named "" without futures.
        rows: all rows.
        equal: no probabilities were given, so the futures count alike.
    """

    probability: Mapping[str, Fraction]
    rows: tuple[Row, ...]
    equal: bool = False

    def years(self) -> list[int]:
        """The years that are settled."""
        return sorted({row.year for row in self.rows})

    def in_year(self, future: str, year: int) -> dict[Cell, Fraction]:
        """n by payer and group in one future and year."""
        mine = (row for row in self.rows if row.year == year and row.future in (COMMON, future))
        return {row.cell: row.place_years for row in mine}


def read_use(top: Section, offer: OfferTerms | None) -> Use:
    """Use in every future; every year between the first and the last must be told, also where nobody lived there."""
    rows = _rows(top, offer)
    use = _with_futures(top, rows)
    if not rows:
        if not any(fault.column and fault.column.startswith(("use", "[[use]]")) for fault in top.faults):
            top.fault("use", "Der er ingen brug at afregne.", "Skriv [[use]] med år, kommune og helårspladser.")
        return use
    _refuse_twice(use)
    _refuse_gaps(top, use)
    if offer is not None:
        _refuse_unfit(top, use, offer)
    return use


def _rows(top: Section, offer: OfferTerms | None) -> tuple[Row, ...]:
    found = []
    for row in top.tables("use"):
        year = row.whole("year", YEAR, required=True)
        payer = row.text("municipality", required=True)
        amount = row.number("place_years", AMOUNT, required=True)
        group, future = row.text("group"), row.text("future")
        row.finish()
        check_group(row, group, offer, required=True)
        if year is not None and payer is not None and amount is not None:
            found.append(Row(future or COMMON, year, (payer, group or ONLY_GROUP), amount, row))
    return tuple(found)


def _with_futures(top: Section, rows: tuple[Row, ...]) -> Use:
    told: dict[str, Fraction] = {}
    tables = top.tables("future")
    for table in tables:
        name = table.text("name", required=True)
        probability = table.number("probability", OCCUPANCY, required=True)
        table.finish()
        if name in told:
            table.fault("name", "Fremtiden står to gange.", "Slet den ene.", name)
        elif name is not None:
            told[name] = probability or ZERO
    named = list(dict.fromkeys(row.future for row in rows if row.future != COMMON))
    if not tables:
        return Use({name: Fraction(1, len(named)) for name in named} or {COMMON: ONE}, rows, equal=len(named) > 1)
    for row in rows:
        if row.future != COMMON and row.future not in told:
            row.section.fault(
                "future", "Fremtiden findes ikke i [[future]].", suggestion(row.future, told), row.future
            )
    whole = sum(told.values(), ZERO)
    if all(told.values()) and abs(whole - 1) > CLOSE:
        top.fault("future", "Sandsynlighederne giver ikke 1 tilsammen.", "Ret dem.", worded(float(whole)))
    return Use({name: probability / (whole or ONE) for name, probability in told.items()}, rows)


def _refuse_twice(use: Use) -> None:
    seen: dict[tuple[int, Cell], set[str]] = {}
    for row in use.rows:
        before = seen.setdefault((row.year, row.cell), set())
        if row.future in before or (before and COMMON in (row.future, *before)):
            message = "Kommunens brug i det år står to gange."
            row.section.fault("municipality", message, "Læg tallene sammen i én post.", row.cell[0])
        before.add(row.future)


def _refuse_gaps(top: Section, use: Use) -> None:
    years = use.years()
    common = {row.year for row in use.rows if row.future == COMMON}
    for name in use.probability:
        told = common | {row.year for row in use.rows if row.future == name}
        lacking = [year for year in range(years[0], years[-1] + 1) if year not in told]
        if lacking:
            where = f" i fremtiden «{name}»" if name else ""
            listed = ", ".join(str(year) for year in lacking[:5]) + (" ..." if len(lacking) > 5 else "")
            top.fault(
                "use",
                f"Der mangler brug for {listed}{where}.",
                "Skriv place_years = 0 for en kommune i et år, hvor ingen boede der.",
            )


def _refuse_unfit(top: Section, use: Use, offer: OfferTerms) -> None:
    years = use.years()
    if offer.opened is not None and years[0] < offer.opened:
        top.fault("use", f"Der er brug i {years[0]}, før botilbuddet åbner.", "Ret [offer] opened eller året.")
    if offer.closes is not None and years[-1] >= offer.closes:
        top.fault("use", f"Der er brug i {years[-1]}, efter botilbuddet er lukket.", "Ret [offer] closes eller året.")
    if offer.places is None:
        return
    most = offer.places * (1 + offer.over_occupancy)
    for name in use.probability:
        for year in years:
            used = sum(use.in_year(name, year).values(), ZERO)
            if used > most:
                where = f" i fremtiden «{name}»" if name else ""
                top.fault(
                    "use",
                    f"I {year}{where} bruges {worded(float(used))} helårspladser; "
                    f"der er plads til {worded(float(most))}.",
                    "Ret tallene, eller skriv over_occupancy i [offer], hvis overbelægning er tilladt.",
                )
