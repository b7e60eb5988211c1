"""Explanations against trying every plan: prices of projects and limits, near plans, delay."""

from __future__ import annotations

import dataclasses
import math

import pytest

from kapacitet.insight.reasons.asked import Wishes
from kapacitet.insight.reasons.run import Reasons, reasons

from .brute import ABSOLUTE, RELATIVE, Tiny, building_cases, projects_of

CASES = 10
NEAR = 0.02


def explained(tiny: Tiny, **wishes: object) -> Reasons:
    return reasons(tiny.result, tiny.region, Wishes(**wishes))  # type: ignore[arg-type]


def same(one: float, other: float, scale: float) -> bool:
    return abs(one - other) <= RELATIVE * abs(scale) + ABSOLUTE


@pytest.mark.parametrize("number", range(CASES))
def test_a_project_left_out_or_put_in_costs_what_enumeration_says(number: int) -> None:
    tiny = building_cases(CASES)[number]
    table = explained(tiny, projects=True).tables["reasons_projects"]
    assert set(table["question"]) <= {"uden", "med"} and (table["question"] == "uden").any()
    of = projects_of(tiny)
    for row in table.to_dict("records"):
        project = str(row["project"])
        built = {plan: project in {of[name] for name, _ in plan.builds} for plan in tiny.costs}
        wanted = row["question"] == "med"
        least = min((cost for plan, cost in tiny.costs.items() if built[plan] == wanted), default=math.inf)
        if math.isinf(least):
            assert row["sureness"] == "umulig"
            continue
        change = least - tiny.least
        if tiny.scenario.limits.residents_stay:
            assert same(row["change"], change, tiny.least), (project, row["change"], change)
        assert row["change_low"] - ABSOLUTE <= change * (1 + RELATIVE) + RELATIVE * tiny.least
        assert change <= row["change_high"] + ABSOLUTE + RELATIVE * tiny.least
        if not math.isnan(row["quick"]):
            assert row["change"] <= row["quick"] + ABSOLUTE + RELATIVE * tiny.least


def frames(tiny: Tiny, family: str, party: str, year: float, amount: float) -> Tiny:
    """The case with more in one frame, in one year or in all."""
    rows = [
        {**row, "amount": row["amount"] + amount}
        if row.get("municipality", party) == party and (math.isnan(year) or row["year"] == year)
        else row
        for row in tiny.tables[family]
    ]
    return tiny.with_rows(family, rows)


def test_limits_are_worth_what_enumeration_says() -> None:
    """Frames, the region's liquidity, reserve, public share and what is forced or forbidden."""
    looked_at: set[str] = set()
    for tiny in building_cases(25):
        table = explained(tiny, limits=True).tables["reasons_limits"]
        for row in table.to_dict("records"):
            family = str(row["family"])
            if family in ("anlaegsramme", "region_liquidity", "joint_frame") and not isinstance(
                row["candidate"], str
            ):
                other = frames(tiny, family, str(row["party"]), float(row["year"] or math.nan), float(row["amount"]))
            elif str(row["limit"]).startswith("Forbuddet mod "):
                name = str(row["limit"]).removeprefix("Forbuddet mod ")
                kept = [each for each in tiny.keys["projects"]["forbidden"] if each != name]
                other = tiny.changed(projects={"forbidden": kept})
                family = "forbidden"
            elif str(row["limit"]).startswith("Kravet om at bygge "):
                name = str(row["limit"]).removeprefix("Kravet om at bygge ")
                kept = [each for each in tiny.keys["projects"]["forced"] if each != name]
                other = tiny.changed(projects={"forced": kept})
                family = "forced"
            else:
                continue
            looked_at.add(family)
            saved = tiny.least - other.least
            assert same(row["saves"], saved, tiny.least), (row["limit"], row["saves"], saved)
            assert row["saves_low"] - ABSOLUTE <= saved + RELATIVE * tiny.least
            assert saved <= row["saves_high"] + ABSOLUTE + RELATIVE * tiny.least
    assert {"anlaegsramme", "forbidden"} <= looked_at


