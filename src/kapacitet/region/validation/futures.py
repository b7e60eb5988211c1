"""Checks of the region's own futures of demand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kapacitet.faults import Fault
from kapacitet.region.danish import danish
from kapacitet.region.records import Record
from kapacitet.region.validation.draft import Draft, at, several

_TABLE: Final = "demand_futures"
_SUM_TOLERANCE: Final = 1e-6


def probabilities_given(draft: Draft) -> Iterator[Fault]:
    """Either no future has a probability, or each has one, the same in all its rows, and they sum to 1."""
    rows = draft[_TABLE]
    if any({"future", "probability"} & row.bad for row in rows):
        return  # told already
    stated = [row for row in rows if row["probability"] is not None]
    if not stated:
        return
    if blank := [row for row in rows if row["probability"] is None]:
        message = f"{len(blank)} af {len(rows)} rækker mangler en sandsynlighed."
        mend = "Udfyld den i alle rækker, eller lad den være tom i dem alle, så fremtiderne vejer lige."
        yield at(_TABLE, blank[0], "probability", message, mend)
        return
    first: dict[str, Record] = {}
    differing = False
    for row in stated:
        other = first.setdefault(row.text("future"), row)
        if other["probability"] != row["probability"]:
            differing = True
            message = f"Fremtiden {row['future']} har en anden sandsynlighed i række {other.number}."
            yield at(_TABLE, row, "probability", message, "Skriv den samme i alle fremtidens rækker.")
    total = sum(row.number_or_none("probability") or 0.0 for row in first.values())
    if not differing and abs(total - 1) > _SUM_TOLERANCE:
        message = f"Fremtidernes sandsynligheder summer til {danish(total, 6)}, ikke 1."
        yield Fault(message, "Ret sandsynlighederne, så summen er 1.", _TABLE, column="probability")


def cover_the_same(draft: Draft) -> Iterator[Fault]:
    """Every future has a row for the same municipalities, groups and years: empty is never 0."""
    rows = draft[_TABLE]
    if any({"future", "municipality", "target_group", "year"} & row.bad for row in rows):
        return  # told already
    given: dict[str, dict[tuple[str, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    wanted: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        if (year := row.whole("year")) is not None:
            pair = row.text("municipality"), row.text("target_group")
            given[row.text("future")][pair].add(year)
            wanted[pair].add(year)
    for future, has in sorted(given.items()):
        for (code, group), years in sorted(wanted.items()):
            if missing := sorted(years - has[code, group]):
                shown = several([str(year) for year in missing])
                yield Fault(
                    f"Fremtiden {future} mangler {draft.place(code)}, {group}: {shown}.",
                    "Tilføj en række pr. år, med 0 hvis der intet behov er.",
                    _TABLE,
                )
