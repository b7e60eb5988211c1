"""What a plan says in public: figures per municipality, group and year, with small counts of persons hidden.

All counts that are published are protected together, and together with what was published before of the same region:
whoever keeps every earlier payload must be as far from each hidden count as asked of one table.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from kapacitet.faults import FaultyInput
from kapacitet.insight.result import Result
from kapacitet.insight.sweeps.answers import SEVERAL
from kapacitet.region.model import Region
from kapacitet.region.tables import split_list
from kapacitet.report import words
from kapacitet.report.records import records
from kapacitet.report.small_numbers import (
    TOTAL,
    Cell,
    Effort,
    Levels,
    Protected,
    Relation,
    Request,
    Rule,
    Table,
    footnote,
    long_table,
    request,
    suppress,
)

DIMENSIONS = ("municipality", "group", "year")
COUNTS = ("demand", "served", "unmet", "residents")
"""Persons (as helårspladser): what a municipality's citizens need, get and don't get; and who lives in the places
that lie there, guests included."""
NEED = ("demand",)
SUMS = {"demand": ("served", "unmet")}
ALL = "alle"
"""Code of a total in the payload."""
RULE = Rule()
EFFORT = Effort(seconds=30.0)
SAME = 1e-9
Key = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Counts:
    """Exact counts of one plan, not for readers.

    Attributes:
        table: cells (value, municipality, group, year), totals called ``I alt``.
        places: places by (municipality, group, year), totals too; everybody knows them.
        most: residents over places that the plan may have.
    """

    table: Table
    places: Mapping[Key, float]
    most: float

    def ceiling(self, cell: Cell) -> float | None:
        """What a reader knows that a cell can't be above; None if nothing."""
        if cell[0] != "residents":
            return None
        return max(self.most * self.places[cell[1], cell[2], cell[3]], self.table.values[cell])


@dataclass(frozen=True, eq=False)
class Earlier:
    """Something published before: its exact counts, and the cells that were shown."""

    counts: Counts
    shown: frozenset[Cell]


def counts_of(result: Result, region: Region) -> Counts:
    """The counts of a plan; an offer for several groups counts in a group of its own, so each place counts once."""
    tables, keys = result.tables, list(DIMENSIONS)
    years = [int(year) for year in result.scenario.horizon.years]
    codes = sorted(region.tables["municipalities"]["code"].astype(str))
    capacity = tables["capacity"].assign(group=[category(text) for text in tables["capacity"]["target_groups"]])
    groups = sorted({*region.tables["target_groups"]["id"].astype(str), *capacity["group"]})
    index = pd.MultiIndex.from_product([codes, groups, years], names=keys)

    def by_home(*names: str) -> pd.Series:
        parts = [tables[name].rename(columns={"target_group": "group"})[[*keys, "place_years"]] for name in names]
        return pd.concat(parts).groupby(keys)["place_years"].sum().reindex(index, fill_value=0.0).astype(float)

    frame = pd.DataFrame({"served": by_home("placements", "purchases"), "unmet": by_home("unmet")})
    frame["demand"] = frame["served"] + frame["unmet"]
    there = capacity.groupby(keys)[["places", "used"]].sum().reindex(index, fill_value=0.0)
    frame["residents"] = there["used"]
    table = long_table(frame.reset_index(), keys, COUNTS, time="year", sums=SUMS)
    return Counts(table, _with_totals(there["places"]), 1.0 + float(result.scenario.limits.over_occupancy))


def category(target_groups: object) -> str:
    """The one group an offer is for, or that it is for several."""
    groups = split_list(target_groups)
    return str(groups[0]) if len(groups) == 1 else SEVERAL


def protected(now: Counts, earlier: Sequence[Earlier] = ()) -> frozenset[Cell]:
    """The cells of ``now`` to hide.

    First it is tried to withstand readers who guess, rightly, which counts are the same in two plans. Nobody can know
    that of what a plan decides, and a total shown before can make it impossible (a house with nobody in it in the new
    plan leaves the other alone with the total). Then readers are reckoned with who know what is always so: need
    doesn't depend on the plan.

    Raises:
        FaultyInput: what was published before gives a small count away.
    """
    joint = Joint.of(now, earlier)
    try:
        outcome = joint.outcome()
    except FaultyInput:
        joint = Joint.of(now, earlier, same=NEED)
        outcome = joint.outcome()
    return frozenset(cell for cell, name in joint.names.items() if name in outcome.hidden)


