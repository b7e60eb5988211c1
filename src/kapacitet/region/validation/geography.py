"""Checks of codes, names, outlines and whether people can get from one place to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import networkx as nx

from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS
from kapacitet.region.validation.draft import Draft, at, several


def _plain_name(name: str) -> str:
    return name.casefold().removesuffix(" kommune").strip()


def names_differ(draft: Draft) -> Iterator[Fault]:
    """No two municipalities have the same name."""
    first: dict[str, str] = {}
    for row in draft["municipalities"]:
        name = _plain_name(row.text("name"))
        if name and name in first:
            message = f"Kommune {first[name]} har samme navn."
            yield at("municipalities", row, "name", message, "Kontrollér kode og navn på begge.")
        first.setdefault(name, row.text("code"))


def names_match_outlines(draft: Draft) -> Iterator[Fault]:
    """Code and name agree with the outlines: code 575 is Vejen, whatever a list may print beside it."""
    if draft.outlines is None:
        return
    official = dict(zip(draft.outlines["kommunekode"], draft.outlines["navn"], strict=True))
    code_of = {_plain_name(name): code for code, name in official.items()}
    for row in draft["municipalities"]:
        code, name = row.text("code"), row.text("name")
        if not code or not name:
            continue
        if code not in official:
            yield from _without_outline(draft, row.number, code, name, code_of)
        elif _plain_name(official[code]) != _plain_name(name):
            message = f"Kode {code} er {official[code]} i municipalities.geojson, ikke {name}."
            other = code_of.get(_plain_name(name))
            mend = f"Skriv {official[code]}" + (f"; {name} har kode {other}." if other else ".")
            yield at("municipalities", row, "name", message, mend)
    strangers = [f"{code} {name}" for code, name in official.items() if code not in draft.municipality_names]
    if strangers and draft["municipalities"].usable:
        message = f"Omridsene rummer kommuner, som regionen ikke har: {several(strangers)}."
        yield Fault(message, "De tegnes ikke.", "municipalities.geojson", severity="advarsel")


def _without_outline(draft: Draft, row: int, code: str, name: str, code_of: dict[str, str]) -> Iterator[Fault]:
    other = code_of.get(_plain_name(name))
    if other and other not in draft.municipality_names:
        message = f"{name} har kode {other} i municipalities.geojson, ikke {code}."
        yield Fault(message, f"Skriv {other}.", "municipalities", row, "code", code)
    else:
        message = f"{code} {name} har intet omrids og kan ikke vises på kortet."
        mend = "Tilføj omridset i municipalities.geojson."
        yield Fault(message, mend, "municipalities", row, "code", code, "advarsel")


def outlines_given(draft: Draft) -> Iterator[Fault]:
    """Without outlines there is no map."""
    if draft.outlines is None:
        mend = "Læg municipalities.geojson i mappen, hvis der skal være et kort."
        yield Fault("Regionen har ingen omrids, så den kan ikke vises på et kort.", mend, severity="advarsel")


def coordinates_in_order(draft: Draft) -> Iterator[Fault]:
    """Latitude and longitude haven't changed places: Denmark lies at 54-58° N, 8-16° E."""
    for name in ("municipalities", "offers", "candidates"):
        for row in draft[name]:
            latitude, longitude = row.number_or_none("latitude"), row.number_or_none("longitude")
            if latitude is None and longitude is None:
                continue
            if latitude is None or longitude is None:
                missing = "latitude" if latitude is None else "longitude"
                if missing not in row.bad:
                    yield at(name, row, missing, "Kun den ene koordinat er givet.", "Skriv begge eller ingen.")
            elif 7 <= latitude <= 16 and 54 <= longitude <= 58.5:
                message = "Breddegrad og længdegrad ser ud til at være byttet om."
                yield at(name, row, "latitude", message, "Byt dem om.", "advarsel")


def links_between_two(draft: Draft) -> Iterator[Fault]:
    """A travel link joins two municipalities."""
    for row in draft["travel_links"]:
        if row["from"] is not None and row["from"] == row["to"]:
            message = "Forbindelsen går fra kommunen til den selv."
            yield at("travel_links", row, "to", message, "Ret den ene kode, eller slet rækken.")


def reachable(draft: Draft) -> Iterator[Fault]:
    """Every municipality can reach every offer and candidate, by links or by a given time.

    A pair without a route is told of once, in one warning; residents without a route are a fault.
    """
    if not all(draft[name].usable for name in ("municipalities", "offers", "travel_links", "travel_times")):
        return
    if any(row[end] not in draft.municipality_names for row in draft["travel_links"] for end in ("from", "to")):
        return  # told already, and where the link should go is unknown
    part = _parts(draft)
    given = {(row.text("municipality"), row.text("offer_or_candidate")) for row in draft["travel_times"]}
    for row in draft["residents"]:
        code, offer = row.text("municipality"), draft.offers.get(row.text("offer"))
        if offer is None or code == UDENBYS or code not in part or (code, row.text("offer")) in given:
            continue
        if part[code] != part.get(offer.text("municipality"), part[code]) and row.whole("count"):
            message = f"Der bor borgere fra {draft.place(code)} i {offer['name']}, men der er ingen rejsevej dertil."
            mend = "Tilføj en række i travel_times, eller de forbindelser, der mangler i travel_links."
            yield at("residents", row, "offer", message, mend)
    lost = _lost(draft, part, given)
    if lost:
        told = several([f"{draft.place(code)} ({count})" for code, count in lost.items()])
        message = f"{sum(lost.values())} par af kommune og tilbud har ingen rejsevej og kan ikke bruges: {told}."
        mend = "Tilføj forbindelser i travel_links eller tider i travel_times."
        yield Fault(message, mend, "travel_links", severity="advarsel")


def _lost(draft: Draft, part: dict[str, int], given: set[tuple[str, str]]) -> dict[str, int]:
    """How many offers and candidates each municipality can't reach, those that it can reach all left out."""
    home = {
        row.text("id"): part[row.text("municipality")]
        for name in ("offers", "candidates")
        for row in draft[name]
        if row.text("municipality") in part
    }
    near = Counter(home.values())
    helped = Counter(code for code, id in given if code in part and id in home and home[id] != part[code])
    away = {code: len(home) - near[number] - helped[code] for code, number in part.items()}
    return {code: count for code, count in away.items() if count}


def _parts(draft: Draft) -> dict[str, int]:
    """Which connected part of the travel network each municipality lies in."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(draft.municipality_names)
    graph.add_edges_from((row.text("from"), row.text("to")) for row in draft["travel_links"])
    number_of = {code: number for number, part in enumerate(nx.connected_components(graph)) for code in part}
    return {code: number_of[code] for code in draft.municipality_names}
