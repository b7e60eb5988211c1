"""Limits a scenario switches on, and prices it needs, that the region's tables lack rows for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kapacitet.faults import Fault
from kapacitet.region.model import Region
from kapacitet.scenario.building import Building
from kapacitet.scenario.coverage import year_ranges
from kapacitet.scenario.models import Scenario


def lacking_limits(region: Region, scenario: Scenario, built: Sequence[Building]) -> Iterator[Fault]:
    """A fault for each limit set hard or soft without rows for a year and party that it would bind."""
    limits = scenario.limits
    municipal = [one for one in built if one.draws_on_frame]
    if limits.anlaegsramme != "off":
        for owner in sorted({one.row["owner"] for one in municipal}):
            needed = {year for one in municipal if one.row["owner"] == owner for year in one.spends}
            have = _years(region, "anlaegsramme", "municipality", owner)
            yield from _lacking(needed - have, f"Anlægsrammen mangler for kommune {owner}", "anlaegsramme")
    if limits.joint_frame in ("hard", "soft"):
        needed = {year for one in municipal for year in one.spends}
        yield from _lacking(
            needed - set(region.tables["joint_frame"]["year"]),
            "Den fælles anlægsramme mangler",
            "joint_frame",
        )
    if limits.region_liquidity in ("hard", "soft"):
        needed = {year for one in built if one.row["owner_type"] == "region" for year in one.spends}
        have = set(region.tables["region_liquidity"]["year"])
        yield from _lacking(needed - have, "Regionens likviditet mangler", "region_liquidity")
    if limits.service_frame == "hard":
        for code in sorted(region.tables["municipalities"]["code"]):
            have = _years(region, "service_frame", "municipality", code)
            missing = set(scenario.horizon.years) - have
            yield from _lacking(missing, f"Servicerammen mangler for kommune {code}", "service_frame")
    if limits.staff == "hard":
        yield from _lacking_staff(region, scenario, built)


def _lacking_staff(region: Region, scenario: Scenario, built: Sequence[Building]) -> Iterator[Fault]:
    """Each year in which staffed places open needs a limit for the municipality or its group."""
    needed: dict[str, set[int]] = {}
    for one in built:
        if one.row["staff_per_place"] > 0:
            needed.setdefault(one.row["municipality"], set()).update(one.opens)
    offers = region.tables["offers"].dropna(subset=["opened"])
    offers = offers[offers["staff_per_place"] > 0]
    for code, year in zip(offers["municipality"], offers["opened"], strict=True):
        needed.setdefault(code, set()).add(int(year))
    municipalities = region.tables["municipalities"]
    group_of = dict(zip(municipalities["code"], municipalities["group"], strict=True))
    for code, years in sorted(needed.items()):
        have = {year for area in (code, group_of[code]) for year in _years(region, "staff_limits", "area", area)}
        missing = years & set(scenario.horizon.years) - have
        yield from _lacking(missing, f"Grænsen for ansættelser mangler for kommune {code}", "staff_limits")


def _years(region: Region, table: str, column: str, value: str) -> set[int]:
    rows = region.tables[table]
    return set(rows["year"][rows[column] == value])


def _lacking(years: Iterable[int], message: str, table: str) -> Iterator[Fault]:
    missing = set(years)
    if missing:
        limit = "staff" if table == "staff_limits" else table
        yield Fault(
            f"{message} i {year_ranges(missing)}.",
            f"Tilføj rækkerne i tabellen, eller sæt limits.{limit} til off.",
            table=table,
            column="year",
        )


def lacking_prices(region: Region) -> Iterator[Fault]:
    """A fault for each group without any purchase price: what is not served would have no price to exceed."""
    groups, prices = region.tables["target_groups"], region.tables["purchase_prices"]
    for group in sorted(set(groups["id"]) - set(prices["target_group"])):
        yield Fault(
            f"Der er ingen pris for køb af pladser til {group}.",
            "Tilføj mindst ét år; andre år regnes med prisvæksten.",
            table="purchase_prices",
            column="target_group",
            value=group,
        )