@dataclass(frozen=True, eq=False)
class Joint:
    """All that has been published of a region, and what is to be, as one linked table.

    Attributes:
        table: cells (version, value, municipality, group, year); counts known to be the same in several versions are
            one cell. What was shown is published. A series that has always been hidden stays so, all its versions
            alike: much the same persons are counted in each.
        asked: of each hidden cell what its own version asks; and what a reader knows beforehand.
        names: cell of the new counts -> cell here.
    """

    table: Table
    asked: Request
    names: Mapping[Cell, Cell]

    @classmethod
    def of(cls, now: Counts, earlier: Sequence[Earlier], same: Sequence[str] = COUNTS) -> Joint:
        """Join counts, the oldest first; equal ones of the values ``same`` are one cell."""
        versions = [*(one.counts for one in earlier), now]
        values: dict[Cell, float] = {}
        ceiling: dict[Cell, float] = {}
        relations: dict[Relation, None] = {}
        every: list[dict[Cell, Cell]] = []
        for number, counts in enumerate(versions):
            before = {value: every if value in same else [] for value in COUNTS}
            names = {
                cell: _name(cell, value, number, before[cell[0]], values)
                for cell, value in counts.table.values.items()
            }
            for cell, name in names.items():
                values.setdefault(name, counts.table.values[cell])
                known = counts.ceiling(cell)
                if known is not None:
                    ceiling[name] = max(min(known, ceiling.get(name, known)), values[name])
            for relation in counts.table.relations:
                relations[Relation(tuple((names[cell], weight) for cell, weight in relation.terms))] = None
            every.append(names)
        shown = {names[cell] for one, names in zip(earlier, every, strict=False) for cell in one.shown}
        known_before = frozenset(name for name in shown if values[name] > 0)
        table = Table(values, tuple(relations), _series(versions, every, shown), known_before)
        return cls(table, _asked(table, versions, every, shown, ceiling), every[-1])

    def outcome(self) -> Protected:
        """The table, protected."""
        return suppress(self.table, self.asked, EFFORT)


def _asked(
    table: Table,
    versions: Sequence[Counts],
    every: Sequence[Mapping[Cell, Cell]],
    shown: set[Cell],
    ceiling: Mapping[Cell, float],
) -> Request:
    """What each version asks by itself, the most where they share a cell; a series hidden before is hidden again."""
    whole = request(table, RULE)
    sensitive: dict[Cell, Levels] = {}
    for counts, names in zip(versions, every, strict=True):
        for cell, level in request(counts.table, RULE).sensitive.items():
            name = names[cell]
            if name in shown:
                continue  # a large count of a series that is small in other years, shown before
            before = sensitive.get(name, Levels())
            sensitive[name] = Levels(
                max(level.lower, before.lower), max(level.upper, before.upper), max(level.sliding, before.sliding)
            )
    hidden_before = {cell[:-1] for names in every[:-1] for cell, name in names.items() if name not in shown}
    for cell, name in every[-1].items():
        if cell[:-1] in hidden_before and name not in shown and table.values[name] > 0:
            sensitive.setdefault(name, whole.others)
    return replace(whole, sensitive=dict(sorted(sensitive.items())), ceiling=ceiling)


def _name(
    cell: Cell, value: float, number: int, before: Sequence[Mapping[Cell, Cell]], values: Mapping[Cell, float]
) -> Cell:
    """The cell's name: that of an earlier version where the count is the same."""
    for names in before:
        if cell in names and abs(values[names[cell]] - value) <= SAME * max(1.0, value):
            return names[cell]
    return (str(number), *cell)


def _series(
    versions: Sequence[Counts], every: Sequence[Mapping[Cell, Cell]], shown: set[Cell]
) -> tuple[frozenset[Cell], ...]:
    """Cells hidden together: a series over years, and the same series of all versions; none that is shown."""
    found: dict[tuple[str, ...], set[Cell]] = {}
    for counts, names in zip(versions, every, strict=True):
        for series in counts.table.together:
            cells = {names[cell] for cell in series} - shown
            key = next(iter(series))[:-1]
            found.setdefault(key, set()).update(cells)
    return tuple(frozenset(cells) for _, cells in sorted(found.items()) if cells)


