"""Today's placements, made up so that the offers are nearly full and people live near home."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from files import ILLUSTRATIV, Row, read_input
from municipal import GROUPS, TEMPORARY, YEARS, apportion, base_demand, demand_from_population
from supply import AS_OF

SEED = 20260102
SHARED_OCCUPANCY, PRICED_OCCUPANCY = 0.945, 0.82
OUTSIDE = {"autisme": 5, "dom": 3, "dobbeltdiagnose": 4}
GUESTS = {
    "reg-nymarksvej": "autisme",
    "reg-holmehoejvej": "autisme",
    "reg-teglgaardsparken": "autisme",
    "kom-580-autisme-1": "autisme",
    "reg-oestruplund": "dom",
    "reg-midgaardhus-108": "dom",
    "kom-461-dobbeltdiagnose-1": "dobbeltdiagnose",
    "kom-561-dobbeltdiagnose-1": "dobbeltdiagnose",
}
MORE_GUESTS = {"reg-oestruplund": 3, "reg-nymarksvej": 2}
SECOND_GROUP_SHARE = 0.25
TEMPORARY_ONLY, LASTING_ONLY = {"sel107"}, {"sel108", "abl105"}


@cache
def minutes() -> dict[tuple[str, str], float]:
    """Shortest travel time between any two municipalities over the links."""
    codes = [row["municipality_code"] for row in read_input("seats.csv")]
    time = {(a, b): 0.0 if a == b else math.inf for a in codes for b in codes}
    for link in read_input("travel_links.csv"):
        for pair in ((link["from_code"], link["to_code"]), (link["to_code"], link["from_code"])):
            time[pair] = min(time[pair], float(link["minutes"]))
    for via in codes:
        for a in codes:
            for b in codes:
                time[a, b] = min(time[a, b], time[a, via] + time[via, b])
    return time


def occupied(offers: Sequence[Row]) -> dict[str, int]:
    """Places in use in each offer: nearly full, the empty places spread by size."""
    result: dict[str, int] = {}
    for shared, share in ((True, SHARED_OCCUPANCY), (False, PRICED_OCCUPANCY)):
        places = {str(o["id"]): int(o["places"] or 0) for o in offers if o["in_rammeaftale"] is shared}
        empty = round((1 - share) * sum(places.values()))
        gaps = apportion(empty, {name: float(n) for name, n in places.items()})
        result |= {name: places[name] - gaps[name] for name in places}
    return result


def by_group(offers: Sequence[Row]) -> dict[tuple[str, str], int]:
    """Places in use by residents of the region, by offer and group; guests from elsewhere taken off."""
    used = occupied(offers)
    result = {}
    for offer in offers:
        name, groups = str(offer["id"]), str(offer["target_groups"]).split(";")
        own = used[name] - guests(name)
        second = round(SECOND_GROUP_SHARE * own) if len(groups) == 2 else 0
        result[name, groups[0]] = own - second
        if second:
            result[name, groups[1]] = second
    return result


def guests(offer: str) -> int:
    """Residents of the offer whose municipality lies outside the region."""
    return MORE_GUESTS.get(offer, 1) if offer in GUESTS else 0


def most_residents(group: str) -> dict[str, int]:
    """No more residents than the demand of 2026, by the table and by the population."""
    base = base_demand()[group]
    return {code: min(n, int(demand_from_population(group, code, YEARS[0]))) for code, n in base.items()}


def residents(offers: Sequence[Row]) -> list[Row]:
    """One row per municipality, group and offer, guests and outside placements last."""
    used = by_group(offers)
    rng = random.Random(SEED)
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for group in GROUPS:
        slots = {name: n for (name, g), n in used.items() if g == group}
        most = most_residents(group)
        total = sum(slots.values()) + OUTSIDE[group]
        if total > sum(most.values()):
            raise ValueError(f"{group}: {total} residents, at most {sum(most.values())}")
        homes = apportion(total, {code: float(n) for code, n in most.items()}, most)
        for (code, name), n in _placed(homes, slots, offers, group, rng).items():
            counts[code, group, name] += n
    for name, group in GUESTS.items():
        counts["udenbys", group, name] = guests(name)
    return [
        {
            "municipality": code,
            "target_group": group,
            "offer": name,
            "count": n,
            "as_of": AS_OF,
            "source": "Konstrueret: tilbuddene er næsten fulde, og de fleste bor nær hjemkommunen",
            "evidence": ILLUSTRATIV,
        }
        for (code, group, name), n in sorted(counts.items())
        if n
    ]


def _placed(
    homes: Mapping[str, int], slots: Mapping[str, int], offers: Sequence[Row], group: str, rng: random.Random
) -> dict[tuple[str, str], int]:
    """Fill the slots from near by; first within each municipality's split of terms, then without."""
    offer_of = {str(offer["id"]): offer for offer in offers}
    need, free = dict(homes), dict(slots)
    room = {code: _term_room(n, group) for code, n in homes.items()}
    pairs = sorted(
        (minutes()[code, str(offer_of[name]["municipality"])] + rng.uniform(0, 30), code, name)
        for code in homes
        for name in slots
    )
    result: dict[tuple[str, str], int] = defaultdict(int)
    for strict in (True, False):
        for _, code, name in pairs:
            term = _term(str(offer_of[name]["legal_basis"]))
            n = min(need[code], free[name])
            if strict and term is not None:
                n = min(n, room[code][term])
                room[code][term] -= n
            need[code] -= n
            free[name] -= n
            result[code, name] += n
    for code, n in need.items():
        result[code, f"udenfor:{group}"] = n
    return result


def _term(legal_basis: str) -> str | None:
    """The term an offer's residents have; None where both are possible."""
    basis = set(legal_basis.split(";"))
    if basis <= TEMPORARY_ONLY:
        return "midlertidig"
    return "langvarig" if basis <= LASTING_ONLY else None


def _term_room(people: int, group: str) -> dict[str, int]:
    temporary = math.ceil(TEMPORARY[group] * people)
    return {"midlertidig": temporary, "langvarig": people - math.floor(TEMPORARY[group] * people)}
