"""A region's tables and a scenario as plain Python, with the defaults of the contract filled in."""

from __future__ import annotations

from typing import Any

from .readings import DEFAULT_READINGS, Readings

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Cell = tuple[str, str, str]  # municipality, target group, term

TEMPORARY, LONG = "midlertidig", "langvarig"
TERMS = (TEMPORARY, LONG)
EXTERNAL = "udenbys"
OUTSIDE = "udenfor:"
PRICE_YEAR = 2025

DEFAULTS: dict[str, dict[str, Any]] = {
    "horizon": {"first": 2026, "last": 2037},
    "demand": {"projection": "central", "diversion": {}},
    "costs": {
        "discount_rate": 0.03,
        "travel_cost_per_minute": 300.0,
        "unmet_penalty": 4_000_000.0,
        "capital_rate": 0.02,
        "capital_life": 30,
        "support_variable_share": 0.2,
        "critical_mass_penalty": 500_000.0,
        "frame_penalty": 0.25,
    },
    "limits": {
        "anlaegsramme": "hard",
        "joint_frame": "auto",
        "region_liquidity": "auto",
        "staff": "off",
        "reserve_min": 0.0,
        "reserve_max": 1.0,
        "reserve_from": None,
        "public_share_min": 0.0,
        "public_share_from": None,
        "over_occupancy": 0.0,
        "residents_stay": True,
        "critical_mass_year": 3,
        "abl_for_complex": False,
        "closures": False,
        "conversions": False,
    },
    "projects": {"forced": [], "forbidden": [], "committed": [], "only_owner_types": None},
    "levers": {
        "takst_reduction": 0.0,
        "takst_reduction_by": {},
        "takst_cap": {},
        "takst_cap_new": "tilladt",
        "rammebudget": [],
        "progression": 0.0,
        "private_price_growth": 0.03,
        "abl_exempt": True,
        "flexible_107_108": [],
        "lock_in_cost": {},
        "loan_pool_window": [],
        "construction_overrun": 0.0,
        "construction_delay": 0,
    },
}


def parts(text: str | None) -> tuple[str, ...]:
    """The entries of a list written with ``;`` between."""
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def blank_is_zero(value: float | None) -> float:
    """A blank in a column marked * is 0."""
    return 0.0 if value is None else float(value)


class Case:
    """Everything looked up by name: tables, levers, years, groups and travel minutes.

    Args:
        tables: table name to rows, columns as in DATA.md.
        scenario: keys of the scenario contract; those not named have the default of the contract.
        price_year: the price year of the package.
        readings: how open questions are read.
    """

    def __init__(
        self,
        tables: Tables,
        scenario: dict[str, Any],
        price_year: int = PRICE_YEAR,
        readings: Readings = DEFAULT_READINGS,
    ) -> None:
        self.tables = tables
        self.readings = readings
        self.price_year = price_year
        self.section = {name: {**keys, **scenario.get(name, {})} for name, keys in DEFAULTS.items()}
        self.first: int = self.section["horizon"]["first"]
        self.last: int = self.section["horizon"]["last"]
        self.years = range(self.first, self.last + 1)
        self.municipalities = [str(row["code"]) for row in tables["municipalities"]]
        self.groups = {row["id"]: row for row in tables["target_groups"]}
        self.offers = {row["id"]: row for row in tables["offers"]}
        self.candidates = {row["id"]: row for row in tables["candidates"]}
        self.conversions = tables.get("conversions", [])
        self.minutes = self._minutes()

    def key(self, section: str, name: str) -> Any:
        """A lever of the scenario."""
        return self.section[section][name]

    def discount(self, year: int) -> float:
        """(1 + ρ)^−(t − first)."""
        return float((1.0 + self.key("costs", "discount_rate")) ** (self.first - year))

    def site(self, unit: str) -> Row:
        """The row of an offer or a candidate."""
        return self.offers[unit] if unit in self.offers else self.candidates[unit]

    def basis(self, unit: str) -> set[str]:
        """Legal basis; ``flexible_107_108`` replaces it by both §107 and §108."""
        if unit in self.key("levers", "flexible_107_108"):
            return {"sel107", "sel108"}
        return set(parts(self.site(unit)["legal_basis"]))

    def fits(self, unit: str, term: str) -> bool:
        """Whether the legal basis fits: §107 or flexible for temporary; §108, ABL or flexible else."""
        right = {"sel107"} if term == TEMPORARY else {"sel108", "abl105"}
        return bool(right & self.basis(unit))

    def abl(self, unit: str) -> bool:
        """Whether it is ABL alone."""
        return self.basis(unit) == {"abl105"}

    def may_serve(self, unit: str, group: str) -> bool:
        """ABL candidates serve complex groups only with ``abl_for_complex``; existing offers always may."""
        blocked = unit in self.candidates and self.abl(unit) and self.groups[group]["complex"]
        return not blocked or bool(self.key("limits", "abl_for_complex"))

    def _minutes(self) -> dict[tuple[str, str], float]:
        """(municipality, offer or candidate) to minutes one way; pairs without a route are left out."""
        far = float("inf")
        codes = self.municipalities
        road = {(a, b): 0.0 if a == b else far for a in codes for b in codes}
        for row in self.tables["travel_links"]:
            for pair in ((row["from"], row["to"]), (row["to"], row["from"])):
                road[pair] = min(road.get(pair, far), float(row["minutes"]))
        for via in codes:
            for a in codes:
                for b in codes:
                    road[a, b] = min(road[a, b], road[a, via] + road[via, b])
        found = {
            (code, unit): road[code, row["municipality"]]
            for rows in (self.offers, self.candidates)
            for unit, row in rows.items()
            for code in codes
        }
        for row in self.tables.get("travel_times", []):
            found[row["municipality"], row["offer_or_candidate"]] = float(row["minutes"])
        return {pair: value for pair, value in found.items() if value < far}
