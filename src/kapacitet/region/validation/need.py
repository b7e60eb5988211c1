"""Checks of municipalities, demand and population."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kapacitet.faults import Fault
from kapacitet.region.danish import danish
from kapacitet.region.records import Record
from kapacitet.region.validation.draft import Draft, at, several


def demand_given(draft: Draft) -> Iterator[Fault]:
    """There is a demand table, or population and rates to make one from."""
    if draft["demand"].usable and not len(draft["demand"]):
        if len(draft["demand_rates"]) and len(draft["population_projection"]):
            return
        yield Fault(
            "Tabellen har ingen rækker.",
            "Skriv behovet, eller udfyld både demand_rates og population_projection.",
            "demand",
        )


def demand_complete(draft: Draft) -> Iterator[Fault]:
    """Every municipality and target group has a row for every year the table covers: empty is never 0."""
    years = {year for row in draft["demand"] if (year := row.whole("year")) is not None}
    if not years or any("year" in row.bad for row in draft["demand"]):
        return
    covered = range(min(years), max(years) + 1)
    given: dict[tuple[str, str], set[int | None]] = defaultdict(set)
    for row in draft["demand"]:
        given[row.text("municipality"), row.text("target_group")].add(row.whole("year"))
    for code in draft.municipality_names:
        for group in draft.groups:
            missing = [year for year in covered if year not in given[code, group]]
            if missing:
                yield Fault(
                    f"Der mangler behov for {draft.place(code)}, {group}: {several([str(y) for y in missing])}.",
                    "Tilføj en række pr. år, med 0 hvis der intet behov er.",
                    "demand",
                )


def demand_ordered(draft: Draft) -> Iterator[Fault]:
    """low ≤ central ≤ high."""
    for row in draft["demand"]:
        low, central, high = (row.number_or_none(name) for name in ("low", "central", "high"))
        if low is not None and central is not None and low > central:
            mend = f"Skriv højst {danish(central, 3)}, eller ret central."
            yield at("demand", row, "low", "Lav fremskrivning er over den centrale.", mend)
        if high is not None and central is not None and high < central:
            mend = f"Skriv mindst {danish(central, 3)}, eller ret central."
            yield at("demand", row, "high", "Høj fremskrivning er under den centrale.", mend)


def ages_ordered(draft: Draft) -> Iterator[Fault]:
    """age_from ≤ age_to, and no two age groups of the same target group or population overlap."""
    for name, others in (("demand_rates", ("target_group",)), ("population_projection", ("municipality", "year"))):
        spans: dict[tuple[object, ...], list[tuple[int, int, Record]]] = defaultdict(list)
        for row in draft[name]:
            first, last = row.whole("age_from"), row.whole("age_to")
            if first is None or last is None:
                continue
            if first > last:
                yield at(name, row, "age_to", f"Aldersgruppen slutter før den begynder ({first} år).", "Byt dem om.")
            else:
                spans[tuple(row[other] for other in others)].append((first, last, row))
        for group in spans.values():
            group.sort(key=lambda span: span[:2])
            for (_, before, earlier), (first, last, row) in pairwise(group):
                same = earlier["age_from"] == first and earlier["age_to"] == last
                if first <= before and not same:
                    message = f"Aldersgruppen overlapper den i række {earlier.number}."
                    yield at(name, row, "age_from", message, "Lad hver alder stå i én gruppe.")


def ages_match(draft: Draft) -> Iterator[Fault]:
    """Rates and population are given together and for the same age groups."""
    rates, persons = draft["demand_rates"], draft["population_projection"]
    if not len(rates) or not len(persons):
        if len(rates) or len(persons):
            name, other = ("demand_rates", "population_projection")
            if len(persons):
                name, other = other, name
            message = f"Tabellen bruges ikke, når {other} er tom."
            yield Fault(message, f"Udfyld {other}, eller slet rækkerne.", name, severity="advarsel")
        return
    known = {(row["age_from"], row["age_to"]) for row in persons}
    for row in rates:
        if not row.bad and (row["age_from"], row["age_to"]) not in known:
            message = f"Aldersgruppen {row['age_from']}-{row['age_to']} findes ikke i population_projection."
            yield at("demand_rates", row, "age_from", message, "Brug de samme aldersgrupper i begge tabeller.")
