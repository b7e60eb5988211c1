"""Tables in long form for the public: totals added, small counts hidden."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from kapacitet.faults import Fault, FaultyInput
from kapacitet.report.small_numbers.counts import Rule
from kapacitet.report.small_numbers.protected import Protected
from kapacitet.report.small_numbers.request import Effort
from kapacitet.report.small_numbers.suppress import protect_counts
from kapacitet.report.small_numbers.table import Cell, Relation, Table, total
from kapacitet.report.small_numbers.words import TOTAL, mark

NOBODY = 1e-9
"""Place-years below this are a solver's noise and nobody's, as in the ledger."""


def protect(
    frame: pd.DataFrame,
    dimensions: Sequence[str],
    values: Sequence[str],
    *,
    threshold: float = 5.0,
    time: str | None = None,
    sums: Mapping[str, Sequence[str]] | None = None,
    totals: Sequence[str] | None = None,
    rule: Rule | None = None,
    effort: Effort | None = None,
) -> pd.DataFrame:
    """The counts with totals, fit to publish: hidden ones are null and marked.

    Args:
        frame: one row per combination of the dimensions' members, zeros included.
        dimensions: columns of names.
        values: columns of counts or expected counts, protected together.
        threshold: counts above 0 and below it are small; the ``rule``'s own counts where one is given.
        time: the dimension whose members are points of time. A series is hidden in all of them or in none: much the
            same persons are counted each time, so a neighbouring year would tell.
        sums: values that are sums of others, such as ``{"demand": ("placed", "unmet")}``.
        totals: dimensions to add a total over; all but ``time`` unless given.

    Returns:
        The dimensions (with rows ``I alt``), each value as whole persons (``Int64``, null where hidden), and for
        each a column ``<value>_skjult`` with the mark, blank where shown. Sorted by the dimensions, totals last.

    Raises:
        FaultyInput: columns or combinations that are missing or met twice, negative or missing counts.
    """
    rule = rule or Rule(threshold=threshold)
    table = long_table(frame, dimensions, values, time=time, sums=sums, totals=totals)
    return public_frame(
        table, protect_counts(table, rule, effort), dimensions, values, rule, _members(frame, dimensions)
    )


def long_table(
    frame: pd.DataFrame,
    dimensions: Sequence[str],
    values: Sequence[str],
    *,
    time: str | None = None,
    sums: Mapping[str, Sequence[str]] | None = None,
    totals: Sequence[str] | None = None,
) -> Table:
    """The linked table that :func:`protect` protects; a cell is (value, member of each dimension)."""
    over = [d for d in dimensions if d != time] if totals is None else list(totals)
    faults = list(_faults(frame, dimensions, values))
    if faults:
        raise FaultyInput(faults)
    names = frame[list(dimensions)].astype(str)
    counts: dict[Cell, float] = {}
    for value in values:
        for key, count in zip(names.itertuples(index=False, name=None), frame[value], strict=True):
            counts[(value, *key)] = 0.0 if abs(count) < NOBODY else float(count)
    relations = [*_added_totals(counts, [1 + list(dimensions).index(d) for d in over])]
    relations += [
        total((whole, *key), [(part, *key) for part in parts])
        for whole, parts in (sums or {}).items()
        for key in sorted({cell[1:] for cell in counts})
    ]
    return Table(counts, tuple(relations), _series(counts, dimensions, time))


def public_frame(
    table: Table,
    outcome: Protected,
    dimensions: Sequence[str],
    values: Sequence[str],
    rule: Rule,
    members: Mapping[str, Mapping[str, object]],
) -> pd.DataFrame:
    """A protected table in long form; ``members`` gives the input's own member for each name."""
    keys = sorted({cell[1:] for cell in table.values}, key=lambda key: [(name == TOTAL, name) for name in key])
    columns: dict[str, object] = {
        dimension: [members[dimension].get(key[i], key[i]) for key in keys] for i, dimension in enumerate(dimensions)
    }
    for value in values:
        cells = [(value, *key) for key in keys]
        seen = [outcome.published.get(cell) for cell in cells]
        columns[value] = pd.array([_persons(count) for count in seen], dtype="Int64")
        columns[f"{value}_skjult"] = [mark(outcome.hidden.get(cell), rule) for cell in cells]
    return pd.DataFrame(columns)


def _persons(count: float | None) -> int | None:
    """Whole persons, halves up as readers do it."""
    return None if count is None else math.floor(count + 0.5)


def _members(frame: pd.DataFrame, dimensions: Sequence[str]) -> dict[str, dict[str, object]]:
    return {d: {str(member): member for member in frame[d].unique().tolist()} for d in dimensions}


def _added_totals(counts: dict[Cell, float], axes: Sequence[int]) -> Iterator[Relation]:
    """Adds totals over each axis, and over those of the axes before it; their relations."""
    for axis in axes:
        parts: dict[Cell, list[Cell]] = {}
        for cell in sorted(counts):
            parts.setdefault((*cell[:axis], TOTAL, *cell[axis + 1 :]), []).append(cell)
        for of, cells in parts.items():
            counts[of] = sum(counts[cell] for cell in cells)
            yield total(of, cells)


def _series(counts: Mapping[Cell, float], dimensions: Sequence[str], time: str | None) -> tuple[frozenset[Cell], ...]:
    if time is None:
        return ()
    axis = 1 + list(dimensions).index(time)
    series: dict[Cell, set[Cell]] = {}
    for cell in counts:
        if cell[axis] != TOTAL:
            series.setdefault((*cell[:axis], *cell[axis + 1 :]), set()).add(cell)
    return tuple(frozenset(series[key]) for key in sorted(series))


def _faults(frame: pd.DataFrame, dimensions: Sequence[str], values: Sequence[str]) -> Iterator[Fault]:
    missing = [column for column in [*dimensions, *values] if column not in frame.columns]
    if missing:
        yield from (Fault("Kolonnen mangler.", "Tilføj den.", table="antal", column=column) for column in missing)
        return
    if len(frame) == 0:
        yield Fault("Tabellen er tom.", "Giv den mindst én række.")
    names = frame[list(dimensions)].astype(str)
    for dimension in dimensions:
        if (names[dimension] == TOTAL).any():
            yield Fault(f"«{TOTAL}» er en sum og lægges til senere.", "Fjern rækkerne.", column=dimension)
    for key in names[names.duplicated()].itertuples(index=False, name=None):
        yield Fault(f"«{' · '.join(key)}» står to gange.", "Læg rækkerne sammen, eller fjern den ene.")
    there = set(names.itertuples(index=False, name=None))
    wanted = itertools.product(*(sorted(names[dimension].unique()) for dimension in dimensions))
    for key in wanted:
        if key not in there:
            yield Fault(f"«{' · '.join(key)}» mangler.", "Tilføj rækken, med 0 hvis der ingen er.")
