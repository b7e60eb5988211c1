"""Random tiny regions in which somebody may have reason to refuse."""

from __future__ import annotations

import random
from typing import Any

from tests.acceptance.independent.rules import ALL_SCHEMES
from tests.independent.case import Case, Tables
from tests.independent.plans import count_plans

from .place import REGION, Making, add_groups, add_municipalities, add_need, add_prices, house_everybody

MOST_PLANS = 60
ALLOWED: tuple[tuple[str, ...], ...] = (
    ALL_SCHEMES,
    ALL_SCHEMES,
    ("standard", "objektiv"),
    ("standard", "garanti"),
    ("standard", "abonnement", "takststyring"),
    ("standard",),
    ("objektiv", "abonnement+takststyring"),
)


def random_acceptance_case(seed: int) -> tuple[Tables, dict[str, Any]]:
    """A random tiny region and a scenario with acceptance enforced.

    Args:
        seed: same seed, same case.

    Returns:
        Tables (name → rows with every column of DATA.md; money in kr. of ``PRICE_YEAR``) and a scenario with the
        keys of the contract, at most ``MOST_PLANS`` plans before limits.
    """
    rng = random.Random(f"tilslutning-{seed}")
    first = rng.choice((2025, 2026))
    making = Making(rng, first, first + rng.choice((1, 2, 2, 3, 4)))
    add_municipalities(making)
    add_groups(making)
    _offers(making)
    _candidates(making)
    add_need(making)
    add_prices(making)
    closing = rng.random() < 0.15
    if closing:
        _closable(making)
    _thin_out(making, closing)
    return making.tables, _scenario(making, closing)


def _closable(making: Making) -> None:
    """A public offer may close from the second year on."""
    row = making.tables["offers"][0]
    row.update(earliest_close=making.first + 1, closing_cost=making.kr(200_000, 2_000_000))
    row["capital_charge"] = round(row["fixed_cost"] * 0.05, -2)


def _thin_out(making: Making, closing: bool) -> None:
    """Narrower windows, then fewer candidates, until there are few plans."""
    asked = {"horizon": {"first": making.first, "last": making.last}, "limits": {"closures": closing}}
    while count_plans(Case(making.tables, asked)) > MOST_PLANS:
        wide = [row for row in making.tables["candidates"] if row["latest"] > row["earliest"]]
        if wide:
            making.rng.choice(wide)["latest"] -= 1
        else:
            making.tables["candidates"].pop()


def _offers(making: Making) -> None:
    """One to three: the first public, the others of any owner."""
    rng = making.rng
    for number in range(rng.randint(1, 3)):
        kinds = ("kommune", "region", "selvejende") + (("privat", "privat") if number else ())
        owner_type = rng.choice(kinds)
        code = rng.choice(making.codes)
        shared = owner_type != "privat"
        places = rng.randint(2, 6)
        bearer = rng.choice((None, code, "region")) if owner_type == "selvejende" else None
        row = making.add(
            "offers",
            id=f"t{number + 1}",
            name=f"Tilbud {number + 1}",
            municipality=code,
            owner_type=owner_type,
            owner={"kommune": code, "region": REGION}.get(owner_type, "Fonden Test"),
            legal_basis=rng.choice(("sel108", "sel107;sel108")),
            target_groups=making.some_groups(),
            places=places,
            fixed_cost=places * making.kr(700_000, 1_400_000) if shared else None,
            variable_cost=making.kr(150_000, 500_000) if shared else None,
            price=None if shared else making.kr(1_500_000, 2_600_000),
            top_up=making.kr(10_000, 90_000) if rng.random() < 0.2 else None,
            budgeted_occupancy=round(rng.uniform(0.85, 1.0), 2),
            yearly_tilsyn=making.kr(10_000, 60_000) if rng.random() < 0.5 else None,
            minimum_residents=rng.choice((None, None, None, 2)),
            in_rammeaftale=shared,
            deficit_bearer=bearer,
            as_of=f"{making.first}-01-01",
        )
        house_everybody(making, row)


