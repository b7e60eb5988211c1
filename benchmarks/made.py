"""Made regions of any size: the same rules of thumb as the shipped region, drawn from a seed.

A map of 300 by 400 km with roads between neighbours; offers and candidates lie where people live. Every fifth place
serves two target groups, of the same pair always, so that groups hang together two by two and not all in one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from kapacitet.planning.costs import Array
from kapacitet.region import Region
from kapacitet.region.loading import region_from_tables
from kapacitet.scenario.models import Scenario

FIRST = 2026
PEOPLE = 60_000  # of a municipality, on average
NEED = 4.0  # place-years of a group per 10 000 inhabitants
SUPPLIED = 0.85
LIVED_IN = 0.9
TWO_GROUPS = 0.2
NEIGHBOURS = 4
SPEED = 1.2  # minutes per km
PRIVATE = 0.2
ROOM = {"latitude": 55.0, "longitude": 10.0}  # roads are given


@dataclass(frozen=True)
class Size:
    """How large a made region is."""

    municipalities: int
    groups: int
    offers: int
    candidates: int
    years: int
    futures: int
    seed: int = 1


def made_region(size: Size) -> Region:
    """The region of ``size``; the same size gives the same region."""
    draw = np.random.default_rng(size.seed)
    where = draw.uniform((0.0, 0.0), (300.0, 400.0), (size.municipalities, 2))
    people = draw.lognormal(0.0, 0.7, size.municipalities)
    people = np.round(people * PEOPLE * size.municipalities / people.sum())
    codes = [f"{k + 101:03d}" for k in range(size.municipalities)]
    groups = [f"gruppe{g:02d}" for g in range(size.groups)]
    need = people[:, None] / 1e4 * NEED * draw.uniform(0.6, 1.4, size.groups)[None]  # (K, G)
    growth = draw.uniform(1.01, 1.04, size.groups)
    offers = _places(draw, size, size.offers, people, groups)
    scale = SUPPLIED * need.sum() / sum(one["places"] for one in offers)
    for one in offers:
        one["places"] = max(2, round(one["places"] * scale))
    minutes = _minutes(where)
    tables: dict[str, Sequence[Mapping[str, object]]] = {
        "municipalities": [
            {"code": code, "name": f"Kommune {k}", "population": int(n), "seat": f"By {k}", **ROOM}
            for k, (code, n) in enumerate(zip(codes, people, strict=True))
        ],
        "target_groups": [
            {"id": g, "name": g, "support_step": 8, "attrition": 0.06, "temporary_share": 0.25, "complex": False}
            for g in groups
        ],
        "demand": [
            {"municipality": code, "target_group": group, "year": FIRST + t, "low": d, "central": d, "high": d}
            for k, code in enumerate(codes)
            for g, group in enumerate(groups)
            for t in range(size.years)
            for d in [round(float(need[k, g] * growth[g] ** t), 4)]
        ],
        "offers": [_offer(o, one, codes, draw) for o, one in enumerate(offers)],
        "residents": _residents(offers, need, minutes, codes, groups),
        "candidates": [
            _candidate(j, one, codes, size)
            for j, one in enumerate(_places(draw, size, size.candidates, people, groups))
        ],
        "anlaegsramme": [
            {"municipality": code, "year": FIRST + t, "amount": 30e6 + 150.0 * float(n)}
            for code, n in zip(codes, people, strict=True)
            for t in range(size.years)
        ],
        "purchase_prices": [{"target_group": g, "year": FIRST, "price": 3.1e6} for g in groups],
        "support_step_price": [{"year": FIRST, "price": 400.0}],
        "travel_links": _links(where, codes),
    }
    return region_from_tables("lavet", FIRST, tables, source="Trukket", evidence="illustrativ")


def made_scenario(size: Size) -> Scenario:
    """As the project's own preset, but for the number of futures and years."""
    return Scenario.model_validate(
        {
            "name": "Lavet region",
            "region": "lavet",
            "horizon": {"first": FIRST, "last": FIRST + size.years - 1},
            "futures": {"count": size.futures, "seed": size.seed},
        }
    )


