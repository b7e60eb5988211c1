"""Checks of existing offers, candidates and conversions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS
from kapacitet.region.danish import danish
from kapacitet.region.records import Record
from kapacitet.region.tables import is_shared, split_list
from kapacitet.region.validation.draft import Draft, at, several

_SUM_TOLERANCE: Final = 1e-6
_REGION: Final = "region"
"""The region as a party, whatever the tables call it."""
_OTHER_PARTIES: Final = (_REGION, UDENBYS, "staten", "lejere")
"""Parties of the accounts beside municipalities and owners: the region, outside buyers, the state and tenants."""


def shared_have_costs(draft: Draft) -> Iterator[Fault]:
    """Offers whose cost is shared state their fixed and variable cost; the others state a price."""
    for row in draft["offers"]:
        if row["owner_type"] is None or row["in_rammeaftale"] is None:
            continue
        if is_shared(row.text("owner_type"), row["in_rammeaftale"] is True):
            for column in ("fixed_cost", "variable_cost"):
                if row[column] is None and column not in row.bad:
                    message = f"{row['name']} afregnes over rammeaftalen, men mangler {column}."
                    yield at("offers", row, column, message, "Skriv beløbet i kr.; 0, hvis det er nul.")
            if row["places"] == 0:
                message = f"{row['name']} har ingen pladser, så der kan ikke beregnes en takst."
                yield at("offers", row, "places", message, "Slet rækken, eller brug opened og closes.")
            if row["price"] is not None:
                message = "Prisen bruges ikke: tilbuddet afregnes med takst."
                yield at("offers", row, "price", message, "Slet prisen.", "advarsel")
        elif row["price"] is None and "price" not in row.bad:
            message = f"{row['name']} ligger uden for rammeaftalen og mangler en pris."
            yield at("offers", row, "price", message, "Skriv prisen i kr. pr. helårsplads.")


def private_outside(draft: Draft) -> Iterator[Fault]:
    """Private offers are no party to the rammeaftale."""
    for row in draft["offers"]:
        if row["owner_type"] == "privat" and row["in_rammeaftale"] is True:
            message = "Private tilbud er ikke med i rammeaftalen; tilbuddet regnes med sin pris."
            yield at("offers", row, "in_rammeaftale", message, "Skriv false.", "advarsel")


def owners(draft: Draft) -> Iterator[Fault]:
    """A municipal owner is the code of a municipality in the region, and no other owner has another party's name.

    The accounts know a party by its name alone: two parties of one name would share an account.
    """
    if not draft.municipality_names:
        return  # told already
    regional = _regional_owners(draft)
    for name in ("offers", "candidates"):
        for row in draft[name]:
            owner, kind = row.text("owner"), row.text("owner_type")
            if not owner or not kind:
                continue
            if kind == "kommune" and owner not in draft.municipality_names:
                codes = {title.casefold(): code for code, title in draft.municipality_names.items()}
                code = codes.get(owner.casefold().removesuffix(" kommune"))
                mend = f"Skriv koden {code}." if code else "Skriv koden på en af regionens kommuner."
                yield at(name, row, "owner", "Ejeren er ikke en af regionens kommuner.", mend)
            elif kind != "kommune" and owner in draft.municipality_names:
                message = f"Ejeren er koden på {draft.place(owner)}, men ejertypen er {kind}."
                yield at(name, row, "owner", message, "Skriv ejerens navn, eller ret owner_type.")
            elif kind in ("privat", "selvejende") and (owner in _OTHER_PARTIES or owner in regional):
                message = "Ejeren har samme navn som en anden part, så de ville få fælles regnskab."
                yield at(name, row, "owner", message, "Skriv ejerens eget navn, eller ret owner_type.")


def _regional_owners(draft: Draft) -> set[str]:
    """Names by which the tables call the region."""
    rows = (row for name in ("offers", "candidates") for row in draft[name])
    return {row.text("owner") for row in rows if row["owner_type"] == "region"}


def deficit_bearers(draft: Draft) -> Iterator[Fault]:
    """A selvejende offer's deficit is borne by a municipality, the region or its owner; others bear their own."""
    if not draft.municipality_names:
        return  # told already
    region = {_REGION, *_regional_owners(draft)}
    for row in draft["offers"]:
        bearer, owner, kind = row.text("deficit_bearer"), row.text("owner"), row.text("owner_type")
        if not bearer or not owner or not kind or bearer == owner or (kind == "region" and bearer in region):
            continue
        if kind != "selvejende" or row["in_rammeaftale"] is False:
            message = "deficit_bearer gælder kun selvejende tilbud i rammeaftalen; her bærer ejeren underskuddet."
            yield at("offers", row, "deficit_bearer", message, "Slet værdien, eller ret owner eller owner_type.")
        elif bearer not in region and bearer not in draft.municipality_names:
            mend = f"Skriv en kommunes kode, {_REGION}, navnet på en regional ejer eller tilbuddets egen ejer."
            yield at("offers", row, "deficit_bearer", "Parten kendes ikke.", mend)


def years_ordered(draft: Draft) -> Iterator[Fault]:
    """opened < closes, earliest ≤ latest, first_year ≤ last_year."""
    pairs = (
        ("offers", "opened", "closes", True, "Tilbuddet lukker, før det åbner"),
        ("candidates", "earliest", "latest", False, "Seneste byggestart er før den tidligste"),
        ("loan_pools", "first_year", "last_year", False, "Puljen slutter, før den begynder"),
    )
    for name, first, last, strict, message in pairs:
        for row in draft[name]:
            start, end = row.whole(first), row.whole(last)
            if start is not None and end is not None and (end < start or (strict and end == start)):
                yield at(name, row, last, f"{message} ({start}).", f"Ret {first} eller {last}.")


