"""Sections ``[offer]`` and ``[[price]]``: what the botilbud costs, and what has been agreed about its price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kapacitet.ledger.case.fields import AMOUNT, ANY, OCCUPANCY, SHARE, Bounds, Section
from kapacitet.ledger.case.place import REGION, Place
from kapacitet.ledger.terms import ZERO, Cell, GroupTerms
from kapacitet.scenario.suggest import suggestion

PLACES = Bounds(0, 10_000, open=True)
YEAR = Bounds(1900, 2200)
ONLY_GROUP = ""
LONGEST_STARTUP = 20


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """The offer apart from its years; a value that was faulty is None.

    Attributes:
        groups: terms by target group; a single one named "" where the case tells no groups apart.
        over_occupancy: use above the places that is allowed, as a share of them.
        opened: first year of operation, if stated.
        closes: first year without places, if stated.
    """

    name: str | None
    owner: str | None
    places: Fraction | None
    fixed_cost: Fraction | None
    budgeted_occupancy: Fraction | None
    startup_occupancy: tuple[Fraction, ...]
    over_occupancy: Fraction
    groups: Mapping[str, GroupTerms]
    opened: int | None
    closes: int | None


@dataclass(frozen=True, slots=True)
class Price:
    """An agreed price; a blank part holds for all."""

    municipality: str | None
    group: str | None
    year: int | None
    price: Fraction

    def rank(self) -> tuple[bool, bool, bool]:
        """How particular it is: municipality before group before year."""
        return self.municipality is not None, self.group is not None, self.year is not None

    def holds(self, payer: str, group: str, year: int) -> bool:
        """Whether it speaks of this payer, group and year."""
        return self.municipality in (None, payer) and self.group in (None, group) and self.year in (None, year)


def read_offer(top: Section, place: Place | None) -> OfferTerms | None:
    """The section ``[offer]``; None if it isn't there."""
    section = top.mapping("offer")
    if section is None:
        if not top.has("offer"):
            top.fault("offer", "Afsnittet mangler.", "Skriv [offer] med navn, ejer, pladser og økonomi.")
        return None
    terms = OfferTerms(
        name=section.text("name", required=True),
        owner=_owner(section, place),
        places=section.number("places", PLACES, required=True),
        fixed_cost=section.number("fixed_cost", required=True),
        budgeted_occupancy=section.number("budgeted_occupancy", OCCUPANCY, required=True),
        startup_occupancy=_startup(section),
        over_occupancy=section.number("over_occupancy", SHARE, default=ZERO) or ZERO,
        groups=_groups(section),
        opened=section.whole("opened", YEAR),
        closes=section.whole("closes", YEAR),
    )
    section.finish()
    if terms.opened is not None and terms.closes is not None and terms.closes <= terms.opened:
        section.fault("closes", "Botilbuddet lukker, før det er åbnet.", "Ret et af årene.", terms.closes)
    _refuse_negative_takst(section, terms)
    return terms


def _owner(section: Section, place: Place | None) -> str | None:
    owner = section.text("owner", required=True)
    if owner is None or place is None or not place.external(owner):
        return owner
    mend = "Skriv kommunens kode" + (f" eller «{REGION}»." if place.known else ".")
    section.fault("owner", "Ejeren er uden for regionen.", mend, owner)
    return owner


def _startup(section: Section) -> tuple[Fraction, ...]:
    values = section.entries("startup_occupancy") or []
    if len(values) > LONGEST_STARTUP:
        section.fault("startup_occupancy", f"Listen har over {LONGEST_STARTUP} år.", "Fjern værdier.")
        return ()
    found = (section.as_number("startup_occupancy", value, OCCUPANCY) for value in values)
    return tuple(value for value in found if value is not None)


def _groups(section: Section) -> dict[str, GroupTerms]:
    rows = section.tables("groups")
    if not rows:
        terms = _terms(section)
        return {ONLY_GROUP: terms or GroupTerms(ZERO)}
    for key in ("variable_cost", "takst_cap"):
        if section.has(key):
            section.fault(key, "Står både i [offer] og i [[offer.groups]].", "Slet nøglen i [offer].")
    found: dict[str, GroupTerms] = {}
    for row in rows:
        id, terms = row.text("id", required=True), _terms(row)
        row.finish()
        if id in found:
            row.fault("id", "Målgruppen står to gange.", "Slet den ene.", id)
        elif id is not None:
            found[id] = terms or GroupTerms(ZERO)
    return found or {ONLY_GROUP: GroupTerms(ZERO)}


def _terms(section: Section) -> GroupTerms | None:
    variable = section.number("variable_cost", required=True)
    supplement = section.number("supplement", ANY, default=ZERO) if section.has("id") else ZERO
    ceiling = section.number("takst_cap", AMOUNT)
    if variable is None or supplement is None:
        return None
    return GroupTerms(variable, supplement, ceiling)


def _refuse_negative_takst(section: Section, terms: OfferTerms) -> None:
    """The takst is lowest at the highest budgeted occupancy; below zero it means that a supplement is wrong."""
    if terms.places is None or terms.fixed_cost is None or terms.budgeted_occupancy is None:
        return
    per_place = terms.fixed_cost / (max(terms.budgeted_occupancy, *terms.startup_occupancy, ZERO) * terms.places)
    for id, group in terms.groups.items():
        if per_place + group.variable_cost + group.supplement < 0:
            section.fault("groups", f"Taksten for {id} bliver under 0 kr.", "Ret supplement.", id)


def read_prices(top: Section, offer: OfferTerms | None) -> tuple[Price, ...]:
    """The tables ``[[price]]``: agreed prices; of several that hold, the most particular counts."""
    found: dict[tuple[object, ...], Price] = {}
    for row in top.tables("price"):
        municipality, group, year = row.text("municipality"), row.text("group"), row.whole("year", YEAR)
        amount = row.number("price", required=True)
        row.finish()
        check_group(row, group, offer, required=False)
        if amount is None:
            continue
        if (municipality, group, year) in found:
            row.fault("price", "Prisen er aftalt to gange.", "Slet den ene.")
        found[municipality, group, year] = Price(municipality, group, year, amount)
    return tuple(found.values())


def check_group(row: Section, group: str | None, offer: OfferTerms | None, *, required: bool) -> None:
    """Collect a fault for a target group the offer doesn't have, or one that is needed and missing."""
    if offer is None:
        return
    known = [id for id in offer.groups if id != ONLY_GROUP]
    if group is None and known and required:
        row.fault("group", "Målgruppen mangler.", suggestion("", known))
    elif group is not None and group not in known:
        mend = suggestion(group, known) if known else "Skriv målgrupperne i [[offer.groups]], eller slet nøglen."
        row.fault("group", "Botilbuddet har ikke den målgruppe.", mend, group)


def agreed_prices(prices: Sequence[Price], cells: Iterable[Cell], year: int) -> dict[Cell, Fraction]:
    """q by payer and group in a year, for those of ``cells`` that have an agreed price."""
    found = {}
    for payer, group in cells:
        mine = [price for price in prices if price.holds(payer, group, year)]
        if mine:
            found[payer, group] = max(mine, key=Price.rank).price
    return found
