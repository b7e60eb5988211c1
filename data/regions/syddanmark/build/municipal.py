"""Municipalities, target groups, demand, population and allocation keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from files import FAKTISK, FORUDSAETNING, ILLUSTRATIV, Row, read_input
from money import SUPPORT_STEP

YEARS = range(2026, 2038)
GROUP_NAMES = {
    "autisme": "Autisme i svær og massiv grad",
    "dom": "Udviklingshæmning og dom",
    "dobbeltdiagnose": "Dobbeltdiagnose (misbrug og psykiatri)",
}
GROUPS = tuple(GROUP_NAMES)
BASE = {"autisme": 210, "dom": 110, "dobbeltdiagnose": 150}
GROWTH = {
    "autisme": (0.01, 0.035, 0.076),
    "dom": (0.01, 0.02, 0.05),
    "dobbeltdiagnose": (0.01, 0.025, 0.05),
}
ATTRITION = {"autisme": 0.04, "dom": 0.07, "dobbeltdiagnose": 0.10}
TEMPORARY = {"autisme": 0.25, "dom": 0.35, "dobbeltdiagnose": 0.55}
AREAS = {
    "Trekantområdet": ("410", "607", "621", "630"),
    "Sydvestjylland": ("530", "561", "563", "573", "575"),
    "Sønderjylland": ("510", "540", "550", "580"),
    "Fyn": ("420", "430", "440", "450", "461", "479", "480", "482", "492"),
}
AREA_OF = {code: area for area, codes in AREAS.items() for code in codes}
# Ages, share of the population today, growth a year, and how much likelier than the mean a need is.
AGES = (
    (18, 29, 0.135, 0.000, {"autisme": 2.2, "dom": 1.6, "dobbeltdiagnose": 1.1}),
    (30, 44, 0.170, 0.006, {"autisme": 1.4, "dom": 1.6, "dobbeltdiagnose": 1.7}),
    (45, 64, 0.265, -0.004, {"autisme": 0.7, "dom": 0.9, "dobbeltdiagnose": 1.0}),
    (65, 120, 0.230, 0.013, {"autisme": 0.2, "dom": 0.2, "dobbeltdiagnose": 0.3}),
)
RATE_LEVEL = 1.10
POPULATION_SOURCE = "Udlændingestyrelsen, landstal for 2025 (bilag A), fra Danmarks Statistik, 1. januar 2024"


@cache
def populations() -> dict[str, int]:
    """Persons on 1 January 2024 by municipality code."""
    return {row["municipality_code"]: int(row["population_2024"]) for row in read_input("population.csv")}


def apportion(total: int, weights: Mapping[str, float], most: Mapping[str, int] | None = None) -> dict[str, int]:
    """Whole numbers that add up to ``total``, by weight (largest remainders, ties by name), at most ``most``."""
    result = dict.fromkeys(weights, 0)
    free = {name for name in weights if weights[name] > 0}
    left = total
    while left > 0 and free:
        whole = sum(weights[name] for name in free)
        ideal = {name: left * weights[name] / whole for name in free}
        step = {name: int(value) for name, value in ideal.items()}
        rest = left - sum(step.values())
        for name in sorted(free, key=lambda n: (step[n] - ideal[n], n))[:rest]:
            step[name] += 1
        for name in sorted(free):
            room = step[name] if most is None else min(step[name], most[name] - result[name])
            result[name] += room
            left -= room
            if most is not None and result[name] >= most[name]:
                free.discard(name)
    if left:
        raise ValueError(f"{left} of {total} can't be placed")
    return result


def municipalities() -> list[Row]:
    """One row per municipality; the planning areas are the catchments known from the sources."""
    seats = {row["municipality_code"]: row for row in read_input("seats.csv")}
    rows: list[Row] = []
    for line in read_input("population.csv"):
        code = line["municipality_code"]
        seat = seats[code]
        rows.append(
            {
                "code": code,
                "name": line["name"],
                "population": int(line["population_2024"]),
                "seat": seat["seat"],
                "latitude": float(seat["latitude"]),
                "longitude": float(seat["longitude"]),
                "group": AREA_OF[code],
                "source": f"{POPULATION_SOURCE}; hovedby og koordinater: GeoNames; "
                "planområde: planlæggerens inddeling (Middelfart kan også regnes til Fyn)",
                "evidence": FAKTISK,
            }
        )
    return rows


def target_groups() -> list[Row]:
    """The three groups that are short of places."""
    return [
        {
            "id": group,
            "name": name,
            "support_step": SUPPORT_STEP[group],
            "attrition": ATTRITION[group],
            "temporary_share": TEMPORARY[group],
            "complex": True,
            "source": "Målgruppen: KKR Syddanmark juni 2023, Handlemuligheder; "
            "støttetrin, afgang og midlertidig andel: planlæggerens forudsætning",
            "evidence": FORUDSAETNING,
        }
        for group, name in GROUP_NAMES.items()
    ]


def base_demand() -> dict[str, dict[str, int]]:
    """Place-years in 2026 by group and municipality: the group's total by population, in whole places."""
    people = {code: float(n) for code, n in populations().items()}
    return {group: apportion(total, people) for group, total in BASE.items()}


