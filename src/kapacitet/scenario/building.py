"""When a scenario lets each candidate be built: its starts, and the years it could spend or open in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapacitet.region.model import Region
from kapacitet.region.tables import split_list
from kapacitet.scenario.models import Scenario


@dataclass(frozen=True, slots=True)
class Building:
    """One candidate under a scenario.

    Attributes:
        row: its row in ``candidates``.
        starts: years in which its building can start; one, wherever it lies, if it is committed.
        opens: the first year with places for each start.
        spends: years of the horizon in which it could spend.
        draws_on_frame: whether its spending draws on an anlægsramme.
    """

    row: dict[str, Any]
    starts: tuple[int, ...]
    opens: tuple[int, ...]
    spends: frozenset[int]
    draws_on_frame: bool


def buildings(region: Region, scenario: Scenario) -> tuple[Building, ...]:
    """Every candidate that the scenario lets be built, by id.

    A free start lies in the horizon and in [earliest, latest] and opens inside the horizon. Left out are
    forbidden candidates, owner types that may not build, and variants beside a committed one.
    """
    rows = region.tables["candidates"].sort_values("id").to_dict("records")
    committed = {one.candidate: one.start for one in scenario.projects.committed}
    decided = {row["project"] for row in rows if row["id"] in committed}
    forbidden = set(scenario.projects.forbidden)
    owners = scenario.projects.only_owner_types
    result = []
    for row in rows:
        if row["id"] in committed:
            starts: tuple[int, ...] = (committed[row["id"]],)
        elif (
            row["project"] in decided
            or forbidden & {row["id"], row["project"]}
            or (owners is not None and row["owner_type"] not in owners)
        ):
            continue
        else:
            starts = _free_starts(row, scenario)
        result.append(_building({str(key): value for key, value in row.items()}, starts, scenario))
    return tuple(result)


def _wait(row: Any, scenario: Scenario) -> int:
    return int(row["lead_time"]) + scenario.levers.construction_delay


def _free_starts(row: Any, scenario: Scenario) -> tuple[int, ...]:
    first = max(scenario.horizon.first, row["earliest"])
    last = min(scenario.horizon.last - _wait(row, scenario), row["latest"])
    return tuple(range(first, last + 1))


def _building(row: dict[str, Any], starts: tuple[int, ...], scenario: Scenario) -> Building:
    profile = [float(part) for part in split_list(row["spend_profile"])]
    spends = {start + offset for start in starts for offset, part in enumerate(profile) if part > 0}
    flexible = row["id"] in scenario.levers.flexible_107_108
    only_abl = not flexible and split_list(row["legal_basis"]) == ("abl105",)
    return Building(
        row=row,
        starts=starts,
        opens=tuple(start + _wait(row, scenario) for start in starts),
        spends=frozenset(spends & set(scenario.horizon.years)) if row["construction_cost"] > 0 else frozenset(),
        draws_on_frame=row["owner_type"] == "kommune" and not (only_abl and scenario.levers.abl_exempt),
    )
