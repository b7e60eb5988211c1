"""The public payload: the sums of the plan's tables, and nobody in it can be known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from kapacitet_api.dashboard.schemas import Summary

from kapacitet.insight.result import Result
from kapacitet.insight.run import run
from kapacitet.region import Region, load_region, shipped_region
from kapacitet.report.dashboard import ALL, COUNTS, Counts, Earlier, counts_of, payload, protected, shown_in
from kapacitet.report.small_numbers import TOTAL, Cell
from kapacitet.scenario.files import load_scenario
from tests.api.dashboard.attack import cells_of, ranges
from tests.api.solved import bare
from tests.report import world

TOLD = {"version": 1, "generated_at": "2026-11-23T08:15:00Z", "run": "x", "input_hash": "0" * 64}


def exact(counts: Counts) -> dict[tuple[str, str, str, int], float]:
    """The true counts, named as in the payload."""

    def named(cell: Cell) -> tuple[str, str, str, int]:
        code, group = (ALL if part == TOTAL else part for part in cell[1:3])
        return cell[0], code, group, int(cell[3])

    return {named(cell): value for cell, value in counts.table.values.items()}


def ceilings(counts: Counts) -> dict[tuple[str, str, str, int], float]:
    """What everybody knows: there aren't more residents than places, or just as many as there are."""
    found = {}
    for key, value in exact(counts).items():
        if key[0] == "residents":
            code, group = (TOTAL if part == ALL else part for part in key[1:3])
            found[key] = max(counts.most * counts.places[code, group, str(key[3])], value)
    return found


def public(result: Result, region: Region, earlier: list[Earlier] | None = None) -> tuple[Counts, dict[str, Any]]:
    counts = counts_of(result, region)
    made = payload(result, region, counts, protected(counts, earlier or []))
    Summary.model_validate({**made, **TOLD})
    return counts, made


def attacked(payloads: list[dict[str, Any]], counts: Counts, years: list[int]) -> int:
    """Every small hidden count of these years can be up to 5, or all that hiding everything leaves open."""
    true, most = exact(counts), ceilings(counts)
    hidden = [cell for cell, value in cells_of(payloads[-1]).items() if value is None and cell[3] in years]
    blank = json.loads(json.dumps(payloads[-1]))
    for row in blank["rows"]:
        for value in COUNTS:
            if row[value]["value"] != 0:
                row[value] = {"value": None, "skjult": True}
    small = [cell for cell in hidden if true[cell] < 5]
    found, best = ranges(payloads, true, hidden, most), ranges([blank], true, small, most)
    for cell in hidden:
        low, high = found[cell]
        if true[cell] < 5:
            assert high >= min(5.0, best[cell][1]) - 1e-4 and low <= best[cell][0] + 1e-4, (
                cell,
                true[cell],
                low,
                high,
            )
        assert high - low >= min(1.0, most.get(cell, 1.0)) - 1e-4 or true[cell] < 5, (cell, true[cell], low, high)
    return len(hidden)


def test_the_figures_are_the_tables(tmp_path: Path) -> None:
    result, region = world.result(), world.region()
    counts, made = public(result, region)
    tables = result.tables
    for row in made["rows"]:
        code, year = row["municipality"], row["year"]
        if row["group"] != ALL:
            continue
        at = {name: table for name, table in tables.items() if {"year", "municipality"} <= set(table.columns)}
        if code != ALL:
            at = {name: table[table["municipality"] == code] for name, table in at.items()}
        at = {name: table[table["year"] == year] for name, table in at.items()}
        places = at["capacity"]["places"].sum()
        served = at["placements"]["place_years"].sum() + at["purchases"]["place_years"].sum()
        true = {
            "served": served,
            "unmet": at["unmet"]["place_years"].sum(),
            "residents": at["capacity"]["used"].sum(),
        }
        true["demand"] = true["served"] + true["unmet"]
        assert row["places"] == pytest.approx(places)
        for value in COUNTS:
            assert exact(counts)[value, code, ALL, year] == pytest.approx(true[value])
            assert row[value]["skjult"] == (row[value]["value"] is None)
            assert row[value]["skjult"] or row[value]["value"] == int(true[value] + 0.5)
            assert row[value]["skjult"] or true[value] < 1e-9 or true[value] >= 5
        if row["occupancy"]["value"] is not None:
            assert row["occupancy"]["value"] == round(row["residents"]["value"] / places, 3)
        assert row["occupancy"]["skjult"] == row["residents"]["skjult"]
    opened = [row for row in made["rows"] if row["opened"] and ALL not in (row["municipality"], row["group"])]
    assert [(r["municipality"], r["year"], r["opened"]) for r in opened] == [("630", 2028, 12.0)]
    frames = tables["frames"].query("kind == 'anlaegsramme' and limit == limit")
    assert [(f["municipality"], f["year"], f["limit"], f["used"]) for f in made["frames"]] == [
        (row.party, row.year, row.limit, row.draw) for row in frames.itertuples()
    ]
    assert made["illustrative"]["share"] == 1.0 and "under 5" in made["footnote"]