@pytest.mark.parametrize("share", [NEAR, 0.0005, 0.3])
def test_near_plans_are_those_of_enumeration(share: float) -> None:
    seen: set[str] = set()
    for tiny in building_cases(CASES):
        found = explained(tiny, near=share)
        project = projects_of(tiny)
        limit = (1 + share) * tiny.least
        near = [{project[name] for name, _ in plan.builds} for plan, cost in tiny.costs.items() if cost <= limit]
        for row in found.tables["reasons_near"].to_dict("records"):
            share_of = sum(row["project"] in built for built in near) / len(near)
            expected = "i alle" if share_of == 1 else "i ingen" if share_of == 0 else "i nogle"
            assert row["verdict"] == expected, row["project"]
            seen.add(expected)
        plans = found.tables["reasons_plans"]
        for _, plan in plans.groupby("plan"):
            built = {(r["candidate"], r["start_year"]) for r in plan.to_dict("records") if r["kind"] == "byg"}
            cost = min(c for p, c in tiny.costs.items() if set(p.builds) == built)
            assert (
                cost <= plan["cost"].iloc[0] * (1 + RELATIVE) + ABSOLUTE <= limit * (1 + 2 * RELATIVE) + 2 * ABSOLUTE
            )
    assert seen == {"i alle", "i nogle", "i ingen"} or share != NEAR


def test_a_year_later_costs_what_enumeration_says() -> None:
    compared = 0
    for tiny in building_cases(30):
        if tiny.keys["projects"]["forced"] or tiny.tables["conversions"]:
            continue
        table = explained(tiny, delay=True).tables["reasons_delay"]
        rows = table.to_dict("records")
        builds = tiny.result.tables["builds"]
        mine = {str(r["candidate"]): int(r["start_year"]) for r in builds.to_dict("records") if r["kind"] == "byg"}
        closed = {str(r["candidate"]) for r in builds.to_dict("records") if r["kind"] != "byg"}
        if closed:
            continue
        slower = tiny.changed(levers={"construction_delay": tiny.keys["levers"].get("construction_delay", 0) + 1})
        if math.isinf(slower.least):
            assert rows[-1]["sureness"] == "umulig"
        else:
            assert same(rows[-1]["change"], slower.least - tiny.least, tiny.least)
        project = projects_of(tiny)
        for row in rows[:-1]:
            moved = {r["project"]: r["delayed_to"] for r in rows[1:-1]}
            later = {
                name: (
                    moved[project[name]] if row["what"] == "hele planen" or row["project"] == project[name] else year
                )
                for name, year in mine.items()
            }
            kept = {(name, int(year)) for name, year in later.items() if isinstance(year, int)}
            costs = [cost for plan, cost in tiny.costs.items() if set(plan.builds) == kept and not plan.closures]
            assert bool(costs) == row["allowed"]
            if costs:
                assert same(row["change"], costs[0] - tiny.least, tiny.least)
                compared += 1
    assert compared > 10


def test_side_by_side_gives_the_same_tables() -> None:
    tiny = building_cases(CASES)[0]
    wishes = {"limits": True, "projects": True, "near": NEAR, "delay": True}
    alone, together = explained(tiny, **wishes), explained(tiny, **wishes, workers=2)
    assert alone.tables.keys() == together.tables.keys()
    for name, table in alone.tables.items():
        assert table.to_csv() == together.tables[name].to_csv(), name


def test_stopped_at_once_it_says_what_it_doesnt_know() -> None:
    tiny = building_cases(CASES)[0]
    found = reasons(
        tiny.result, tiny.region, Wishes(limits=True, projects=True, near=1e-4, delay=True), stop=lambda: True
    )
    assert not found.complete and found.summary["not_begun"] > 0
    assert set(found.tables["reasons_projects"]["sureness"]) == {"ikke regnet"}
    verdicts = set(found.tables["reasons_near"]["verdict"])
    assert "ved ikke" in verdicts and not verdicts & {"i alle", "i ingen"}


def test_order_of_rows_changes_nothing() -> None:
    tiny = building_cases(CASES)[1]
    turned = dataclasses.replace(tiny, tables={name: list(reversed(rows)) for name, rows in tiny.tables.items()})
    for name, table in explained(tiny, limits=True, projects=True, near=NEAR).tables.items():
        other = explained(turned, limits=True, projects=True, near=NEAR).tables[name]
        assert other.to_csv(float_format="%.0f") == table.to_csv(float_format="%.0f"), name
