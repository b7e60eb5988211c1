"""Checks of today's residents against offers, places and demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS, UDENFOR
from kapacitet.region.danish import danish
from kapacitet.region.records import Record
from kapacitet.region.tables import split_list
from kapacitet.region.validation.draft import Draft, at

_ROUNDING: Final = 1e-9


def groups_fit(draft: Draft) -> Iterator[Fault]:
    """Residents live in an offer for their target group; ``udenfor:<group>`` names their own group."""
    for row in draft["residents"]:
        offer, group = row.text("offer"), row.text("target_group")
        if not offer or not group:
            continue
        if offer.startswith(UDENFOR):
            if offer != UDENFOR + group and offer.removeprefix(UDENFOR) in draft.groups:
                message = f"Rækken gælder {group}."
                yield at("residents", row, "offer", message, f"Skriv {UDENFOR}{group}, eller ret target_group.")
            if row["municipality"] == UDENBYS:
                message = "Udenbys beboere i tilbud uden for listen vedrører ikke regionen."
                yield at("residents", row, "municipality", message, "Slet rækken.")
        elif (known := draft.offers.get(offer)) and known["target_groups"] and group in draft.groups:
            groups = split_list(known["target_groups"])
            if group not in groups:
                message = f"{known['name']} er ikke for {group}, men for {', '.join(groups)}."
                mend = "Ret målgruppen, eller tilføj den i tilbuddets target_groups."
                yield at("residents", row, "target_group", message, mend)


def offer_is_open(draft: Draft) -> Iterator[Fault]:
    """Nobody lives in an offer before it opens or after it has closed."""
    for row in draft["residents"]:
        offer = draft.offers.get(row.text("offer"))
        if offer is None or not row.text("as_of") or not row.whole("count"):
            continue
        year = int(row.text("as_of")[:4])
        opened, closes = offer.whole("opened"), offer.whole("closes")
        if opened is not None and year < opened:
            message = f"{offer['name']} åbner først i {opened}, men har beboere i {year}."
            yield at("residents", row, "as_of", message, "Ret opened eller as_of.")
        if closes is not None and year >= closes:
            message = f"{offer['name']} har ingen pladser fra {closes}, men har beboere i {year}."
            yield at("residents", row, "as_of", message, "Ret closes eller as_of.")


def fit_places(draft: Draft) -> Iterator[Fault]:
    """ΣR ≤ P·(1 + over-occupancy): an offer has a place for each of its residents, those from outside included."""
    living: dict[str, int] = defaultdict(int)
    outside: dict[str, int] = defaultdict(int)
    for row in draft["residents"]:
        count = row.whole("count") or 0
        living[row.text("offer")] += count
        if row["municipality"] == UDENBYS:
            outside[row.text("offer")] += count
    for id, offer in draft.offers.items():
        places = offer.whole("places")
        if places is None or living[id] <= places * (1 + draft.over_occupancy) + _ROUNDING:
            continue
        udenbys = f", heraf {outside[id]} udenbys" if outside[id] else ""
        message = f"{offer['name']} har {places} pladser, men {living[id]} beboere{udenbys}."
        yield at("offers", offer, "places", message, "Ret places, eller ret count i residents.")


def within_demand(draft: Draft) -> Iterator[Fault]:
    """ΣR ≤ d: those placed are part of the central demand of the first year, thinned from the day of counting.

    R in year t = count · (1 − attrition)^(t − year of ``as_of``), never with a negative exponent.
    """
    years = [year for row in draft["demand"] if (year := row.whole("year")) is not None]
    if not years:
        return
    first = min(years)
    demand = {
        (row.text("municipality"), row.text("target_group")): row
        for row in draft["demand"]
        if row["year"] == first and row["central"] is not None
    }
    placed: dict[tuple[str, str], float] = defaultdict(float)
    for row in draft["residents"]:
        placed[row.text("municipality"), row.text("target_group")] += thinned(draft, row, first)
    for (code, group), count in placed.items():
        need = demand.get((code, group))
        central = need.number_or_none("central") if need else None
        if central is not None and count > central + _ROUNDING:
            message = (
                f"{draft.place(code)} har {danish(count, 2)} beboere med {group} i {first}, men kun "
                f"{danish(central, 2)} i behov. Behovet er alle, også de allerede anbragte."
            )
            yield at("demand", need, "central", message, f"Skriv mindst {danish(count, 2)}, eller ret residents.")


def thinned(draft: Draft, row: Record, year: int) -> float:
    """The residents of a row that are left in a year."""
    count = row.whole("count") or 0
    group = draft.groups.get(row.text("target_group"))
    attrition = (group.number_or_none("attrition") if group else None) or 0.0
    if not row.text("as_of"):
        return float(count)
    return count * (1 - attrition) ** max(0, year - int(row.text("as_of")[:4]))