def _candidates(making: Making) -> None:
    """Two to four in one to four projects, of several owners."""
    rng = making.rng
    project = 0
    for number in range(rng.choice((2, 3, 3, 4))):
        if number == 0 or rng.random() < 0.75:
            project += 1
        code = rng.choice(making.codes)
        regional = rng.random() < 0.2
        places = rng.randint(3, 9)
        lead = rng.choice((0, 0, 1))
        earliest = rng.choice((making.first, making.first, making.first + 1))
        making.add(
            "candidates",
            id=f"k{number + 1}",
            project=f"p{project}",
            name=f"Projekt {project} variant {number + 1}",
            municipality=code,
            owner_type="region" if regional else "kommune",
            owner=REGION if regional else code if rng.random() < 0.9 else rng.choice(making.codes),
            legal_basis=rng.choice(("sel108", "sel107;sel108")),
            target_groups=making.some_groups(),
            places=places,
            construction_cost=places * making.kr(900_000, 2_000_000),
            spend_profile="1" if lead == 0 else "0.5;0.5",
            lead_time=lead,
            earliest=earliest,
            latest=earliest + rng.choice((0, 0, 1)),
            fixed_cost=places * making.kr(350_000, 1_000_000),
            variable_cost=making.kr(120_000, 400_000),
            budgeted_occupancy=round(rng.uniform(0.85, 1.0), 2),
            startup_occupancy=rng.choice((None, "0.6", "0.6;0.8")),
            approval_cost=making.kr(20_000, 90_000) if rng.random() < 0.5 else None,
            yearly_tilsyn=making.kr(10_000, 60_000) if rng.random() < 0.5 else None,
            minimum_residents=rng.choice((None, None, 2)),
        )


def _scenario(making: Making, closing: bool) -> dict[str, Any]:
    rng = making.rng
    units = [row["id"] for row in making.tables["candidates"]]
    allowed = rng.choice(ALLOWED)
    expected = rng.choice((2.0, 6.0, 12.0, 20.0, 40.0))
    committed = []
    if rng.random() < 0.15:
        row = rng.choice(making.tables["candidates"])
        committed = [{"candidate": row["id"], "start": making.first - rng.randint(0, 2)}]
    if rng.random() < 0.2:
        for code in making.codes:
            for year in making.years:
                making.add("anlaegsramme", municipality=code, year=year, amount=making.kr(4_000_000, 16_000_000))
    return {
        "name": "Tilslutning",
        "region": "lille",
        "horizon": {"first": making.first, "last": making.last},
        "costs": {
            "discount_rate": rng.choice((0.0, 0.03)),
            "travel_cost_per_minute": 300.0,
            "unmet_penalty": 4_000_000.0,
            "critical_mass_penalty": rng.choice((50_000.0, 500_000.0)),
        },
        "limits": {
            "anlaegsramme": "hard" if making.tables["anlaegsramme"] else "off",
            "critical_mass_year": rng.randint(1, 3),
            "closures": closing,
        },
        "projects": {"committed": committed},
        "underskud": {
            "allowed": list(allowed),
            "owner_limit": rng.choice((0.05, 0.05, 0.02, 0.1)),
            "lag": rng.choice((0, 2)),
            "key": rng.choice(("population", "equal", "egen")),
            "participants": rng.choice(("all", "all", [making.codes[0], making.codes[-1]], making.codes[:1])),
            "alpha": rng.choice((1.0, 1.0, 0.7)),
            "psi": rng.choice((0.0, 0.0, 0.15)),
            "startup_occupancy": rng.choice(([], [], [0.5, 0.75])),
            "guarantee_years": rng.choice((1, 3)),
            "guarantee_share": rng.choice((0.5, 0.8, 1.0)),
            "scheme_by_offer": {rng.choice(units): rng.choice(allowed)} if rng.random() < 0.15 else {},
        },
        "acceptance": {
            "enforce": True,
            "expected_limit": expected,
            "risk_limit": expected * rng.choice((0.8, 2.0, 2.0)),
            "tolerance": rng.choice((0.0, 0.0, 3.0, 15.0, 40.0)),
            "subscriber_share": rng.choice((0.8, 0.6, 1.0)),
        },
        "levers": {
            "private_price_growth": rng.choice((0.0, 0.03)),
            "takst_cap": {group: making.kr(1_200_000, 2_200_000) for group in making.groups if rng.random() < 0.2},
        },
        "solver": {"gap": 0.0},
    }
