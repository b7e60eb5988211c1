"""The check of those who live in bought places against how many can be bought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS, UDENFOR
from kapacitet.region.danish import danish
from kapacitet.region.records import Record
from kapacitet.region.validation.draft import Draft, at
from kapacitet.region.validation.residents import thinned

_ROUNDING: Final = 1e-9


def places_to_be_had(draft: Draft) -> Iterator[Fault]:
    """ΣR ≤ available: who lives in ``udenfor:<group>`` stays there, so as many places must be to be had each year.

    R is thinned, and scaled down where a later year's lowest projection is below all a municipality's residents. A
    row of ``purchase_prices`` holds until the next; before the first, the first holds.
    """
    years = sorted({year for row in draft["demand"] if (year := row.whole("year")) is not None})
    stated: dict[str, dict[int, Record]] = defaultdict(dict)
    for row in draft["purchase_prices"]:
        if (year := row.whole("year")) is not None:
            stated[row.text("target_group")][year] = row
    told: set[int] = set()
    for year in years:
        for group, living in _in_bought_places(draft, year, scaled=year > years[0]).items():
            if not stated[group]:
                continue
            row = stated[group][max((y for y in stated[group] if y <= year), default=min(stated[group]))]
            most = row.number_or_none("available")
            if most is None or living <= most + _ROUNDING or row.number in told:
                continue
            told.add(row.number)
            count = danish(living, 2)
            message = f"I {year} bor {count} i {UDENFOR}{group}, men der kan kun købes {danish(most, 2)}."
            yield at("purchase_prices", row, "available", message, f"Skriv mindst {count}, eller ret residents.")


def _in_bought_places(draft: Draft, year: int, *, scaled: bool) -> Mapping[str, float]:
    """Group -> place-years of residents in bought places."""
    lowest = {
        (row.text("municipality"), row.text("target_group")): row.number_or_none("low")
        for row in draft["demand"]
        if row["year"] == year
    }
    bought: dict[tuple[str, str], float] = defaultdict(float)
    placed: dict[tuple[str, str], float] = defaultdict(float)
    for row in draft["residents"]:
        if row["municipality"] == UDENBYS:
            continue
        key, count = (row.text("municipality"), row.text("target_group")), thinned(draft, row, year)
        placed[key] += count
        if row.text("offer") == UDENFOR + row.text("target_group"):
            bought[key] += count
    found: dict[str, float] = defaultdict(float)
    for (code, group), count in bought.items():
        need, everybody = lowest.get((code, group)), placed[code, group]
        share = min(1.0, need / everybody) if scaled and need is not None and everybody > 0 else 1.0
        found[group] += count * share
    return found
