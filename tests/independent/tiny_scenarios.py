"""Scenario levers and money limits of a tiny region."""

from __future__ import annotations

from typing import Any

from .case import parts
from .money import is_shared
from .tiny_limits import add_limits
from .tiny_world import World


def add_scenario(world: World) -> dict[str, Any]:
    """The scenario, and the tables of limits that go with it."""
    rng, on = world.rng, world.on
    scenario: dict[str, Any] = {
        "name": "Tilfældig",
        "region": "lille",
        "description": "families: " + ", ".join(sorted(on)),
        "horizon": {"first": world.first, "last": world.last},
        "demand": _demand(world),
        "costs": {
            "discount_rate": rng.choice((0.0, 0.03, 0.1)),
            "travel_cost_per_minute": round(world.scale * rng.choice((0.0, 300.0, 300.0, 3000.0)), 4),
            "unmet_penalty": world.kr(rng.choice((1_000_000, 3_000_000, 4_000_000))),
            "capital_rate": rng.choice((0.0, 0.02, 0.05)),
            "capital_life": rng.choice((10, 30)),
            "support_variable_share": rng.choice((0.0, 0.2, 0.2, 1.0)),
            "critical_mass_penalty": world.kr(rng.choice((50_000, 500_000, 3_000_000))),
            "frame_penalty": rng.choice((0.01, 0.25, 1.0)),
        },
        "projects": _projects(world),
        "levers": _levers(world),
        "solver": {"gap": 0.0},
    }
    scenario["limits"] = {
        "over_occupancy": rng.choice((0.1, 0.25)) if "over_occupancy" in on else 0.0,
        "residents_stay": "moves" not in on,
        "critical_mass_year": rng.randint(1, 3),
        "abl_for_complex": rng.random() < 0.5,
        "closures": "closures" in on,
        "conversions": "conversions" in on,
        **add_limits(world, scenario["levers"]["construction_overrun"]),
    }
    if "agreed_prices" in on:
        _agreed(world)
    return scenario


def _demand(world: World) -> dict[str, Any]:
    rng = world.rng
    levels = ("low", "central", "high") if "projection" in world.on else ("central",)
    diverted = world.some(world.groups, 0.6) if "diversion" in world.on else []
    return {
        "projection": rng.choice(levels),
        "diversion": {group: rng.choice((0.1, 0.3, 1.0)) for group in diverted},
    }


def _projects(world: World) -> dict[str, Any]:
    """Committed, forced and forbidden candidates that don't contradict one another outright."""
    rng, rows = world.rng, world.tables["candidates"]
    free = [row for row in rows if row["requires"] is None]
    committed: list[dict[str, Any]] = []
    taken: set[str] = set()
    if "committed" in world.on and free:
        row = rng.choice(free)
        start = rng.randint(world.first - 2, world.last)
        committed.append({"candidate": row["id"], "start": start})
        taken.add(row["project"])
    loose = [row for row in rows if row["project"] not in taken]
    forced: list[str] = []
    if "forced" in world.on and loose and rng.random() < 0.6:
        row = rng.choice(loose)
        forced = [rng.choice((row["id"], row["project"]))]
        taken.add(row["project"])
        row["earliest"] = min(row["earliest"], world.first)
    loose = [row for row in loose if row["project"] not in taken and not _needed(world, row)]
    forbidden: list[str] = []
    if "forbidden" in world.on and loose and rng.random() < 0.6:
        row = rng.choice(loose)
        forbidden = [rng.choice((row["id"], row["project"]))]
    owners = sorted({row["owner_type"] for row in rows})
    only = world.subset(owners) if "only_owner" in world.on and not forced and rng.random() < 0.6 else None
    return {
        "committed": committed,
        "forced": forced,
        "forbidden": forbidden,
        "only_owner_types": only,
    }


def _needed(world: World, row: dict[str, Any]) -> bool:
    """Whether another candidate requires this one."""
    names = {row["id"], row["project"]}
    return any(names & set(parts(other["requires"])) for other in world.tables["candidates"])


def _levers(world: World) -> dict[str, Any]:
    rng, on = world.rng, world.on
    shared = [row["id"] for row in world.tables["offers"] if is_shared(row)]
    candidates = [row["id"] for row in world.tables["candidates"]]
    built_under_sel = [
        row["id"]
        for table in ("offers", "candidates")
        for row in world.tables[table]
        if "abl105" not in row["legal_basis"]
    ]
    capped = world.some(world.groups, 0.7) if "takst_cap" in on else []
    cap_new = rng.choice(("tilladt", "inden_for_loftet")) if capped else "tilladt"
    budgeted = shared if cap_new == "inden_for_loftet" else shared + candidates
    reduced = "reduction" in on
    by_owner: dict[str, Any] = {}
    if reduced:
        owners = {row["owner_type"] for row in world.tables["offers"] if is_shared(row)}
        for owner_type in world.some(sorted(owners)):
            late = {str(rng.randint(world.first - 1, world.last)): rng.choice((0.02, 0.1))}
            by_owner[owner_type] = rng.choice((0.0, 0.05, late))
    return {
        "takst_reduction": rng.choice((0.0, 0.02, 0.1)) if reduced else 0.0,
        "takst_reduction_by": by_owner,
        "takst_cap": {group: world.kr(rng.uniform(1_300_000, 3_300_000)) for group in capped},
        "takst_cap_new": cap_new,
        "rammebudget": world.some(budgeted) if "rammebudget" in on else [],
        "progression": rng.choice((0.5, 1.0)) if "progression" in on else 0.0,
        "private_price_growth": rng.choice((-0.05, 0.0, 0.1)) if "growth" in on else 0.03,
        "abl_exempt": rng.random() < 0.6,
        "flexible_107_108": world.some(built_under_sel) if "flexible" in on else [],
        "lock_in_cost": {
            group: world.kr(rng.choice((0.0, 50_000, 600_000))) for group in world.some(world.groups, 0.7)
        }
        if "lock_in" in on
        else {},
        "loan_pool_window": [world.first, rng.randint(world.first, world.last)]
        if "loan_pools" in on and rng.random() < 0.3
        else [],
        "construction_overrun": rng.choice((0.1, 0.5)) if "overrun" in on else 0.0,
        "construction_delay": int("delay" in on and world.last > world.first and rng.random() < 0.5),
    }


def _agreed(world: World) -> None:
    """Agreed prices of shared offers: transfers, so they must change nothing here."""
    for offer in world.tables["offers"]:
        if is_shared(offer) and world.rng.random() < 0.5:
            world.add(
                "agreed_prices",
                municipality=world.rng.choice(world.codes),
                offer=offer["id"],
                target_group=parts(offer["target_groups"])[0],
                price=world.kr(world.rng.uniform(1_000_000, 3_000_000)),
            )