def parts_within_whole(draft: Draft) -> Iterator[Fault]:
    """The capital charge is part of the fixed cost, the critical mass no larger than the places."""
    for row in draft["offers"]:
        charge, fixed = row.number_or_none("capital_charge"), row.number_or_none("fixed_cost")
        if charge is not None and fixed is not None and charge > fixed:
            mend = f"fixed_cost skal rumme kapitalen; skriv højst {danish(fixed, 2)}."
            yield at("offers", row, "capital_charge", "Kapitalen er større end de faste omkostninger.", mend)
    for name in ("offers", "candidates"):
        for row in draft[name]:
            least, places = row.whole("minimum_residents"), row.whole("places")
            if least is not None and places is not None and least > places:
                yield at(name, row, "minimum_residents", f"Der er kun {places} pladser.", "Ret et af tallene.")


def spending(draft: Draft) -> Iterator[Fault]:
    """The spend profile sums to 1 and is spent by the year of opening."""
    for row in draft["candidates"]:
        profile = [float(part) for part in split_list(row["spend_profile"])]
        if not profile:
            continue
        if abs(sum(profile) - 1) > _SUM_TOLERANCE:
            message = f"Andelene summer til {danish(sum(profile), 6)}, ikke 1."
            yield at("candidates", row, "spend_profile", message, "Ret andelene, så summen er 1.")
        lead = row.whole("lead_time")
        if lead is not None and len(profile) > lead + 1:
            message = f"Der betales i {len(profile)} år, men tilbuddet åbner {lead} år efter byggestart."
            mend = f"Skriv lead_time mindst {len(profile) - 1}, eller kort spend_profile."
            yield at("candidates", row, "lead_time", message, mend)


def requirements(draft: Draft) -> Iterator[Fault]:
    """A candidate doesn't require itself or another variant of its own project, of which only one is built."""
    project_of = {row.text("id"): row.text("project") for row in draft["candidates"]}
    for row in draft["candidates"]:
        for needed in split_list(row["requires"]):
            if row["project"] in (project_of.get(needed), needed):
                message = f"Varianten kræver {needed}, som er samme projekt."
                yield at("candidates", row, "requires", message, "Fjern det fra requires.")


def variants_together(draft: Draft) -> Iterator[Fault]:
    """Variants of one project in different municipalities are possible, but seldom meant."""
    places: dict[str, dict[str, Record]] = defaultdict(dict)
    for row in draft["candidates"]:
        places[row.text("project")].setdefault(row.text("municipality"), row)
    for project, found in places.items():
        if project and len(found) > 1:
            message = f"Projektet {project} har varianter i flere kommuner: {several(sorted(found))}."
            mend = "Kun én variant kan bygges; giv dem hvert sit projekt, hvis flere må."
            yield at("candidates", list(found.values())[1], "project", message, mend, "advarsel")


def usable_by_a_group(draft: Draft) -> Iterator[Fault]:
    """Some cell of some target group fits the legal basis: §107 for temporary need, §108 and ABL for the rest."""
    for name in ("offers", "candidates"):
        for row in draft[name]:
            basis = set(split_list(row["legal_basis"]))
            shares = [
                share
                for group in split_list(row["target_groups"])
                if group in draft.groups
                and (share := draft.groups[group].number_or_none("temporary_share")) is not None
            ]
            if not basis or not shares:
                continue
            temporary = any(share > 0 for share in shares) and "sel107" in basis
            lasting = any(share < 1 for share in shares) and bool(basis & {"sel108", "abl105"})
            if not temporary and not lasting:
                message = f"Ingen målgruppe kan bruge {row['name']}: lovgrundlaget passer ikke til temporary_share."
                mend = "Ret legal_basis eller målgruppernes temporary_share."
                yield at(name, row, "legal_basis", message, mend, "advarsel")


def housing_of_abl(draft: Draft) -> Iterator[Fault]:
    """SEL and ABL compare only when the housing that an ABL resident's rent pays is stated."""
    for row in draft["candidates"]:
        abl = "abl105" in split_list(row["legal_basis"])
        if abl and row["housing_cost"] is None and "housing_cost" not in row.bad:
            message = "ABL uden boligudgift ser billigere ud, end den er for samfundet."
            yield at("candidates", row, "housing_cost", message, "Skriv den udgift, huslejen betaler.", "advarsel")
        if not abl and row["legal_basis"] and row.number_or_none("housing_cost"):
            message = "Boligudgift betalt af husleje findes kun i ABL-boliger."
            mend = "Læg udgiften i fixed_cost, eller ret legal_basis."
            yield at("candidates", row, "housing_cost", message, mend, "advarsel")


def conversions_change(draft: Draft) -> Iterator[Fault]:
    """A conversion takes away groups the offer has and gives it groups it hasn't."""
    for row in draft["conversions"]:
        offer = draft.offers.get(row.text("offer"))
        if offer is None or offer["target_groups"] is None:
            continue
        has = set(split_list(offer["target_groups"]))
        if strange := set(split_list(row["from_groups"])) - has:
            message = f"Tilbuddet er ikke for {several(sorted(strange))}."
            yield at("conversions", row, "from_groups", message, f"Skriv nogle af {offer['target_groups']}.")
        kept = has - set(split_list(row["from_groups"]))
        to_groups = set(split_list(row["to_groups"]))
        if to_groups and to_groups <= kept:
            message = "Omlægningen giver ikke tilbuddet nye målgrupper."
            yield at("conversions", row, "to_groups", message, "Skriv de målgrupper, der kommer til.")
