"""A scenario: the planner's question to a region, with a default for every lever.

Only ``name`` and ``region`` must be given. Keys, types, bounds and defaults here are the contract of the
scenario file, of the API and of ``docs/scenario.schema.json``.
"""

from __future__ import annotations

from kapacitet.scenario.fields import Id, Section, Text, lever
from kapacitet.scenario.section_basics import Costs, Demand, Horizon
from kapacitet.scenario.section_levers import Levers
from kapacitet.scenario.section_limits import Commitment, Limits, Projects
from kapacitet.scenario.section_technical import Futures, Solver
from kapacitet.scenario.section_underskud import SCHEMES, Acceptance, Scheme, Underskud

__all__ = [
    "SCHEMES",
    "Acceptance",
    "Commitment",
    "Costs",
    "Demand",
    "Futures",
    "Horizon",
    "Levers",
    "Limits",
    "Projects",
    "Scenario",
    "Scheme",
    "Solver",
    "Underskud",
]


class Scenario(Section):
    """One question to one region; immutable, and the same in a file, in the API and in a result."""

    name: Id = lever(..., "Navn", "Scenariets navn, som det står i resultater og briefing.", source="")
    region: Id = lever(..., "Region", "Id på en medfølgende region, eller en mappe set fra scenariefilen.", source="")
    description: Text = lever("", "Beskrivelse", "Hvad scenariet skal vise.", source="")
    base: Id | None = lever(
        None,
        "Udgangspunkt",
        "Id på et medfølgende scenarie eller en anden scenariefil, som dette ændrer.",
        source="",
    )
    horizon: Horizon = lever(Horizon(), "Planens år", "De år, planen dækker.")
    demand: Demand = lever(Demand(), "Behov", "Hvor mange pladser der er brug for.")
    costs: Costs = lever(Costs(), "Priser", "Priser og renter, der hører til spørgsmålet.")
    limits: Limits = lever(Limits(), "Grænser", "Hvad planen skal overholde.")
    projects: Projects = lever(Projects(), "Projekter", "Hvad der er bestemt om enkelte projekter.")
    underskud: Underskud = lever(Underskud(), "Underskudsdækning", "Ordninger for underskud og deres tal.")
    acceptance: Acceptance = lever(Acceptance(), "Tilslutning", "Hvad parterne kan gå med til.")
    levers: Levers = lever(Levers(), "Håndtag", "Tiltag, der vejes mod hinanden.")
    futures: Futures = lever(Futures(), "Fremtider", "Usikkerheden om behovet.")
    solver: Solver = lever(Solver(), "Beregning", "Hvordan planen søges.")
