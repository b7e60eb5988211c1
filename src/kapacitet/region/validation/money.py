"""Checks of prices, keys and price years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from kapacitet.faults import Fault
from kapacitet.region.danish import danish
from kapacitet.region.records import Record
from kapacitet.region.tables import split_list
from kapacitet.region.validation.draft import Draft, at, several


def step_price_given(draft: Draft) -> Iterator[Fault]:
    """The price of a support step is given for the price year, if any group pays an ydelsestakst."""
    steps = [row.number_or_none("support_step") for row in draft["target_groups"]]
    prices = draft["support_step_price"]
    if draft.price_year is None or not prices.usable or not any(step and step > 0.5 for step in steps):
        return
    if draft.price_year not in {row["year"] for row in prices}:
        yield Fault(
            f"Der mangler en pris pr. ydelsestrin for prisåret {draft.price_year}.",
            "Tilføj rækken; 0,5 trin betyder ingen ydelsestakst.",
            "support_step_price",
            column="year",
        )


def agreed_prices_apply(draft: Draft) -> Iterator[Fault]:
    """An agreed price is for a target group that the offer is open to."""
    for row in draft["agreed_prices"]:
        offer, group = draft.offers.get(row.text("offer")), row.text("target_group")
        if offer is not None and offer["target_groups"] and group in draft.groups:
            groups = split_list(offer["target_groups"])
            if group not in groups:
                message = f"{offer['name']} er ikke for {group}, men for {', '.join(groups)}."
                yield at("agreed_prices", row, "target_group", message, "Ret målgruppen eller tilbuddet.")


def keys_complete(draft: Draft) -> Iterator[Fault]:
    """A key weighs every municipality, and not all of them 0."""
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for row in draft["keys"]:
        weights[row.text("key")][row.text("municipality")] = row.number_or_none("weight") or 0.0
    first = {row.text("key"): row for row in reversed(draft["keys"].rows)}
    bad = {row.text("key") for row in draft["keys"] if row.bad}
    for key, given in weights.items():
        missing = [draft.place(code) for code in draft.municipality_names if code not in given]
        if missing:
            message = f"Nøglen {key} mangler {several(missing)}."
            yield Fault(message, "Tilføj en række pr. kommune, med 0 for dem, der ikke betaler.", "keys")
        if not any(given.values()) and key not in bad:
            message = f"Alle vægte i nøglen {key} er 0."
            yield at("keys", first[key], "weight", message, "Skriv mindst én vægt over 0.")


def refund_percents_rise(draft: Draft) -> Iterator[Fault]:
    """Within a year the state refunds more of what lies above a higher threshold (SEL §176)."""
    years: dict[int, list[tuple[float, float, Record]]] = defaultdict(list)
    for row in draft["refund_thresholds"]:
        year, threshold, percent = row.whole("year"), row.number_or_none("threshold"), row.number_or_none("percent")
        if year is not None and threshold is not None and percent is not None:
            years[year].append((threshold, percent, row))
    for year, steps in years.items():
        for (lower, before, _), (_, percent, row) in pairwise(sorted(steps, key=itemgetter(0))):
            if percent <= before:
                message = (
                    f"Procenten stiger ikke: over {danish(lower, 2)} kr. refunderes {danish(before, 2)} % i {year}."
                )
                mend = "Ret procenten eller grænsen; den højere grænse har normalt den højere procent."
                yield at("refund_thresholds", row, "percent", message, mend, "advarsel")


def purchase_prices_given(draft: Draft) -> Iterator[Fault]:
    """Each target group has a price somewhere, or nothing can be bought for it."""
    prices = draft["purchase_prices"]
    priced = {row["target_group"] for row in prices}
    for id, group in draft.groups.items():
        if prices.usable and id not in priced:
            message = f"{group['name']} har ingen pris, så der kan ikke købes pladser privat."
            mend = "Tilføj en pris pr. år, hvis der kan købes."
            yield Fault(message, mend, "purchase_prices", severity="advarsel")


def figures_comparable(draft: Draft) -> Iterator[Fault]:
    """Reference figures of other price years, or of persons beside places, aren't mixed unseen.

    Persons over a year are a flow and places on a day a stock: no occupancy can be derived from the two.
    """
    if draft.price_year is None:
        return
    other: dict[str, list[str]] = defaultdict(list)
    for row in draft["figures"]:
        years = re.findall(r"(?:19|20)[0-9]{2}", row.text("period"))
        if "kr" in row.text("unit") and years and str(draft.price_year) not in years:
            other[years[-1]].append(row.text("id"))
    if other:
        years_told = "; ".join(f"{year}: {several(ids, 3)}" for year, ids in sorted(other.items()))
        message = f"Referencetal i kr. er fra andre år end prisåret {draft.price_year} ({years_told})."
        mend = "Sammenlign dem ikke med pakkens beløb uden at regne om med pl_index."
        yield Fault(message, mend, "figures", severity="advarsel")
    units = {row.text("unit") for row in draft["figures"]}
    if units & {"persons", "personer"} and units & {"places", "pladser"}:
        message = "Tallene tæller både personer i løbet af et år og pladser på en dag."
        mend = "Beregn aldrig belægning af dem; de dækker ikke det samme."
        yield Fault(message, mend, "figures", severity="advarsel")
