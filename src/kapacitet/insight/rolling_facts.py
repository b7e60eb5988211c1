"""What last year's plan has made true by now, held against this year's data: nothing is lost silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from kapacitet.faults import Fault
from kapacitet.planning.records import Row, year_of
from kapacitet.region.danish import millions
from kapacitet.region.model import Region
from kapacitet.region.tables import split_list


@dataclass
class Carried:
    """What is carried on: starts (candidate, year) decided and planned, notes to the planner, faults and warnings."""

    committed: list[tuple[str, int]] = field(default_factory=list)
    previous: list[tuple[str, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def builds_carried(builds: pd.DataFrame, region: Region, first: int, drop: set[str]) -> Carried:
    """Begun projects as committed, planned ones as previous; what has become an offer is one, and counted once.

    A candidate in neither table is a fault, unless it is among ``drop``.
    """
    result = Carried()
    candidates = set(region.tables["candidates"]["id"])
    offers = {str(row["id"]): row for row in _records(region.tables["offers"])}
    for row in _of_kind(builds, "byg", drop):
        name, start = str(row["candidate"]), int(row["start_year"])
        decided = bool(row["committed"]) or start < first
        if name in candidates:
            (result.committed if decided else result.previous).append((name, start))
            if decided:
                result.faults += _opened_as_candidate(row, offers, first)
        elif name in offers:
            result.notes.append(f"{name} er nu et af regionens tilbud og står ikke længere blandt projekterne.")
            result.faults += _open_too_soon(row, offers[name], first)
        else:
            begun = f"er begyndt i {start}" if decided else f"skal begynde i {start}"
            mend = f"Føj den til candidates, eller til offers med samme id; er den opgivet, så brug --drop {name}."
            message = f"Kandidaten {begun} efter sidste plan, men findes ikke i regionen."
            result.faults.append(Fault(message, mend, "candidates", column="id", value=name))
    for starts in (result.committed, result.previous):
        starts.sort(key=lambda each: (each[1], each[0]))
    result.notes[:0] = [
        *_told(result.committed, "Besluttet, da byggeriet er begyndt eller var besluttet"),
        *_told(result.previous, "Sidste plans projekter, der ikke er begyndt"),
    ]
    return result


def ends_carried(builds: pd.DataFrame, region: Region, first: int, drop: set[str]) -> Carried:
    """Closures and conversions in effect must be in the table ``offers``; later ones are chosen anew.

    A scenario can't say that an offer has closed: the year without places is data, and so is whom a house is for.
    """
    result = Carried()
    offers = {str(row["id"]): row for row in _records(region.tables["offers"])}
    for row in (*_of_kind(builds, "luk", drop), *_of_kind(builds, "omlaeg", drop)):
        name, begins, effect = str(row["candidate"]), int(row["start_year"]), int(row["opening_year"])
        closing = row["kind"] == "luk"
        if begins >= first:
            what = "Lukningen" if closing else "Omlægningen"
            result.notes.append(f"{what} af {name} i {effect} er endnu ikke begyndt og vælges på ny.")
        elif name not in offers:
            result.notes.append(f"{name} findes ikke længere blandt regionens tilbud.")
        else:
            result.faults += _not_closed(row, offers[name]) if closing else _not_converted(row, offers[name], first)
    return result


def loans_used(
    frames: pd.DataFrame, region: Region, first: int, window: Sequence[int], *, same_data: bool
) -> Carried:
    """Loans drawn before the new first year must be off the amounts of pools that still run.

    ``window`` is the scenario's own years of the pools, empty where the table's hold.
    """
    mine = frames[(frames["kind"] != "faellesramme") & (frames["year"] < first)]
    drawn = float(mine["pool"].sum())
    pools = region.tables["loan_pools"]
    if drawn <= 0 or pools.empty or (window[1] if window else int(pools["last_year"].max())) < first:
        return Carried()
    message = f"Sidste plan trak {millions(drawn)} på lånepuljer før {first}; amount skal være det, der er tilbage."
    mend = (
        "Kontrollér beløbene."
        if not same_data
        else "Ret beløbene i en ny udgave af regionen, og giv den med --region."
    )
    severity: Any = "fejl" if same_data else "advarsel"
    return Carried(faults=[Fault(message, mend, "loan_pools", column="amount", severity=severity)])


def residents_counted(region: Region, first: int) -> Carried:
    """A warning where residents were counted so long ago that the plan's own first year isn't among them."""
    counted = region.tables["residents"]["as_of"].astype(str)
    if counted.empty or counted.max() >= f"{first - 1}-12-31":
        return Carried()
    message = f"Beboerne er senest talt {counted.max()[:10]}; hvem der siden er flyttet ind, kendes ikke."
    mend = "Giv nyere data med --region, når de er talt."
    return Carried(faults=[Fault(message, mend, "residents", column="as_of", severity="advarsel")])


def _opened_as_candidate(row: Row, offers: dict[str, Row], first: int) -> Iterator[Fault]:
    """Warnings about a house that has opened but is still a candidate."""
    name, opened = str(row["candidate"]), int(row["opening_year"])
    like = [other for other, offer in sorted(offers.items()) if _same_house(row, offer)]
    if like:
        message = f"Tilbuddet «{like[0]}» ligner det hus, der er begyndt; står det begge steder, tæller det to gange."
        mend = f"Slet kandidaten, og brug --drop {name}, hvis det er det samme hus."
        yield Fault(message, mend, "candidates", column="id", value=name, severity="advarsel")
    elif opened < first:
        message = (
            f"Huset åbnede i {opened} efter sidste plan, men er stadig en kandidat, så ingen regnes for at bo der."
        )
        mend = "Flyt rækken til offers med samme id, når beboerne er talt."
        yield Fault(message, mend, "candidates", column="id", value=name, severity="advarsel")


def _same_house(row: Row, offer: Row) -> bool:
    """Whether an offer opened with (or after) the house, in the same place, for the same owner, groups and number."""
    opened = year_of(offer, "opened")
    return (
        opened is not None
        and opened >= int(row["start_year"])
        and all(str(row[key]) == str(offer[key]) for key in ("municipality", "owner_type", "owner"))
        and float(row["places"]) == float(offer["places"])
        and set(split_list(row["target_groups"])) == set(split_list(offer["target_groups"]))
    )


def _open_too_soon(row: Row, offer: Row, first: int) -> Iterator[Fault]:
    """A house still being built that the table takes for open."""
    opens, stated = int(row["opening_year"]), year_of(offer, "opened")
    if opens > first and (stated is None or stated <= first):
        message = f"Huset åbner først i {opens} efter sidste plan, men regnes for åbent i {first}."
        mend = "Ret opened, hvis det ikke er åbnet før tid."
        yield Fault(message, mend, "offers", column="opened", value=str(row["candidate"]), severity="advarsel")


def _not_closed(row: Row, offer: Row) -> Iterator[Fault]:
    if year_of(offer, "closes") is None:
        name, year = str(row["candidate"]), int(row["opening_year"])
        message = f"Tilbuddet lukkede i {year} efter sidste plan, men har intet lukkeår."
        mend = f"Skriv {year} i closes; lukkede det ikke, så brug --drop {name}."
        yield Fault(message, mend, "offers", column="closes", value=name)


def _not_converted(row: Row, offer: Row, first: int) -> Iterator[Fault]:
    if set(split_list(offer["target_groups"])) != set(split_list(row["target_groups"])):
        name, effect = str(row["candidate"]), int(row["opening_year"])
        when = f"er omlagt i {effect}" if effect <= first else f"er under omlægning og klar i {effect}"
        message = f"Tilbuddet {when} efter sidste plan, men har andre målgrupper."
        mend = f"Skriv {row['target_groups']}; gælder omlægningen ikke, så brug --drop {name}."
        yield Fault(message, mend, "offers", column="target_groups", value=name)


def _of_kind(builds: pd.DataFrame, kind: str, drop: set[str]) -> list[Row]:
    rows = _records(builds[builds["kind"] == kind])
    return [row for row in rows if not drop & {str(row["candidate"]), str(row["project"])}]


def _records(table: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def _told(starts: list[tuple[str, int]], what: str) -> list[str]:
    return [f"{what}: {', '.join(f'{name} ({year})' for name, year in starts)}."] if starts else []