def test_the_small_region_withstands_an_attacker() -> None:
    counts, made = public(world.result(), world.region())
    assert attacked([made], counts, made["years"]) > 10


def test_a_later_plan_reveals_nothing_of_need_that_an_earlier_hid() -> None:
    """Fanø's need of two or three is hidden in both, and who has both payloads knows no more."""
    first_counts, first = public(world.result(), world.region())
    counts, second = public(bare(), world.region(), [Earlier(first_counts, shown_in(first))])
    assert attacked([first, second], counts, second["years"]) > 10
    hidden = [cell for cell, value in cells_of(first).items() if value is None and cell[0] == "demand"]
    assert hidden and all(cells_of(second)[cell] is None for cell in hidden)


def test_two_payloads_protected_apart_would_give_it_away() -> None:
    """What joint protection is for: the same need hidden with another neighbour each time is told by subtraction."""
    region, result = world.region(), world.result()
    counts = counts_of(result, region)
    alone, cells = protected(counts), counts.table.values
    need = {code for value, code, _, _ in alone if value == "demand"} - {TOTAL}
    (other,) = set(world.KOMMUNER) - need  # not hidden by itself
    before = {cell for cell in cells if cell[0] != "residents" and cell[1] in ("563", other) and cells[cell] > 0}
    before |= {cell for cell in alone if cell[0] == "residents"}
    fano = ("demand", "563", ALL, 2030)

    def known(hidden: frozenset[Cell]) -> dict[str, Any]:
        """What both payloads together show."""
        return payload(result, region, counts, hidden & before)

    low, high = ranges([known(alone)], exact(counts), [fano], {})[fano]
    assert high - low < 1e-3
    joint = protected(counts, [Earlier(counts, frozenset(cells) - before)])
    assert attacked([known(joint)], counts, [2030]) > 3


@pytest.fixture(scope="module")
def shipped() -> tuple[Result, Region]:
    """The shipped region's plan, found quickly."""
    region = load_region(shipped_region("syddanmark"))
    scenario = load_scenario("basis")
    solver = scenario.solver.model_copy(update={"gap": 0.05, "time_limit": 60.0})
    found = run(region, scenario.model_copy(update={"solver": solver}))
    assert isinstance(found, Result)
    return found, region


def test_the_shipped_region_withstands_an_attacker(shipped: tuple[Result, Region]) -> None:
    result, region = shipped
    counts, made = public(result, region)
    last = made["years"][-1]
    one_year = {**made, "years": [last], "rows": [row for row in made["rows"] if row["year"] == last]}
    assert attacked([one_year], counts, [last]) > 50
    assert len(json.dumps(made)) < 1_000_000
    series = pd.DataFrame([(v, r["municipality"], r["group"], r[v]["skjult"]) for r in made["rows"] for v in COUNTS if r[v]["value"] != 0])  # fmt: skip  # noqa: E501
    share = series[(series[1] != ALL) & (series[2] != ALL)].groupby([0, 1, 2])[3].mean()
    assert set(share) <= {0.0, 1.0}, "a series is hidden in all years or none"


def test_order_of_rows_changes_nothing() -> None:
    result = world.result()
    mixed = {name: table.sample(frac=1.0, random_state=1) for name, table in result.tables.items()}
    one, other = public(result, world.region())[1], public(replace(result, tables=mixed), world.region())[1]
    assert one["rows"] == other["rows"] and one["frames"] == other["frames"]