def _places(
    draw: np.random.Generator, size: Size, count: int, people: Array, groups: list[str]
) -> list[dict[str, Any]]:
    homes = draw.choice(size.municipalities, count, p=people / people.sum())
    first = np.arange(count) % size.groups  # every group has its share
    both = draw.random(count) < TWO_GROUPS
    places = draw.choice([8, 12, 20], count)
    result = []
    for home, g, two, n in zip(homes.tolist(), first.tolist(), both.tolist(), places.tolist(), strict=True):
        served = sorted({g, min(g ^ 1, size.groups - 1)}) if two else [g]
        result.append({"home": home, "groups": served, "names": [groups[s] for s in served], "places": n})
    return result


def _offer(o: int, one: dict[str, Any], codes: list[str], draw: np.random.Generator) -> dict[str, object]:
    private = bool(draw.random() < PRIVATE)
    money: dict[str, object] = (
        {"price": round(float(draw.uniform(2.0e6, 3.0e6)), -3)}
        if private
        else {"fixed_cost": one["places"] * round(float(draw.uniform(1.4e6, 1.9e6)), -3), "variable_cost": 200_000.0}
    )
    return {
        "id": f"o{o:05d}",
        "name": f"Tilbud {o}",
        "municipality": codes[one["home"]],
        "owner_type": "privat" if private else "kommune",
        "owner": "Privat" if private else codes[one["home"]],
        "legal_basis": "sel107;sel108",
        "target_groups": one["names"],
        "places": one["places"],
        "budgeted_occupancy": 0.95,
        "in_rammeaftale": not private,
        "as_of": f"{FIRST}-01-01",
        **money,
    }


def _candidate(j: int, one: dict[str, Any], codes: list[str], size: Size) -> dict[str, object]:
    return {
        "id": f"s{j:05d}",
        "project": f"s{j:05d}",
        "name": f"Kandidat {j}",
        "municipality": codes[one["home"]],
        "owner_type": "kommune",
        "owner": codes[one["home"]],
        "legal_basis": "sel107;sel108",
        "target_groups": one["names"],
        "places": one["places"],
        "construction_cost": 1.8e6 * one["places"],
        "spend_profile": "0.5;0.5",
        "lead_time": 2,
        "earliest": FIRST,
        "latest": FIRST + size.years - 3,
        "fixed_cost": 1.85e6 * one["places"],
        "variable_cost": 200_000.0,
        "budgeted_occupancy": 0.95,
        "minimum_residents": round(0.6 * one["places"]),
    }


def _residents(
    offers: list[dict[str, Any]], need: Array, minutes: Array, codes: list[str], groups: list[str]
) -> list[dict[str, object]]:
    """Houses filled from the nearest municipalities whose need isn't placed yet."""
    left = np.floor(need * LIVED_IN)
    rows: list[dict[str, object]] = []
    for o, one in enumerate(offers):
        room = int(one["places"] * LIVED_IN)
        for g in one["groups"]:
            for k in np.argsort(minutes[:, one["home"]], kind="stable").tolist():
                count = int(min(room, left[k, g], 3))
                if count:
                    row = {"municipality": codes[k], "target_group": groups[g], "offer": f"o{o:05d}", "count": count}
                    rows.append(row | {"as_of": f"{FIRST}-01-01"})
                    left[k, g] -= count
                    room -= count
                if not room:
                    break
    return rows


def _roads(where: Array) -> nx.Graph[int]:
    """Each municipality's nearest neighbours, and what joins them all."""
    far = np.hypot(*(where[:, None] - where[None]).transpose(2, 0, 1)) * SPEED
    whole: nx.Graph[int] = nx.from_numpy_array(far)
    roads: nx.Graph[int] = nx.minimum_spanning_tree(whole)
    for k, row in enumerate(far):
        roads.add_weighted_edges_from((k, int(m), float(row[m])) for m in np.argsort(row)[1 : NEIGHBOURS + 1])
    return roads


def _minutes(where: Array) -> Array:
    return np.asarray(nx.floyd_warshall_numpy(_roads(where), nodelist=range(len(where))))


def _links(where: Array, codes: list[str]) -> list[dict[str, object]]:
    return [
        {"from": codes[a], "to": codes[b], "kind": "road", "minutes": round(float(road["weight"]), 1)}
        for a, b, road in _roads(where).edges(data=True)
    ]
