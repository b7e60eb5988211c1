"""The scenario or region with one thing changed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from kapacitet.region.model import Region, Tables
from kapacitet.scenario.models import Scenario


def with_section(scenario: Scenario, section: str, **values: Any) -> Scenario:
    """The scenario with keys of one section set to other values."""
    part = getattr(scenario, section)
    changed = type(part).model_validate({**{key: getattr(part, key) for key in type(part).model_fields}, **values})
    return scenario.model_copy(update={section: changed})


def without(scenario: Scenario, names: Collection[str]) -> Scenario:
    """The scenario in which these projects or candidates aren't built."""
    projects = scenario.projects
    return with_section(
        scenario,
        "projects",
        forbidden=tuple(sorted({*projects.forbidden, *names})),
        forced=tuple(name for name in projects.forced if name not in names),
    )


def including(scenario: Scenario, name: str) -> Scenario:
    """The scenario in which this project or candidate must be built."""
    projects = scenario.projects
    return with_section(
        scenario,
        "projects",
        forced=tuple(sorted({*projects.forced, name})),
        forbidden=tuple(each for each in projects.forbidden if each != name),
    )


def unlimited(scenario: Scenario) -> Scenario:
    """The scenario without frames, staff, reserve, public share or anybody's consent."""
    bare = with_section(
        scenario,
        "limits",
        anlaegsramme="off",
        joint_frame="off",
        region_liquidity="off",
        service_frame="off",
        staff="off",
        reserve_min=0.0,
        reserve_max=1.0,
        public_share_min=0.0,
    )
    bare = with_section(bare, "projects", forced=())
    return with_section(bare, "acceptance", enforce=False)


def with_more(region: Region, table: str, more: Mapping[tuple[str, int], float], column: str = "amount") -> Region:
    """The region with amounts of a table raised, by (municipality, area or ``""``, year)."""
    frame = region.tables[table]
    key = next((name for name in ("municipality", "area") if name in frame.columns), None)
    holders = [""] * len(frame) if key is None else frame[key].astype(str).tolist()
    extra = [more.get((holder, int(year)), 0.0) for holder, year in zip(holders, frame["year"], strict=True)]
    return _changed(region, table, frame.assign(**{column: frame[column] + extra}))


def with_wider_window(region: Region, project: str) -> Region:
    """The region in which the project may be started a year earlier or later than its window says."""
    frame = region.tables["candidates"]
    mine = (frame["project"] == project).astype("int64")
    return _changed(
        region,
        "candidates",
        frame.assign(earliest=frame["earliest"] - mine, latest=frame["latest"] + mine),
    )


def _changed(region: Region, table: str, frame: Any) -> Region:
    """The region with one table replaced; its hash tells it apart from the region as it is."""
    text = f"{region.content_hash}\n{table}\n{frame.to_csv(index=False)}"
    tables = Tables({**{name: region.tables[name] for name in region.tables}, table: frame})
    return replace(region, tables=tables, content_hash=hashlib.sha256(text.encode()).hexdigest())
