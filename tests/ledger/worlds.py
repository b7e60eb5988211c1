"""Cases for the tests of the ledger: the model's worked example, and random ones as Hypothesis draws them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kapacitet.faults import Fault, FaultyInput
from kapacitet.ledger import SCHEMES, Entry, OfferYear, settle_year
from kapacitet.ledger.case import Case, parse_case

VARDE, ESBJERG, VEJEN, FANOE = "573", "561", "575", "563"
USE = {
    0: {VARDE: 4, ESBJERG: 6, VEJEN: 2},
    1: {VARDE: 6, ESBJERG: 8, VEJEN: 3},
    2: {VARDE: 6, ESBJERG: 9, VEJEN: 4},
}
WORKED: dict[str, Any] = {
    "offer": {
        "name": "Nyt botilbud",
        "owner": VARDE,
        "places": 20,
        "fixed_cost": 40_000_000,
        "variable_cost": Decimal("526315.789473684210526315789"),  # 10 000 000 / 19
        "budgeted_occupancy": Decimal("0.95"),
        "startup_occupancy": [Decimal("0.70"), Decimal("0.85")],
    },
    "use": [
        {"year": year, "municipality": code, "place_years": n}
        for year, used in USE.items()
        for code, n in used.items()
    ],
    "scheme": {
        "name": "standard",
        "subscriptions": {ESBJERG: 8, VEJEN: 4, FANOE: 1},
        "key": {VARDE: 49798, ESBJERG: 115423, VEJEN: 42800, FANOE: 3357},
    },
}
for _row in WORKED["use"]:
    _row["year"] += 2026


def worked(**changes: Mapping[str, Any] | list[Any]) -> dict[str, Any]:
    """The worked example with keys changed; a key of None is taken out, a list replaces the section."""
    document = copy.deepcopy(WORKED)
    for section, change in changes.items():
        if isinstance(change, Mapping):
            document.setdefault(section, {}).update(change)
            document[section] = {key: value for key, value in document[section].items() if value is not None}
        else:
            document[section] = change
    return document


def use(*rows: tuple[int, str, Any], **more: Any) -> list[dict[str, Any]]:
    """Rows of ``[[use]]``: year, municipality, place-years."""
    return [{"year": year, "municipality": code, "place_years": n, **more} for year, code, n in rows]


def case_of(document: Mapping[str, Any], scheme: str = "standard") -> Case:
    """The case of a document."""
    return parse_case(document, "sag.toml", Path(), scheme)


def years_of(document: Mapping[str, Any]) -> tuple[OfferYear, ...]:
    """The offer-years of a case with a single future."""
    return case_of(document).futures[0].years


def settled(document: Mapping[str, Any], scheme: str) -> list[Entry]:
    """Every entry of a case with a single future."""
    case = case_of(document, scheme)
    return [entry for year in case.futures[0].years for entry in settle_year(year, case.agreement, SCHEMES[scheme])]


def book(document: Mapping[str, Any], scheme: str, concerns: int | None = None) -> dict[tuple[int, str, str], str]:
    """Kr. as text by year booked, kind and payer; of one year concerned, or of all."""
    return {
        (entry.booked_year, entry.kind, entry.payer): str(entry.amount)
        for entry in settled(document, scheme)
        if concerns in (None, entry.concerns_year)
    }


def faults_of(document: Mapping[str, Any], scheme: str | None = None) -> tuple[Fault, ...]:
    """Every fault of a document."""
    try:
        parse_case(document, "sag.toml", Path(), scheme)
    except FaultyInput as error:
        return error.faults
    return ()


def floats(value: Any) -> Any:
    """A document with floats for decimals."""
    if isinstance(value, Mapping):
        return {key: floats(each) for key, each in value.items()}
    if isinstance(value, list):
        return [floats(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


CODES = ("410", "420", "430", "440", "751")
SHARES = st.integers(0, 1000).map(lambda n: Decimal(n) / 1000)
OCCUPANCY = st.integers(300, 1000).map(lambda n: Decimal(n) / 1000)
KRONER = st.integers(0, 5_000_000_00).map(lambda n: Decimal(n) / 100)


@st.composite
def documents(draw: st.DrawFn, *, groups: bool = True) -> dict[str, Any]:
    """A faultless case: one to three years, up to five buyers (751 from outside), some years with nobody there."""
    places = draw(st.integers(1, 24))
    ids = draw(st.sampled_from([[], ["autisme", "dom"]])) if groups else []
    offer: dict[str, Any] = {
        "name": "Prøve",
        "owner": draw(st.sampled_from(CODES[:4])),
        "places": places,
        "fixed_cost": draw(st.integers(0, 60_000_000_00)) / Decimal(100),
        "budgeted_occupancy": draw(OCCUPANCY),
        "startup_occupancy": draw(st.lists(OCCUPANCY, max_size=2)),
        "opened": 2026 - draw(st.integers(0, 2)),
    }
    if ids:
        offer["groups"] = [{"id": id, "variable_cost": draw(KRONER)} for id in ids]
        offer["groups"][0]["supplement"] = draw(KRONER)
        if draw(st.booleans()):
            offer["groups"][1]["takst_cap"] = draw(KRONER)
    else:
        offer["variable_cost"] = draw(KRONER)
    cells = [(code, id) for code in CODES for id in ids or [None]]
    rows = []
    for year in range(2026, 2026 + draw(st.integers(1, 3))):
        wanted = [draw(st.integers(0, 1000)) for _ in cells] if draw(st.booleans()) else [0] * len(cells)
        share = draw(st.sampled_from([places * 100, places * 77, places * 30])) / max(sum(wanted), 1)
        for (code, id), weight in zip(cells, wanted, strict=True):
            row = {"year": year, "municipality": code, "place_years": Decimal(int(weight * share)) / 100}
            rows.append(row | ({"group": id} if id else {}))
    prices = [
        {"municipality": code, "price": draw(KRONER)} for code in draw(st.sets(st.sampled_from(CODES), max_size=2))
    ]
    subscribers = draw(st.lists(st.sampled_from(CODES[:4]), unique=True, max_size=4))
    each = Decimal(places) / max(len(subscribers), 1)
    scheme = {
        "name": "standard",
        "owner_limit": draw(SHARES) / 5,
        "lag": draw(st.integers(0, 4)),
        "alpha": draw(SHARES),
        "psi": draw(SHARES),
        "guarantee_years": draw(st.integers(0, 3)),
        "guarantee_share": draw(SHARES),
        "subscriptions": {code: _share(each.quantize(Decimal("0.01")), draw(SHARES), ids) for code in subscribers},
        "key": {code: draw(st.integers(1, 120_000)) for code in CODES[:4]},
    }
    return {"external": ["751"], "offer": offer, "use": rows, "price": prices, "scheme": scheme}


def _share(most: Decimal, share: Decimal, ids: list[str]) -> Any:
    """At most ``most`` places; split on groups where there are any."""
    amount = (most * share / (len(ids) or 1)).quantize(Decimal("0.01"), "ROUND_DOWN")
    return dict.fromkeys(ids, amount) if ids else amount
