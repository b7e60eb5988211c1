"""Section ``[scheme]``: the scheme agreed, and the parameters of every scheme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kapacitet.ledger.case.fields import AMOUNT, SHARE, Bounds, Section
from kapacitet.ledger.case.offer import ONLY_GROUP, OfferTerms
from kapacitet.ledger.case.place import Place
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.terms import ZERO, Agreement, Cell
from kapacitet.scenario.suggest import suggestion
from kapacitet.scenario.wording import worded

LAG = Bounds(0, 20)
GUARANTEE = Bounds(0, 60)
POPULATION = "population"
DEFAULTS = Agreement()


@dataclass(frozen=True, slots=True)
class Agreed:
    """The section read: the scheme's name (None where it isn't named), the parameters, and what was assumed."""

    scheme: str | None
    agreement: Agreement
    notes: tuple[str, ...]


def read_agreement(top: Section, offer: OfferTerms | None, place: Place | None, *, named: bool) -> Agreed:
    """The section ``[scheme]``.

    Args:
        top: the document.
        offer: the offer, None if it is faulty.
        place: the region, None if it is faulty.
        named: the case must name its scheme.
    """
    section = top.mapping("scheme")
    if section is None:
        if named and not top.has("scheme"):
            top.fault("scheme", "Afsnittet mangler.", "Skriv [scheme] med name, eller vælg en ordning med --scheme.")
        section, name = Section(top.file, "[scheme]", {}, []), None
    else:
        name = section.text("name", required=named)
        if name is not None and name not in SCHEMES:
            section.fault("name", "Ordningen findes ikke.", suggestion(name, SCHEMES), name)
            name = None
    key, notes = _key(section, place)
    agreement = Agreement(
        owner_limit=_or(section.number("owner_limit", SHARE), DEFAULTS.owner_limit),
        lag=_or(section.whole("lag", LAG), DEFAULTS.lag),
        subscriptions=_subscriptions(section, offer, place),
        alpha=_or(section.number("alpha", SHARE), DEFAULTS.alpha),
        key=key,
        psi=_or(section.number("psi", SHARE), DEFAULTS.psi),
        guarantee_years=_or(section.whole("guarantee_years", GUARANTEE), DEFAULTS.guarantee_years),
        guarantee_share=_or(section.number("guarantee_share", SHARE), DEFAULTS.guarantee_share),
    )
    section.finish()
    return Agreed(name, agreement, notes)


def _or[T](value: T | None, default: T) -> T:
    return default if value is None else value


def _subscriptions(section: Section, offer: OfferTerms | None, place: Place | None) -> dict[Cell, Fraction]:
    rows = section.mapping("subscriptions")
    if rows is None or offer is None:
        return {}
    many = ONLY_GROUP not in offer.groups
    found: dict[Cell, Fraction] = {}
    for code, value in rows.values.items():
        _refuse_external(rows, code, place, "Købere uden for regionen kan ikke abonnere.")
        if isinstance(value, Mapping) != many:
            mend = "Skriv pladser pr. målgruppe, fx { autisme = 2 }." if many else "Skriv et antal pladser."
            rows.fault(code, "Abonnementet passer ikke til botilbuddets målgrupper.", mend, value)
            continue
        for group, places in value.items() if isinstance(value, Mapping) else [(ONLY_GROUP, value)]:
            amount = rows.as_number(code, places, AMOUNT)
            if group not in offer.groups:
                rows.fault(code, "Botilbuddet har ikke den målgruppe.", suggestion(group, offer.groups), group)
            elif amount:
                found[code, group] = amount
    whole = sum(found.values(), ZERO)
    if offer.places is not None and whole > offer.places:
        rows.fault(
            "",
            f"Der er abonneret på {worded(float(whole))} pladser, og botilbuddet har {worded(float(offer.places))}.",
            "Sæt abonnementerne ned.",
        )
    return found


def _key(section: Section, place: Place | None) -> tuple[Mapping[str, Fraction], tuple[str, ...]]:
    value = section.values.get("key")
    keys = place.keys if place is not None else {}
    if isinstance(value, str):
        section.has("key")
        if place is not None and not place.known:
            section.fault(
                "key", "En nøgle ved navn kræver en region.", "Skriv region øverst, eller [scheme.key].", value
            )
        elif place is not None and value not in keys:
            section.fault("key", "Regionen har ikke den nøgle.", suggestion(value, keys), value)
        return keys.get(value, {}), ()
    rows = section.mapping("key")
    if rows is None:
        if value is None and POPULATION in keys:
            return keys[POPULATION], ("Nøglen er regionens indbyggertal; sagen har ingen anden.",)
        return {}, ()
    return _weights(rows, place), ()


def _weights(rows: Section, place: Place | None) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for code, value in rows.values.items():
        _refuse_external(rows, code, place, "Købere uden for regionen kan ikke være med i nøglen.")
        weight = rows.as_number(code, value, AMOUNT)
        if weight is not None:
            found[code] = weight
    numbers = [value for value in rows.values.values() if isinstance(value, int | Decimal)]
    if found and len(found) == len(numbers) and not any(found.values()):
        rows.fault("", "Alle vægte i nøglen er 0.", "Giv mindst én deltager en vægt over 0.")
    elif not rows.values:
        rows.fault("", "Nøglen er tom.", "Skriv en vægt for hver deltager, fx 573 = 49798.")
    return found


def _refuse_external(rows: Section, code: str, place: Place | None, message: str) -> None:
    if place is not None and place.external(code):
        rows.fault(code, message, "Fjern koden.")