def payload(result: Result, region: Region, counts: Counts, hidden: frozenset[Cell]) -> dict[str, Any]:
    """What may be published, as plain JSON values; rows are whole: every municipality, group and year, and totals."""
    summary, names = result.summary, words.Names.of(region)
    cells = counts.table.values
    years = sorted({int(cell[3]) for cell in cells})
    codes = sorted({cell[1] for cell in cells} - {TOTAL})
    groups = sorted({cell[2] for cell in cells} - {TOTAL})
    opened = _opened(result.tables["builds"])
    rows = [
        _row(counts, hidden, opened, (code, group, str(year)))
        for code, group, year in itertools.product([*codes, TOTAL], [*groups, TOTAL], years)
    ]
    return {
        "region": {"id": region.id, "title": region.title},
        "scenario": str(summary["name"]),
        "input_hash": str(summary["input_hash"]),
        "price_year": int(summary["price_year"]),
        "illustrative": _illustrative(region),
        "years": years,
        "municipalities": [{"code": code, "name": names.municipality(code)} for code in codes],
        "groups": [{"id": group, "title": _group_title(group)} for group in groups],
        "rows": rows,
        "frames": list(_frames(result.tables["frames"], codes)),
        "footnote": footnote(RULE, rounded=True),
    }


def shown_in(published: Mapping[str, Any]) -> frozenset[Cell]:
    """The cells that a payload shows."""
    return frozenset(
        (value, *_key(row))
        for row in published["rows"]
        for value in COUNTS
        if not row[value]["skjult"]
    )  # fmt: skip


def _key(row: Mapping[str, Any]) -> Key:
    code, group = (TOTAL if row[name] == ALL else str(row[name]) for name in ("municipality", "group"))
    return code, group, str(row["year"])


def _row(counts: Counts, hidden: frozenset[Cell], opened: Mapping[Key, float], key: Key) -> dict[str, Any]:
    shown = {value: _count(counts.table.values[value, *key], (value, *key) in hidden) for value in COUNTS}
    places, residents = counts.places[key], shown["residents"]["value"]
    code, group, year = key
    return {
        "municipality": ALL if code == TOTAL else code,
        "group": ALL if group == TOTAL else group,
        "year": int(year),
        "places": round(places, 2),
        "opened": round(opened.get(key, 0.0), 2),
        **shown,
        "occupancy": {
            # of whole persons: more digits would tell what was rounded away
            "value": round(residents / places, 3) if places and residents is not None else None,
            "skjult": shown["residents"]["skjult"],
        },
    }


def _count(value: float, is_hidden: bool) -> dict[str, Any]:
    return {"value": None if is_hidden else int(value + 0.5), "skjult": is_hidden}


def _opened(builds: pd.DataFrame) -> dict[Key, float]:
    """New places by (municipality, group, year) of opening, totals too."""
    new = builds[builds["kind"] == "byg"]
    keyed = new.assign(group=[category(text) for text in new["target_groups"]], year=new["opening_year"])
    return _with_totals(keyed.groupby(list(DIMENSIONS))["places"].sum())


def _with_totals(amounts: pd.Series) -> dict[Key, float]:
    found: dict[Key, float] = {}
    keys: list[tuple[str, str, int]] = amounts.index.tolist()
    for (code, group, year), amount in zip(keys, amounts, strict=True):
        for key in itertools.product((str(code), TOTAL), (str(group), TOTAL), (str(int(year)),)):
            found[key] = found.get(key, 0.0) + float(amount)
    return found


def _frames(frames: pd.DataFrame, codes: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Anlægsrammer with a limit: kr. of the price year."""
    own = frames[(frames["kind"] == "anlaegsramme") & frames["limit"].notna() & frames["party"].isin(codes)]
    for row in records(own.sort_values(["party", "year"])):
        limit, used = float(row["limit"]), float(row["draw"])
        yield {
            "municipality": str(row["party"]),
            "year": int(row["year"]),
            "limit": round(limit, 2),
            "used": round(used, 2),
            "share": round(used / limit, 4) if limit > 0 else None,
        }


def _illustrative(region: Region) -> dict[str, Any]:
    marked = [table["evidence"] for table in region.tables.values() if "evidence" in table]
    rows, of = sum(int((column == "illustrativ").sum()) for column in marked), sum(map(len, marked))
    return {"rows": rows, "of": of, "share": round(rows / of, 4) if of else 0.0}


def _group_title(group: str) -> str:
    return "Flere målgrupper" if group == SEVERAL else words.groups(group).capitalize()
