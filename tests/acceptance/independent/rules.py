"""What a scenario says of deficit sharing and acceptance, with the contract's defaults, and open readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.independent.case import Tables

ALL_SCHEMES = (
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
)

UNDERSKUD: dict[str, Any] = {
    "allowed": list(ALL_SCHEMES),
    "owner_limit": 0.05,
    "lag": 2,
    "key": "population",
    "participants": "all",
    "alpha": 1.0,
    "psi": 0.0,
    "startup_occupancy": [],
    "guarantee_years": 3,
    "guarantee_share": 0.8,
    "scheme_by_offer": {},
}
ACCEPTANCE: dict[str, Any] = {
    "enforce": False,
    "expected_limit": 20.0,
    "risk_limit": 40.0,
    "tolerance": 0.0,
    "subscriber_share": 0.8,
}


@dataclass(frozen=True)
class Openings:
    """One value per question the text of sections 5 to 7 leaves open (README.md)."""

    bearer_takes_surplus: bool = True  # B1
    supplement_reduced: bool = False  # B2
    subscribe_by_group: bool = False  # B3
    cvar_level: float = 0.95
    use_noise: float = 1e-6
    """Place-years that are only rounding: less use is none, and as much is added before rounding down."""


DEFAULT_OPENINGS = Openings()


@dataclass(frozen=True)
class Rules:
    """Deficit sharing as one scenario has it.

    Attributes:
        underskud, acceptance: keys of the two sections, defaults filled in.
        weights: participant to share of what is split by key; the shares sum to 1.
        population: municipality to inhabitants.
        limits: party that builds to (expected, CVaR) kr. a year.
        openings: how open questions are read.
    """

    underskud: dict[str, Any]
    acceptance: dict[str, Any]
    weights: dict[str, float]
    population: dict[str, float]
    limits: dict[str, tuple[float, float]]
    openings: Openings


def rules_of(tables: Tables, scenario: Mapping[str, Any], openings: Openings = DEFAULT_OPENINGS) -> Rules:
    """The rules of a case.

    Raises:
        ValueError: the participants weigh nothing in the key.
    """
    underskud = {**UNDERSKUD, **scenario.get("underskud", {})}
    acceptance = {**ACCEPTANCE, **scenario.get("acceptance", {})}
    population = {str(row["code"]): float(row["population"]) for row in tables["municipalities"]}
    limits = {
        str(row["code"]): (
            _own(row["expected_limit"], acceptance["expected_limit"]) * float(row["population"]),
            _own(row["risk_limit"], acceptance["risk_limit"]) * float(row["population"]),
        )
        for row in tables["municipalities"]
    }
    whole = sum(population.values())
    limits["region"] = (acceptance["expected_limit"] * whole, acceptance["risk_limit"] * whole)
    weights = _key(tables, underskud, population)
    return Rules(underskud, acceptance, weights, population, limits, openings)


def _own(value: float | None, general: float) -> float:
    """The municipality's own figure goes before the scenario's."""
    return float(general if value is None else value)


def _key(tables: Tables, underskud: dict[str, Any], population: dict[str, float]) -> dict[str, float]:
    named = underskud["participants"]
    taking_part = list(population) if named == "all" else [code for code in population if code in named]
    if underskud["key"] == "population":
        table = population
    elif underskud["key"] == "equal":
        table = dict.fromkeys(population, 1.0)
    else:
        table = {
            str(row["municipality"]): float(row["weight"]) for row in tables["keys"] if row["key"] == underskud["key"]
        }
    total = sum(table[code] for code in taking_part)
    if total <= 0:
        raise ValueError("the participants weigh nothing in the key")
    return {code: table[code] / total for code in taking_part}
