"""Frames, loan pools, staff, reserve and public share of a tiny region, near enough to bind."""

from __future__ import annotations

import math
from typing import Any

from .case import Row, parts
from .tiny_world import World

FACTORS = (0.0, 0.3, 0.6, 1.0, 1.0, 1.3, 2.5)
"""Limits as a multiple of what one candidate spends; 1.0 is exactly enough."""


def add_limits(world: World, overrun: float) -> dict[str, Any]:
    """Fill the tables of limits; return the keys of ``[limits]`` that go with them."""
    rng, on = world.rng, world.on
    found: dict[str, Any] = {
        "anlaegsramme": rng.choice(("hard", "hard", "soft")) if "anlaegsramme" in on else "off",
        "joint_frame": rng.choice(("auto", "hard", "soft", "off")) if "joint_frame" in on else "auto",
        "region_liquidity": rng.choice(("auto", "hard", "soft", "off")) if "region_liquidity" in on else "auto",
    }
    if "anlaegsramme" in on:
        for code in world.codes:
            own = [row for row in world.tables["candidates"] if row["owner"] == code]
            for year in world.years:
                world.add("anlaegsramme", municipality=code, year=year, amount=_amount(world, own, overrun))
    municipal = [row for row in world.tables["candidates"] if row["owner_type"] == "kommune"]
    regional = [row for row in world.tables["candidates"] if row["owner_type"] == "region"]
    for table, rows in (("joint_frame", municipal), ("region_liquidity", regional)):
        if table in on:
            for year in world.years:
                world.add(table, year=year, amount=_amount(world, rows, overrun))
    if "loan_pools" in on:
        _pools(world, overrun)
    if "staff" in on:
        found["staff"] = "hard"
        _staff(world)
    if "reserve" in on:
        found |= _reserve(world)
    if "public_share" in on:
        found["public_share_min"] = rng.choice((0.1, 0.3, 0.6))
        found["public_share_from"] = rng.choice((None, *world.years))
    return found


def _cents(amount: float) -> float:
    """Rounded up, so that exactly enough stays enough."""
    return math.ceil(amount * 100 - 1e-6) / 100


def _amount(world: World, rows: list[Row], overrun: float) -> float:
    """A yearly limit that would hold one, none or some of the projects."""
    if not rows:
        return world.kr(world.rng.uniform(0, 10_000_000))
    row = world.rng.choice(rows)
    share = max(float(part) for part in parts(row["spend_profile"]))
    return _cents(world.rng.choice(FACTORS) * share * row["construction_cost"] * (1 + overrun))


def _pools(world: World, overrun: float) -> None:
    rng = world.rng
    for number in range(rng.randint(1, 2)):
        first = rng.randint(world.first - 1, world.last)
        whole = _amount(world, world.tables["candidates"], overrun)
        world.add(
            "loan_pools",
            id=f"pulje{number + 1}",
            first_year=first,
            last_year=rng.randint(first, world.last + 1),
            legal_basis=rng.choice(("sel107", "sel108", "sel107;sel108", "sel107;sel108;abl105")),
            target_groups=";".join(world.subset(world.groups)),
            amount=_cents(whole * rng.choice((0.3, 0.7, 1.0))),
            relieves=rng.choice(("anlaegsramme", "anlaegsramme", "likviditet")),
        )


def _staff(world: World) -> None:
    """Hires by municipality or by group of municipalities, for every year."""
    rng = world.rng
    named = sorted({row["group"] for row in world.tables["municipalities"] if row["group"] is not None})
    areas = [*named, *world.codes] if rng.random() < 0.5 else list(world.codes)
    rows = [row for row in world.tables["candidates"] if row["staff_per_place"]]
    for area in areas:
        for year in world.years:
            size = rng.choice(rows)["places"] * 2.0 if rows else 5.0
            hires = float(math.ceil(size * rng.choice((0.5, 1.0, 1.5))))
            world.add("staff_limits", area=area, year=year, hires=hires)


def _reserve(world: World) -> dict[str, Any]:
    rng = world.rng
    low = rng.choice((0.0, 0.0, 0.05, 0.2))
    return {
        "reserve_min": low,
        "reserve_max": rng.choice((0.25, 0.4, 0.7, 1.0)),
        "reserve_from": rng.choice((None, *world.years)),
    }
