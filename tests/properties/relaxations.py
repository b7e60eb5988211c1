"""Every limit, relaxed one at a time. Each changes a case in place and says whether there was anything to relax."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.independent.columns import make_row

from .cases import Case

Relaxation = Callable[[Case], bool]
MORE = 1.7
PLENTY = 3.0


def raised(table: str, column: str) -> Relaxation:
    """Every figure of a column that limits something."""

    def relax(drawn: Case) -> bool:
        rows = [row for row in drawn[0][table] if row[column] is not None]
        for row in rows:
            row[column] = row[column] * MORE + 1.0
        return bool(rows)

    return relax


def switched(section: str, key: str, before: tuple[Any, ...], after: Any) -> Relaxation:
    """A key of the scenario from one of some values to a looser one."""

    def relax(drawn: Case) -> bool:
        keys = drawn[1].setdefault(section, {})
        applies = keys.get(key) in before
        if applies:
            keys[key] = after
        return applies

    return relax


def moved(section: str, key: str, change: Callable[[float], float]) -> Relaxation:
    """A number of the scenario, to a looser one."""

    def relax(drawn: Case) -> bool:
        keys = drawn[1].setdefault(section, {})
        if key not in keys or change(keys[key]) == keys[key]:
            return False
        keys[key] = change(keys[key])
        return True

    return relax


def emptied(section: str, key: str, nothing: Any) -> Relaxation:
    """A demand of the scenario, dropped."""

    def relax(drawn: Case) -> bool:
        keys = drawn[1].setdefault(section, {})
        had = bool(keys.get(key))
        keys[key] = nothing
        return had

    return relax


def frame_soft_where_auto(key: str, table: str, after: str) -> Relaxation:
    """``auto`` is a limit where the table has rows."""

    def relax(drawn: Case) -> bool:
        return bool(drawn[0][table]) and switched("limits", key, ("auto",), after)(drawn)

    return relax


def pool_added(relieves: str) -> Relaxation:
    """One more loan pool that everything qualifies for."""

    def relax(drawn: Case) -> bool:
        tables, keys = drawn
        first, last = keys["horizon"]["first"], keys["horizon"]["last"]
        groups = ";".join(row["id"] for row in tables["target_groups"])
        amount = max((row["construction_cost"] for row in tables["candidates"]), default=0.0)
        pool = make_row(
            "loan_pools",
            id="ny-pulje",
            first_year=first,
            last_year=last,
            legal_basis="sel107;sel108;abl105",
            target_groups=groups,
            amount=amount,
            relieves=relieves,
        )
        tables["loan_pools"].append(pool)
        return True

    return relax


def pools_longer(drawn: Case) -> bool:
    """Pools open a year earlier and a year later."""
    tables, keys = drawn
    for row in tables["loan_pools"]:
        row["first_year"] -= 1
        row["last_year"] += 1
    window = keys["levers"].get("loan_pool_window") or []
    if window:
        keys["levers"]["loan_pool_window"] = [window[0] - 1, window[1] + 1]
    return bool(tables["loan_pools"])


def starts_wider(drawn: Case) -> bool:
    """Candidates may be started a year earlier and a year later."""
    for row in drawn[0]["candidates"]:
        row["earliest"] -= 1
        row["latest"] += 1
    return True


def lock_in_opened(drawn: Case) -> bool:
    """A mismatch of legal basis gets a price in groups where it was closed."""
    tables, keys = drawn
    prices = keys["levers"].setdefault("lock_in_cost", {})
    closed = [row["id"] for row in tables["target_groups"] if row["id"] not in prices]
    prices.update(dict.fromkeys(closed, 0.0))
    return bool(closed)


def requires_dropped(drawn: Case) -> bool:
    """No candidate requires another."""
    rows = [row for row in drawn[0]["candidates"] if row["requires"] is not None]
    for row in rows:
        row["requires"] = None
    return bool(rows)


HARDER = ("hard", "soft")
RELAXATIONS: dict[str, Relaxation] = {
    "frame raised": raised("anlaegsramme", "amount"),
    "frame soft": switched("limits", "anlaegsramme", ("hard",), "soft"),
    "frame off": switched("limits", "anlaegsramme", HARDER, "off"),
    "joint frame raised": raised("joint_frame", "amount"),
    "joint frame soft": switched("limits", "joint_frame", ("hard",), "soft"),
    "joint frame off": switched("limits", "joint_frame", HARDER, "off"),
    "joint frame off instead of auto": frame_soft_where_auto("joint_frame", "joint_frame", "off"),
    "liquidity raised": raised("region_liquidity", "amount"),
    "liquidity soft": switched("limits", "region_liquidity", ("hard",), "soft"),
    "liquidity off": switched("limits", "region_liquidity", HARDER, "off"),
    "liquidity soft instead of auto": frame_soft_where_auto("region_liquidity", "region_liquidity", "soft"),
    "loan pool for frames added": pool_added("anlaegsramme"),
    "loan pool for liquidity added": pool_added("likviditet"),
    "loan pool larger": raised("loan_pools", "amount"),
    "loan pool open longer": pools_longer,
    "reserve_min lowered": moved("limits", "reserve_min", lambda share: share / 2),
    "reserve_min dropped": moved("limits", "reserve_min", lambda share: 0.0),
    "reserve_max raised": moved("limits", "reserve_max", lambda share: (1 + share) / 2),
    "reserve_max dropped": moved("limits", "reserve_max", lambda share: 1.0),
    "public share lowered": moved("limits", "public_share_min", lambda share: share / 2),
    "public share dropped": moved("limits", "public_share_min", lambda share: 0.0),
    "hires raised": raised("staff_limits", "hires"),
    "staff off": switched("limits", "staff", ("hard",), "off"),
    "more to be bought": raised("purchase_prices", "available"),
    "over-occupancy raised": moved("limits", "over_occupancy", lambda share: share + 0.15),
    "closures allowed": switched("limits", "closures", (False,), True),
    "conversions allowed": switched("limits", "conversions", (False,), True),
    "forced dropped": emptied("projects", "forced", []),
    "residents may move": switched("limits", "residents_stay", (True,), False),
    "requires dropped": requires_dropped,
}
"""Looser limits, whatever else the case says."""

WIDENING: dict[str, Relaxation] = {
    "starts wider": starts_wider,
    "lock-in opened": lock_in_opened,
    "forbidden dropped": emptied("projects", "forbidden", []),
    "all owner types": emptied("projects", "only_owner_types", None),
    "abl for complex groups": switched("limits", "abl_for_complex", (False,), True),
    "takst caps bind nobody": switched("levers", "takst_cap_new", ("inden_for_loftet",), "tilladt"),
}
"""More places that could be open to somebody. Where residents may move this can cost: a move must assume no saving
over the cheapest place that *could* be open, so a new cheap one makes moves to others dearer."""
