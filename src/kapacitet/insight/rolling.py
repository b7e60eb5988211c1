"""Rolling on: what last year's plan has begun is decided in this year's scenario, the rest is its previous plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.result import Result
from kapacitet.insight.rolling_facts import Carried, builds_carried, ends_carried, loans_used, residents_counted
from kapacitet.region.model import Region
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.files import scenario_document
from kapacitet.scenario.messages import scenario_faults
from kapacitet.scenario.models import Scenario

LONGEST_NAME = 180
_ROLLED = re.compile(r", videreført til \d{4}$")
NAMED_LISTS = (("levers", "rammebudget"), ("levers", "flexible_107_108"))


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What a planner asks beside last year's result.

    Attributes:
        first, last: the new horizon; a year later than last year's if None.
        price: kr. for each project of the previous plan that is changed; as in last year's scenario if None.
        drop: candidates, projects or offers of the old plan or scenario that aren't carried on.
        same_data: the region is the one last year's plan was made for.
    """

    first: int | None = None
    last: int | None = None
    price: float | None = None
    drop: Collection[str] = ()
    same_data: bool = True


@dataclass(frozen=True)
class Rolled:
    """This year's scenario, what was carried on (Danish sentences), and warnings."""

    scenario: Scenario
    notes: tuple[str, ...]
    warnings: tuple[Fault, ...]


def roll(result: Result, region: Region, region_name: str, wishes: Wishes) -> Rolled:
    """The scenario of this year from the result of last year.

    All levers are last year's. Projects whose building has begun before the new first year are committed, what
    they have spent by then is sunk; planned starts are ``projects.previous``. Closures and conversions in effect
    must stand in the region's tables.

    Args:
        region: this year's data.
        region_name: as it is to stand in the scenario.

    Raises:
        FaultyInput: every reason why the plan can't be carried on.
    """
    old = result.scenario
    first = old.horizon.first + 1 if wishes.first is None else wishes.first
    if first <= old.horizon.first:
        message = f"Planens nye første år skal ligge efter sidste plans, {old.horizon.first}."
        raise FaultyInput([Fault(message, "Vælg et senere år.", column="--first", value=str(first))])
    drop = set(wishes.drop)
    builds = result.tables["builds"]
    carried = builds_carried(builds, region, first, drop)
    parts = [
        carried,
        ends_carried(builds, region, first, drop),
        loans_used(result.tables["frames"], region, first, old.levers.loan_pool_window, same_data=wishes.same_data),
        residents_counted(region, first),
    ]
    faults = [*_unknown_drops(result, drop), *(fault for part in parts for fault in part.faults)]
    try:
        scenario = _scenario(old, region, region_name, first, wishes, carried)
    except ValidationError as error:
        raise FaultyInput([*faults, *scenario_faults(error, lambda _: None)]) from None
    faults += [_told_for_rolling(fault, region) for fault in check_against_region(scenario, region)]
    if any(fault.severity == "fejl" for fault in faults):
        raise FaultyInput(faults)
    notes = [note for part in parts for note in part.notes]
    notes += [f"{name} føres ikke videre." for name in sorted(drop)]
    return Rolled(scenario, tuple(notes), tuple(faults))


def without_previous(scenario: Scenario) -> Scenario:
    """The scenario without a previous plan: for worlds that were never planned, as that without new places."""
    return scenario.model_copy(update={"projects": scenario.projects.model_copy(update={"previous": ()})})


def _scenario(
    old: Scenario, region: Region, region_name: str, first: int, wishes: Wishes, carried: Carried
) -> Scenario:
    document: dict[str, Any] = scenario_document(old)
    title = _ROLLED.sub("", old.name)
    span = f"{old.horizon.first}-{old.horizon.last}"
    document |= {
        "name": f"{title[:LONGEST_NAME]}, videreført til {first}",
        "description": f"Planen «{old.name}» for {span} ført videre: det, der er begyndt, er besluttet.",
        "region": region_name,
        "horizon": {"first": first, "last": old.horizon.last + 1 if wishes.last is None else wishes.last},
    }
    drop = set(wishes.drop)
    projects = document["projects"]
    projects |= {key: [name for name in projects[key] if name not in drop] for key in ("forced", "forbidden")}
    projects |= {"committed": _dated(carried.committed), "previous": _dated(carried.previous)}
    if wishes.price is not None:
        projects["change_price"] = wishes.price
    gone = drop - set(region.tables["offers"]["id"]) - set(region.tables["candidates"]["id"])
    for section, key in NAMED_LISTS:
        document[section][key] = [name for name in document[section][key] if name not in gone]
    schemes = document["underskud"]["scheme_by_offer"]
    document["underskud"]["scheme_by_offer"] = {name: one for name, one in schemes.items() if name not in gone}
    # As JSON, where lists stand for what the scenario holds as tuples.
    return Scenario.model_validate(document)


def _dated(starts: Sequence[tuple[str, int]]) -> list[dict[str, object]]:
    return [{"candidate": name, "start": year} for name, year in starts]


def _unknown_drops(result: Result, drop: set[str]) -> list[Fault]:
    """A fault for each name to drop that neither the plan nor the scenario has."""
    builds, old = result.tables["builds"], result.scenario
    known = {*builds["candidate"], *builds["project"].dropna(), *old.projects.forced, *old.projects.forbidden}
    known |= {*old.levers.rammebudget, *old.levers.flexible_107_108, *old.underskud.scheme_by_offer}
    message, mend = "Navnet står hverken i sidste plan eller i dens scenarie.", "Ret navnet, eller udelad det."
    return [Fault(message, mend, column="--drop", value=name) for name in sorted(drop - known)]


def _told_for_rolling(fault: Fault, region: Region) -> Fault:
    """The fault with a mend that can be made when rolling on."""
    if fault.table == "demand" and not region.tables["demand"].empty:
        last = int(region.tables["demand"]["year"].max())
        return replace(fault, mend=f"Brug --last {last}, eller giv nyere data med --region.")
    if fault.severity == "fejl" and str(fault.column).startswith(("projects.", "levers.", "underskud.")):
        return replace(fault, mend=f"{fault.mend} Med --drop {fault.value} føres det ikke videre.".strip())
    return fault
