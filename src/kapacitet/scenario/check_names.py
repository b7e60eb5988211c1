"""Names in a scenario that the region doesn't have: groups, offers, candidates, projects, municipalities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kapacitet.faults import Fault
from kapacitet.region.model import Region
from kapacitet.region.tables import shared_offers
from kapacitet.scenario.models import Scenario
from kapacitet.scenario.suggest import suggestion

POPULATION, EQUAL = "population", "equal"
"""Keys of distribution that need no rows in the table ``keys``."""


def unknown_names(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """A fault for each name the region doesn't have, with the nearest it has."""
    tables, levers, projects = region.tables, scenario.levers, scenario.projects
    groups = set(tables["target_groups"]["id"])
    candidates = set(tables["candidates"]["id"])
    buildable = candidates | set(tables["candidates"]["project"])
    places = candidates | set(tables["offers"]["id"])
    named: Iterable[str]
    for key, named in (
        ("demand.diversion", scenario.demand.diversion),
        ("levers.takst_cap", levers.takst_cap),
        ("levers.lock_in_cost", levers.lock_in_cost),
    ):
        yield from _unknown(key, "Målgruppen findes ikke i regionen.", named, groups)
    for key, named in (
        ("levers.rammebudget", levers.rammebudget),
        ("levers.flexible_107_108", levers.flexible_107_108),
        ("underskud.scheme_by_offer", scenario.underskud.scheme_by_offer),
    ):
        yield from _unknown(key, "Tilbuddet eller kandidaten findes ikke i regionen.", named, places)
    for key, named in (("projects.forced", projects.forced), ("projects.forbidden", projects.forbidden)):
        yield from _unknown(key, "Projektet eller kandidaten findes ikke i regionen.", named, buildable)
    committed = [one.candidate for one in projects.committed]
    yield from _unknown("projects.committed", "Kandidaten findes ikke i regionen.", committed, candidates)
    yield from _owner_types(region, scenario)
    yield from _participants(region, scenario)


def _unknown(key: str, message: str, named: Iterable[str], known: set[str]) -> Iterator[Fault]:
    for name in sorted(set(named) - known):
        yield Fault(message, suggestion(name, known), column=key, value=name)


def _owner_types(region: Region, scenario: Scenario) -> Iterator[Fault]:
    offers, candidates = region.tables["offers"], region.tables["candidates"]
    builders = set(candidates["owner_type"])
    shared = set(offers["owner_type"][shared_offers(offers)]) | builders
    yield from _unknown(
        "levers.takst_reduction_by",
        "Ingen fælles tilbud i regionen har den ejertype.",
        map(str, scenario.levers.takst_reduction_by),
        shared,
    )
    owners = scenario.projects.only_owner_types
    key = "projects.only_owner_types"
    yield from _unknown(key, "Ingen kandidat i regionen har den ejertype.", owners or (), builders)


def _participants(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """Participants must be municipalities of the region, and the key one that it has."""
    codes = set(region.tables["municipalities"]["code"])
    participants = scenario.underskud.participants
    named = () if participants == "all" else participants
    yield from _unknown("underskud.participants", "Kommunekoden findes ikke i regionen.", named, codes)
    keys = {POPULATION, EQUAL, *region.tables["keys"]["key"]}
    yield from _unknown("underskud.key", "Fordelingsnøglen findes ikke.", [scenario.underskud.key], keys)