def demand() -> list[Row]:
    """Low, central and high demand by year; growth after 2026 falls by population."""
    people = populations()
    whole = sum(people.values())
    base = base_demand()
    rows: list[Row] = []
    for code in people:
        for group in GROUPS:
            for year in YEARS:
                growth = [(1 + rate) ** (year - YEARS[0]) - 1 for rate in GROWTH[group]]
                added = [BASE[group] * people[code] / whole * share for share in growth]
                low, central, high = (round(base[group][code] + more, 4) for more in added)
                rows.append(
                    {
                        "municipality": code,
                        "target_group": group,
                        "year": year,
                        "low": low,
                        "central": central,
                        "high": high,
                        "tier": "retskrav",
                        "source": "Niveau 2026 og vækst: planlæggerens forudsætning, fordelt efter indbyggertal "
                        "(høj vækst for autisme: KL's stikprøve 2015-2020)",
                        "evidence": FORUDSAETNING,
                    }
                )
    return rows


def projected(people: float, share: float, growth: float, year: int) -> float:
    """Persons of an age class in a year of the illustrative projection, from all persons in 2024."""
    return people * share * (1 + growth) ** (year - 2024)


def population_projection() -> list[Row]:
    """Adults by age class: today's population, a common age profile and a common growth."""
    people = populations()
    return [
        {
            "municipality": code,
            "age_from": first,
            "age_to": last,
            "year": year,
            "persons": float(round(projected(people[code], share, growth, year))),
            "source": "Konstrueret: indbyggertal 2024, fælles alderssammensætning og fælles vækst",
            "evidence": ILLUSTRATIV,
        }
        for code in people
        for first, last, share, growth, _ in AGES
        for year in YEARS
    ]


@cache
def rates() -> dict[str, list[float]]:
    """Rate per person by group and age class, at a level 10 % above the demand of 2026.

    Rates are constant, so population alone explains only a small part of the growth in the demand table; the
    level makes the two agree over the whole period instead of in its first year.
    """
    whole = sum(populations().values())
    result = {}
    for group in GROUPS:
        weighted = sum(
            projected(whole, share, growth, YEARS[0]) * relative[group] for _, _, share, growth, relative in AGES
        )
        result[group] = [RATE_LEVEL * BASE[group] / weighted * relative[group] for *_, relative in AGES]
    return result


def demand_from_population(group: str, code: str, year: int) -> float:
    """Demand of a municipality by the illustrative population and rates (place-years)."""
    people = populations()[code]
    return sum(
        rate * projected(people, share, growth, year)
        for rate, (_, _, share, growth, _) in zip(rates()[group], AGES, strict=True)
    )


def demand_rates() -> list[Row]:
    """Rate per person by group and age class."""
    return [
        {
            "target_group": group,
            "age_from": first,
            "age_to": last,
            "rate": round(rate, 8),
            "source": "Konstrueret: afstemt med behovstabellens niveau over planperioden",
            "evidence": ILLUSTRATIV,
        }
        for group, by_age in rates().items()
        for (first, last, *_), rate in zip(AGES, by_age, strict=True)
    ]
