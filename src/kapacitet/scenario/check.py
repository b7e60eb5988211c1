"""Whether a scenario can be asked of a region: every fault at once, before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator

from kapacitet.faults import Fault
from kapacitet.region.model import Region
from kapacitet.region.published import shipped_ids
from kapacitet.scenario.building import buildings
from kapacitet.scenario.check_futures import lacking_futures
from kapacitet.scenario.check_limits import lacking_limits, lacking_prices
from kapacitet.scenario.check_names import unknown_names
from kapacitet.scenario.check_previous import impossible_previous
from kapacitet.scenario.check_projects import contradicting_projects
from kapacitet.scenario.coverage import uncovered_demand
from kapacitet.scenario.models import Scenario


def check_against_region(scenario: Scenario, region: Region) -> tuple[Fault, ...]:
    """Every fault and warning of asking ``scenario`` of ``region``; severity tells them apart.

    Checked are: names the region doesn't have; projects that contradict each other; a previous plan that can't be
    kept; need that isn't stated for every year; limits switched on without rows for the years and parties they
    would bind; prices that are needed; a scenario made for another shipped region; and levers that have nothing to
    work on (warnings).
    """
    built = buildings(region, scenario)
    return (
        *_other_region(region, scenario),
        *unknown_names(region, scenario),
        *contradicting_projects(region, scenario, built),
        *impossible_previous(region, scenario, built),
        *uncovered_demand(region, scenario),
        *lacking_futures(region, scenario),
        *lacking_limits(region, scenario, built),
        *lacking_prices(region),
        *_schemes(region, scenario),
        *_without_effect(region, scenario),
    )


def _other_region(region: Region, scenario: Scenario) -> Iterator[Fault]:
    if scenario.region != region.id and scenario.region in shipped_ids():
        yield Fault(
            f"Scenariet er til en anden region end «{region.id}».",
            "Ret region, eller vælg et scenarie til regionen.",
            column="region",
            value=scenario.region,
        )


def _schemes(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """A new offer's fixed scheme must be among those allowed."""
    underskud = scenario.underskud
    new = set(region.tables["candidates"]["id"])
    for offer, scheme in sorted(underskud.scheme_by_offer.items()):
        if offer in new and scheme not in underskud.allowed:
            yield Fault(
                f"Ordningen «{scheme}» er ikke blandt de tilladte.",
                "Føj den til underskud.allowed, eller vælg en anden.",
                column=f"underskud.scheme_by_offer.{offer}",
                value=scheme,
            )


def _without_effect(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """Levers that are set, but that the region has nothing for."""
    tables, levers, limits = region.tables, scenario.levers, scenario.limits
    built_from_population = scenario.demand.source == "befolkning"
    for key, is_set, missing in (
        (
            "levers.loan_pool_window",
            bool(levers.loan_pool_window) and tables["loan_pools"].empty,
            "lånepuljer",
        ),
        ("limits.conversions", limits.conversions and tables["conversions"].empty, "mulige omlægninger"),
        (
            "limits.closures",
            limits.closures and bool(tables["offers"]["earliest_close"].isna().all()),
            "tilbud, der kan lukkes (earliest_close)",
        ),
        (
            "demand.projection",
            built_from_population and scenario.demand.projection != "central",
            "lave og høje fremskrivninger, når behovet beregnes af befolkningen",
        ),
    ):
        if is_set:
            mend = "Slet nøglen, eller tilføj rækkerne i regionens data."
            yield Fault(f"Har ingen virkning: regionen har ingen {missing}.", mend, column=key, severity="advarsel")
