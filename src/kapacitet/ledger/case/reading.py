"""From a case file to a faultless :class:`Case`: every section read, then checked against each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kapacitet.faults import Fault, FaultyInput
from kapacitet.ledger.case.agreement import Agreed, read_agreement
from kapacitet.ledger.case.document import read_decimals
from kapacitet.ledger.case.fields import Section
from kapacitet.ledger.case.model import Case, Future
from kapacitet.ledger.case.offer import OfferTerms, Price, agreed_prices, read_offer, read_prices
from kapacitet.ledger.case.place import Finder, Place, in_folder, read_place
from kapacitet.ledger.case.use import Use, read_use
from kapacitet.ledger.schemes import SCHEMES, Need, Scheme
from kapacitet.ledger.terms import OfferYear


def load_case(path: Path, scheme: str | None = None) -> Case:
    """The case in a TOML file.

    Args:
        path: the file.
        scheme: what is asked for beside the file, a scheme's name or all; then the case need not name one.

    Raises:
        FaultyInput: every fault in Danish.
    """
    return parse_case(read_decimals(path), path.name, path.resolve().parent, scheme)


def parse_case(
    document: Mapping[str, Any], file: str, folder: Path, scheme: str | None = None, *, find: Finder | None = None
) -> Case:
    """The case in a document whose decimal numbers are :class:`~decimal.Decimal`.

    Args:
        document: plain values by key.
        file: what faults call it.
        folder: where the path of a region is read from.
        scheme: what is asked for beside the document.
        find: gives the region instead, so that no path is followed.

    Raises:
        FaultyInput: every fault in Danish.
    """
    faults: list[Fault] = []
    top = Section(file, "", document, faults)
    place = read_place(top, find or in_folder(folder))
    offer = read_offer(top, place)
    prices = read_prices(top, offer)
    use = read_use(top, offer)
    agreed = read_agreement(top, offer, place, named=scheme is None)
    top.finish()
    _refuse_missing_key(top, agreed, place, SCHEMES.get(scheme or "") or SCHEMES.get(agreed.scheme or ""))
    if faults or offer is None or place is None:
        raise FaultyInput(faults)
    return _case(offer, prices, use, agreed, place)


def _refuse_missing_key(top: Section, agreed: Agreed, place: Place | None, scheme: Scheme | None) -> None:
    if place is None or agreed.agreement.key or scheme is None or "key" not in scheme.needs:
        return
    if not any(fault.column and "key" in fault.column for fault in top.faults):
        mend = "Skriv [scheme.key], eller en region øverst."
        top.fault("scheme.key", f"{scheme.title} kræver en fordelingsnøgle.", mend)


def _case(offer: OfferTerms, prices: tuple[Price, ...], use: Use, agreed: Agreed, place: Place) -> Case:
    years = use.years()
    opened = years[0] if offer.opened is None else offer.opened
    futures = tuple(
        Future(
            name, probability, tuple(_year(offer, prices, use, agreed, name, year, year - opened) for year in years)
        )
        for name, probability in use.probability.items()
    )
    subscribed, keyed = agreed.agreement.subscriptions, agreed.agreement.key
    wanting: tuple[tuple[Need, bool], ...] = (
        ("subscriptions", not subscribed),
        ("key", not keyed),
        ("startup_occupancy", not offer.startup_occupancy),
    )
    return Case(
        name=offer.name or "",
        owner=offer.owner or "",
        scheme=agreed.scheme,
        agreement=agreed.agreement,
        futures=futures,
        missing=frozenset(need for need, lacks in wanting if lacks),
        closes=offer.closes,
        names=place.names,
        notes=agreed.notes + _notes(offer, use, agreed, place, opened),
    )


def _year(
    offer: OfferTerms, prices: tuple[Price, ...], use: Use, agreed: Agreed, future: str, year: int, operation: int
) -> OfferYear:
    if offer.places is None or offer.fixed_cost is None or offer.budgeted_occupancy is None:
        raise AssertionError("a case without faults has all its numbers")
    used = use.in_year(future, year)
    return OfferYear(
        offer=offer.name or "",
        owner=offer.owner or "",
        year=year,
        operation_year=operation,
        places=offer.places,
        fixed_cost=offer.fixed_cost,
        budgeted_occupancy=offer.budgeted_occupancy,
        groups=offer.groups,
        use=used,
        startup_occupancy=offer.startup_occupancy,
        agreed=agreed_prices(prices, {*used, *agreed.agreement.subscriptions}, year),
    )


def _notes(offer: OfferTerms, use: Use, agreed: Agreed, place: Place, opened: int) -> tuple[str, ...]:
    found = []
    if offer.opened is None and (offer.startup_occupancy or agreed.agreement.key):
        found.append(
            f"Første driftsår er {opened}, det første år i sagen; skriv opened i [offer], hvis det er et andet."
        )
    if use.equal:
        found.append("Fremtiderne vejer lige meget, da sagen ikke giver dem en sandsynlighed.")
    outside = sorted({row.cell[0] for row in use.rows if place.external(row.cell[0])})
    if outside:
        found.append(f"Uden for regionen, så de betaler kun takst og efterregulering: {', '.join(outside)}.")
    return tuple(found)
