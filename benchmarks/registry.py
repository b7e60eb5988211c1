"""The cases. A new one is registered here and nowhere else."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from kapacitet.region import Region, load_region, shipped_region
from kapacitet.region.orlib import LocationProblem, parse_orlib
from kapacitet.region.orlib_region import orlib_region, orlib_scenario
from kapacitet.scenario.files import load_scenario
from kapacitet.scenario.models import Scenario

LOCATION_SEED = 1
SETTLED = (
    "solve accepted",
    "judge",
    "ledger to the øre",
    "settle 1 000 futures",
    "stress 1 000 futures",
    "stress 10 000 futures",
)
"""Phases that say nothing where nobody lives: a published location problem has customers, not inhabitants."""


@dataclass(frozen=True)
class Case:
    """Something to plan.

    Attributes:
        region: loads or makes the region; this is the phase ``load``.
        scenario: what is asked of it.
        note: what it is, for the report.
        phases: those it goes through; all if empty.
        without: those of them it leaves out.
    """

    id: str
    region: Callable[[], Region]
    scenario: Callable[[], Scenario]
    note: str
    phases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def _location() -> LocationProblem:
    """As large as cap121 to cap134: 50 sites, 50 customers."""
    draw = random.Random(LOCATION_SEED)
    lines = ["50 50", *("5000 7500" for _ in range(50))]
    for _ in range(50):
        need = draw.randint(1, 2_000)
        lines.append(f"{need} " + " ".join(f"{need * draw.uniform(0.5, 5.0):.5f}" for _ in range(50)))
    return parse_orlib("\n".join(lines), "lokalisering")


def _location_scenario() -> Scenario:
    asked = {**orlib_scenario(_location(), "lokalisering"), "solver": {"gap": 0.001}}
    return Scenario.model_validate(asked)


CASES = {
    case.id: case
    for case in (
        Case(
            "basis",
            lambda: load_region(shipped_region("syddanmark")),
            lambda: load_scenario("basis"),
            "the shipped region under its own preset, one future",
        ),
        Case(
            "standard",
            lambda: load_region(shipped_region("syddanmark")),
            lambda: load_scenario("standard"),
            "the shipped region, the standard rule alone allowed, no party with a reason to refuse",
            ("solve Benders", "solve accepted", "judge"),
        ),
        Case(
            "lokalisering",
            lambda: orlib_region(_location()),
            _location_scenario,
            f"50 sites and 50 customers in the OR-Library's format, drawn with seed {LOCATION_SEED}",
            without=SETTLED,
        ),
    )
}
